//! Who is named: the noun phrase at a cue, the names in it, and the names of the whole article.

pub(super) mod mention;
pub(super) mod names;
pub(super) mod offices;
pub(super) mod phrase;
pub(super) mod relay;
pub(super) mod subject;
pub(super) mod verb_second;
