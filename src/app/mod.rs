//! The reader's state and what each command does to it. No I/O, no clock, no thread.
