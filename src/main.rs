//! The program: arguments in, exit code out.

use std::process::ExitCode;

/// A build allocates and frees a few hundred small texts a page on every core at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tuopin::cli::run(std::env::args_os())
}
