//! The commands: what they read, in which order the stages run, what they say, how they end. One file per command.
#![expect(clippy::disallowed_methods, reason = "the command line is where arguments, clock and environment come in")]

mod arguments;
mod build;
mod check;
mod clock;
mod preview;
mod progress;
mod report;
mod stages;

use arguments::{Command, Invocation};
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// How a command ended. The numbers are a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Done.
    Done,
    /// Findings at error level: nothing was written.
    Findings,
    /// The command could not run.
    Impossible,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> ExitCode {
        ExitCode::from(match ending {
            Ending::Done => 0,
            Ending::Findings => 1,
            Ending::Impossible => 2,
        })
    }
}

/// Runs the program with its arguments.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let invocation = match Invocation::try_parse_from(arguments) {
        Ok(invocation) => invocation,
        Err(error) => {
            // A broken pipe while printing help is nobody's fault.
            let _ = error.print();
            return if error.use_stderr() { Ending::Impossible.into() } else { Ending::Done.into() };
        }
    };
    let common = &invocation.common;
    let ended = match &invocation.command {
        Command::Build(options) => build::run(common, options),
        Command::Check(options) => check::run(common, options),
        Command::Serve(options) => preview::run(common, options),
    };
    match ended {
        Ok(ending) => ending.into(),
        Err(error) => {
            report::complain(common, &error);
            Ending::Impossible.into()
        }
    }
}
