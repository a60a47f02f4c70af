//! Finding articles: the query language, fuzzy matching, full text.
