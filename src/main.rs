//! argv in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    ti::cli::run(std::env::args_os(), ti::system::System::of_this_process())
}
