//! What was parsed, kept between runs so that the next start need not parse again.
