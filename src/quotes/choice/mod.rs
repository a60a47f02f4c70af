//! Who can be meant: the candidates for a speaker, their evidence, and the choice.

pub(super) mod discourse;
pub(super) mod evidence;
pub(super) mod referent;
pub(super) mod topic;
