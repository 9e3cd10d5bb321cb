//! Which sources are asked.

use std::sync::Arc;

use crate::error::{Error, Result, did_you_mean};
use crate::lookup::{Listed, Source, Unusable};
use crate::providers;
use crate::store::index::{Index, index_path};

use super::Run;
use crate::cli::index::listing;

/// Those that are `named`, or all that can be asked. Offline, a source that has no answers in the
/// cache is left out.
///
/// # Errors
/// One that is named is not there, or there is none at all.
pub fn open(named: &[String], is_offline: bool, run: &Run) -> Result<Vec<Arc<dyn Source>>> {
    let mut all = Vec::new();
    for provider in providers::ALL {
        if named.is_empty() || named.iter().any(|name| name == provider.name()) {
            all.extend(provider.source(&run.context())?);
        }
    }
    if is_offline {
        all.retain(|source: &Arc<dyn Source>| source.owner().is_some());
    }
    let services: Vec<_> = providers::ALL.iter().map(|known| known.name()).collect();
    let is_needed = named.is_empty() || named.iter().any(|name| !all_have(&all, name));
    if is_needed {
        match index(run) {
            Ok(index) => all.extend(index.map(Listed::all).into_iter().flatten()),
            // The others can be asked all the same.
            Err(error) if named.is_empty() && !all.is_empty() => {
                all.push(Arc::new(Unusable(error)));
            }
            Err(error) => return Err(error),
        }
    }
    if named.is_empty() {
        // The services first, in their own order; then the lists.
        let place = |source: &Arc<dyn Source>| {
            let known = services.iter().position(|name| *name == source.name());
            known.unwrap_or(services.len())
        };
        all.sort_by_key(place);
        return match all.is_empty() {
            true => Err(none()),
            false => Ok(all),
        };
    }
    let mut chosen: Vec<Arc<dyn Source>> = Vec::new();
    for name in named {
        let found = all.iter().find(|source| source.name() == name);
        let found = found.ok_or_else(|| missing(name, &all, &services))?;
        if !all_have(&chosen, name) {
            chosen.push(found.clone());
        }
    }
    Ok(chosen)
}

fn all_have(sources: &[Arc<dyn Source>], name: &str) -> bool {
    sources.iter().any(|source| source.name() == name)
}

/// The index of the profile, if there is one; with `--demo`, one of the sample data.
fn index(run: &Run) -> Result<Option<Index>> {
    let name = run.profile.chosen()?;
    let has_folder = index_path(&run.profile.system, name.as_deref()).is_some();
    match run.globals.demo || has_folder {
        true => Ok(listing::find(run, None)?.map(|listing| listing.index)),
        false => Ok(None),
    }
}

fn none() -> Error {
    Error::config("there is no source to ask")
        .cause("no service is configured, and there is no index")
        .hint("ti config init sets a service up; ti index update fetches the Master IOC")
        .hint("ti --demo lookup evil.com answers from sample data")
}

fn missing(name: &str, all: &[Arc<dyn Source>], services: &[&str]) -> Error {
    if services.contains(&name) {
        return Error::config(format!("the source {name} cannot be asked"))
            .cause("it is not configured, or has nothing to say offline")
            .hint(format!("ti config check {name} says what is missing"));
    }
    let mut names: Vec<_> = all.iter().map(|source| source.name()).collect();
    names.extend(services.iter().filter(|service| !all_have(all, service)));
    let error = Error::usage(format!("there is no source {name:?}"));
    match did_you_mean(name, names.iter().copied()) {
        Some(meant) => error.hint(format!("did you mean {meant}?")),
        None => error.hint(format!("sources: {}", names.join(", "))),
    }
}
