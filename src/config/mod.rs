//! Settings: the user's file over the embedded defaults.
