//! Entry point of the `kutip` program. It only calls `kutip::cli::main`; all other code is in the
//! library.

use std::process::ExitCode;

fn main() -> ExitCode {
    kutip::cli::main()
}
