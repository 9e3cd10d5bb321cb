//! `ti kti search`: each input understood, asked once, and answered as soon as it is known.

use std::collections::HashMap;

use crate::document::Layout;
use crate::error::{Error, Kind, Result};
use crate::indicator::{CutFrom, Indicator, Parsed, parse};
use crate::input::{Input, InputArgs};
use crate::net::{Client, Limits};
use crate::profile::Settings;
use crate::provider::{Command, Context, Ending};

use super::answer::{self, Quota};
use super::element::{Fate, element, failure};
use super::request::Access;
use super::view;

/// No answer about one indicator comes near this size.
pub(super) const MAX_BODY: usize = 4 << 20;

#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    #[command(flatten)]
    pub inputs: InputArgs,
}

impl Command for SearchArgs {
    fn layout(&self) -> Layout {
        view::LAYOUT
    }

    fn inputs(&self) -> Option<&InputArgs> {
        Some(&self.inputs)
    }

    fn run(&self, mut context: Context<'_>) -> Result<Ending> {
        let settings = context.settings("kti")?;
        let access = Access::of(&settings)?;
        let limits = Limits {
            max_body: MAX_BODY,
            is_passing: answer::is_passing,
        };
        let client = context.client(&settings, limits)?;
        let inputs = std::mem::replace(&mut context.inputs, Box::new(std::iter::empty()));
        let mut search = Search {
            settings: &settings,
            access: &access,
            client: &client,
            context,
            known: HashMap::new(),
            tally: Tally::default(),
        };
        for input in inputs {
            search.input(input?)?;
        }
        search.finish()
    }
}

struct Search<'a, 'c> {
    settings: &'a Settings,
    access: &'a Access,
    client: &'a Client<'c>,
    context: Context<'c>,
    /// What was asked in this run: the same indicator costs one lookup, however often it comes.
    known: HashMap<Indicator, Fate>,
    tally: Tally,
}

#[derive(Default)]
struct Tally {
    inputs: u64,
    answered: u64,
    failed: u64,
    /// The first failure, and whether all others are of its kind; it is told in full if it
    /// stays alone.
    first: Option<Error>,
    told: bool,
    /// What makes further lookups pointless.
    stop: Option<Error>,
    quota: Option<Quota>,
}

impl Search<'_, '_> {
    fn input(&mut self, input: Input) -> Result<()> {
        self.tally.inputs += 1;
        self.tell_first();
        let shown = input.text.clone().unwrap_or_default();
        let understood = understand(&input);
        let (indicator, fate) = match understood {
            Err(error) => (None, Fate::Failed(error)),
            Ok(Parsed {
                indicator,
                cut_from,
            }) => {
                if let Some(cut_from) = cut_from {
                    let whole = match cut_from {
                        CutFrom::Url => "a URL",
                        CutFrom::HostAndPort => "a host with a port",
                    };
                    let note = format!("{shown} is {whole}: its host {indicator} is looked up");
                    self.context.notes.note(&note);
                }
                let fate = self.fate(&indicator)?;
                (Some(indicator), fate)
            }
        };
        self.count(&input, &shown, &fate);
        if self.context.out.is_raw() {
            return Ok(());
        }
        self.context
            .out
            .record(element(&shown, indicator.as_ref(), &fate))
    }

    fn fate(&mut self, indicator: &Indicator) -> Result<Fate> {
        if let Err(error) = accepted(indicator) {
            return Ok(Fate::Failed(error));
        }
        if let Some(fate) = self.known.get(indicator) {
            return Ok(fate.clone());
        }
        if self.tally.stop.is_some() {
            return Ok(Fate::Skipped);
        }
        // What is known goes out before the wait for the network.
        self.context.out.flush()?;
        let fate = self.lookup(indicator)?;
        self.known.insert(indicator.clone(), fate.clone());
        Ok(fate)
    }

    fn lookup(&mut self, indicator: &Indicator) -> Result<Fate> {
        let text = indicator.to_string();
        let sent = self.client.send(&|at| Ok(self.access.search(&text, at)));
        let response = match sent {
            Ok(response) => response,
            Err(error) => return Ok(Fate::Failed(error)),
        };
        self.context.out.raw(&response.body)?;
        match answer::understand(&response, self.settings, self.context.lang) {
            Ok(answer) => {
                self.tally.quota = Some(answer.quota.clone());
                Ok(Fate::Answered(Box::new(answer), response.at))
            }
            Err(mut error) => {
                error.causes = error
                    .causes
                    .iter()
                    .map(|cause| self.context.scrub(cause))
                    .collect();
                if matches!(error.kind, Kind::Credentials | Kind::Quota) {
                    self.tally.stop = Some(error.clone());
                }
                Ok(Fate::Failed(error))
            }
        }
    }

    fn count(&mut self, input: &Input, shown: &str, fate: &Fate) {
        let Some(mut error) = failure(fate) else {
            match fate {
                Fate::Skipped => self.tally.failed += 1,
                _ => self.tally.answered += 1,
            }
            return;
        };
        self.tally.failed += 1;
        // A refusal names the input itself.
        if error.kind != Kind::Usage {
            error.message = format!("{shown}: {}", error.message);
        }
        if let Some(place) = &input.place {
            error.message = format!("{place}: {}", error.message);
        }
        match self.tally.first {
            None => self.tally.first = Some(error),
            Some(_) => self.context.notes.error(&error.to_string()),
        }
    }

    /// Another input follows: the first failure is one of several and gets one line as they do.
    fn tell_first(&mut self) {
        if self.tally.told {
            return;
        }
        if let Some(error) = &self.tally.first {
            self.tally.told = true;
            if self.tally.stop.is_none() {
                self.context.notes.error(&error.to_string());
            }
        }
    }

    fn finish(mut self) -> Result<Ending> {
        if self.tally.inputs > 1 {
            self.tell_first();
        }
        if let Some(Quota { left, total }) = &self.tally.quota {
            let quota = format!("quota: LeftCount {left}, TotalCount {total}");
            self.context.notes.note(&quota);
        }
        let answered = self.tally.answered;
        match self.tally.failure() {
            None => Ok(Ending::Whole),
            Some(error) if answered == 0 => Err(error),
            Some(error) => Ok(Ending::Short(error)),
        }
    }
}

impl Tally {
    /// What the run failed with: what stopped it, the only failure, or that there were several.
    fn failure(self) -> Option<Error> {
        let Tally {
            inputs,
            answered,
            failed,
            ..
        } = self;
        let first = self.first?;
        if inputs == 1 {
            return Some(first);
        }
        let message = format!("{failed} of {inputs} inputs were not answered");
        Some(match (self.stop, answered) {
            (Some(stop), _) => stop.cause(message),
            (None, 0) => Error::new(first.kind, message),
            (None, _) => Error::new(Kind::Partial, message),
        })
    }
}

/// The indicator in an input, or why there is none.
fn understand(input: &Input) -> Result<Parsed> {
    let refused = |what: &str, why: &dyn std::fmt::Display| {
        Error::usage(format!("{what} is refused"))
            .cause(why)
            .hint("nothing was asked and no quota spent")
    };
    match &input.text {
        Ok(text) => parse(text).map_err(|refusal| refused(&format!("{text:?}"), &refusal)),
        Err(unreadable) => Err(refused("the line", unreadable)),
    }
}

/// Whether this service takes it: IPv4 addresses and domains (contract: kti.md, "Input").
fn accepted(indicator: &Indicator) -> Result<()> {
    let what = match indicator {
        Indicator::Ipv4(_) | Indicator::Domain(_) => return Ok(()),
        Indicator::Ipv6(_) => "an IPv6 address",
        Indicator::Cidr(_) => "an address range",
        Indicator::Hash(..) => "a file hash",
        Indicator::Email(_) => "an e-mail address",
    };
    Err(Error::usage(format!("{indicator} is refused"))
        .cause(format!(
            "it is {what}, and KTI knows IPv4 addresses and domains only"
        ))
        .hint("nothing was asked and no quota spent"))
}
