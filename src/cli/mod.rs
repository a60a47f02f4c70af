//! The command line: one file per subcommand; arguments; exit codes.
