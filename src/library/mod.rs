//! What a user adds, kept between runs: read marks, tags, notes, joins of people.
