//! The terminal: guard, input, event loop, effects.
