//! `ti config check`: the whole way to an answer, step by step, and the next thing to do.

mod checklist;
mod connectivity;
mod local;
mod report;
mod step;

use clap::Args;

use crate::cli::run::Run;
use crate::config::{IGNORE, Origin, Settings};
use crate::error::{Error, Kind, Result};
use crate::http::Probe;
use crate::output::Takes;
use crate::provider::Provider;
use crate::providers;

use checklist::{Checklist, End};
use report::Report;
pub use step::SCHEMA;
use step::{Outcome, Step};

/// Check every step on the way to an answer, and say what to do next
#[derive(Debug, Args)]
#[command(add = Takes::RECORDS.asking(), before_help = "\
Examples:
  ti config check                          every provider that has settings
  ti config check kti --no-lookup          without spending a lookup
  ti config check --no-lookup --json       for monitoring: exit code and steps")]
pub struct CheckArgs {
    /// Check this provider [default: all that have settings]
    #[arg(value_parser = super::provider(), ignore_case = true)]
    provider: Option<String>,

    /// Leave out the login where it would cost a lookup (it never costs more than one)
    #[arg(long)]
    no_lookup: bool,
}

pub fn run(args: &CheckArgs, run: &Run) -> Result<()> {
    report(run, args.no_lookup, || {
        chosen(args.provider.as_deref(), run)
    })
}

/// Checks these providers, the login included.
pub fn check(providers: &[&'static dyn Provider], run: &Run) -> Result<()> {
    report(run, false, || Ok(providers.to_vec()))
}

fn report(
    run: &Run,
    no_lookup: bool,
    providers: impl FnOnce() -> Result<Vec<&'static dyn Provider>>,
) -> Result<()> {
    let opening = run.context().output(report::LAYOUT).gate(true);
    let mut report = Report::open(opening, run.lang, run.profile.redactor.clone())?;
    let mut step = |mut step: Step| {
        if report.is_for_a_person() {
            step.outcome.speak(run.lang);
        }
        step.outcome.keep(run.given);
        report.step(step)
    };
    let checked = steps(&mut step, run, no_lookup, providers);
    let failure = checked.as_ref().err().cloned();
    report.finish(failure.map(|error| Step {
        provider: None,
        name: "providers",
        outcome: Outcome::failed(run.given.keep_in(error)),
    }))?;
    checked?.verdict()
}

fn steps(
    report: &mut dyn FnMut(Step) -> Result<()>,
    run: &Run,
    no_lookup: bool,
    providers: impl FnOnce() -> Result<Vec<&'static dyn Provider>>,
) -> Result<Tally> {
    let mut tally = Tally::default();
    if !run.globals.demo {
        let mut list = Checklist {
            provider: None,
            report: &mut *report,
        };
        if !tally.leads("the configuration", local::file(&mut list, &run.profile))? {
            return Ok(tally);
        }
        // A service can be asked without them.
        tally.leads(IGNORE.name, local::known_good(&mut list, &run.profile))?;
    }
    for provider in providers()? {
        let mut list = Checklist {
            provider: Some(provider.name()),
            report: &mut *report,
        };
        let gone = go(&mut list, provider, run, no_lookup);
        if tally.leads(provider.name(), gone)? {
            tally.ready += 1;
        }
    }
    Ok(tally)
}

/// The whole way to one provider, as far as it leads.
fn go(
    list: &mut Checklist,
    provider: &dyn Provider,
    run: &Run,
    no_lookup: bool,
) -> Result<(), End> {
    let settings = local::settings(list, provider, &run.profile, run.lang)?;
    let url = list.try_step("endpoint", settings.endpoint())?;
    local::exposure(list, &settings, &url)?;
    let clock = run.profile.system.clock;
    let probe = Probe::new(&settings, url, clock, run.notes);
    connectivity::go(list, &settings, &probe, clock)?;
    log_in(list, provider, &settings, run, no_lookup)
}

/// The smallest request that shows whether the credentials hold.
fn log_in(
    list: &mut Checklist,
    provider: &dyn Provider,
    settings: &Settings,
    run: &Run,
    no_lookup: bool,
) -> Result<(), End> {
    let Some(login) = provider.login() else {
        return Ok(());
    };
    if no_lookup && login.costs_lookup {
        let said = "not tried (--no-lookup): it would cost one lookup";
        return list.outcome("login", Outcome::skipped(said));
    }
    let cost = match login.costs_lookup {
        true => "this cost one lookup",
        false => "this cost no lookup",
    };
    let came = (login.run)(settings, &run.context());
    let came = came.map(|came| {
        let said = format!("{}; {cost}", came.said);
        (came, said)
    });
    let came = list.step("login", came)?;
    let quota = match came.quota {
        Some(quota) => Outcome::ok(quota).warned(came.spent),
        None => Outcome::skipped("the service does not say"),
    };
    list.outcome("quota", quota)
}

/// The provider that was named, or every one that somebody has set anything of.
fn chosen(asked: Option<&str>, run: &Run) -> Result<Vec<&'static dyn Provider>> {
    let all = providers::ALL.iter().copied();
    if let Some(asked) = asked {
        let is_asked = |provider: &&dyn Provider| asked.eq_ignore_ascii_case(provider.name());
        return Ok(all.filter(is_asked).collect());
    }
    if run.globals.demo {
        return Ok(all.collect());
    }
    let mut chosen = Vec::new();
    for provider in all {
        // A provider whose settings cannot be read is one to check.
        let is_set = run
            .profile
            .settings(provider.name())
            .map_or(true, |settings| {
                let mut values = settings.values.values();
                values.any(|value| matches!(value.origin, Origin::File(_) | Origin::Variable(_)))
            });
        if is_set {
            chosen.push(provider);
        }
    }
    match chosen.is_empty() {
        false => Ok(chosen),
        true => Err(Error::config("no provider has any settings")
            .hint("ti config init makes a configuration")
            .hint("no account yet? ti --demo config check shows what it would be like")),
    }
}

/// How many providers were checked, and what the first failure was.
#[derive(Default)]
struct Tally {
    ready: u32,
    failed: Vec<(&'static str, Error)>,
}

impl Tally {
    /// Whether this way led to its end.
    fn leads(&mut self, what: &'static str, gone: Result<(), End>) -> Result<bool> {
        match gone {
            Ok(()) => Ok(true),
            Err(End::Failed(error)) => {
                self.failed.push((what, error));
                Ok(false)
            }
            Err(End::Unreported(error)) => Err(error),
        }
    }

    /// As with several inputs: the first failure's code, or "partial" where something is ready.
    fn verdict(self) -> Result<()> {
        let Some((_, first)) = self.failed.first() else {
            return Ok(());
        };
        let kind = if self.ready == 0 {
            first.kind
        } else {
            Kind::Partial
        };
        let names: Vec<_> = self.failed.iter().map(|(what, _)| *what).collect();
        Err(Error::new(kind, format!("not ready: {}", names.join(", "))))
    }
}
