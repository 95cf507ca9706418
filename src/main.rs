//! The `sagnet` program: see [`sagnet::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    sagnet::cli::run()
}
