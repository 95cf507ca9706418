//! The `sagnet` program: see [`sagnet::cli`].

use std::process::ExitCode;

/// Half of the time of a build goes by in making and dropping small texts; this allocator is quicker at it than most
/// systems' own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sagnet::cli::run()
}
