//! What belongs together: related articles, stories, copies, variants of one utterance.
