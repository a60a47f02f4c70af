//! Drawing the reader's state. Reads `App`, never changes it.
