//! argv understood, a command dispatched, an error reported. The rim: it knows everybody.

mod cache;
mod command;
mod complete;
mod config;
mod demo;
mod echo;
mod exit_codes;
mod extract;
mod given;
mod globals;
mod help;
mod index;
mod known_good;
mod lookup;
mod manual;
mod matching;
mod overlap;
mod refusal;
mod report;
mod run;
mod sandbox;
mod schema;
mod slip;
mod taken;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{ArgMatches, Command, FromArgMatches};

use crate::cancel::{self, Cancel};
use crate::config::{Location, Profile, end_commands, lang, lang_at_first};
use crate::console::{Palette, Reporter, Stderr, Terminal};
use crate::error::{Error, Kind, Result};
use crate::files::abandon_all;
use crate::output::Format;
use crate::providers;
use crate::redact::Redactor;
use crate::system::{System, check_address_space, check_clock, spawn};

pub use command::command;
use command::{parser, parser_of};
/// The JSON schemas of all commands.
pub use schema::all as schemas;

use given::Given;
use globals::Globals;
use run::Run;

/// A command of `ti` itself: its name, how it is typed, what it does.
type Own = (
    &'static str,
    fn() -> Command,
    fn(&ArgMatches, &Run) -> Result<()>,
);

/// Our own commands, in the order of the help. A new one is a file and a line here.
const OWN: [Own; 11] = [
    ("lookup", lookup::command, lookup::run),
    ("match", matching::command, matching::run),
    ("index", index::command, index::run),
    ("extract", extract::command, extract::run),
    ("config", config::command, config::run),
    ("cache", cache::command, cache::run),
    ("schema", schema::command, schema::run),
    ("sandbox", sandbox::command, sandbox::run),
    ("completions", complete::command, |typed, _| {
        complete::script(typed)
    }),
    ("man", manual::command, |typed, run| {
        manual::run(typed, command(), run)
    }),
    (help::OPTIONS, help::options, |_, _| {
        help::print_options(command())
    }),
];

/// How long a command that was asked to end may take for it.
const GRACE: Duration = Duration::from_secs(2);

/// Runs one command line and gives its exit code.
pub fn run(argv: impl IntoIterator<Item = OsString>, system: System) -> ExitCode {
    let mut words: Vec<_> = argv.into_iter().collect();
    if complete::answer(&words, &system, command).is_some() {
        return ExitCode::SUCCESS;
    }
    let (root, matches) = match parse(&mut words) {
        Ok(parsed) => parsed,
        Err(error) => return refusal::tell(error, &words, command, &system),
    };
    let redactor = Redactor::default();
    let (globals, notes) = match Globals::from_arg_matches(&matches) {
        Ok(globals) => {
            let notes = notes(&globals, &system, redactor.clone());
            (globals, &*Box::leak(Box::new(notes)))
        }
        Err(error) => return refusal::tell(error, &words, command, &system),
    };
    outlive_size_limits();
    let cancel = on_interrupt();
    let given = Given::of(&globals, command);
    let performed = taken::check(root, &matches, &globals, &words).and_then(|()| {
        perform(
            (root, &matches),
            &globals,
            &given,
            system,
            redactor,
            notes,
            cancel,
        )
    });
    // A thread that is not waited for any more may have one running.
    end_commands();
    match performed {
        Ok(()) => {
            notes.release();
            ExitCode::SUCCESS
        }
        Err(error) => {
            report::report(&error, &given, notes);
            ExitCode::from(error.kind.exit_code())
        }
    }
}

/// What was typed, and the commands that it was understood by; `words` becomes what is run.
fn parse(words: &mut Vec<OsString>) -> Result<(&'static Command, ArgMatches), clap::Error> {
    // They end with the process: to take them apart is a tenth of what a start takes.
    let kept = |root: Command| -> &'static mut Command { Box::leak(Box::new(root)) };
    let root = kept(parser_of(words));
    match root.try_get_matches_from_mut(&*words) {
        Ok(matches) if matches.subcommand().is_some() => return Ok((root, matches)),
        Err(error) if !error.use_stderr() => return Err(error),
        _ => {}
    }
    let root = kept(parser());
    let error = match root.try_get_matches_from_mut(&*words) {
        Ok(matches) => return Ok((root, matches)),
        Err(error) => error,
    };
    let instead = lookup::instead(words, &error).or_else(|| listed(words, &error));
    let Some(instead) = instead else {
        return Err(error);
    };
    match root.try_get_matches_from_mut(&instead) {
        // `ti kti X`: the word stands where a command of KTI's is missing.
        Err(again) if again.kind() == ErrorKind::InvalidSubcommand => Err(error),
        parsed => {
            *words = instead;
            Ok((root, parsed?))
        }
    }
}

/// No flag has a blank in its name: `- evil.com` is pasted from a list. It gets a blank before it,
/// which comes off where inputs are read.
fn listed(words: &[OsString], error: &clap::Error) -> Option<Vec<OsString>> {
    let is_listed = |word: &OsString| {
        let item = word.to_str().and_then(|word| word.strip_prefix('-'));
        item.is_some_and(|item| item.starts_with(' '))
    };
    if error.kind() != ErrorKind::UnknownArgument || !words.iter().any(is_listed) {
        return None;
    }
    let with_blank = |word: &OsString| {
        let mut typed = OsString::from(if is_listed(word) { " " } else { "" });
        typed.push(word);
        typed
    };
    Some(words.iter().map(with_blank).collect())
}

fn perform(
    (root, typed): (&Command, &ArgMatches),
    globals: &Globals,
    given: &Given,
    system: System,
    redactor: Redactor,
    notes: &'static Stderr,
    cancel: Cancel,
) -> Result<()> {
    check_address_space()?;
    check_clock((system.clock)())?;
    let (name, matches) = typed
        .subcommand()
        .ok_or_else(|| Error::usage("there is no command"))?;
    if globals.large && !globals.demo && name != "sandbox" {
        return Err(Error::usage("--large is for sample data")
            .hint("use it with --demo, or with ti sandbox"));
    }
    let mut flags = globals.settings();
    if globals.demo && flags.remove("proxy").is_some() {
        notes.warning("--proxy is left out: sample data stays on this machine");
    }
    let location = Location::find(globals.config.as_deref(), &system)?;
    let profile = Profile {
        asked: globals.profile.clone(),
        flags,
        demo: globals.demo.then(|| demo::sandboxes(globals.large, notes)),
        ..profile(location, system, redactor)
    };
    let (lang, _) = lang(&profile, globals.output.lang)?;
    notes.speak(lang);
    overlap::check(root, typed, &globals.output, &profile)?;
    let run = Run {
        globals,
        given,
        profile,
        lang,
        notes,
        cancel,
    };
    if let Some((_, _, own)) = OWN.iter().find(|(known, ..)| *known == name) {
        return own(matches, &run);
    }
    let provider = providers::ALL.iter().find(|known| known.name() == name);
    let provider = provider.ok_or_else(|| Error::usage(format!("unknown command {name}")))?;
    provider.run(matches, &run.context()).map(drop)
}

/// What the file at this place says, without any flag.
fn profile(location: Location, system: System, redactor: Redactor) -> Profile {
    let known = providers::ALL.iter().map(|p| (p.name(), p.settings()));
    Profile::new(location, system, known.collect(), redactor)
}

/// The terminal that stderr is, if it is one.
fn terminal(system: &System) -> Option<Terminal> {
    system.stderr_is_terminal.then(|| Terminal {
        width: system.width(),
        unicode: system.speaks_unicode(),
        is_dumb: system.env.get("TERM") == Some("dumb"),
    })
}

fn notes(globals: &Globals, system: &System, redactor: Redactor) -> Stderr {
    let output = &globals.output;
    let colour = output
        .color
        .is_wanted(&system.env, system.stderr_is_terminal);
    let stderr = Stderr::new(
        globals.quiet,
        globals.verbose,
        Palette { colour },
        redactor,
        terminal(system),
    );
    stderr.speak(lang_at_first(&system.env, output.lang));
    match output.asked_format() {
        Some(Format::Json | Format::Ndjson) => stderr.with_json_errors(!system.stderr_is_terminal),
        _ => stderr,
    }
}

/// Ctrl-C, SIGTERM and SIGHUP: the command ends by itself if it can and is asked for the first
/// time; but one whose reader does not read cannot.
fn on_interrupt() -> Cancel {
    let (cancel, trigger) = cancel::pair();
    // It fails if a handler is set already, as in a test that runs several commands, and where
    // there is no thread to be had: then a signal ends the process as the system has it.
    let _ = ctrlc::set_handler(move || {
        let in_time = || {
            thread::sleep(GRACE);
            end();
        };
        if !trigger.pull() || spawn(in_time).is_err() {
            end();
        }
    });
    cancel
}

/// Ends the process: unfinished files are taken away, old ones stand. It waits for nothing, not
/// even for what is still to be written.
fn end() {
    end_commands();
    echo::restore();
    abandon_all();
    crate::sandbox::abandon_all();
    let code = i32::from(Kind::Interrupted.exit_code());
    #[cfg(unix)]
    signal_hook::low_level::exit(code);
    #[cfg(not(unix))]
    std::process::exit(code);
}

/// A write beyond the limit on the size of files (`ulimit -f`) fails like any other, and does not
/// end the process before it has cleaned up.
fn outlive_size_limits() {
    #[cfg(unix)]
    {
        use signal_hook::{consts::SIGXFSZ, flag};
        // Nobody looks at the flag: that there is a handler is enough.
        let _ = flag::register(SIGXFSZ, Arc::default());
    }
}
