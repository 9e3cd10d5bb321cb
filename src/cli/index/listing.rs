//! An index to look in, and the rows that one is made of.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::cli::run::Run;
use crate::console::Reporter;
use crate::document::{counted, grouped};
use crate::error::{Error, Result};
use crate::indicator::Kind;
use crate::input::Content;
use crate::matching::list::{Take, canonical, read_csv, read_text};
use crate::providers::kaspersky::parts::MAX_PARTS;
use crate::providers::kaspersky::{self, MasterArgs, Receiver, Row, openioc};
use crate::store::index::{Builder, Index, Listed, Provenance, index_path};

/// An index that ages is as good as new for so long.
const WARN_AFTER: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Clocks differ, of machines and of the servers that files lie on.
const TOLERATED: SignedDuration = SignedDuration::from_hours(1);

pub fn path(run: &Run) -> Result<PathBuf> {
    let name = run.profile.chosen()?;
    index_path(&run.profile.system, name.as_deref()).ok_or_else(|| {
        Error::config("this machine has no folder for data").hint("set XDG_DATA_HOME")
    })
}

/// An index, and what it is in a few words.
pub struct Listing {
    pub index: Index,
    pub title: String,
}

/// The index of the profile, at most as old as `max_age`; with `--demo`, one of the sample data.
///
/// # Errors
/// There is none, it is too old, or it cannot be relied on.
pub fn open(run: &Run, max_age: Option<Duration>) -> Result<Listing> {
    match find(run, max_age)? {
        Some(listing) => Ok(listing),
        None => Err(no_index(&path(run)?)),
    }
}

/// The same; `None` if there is none. Without a source it is none to look in.
pub fn find(run: &Run, max_age: Option<Duration>) -> Result<Option<Listing>> {
    let index = match run.globals.demo {
        true => Some(of_sample_data(run)?),
        false => Index::open(&path(run)?)?,
    };
    let Some(index) = index else {
        return Ok(None);
    };
    let sources = index.sources();
    let Some(newest) = sources.iter().map(|source| source.retrieved_at).max() else {
        return Ok(None);
    };
    let ages = sources.iter().filter(|source| source.ages);
    if let Some(oldest) = ages.map(|source| source.retrieved_at).min() {
        check_age(oldest, max_age, run)?;
    }
    let day = newest.strftime("%Y-%m-%d");
    let title = format!(
        "index of {day}, {}",
        counted(index.indicators(), "indicator")
    );
    Ok(Some(Listing { index, title }))
}

pub fn no_index(path: &Path) -> Error {
    let why = match path.exists() {
        true => format!("there is nothing in {}", path.display()),
        false => format!("no file {}", path.display()),
    };
    Error::config("there is no index to look in")
        .cause(why)
        .hint("ti index update fetches the Master IOC; ti index add takes a list of your own")
}

/// # Errors
/// What the index has of that time is older than `max_age`, or nobody can say.
fn check_age(time: Timestamp, max_age: Option<Duration>, run: &Run) -> Result<()> {
    let age = (run.profile.system.clock)().duration_since(time);
    if age < -TOLERATED {
        let day = time.strftime("%Y-%m-%d");
        let is_ahead =
            format!("the index is of {day}, which is yet to come: nobody can say how old it is");
        if max_age.is_some() {
            return Err(Error::config(is_ahead)
                .cause("--max-age refuses what may be older")
                .hint("check this machine's clock, or the time of the file that was read")
                .hint("ti index update fetches a new one"));
        }
        run.notes.warning(&is_ahead);
        return Ok(());
    }
    let age = Duration::try_from(age).unwrap_or_default();
    let hours = age.as_secs() / (60 * 60);
    let shown = match hours {
        ..48 => counted(hours, "hour"),
        _ => counted(hours / 24, "day"),
    };
    let is_old = format!("the index is {shown} old");
    if max_age.is_some_and(|max| age > max) {
        let error = Error::config(format!("{is_old}: more than --max-age allows"));
        return Err(error.hint("ti index update fetches a new one"));
    }
    if age > WARN_AFTER {
        let advice = format!("{is_old}: ti index update fetches a new one");
        run.notes.warning(&run.advice(&advice));
    }
    Ok(())
}

pub fn of_sample_data(run: &Run) -> Result<Index> {
    let mut builder = Builder::private()?;
    let master = MasterArgs::default();
    let kept = kaspersky::fetch(&master, &run.context(), &mut builder, &mut add_row)?;
    builder.into_index(&Provenance {
        name: kaspersky::NAME.to_string(),
        origin: "sample data".to_string(),
        sha256: kept.sha256,
        retrieved_at: (run.profile.system.clock)(),
        ages: false,
    })
}

/// A list as an index for this run alone.
pub fn of_list(list: &Path) -> Result<Listing> {
    let mut builder = Builder::private()?;
    let origin = add_list(&mut builder, list, "list", None)?;
    let index = builder.into_index(&origin)?;
    let left_out: u64 = index.sources().iter().map(|list| list.not_indexed).sum();
    let indicators = counted(index.indicators(), "indicator");
    let title = format!("list of {indicators}{}", not_looked_up(left_out));
    Ok(Listing { index, title })
}

/// What is said of entries besides those that can be looked up; nothing where there are none.
pub fn not_looked_up(count: u64) -> String {
    match count {
        0 => String::new(),
        count => format!("; {} more cannot be looked up", grouped(count.into())),
    }
}

/// Rows of the Master IOC are added to it.
impl Receiver for Builder {
    fn restart(&mut self) -> Result<bool> {
        Builder::restart(self)?;
        Ok(true)
    }

    fn refused(&mut self, _: &[u8]) -> Result<()> {
        Ok(())
    }
}

pub fn add_row(builder: &mut Builder, row: &Row) -> Result<()> {
    let Some((kind, key)) = kaspersky::is_looked_up(row)
        .then(|| canonical(row.indicator))
        .flatten()
    else {
        builder.count_not_indexed();
        return Ok(());
    };
    builder.add(&Listed {
        kind,
        key: &key,
        sent: row.indicator,
        id: row.id,
        publication: row.publication,
        date: row.detection_date.get(..10).unwrap_or(row.detection_date),
    })
}

pub fn add_list(
    builder: &mut Builder,
    file: &Path,
    name: &str,
    reason: Option<&str>,
) -> Result<Provenance> {
    let (mut source, at) = open_file(file)?;
    let mut hasher = Sha256::new();
    let mut any = false;
    let mut take = |entry: Option<Listed<'_>>| {
        let Some(entry) = entry else {
            builder.count_not_indexed();
            return Ok(());
        };
        any = true;
        hasher.update(entry.sent);
        hasher.update(b"\n");
        builder.add(&entry)
    };
    let shown = file.display().to_string();
    let mut head = Vec::new();
    let begun = source.by_ref().take(HEAD).read_to_end(&mut head);
    begun.map_err(|error| Error::usage(format!("{shown} cannot be read")).cause(error))?;
    let is_openioc = openioc::is_begun(&head);
    let source = head.as_slice().chain(source);
    match reason {
        None if is_openioc => read_openioc(source, &shown, &mut take)?,
        None => read_text(source, &shown, &mut take)?,
        Some(reason) => read_csv(source, &shown, reason, &mut take)?,
    }
    if !any {
        return Err(Error::usage(format!(
            "{shown} has no indicator that can be looked up"
        )));
    }
    Ok(Provenance {
        name: name.to_string(),
        origin: shown,
        sha256: hex::encode(hasher.finalize()),
        retrieved_at: at,
        ages: false,
    })
}

/// So many bytes tell OpenIOC from other texts.
const HEAD: u64 = 4096;

/// The indicators of a report: what is negated in it is none, and neither is the rest of its text.
fn read_openioc(source: impl Read, name: &str, take: &mut Take) -> Result<()> {
    let failed = || Error::usage(format!("{name} cannot be read"));
    let mut text = Vec::new();
    let read = source.take(MAX_PARTS + 1).read_to_end(&mut text);
    read.map_err(|error| failed().cause(error))?;
    if text.len() as u64 > MAX_PARTS {
        return Err(failed().cause(format!("its OpenIOC is larger than {MAX_PARTS} bytes")));
    }
    let found = openioc::parse(&text);
    let found = found.map_err(|why| failed().cause(format!("its OpenIOC: {why}")))?;
    found.positive().try_for_each(|item| {
        let is_looked_up = !matches!(item.kind, Kind::File | Kind::Other);
        let known = is_looked_up.then(|| canonical(item.value)).flatten();
        take(known.as_ref().map(|(kind, key)| Listed {
            kind: *kind,
            key,
            sent: item.value,
            id: "",
            publication: "",
            date: "",
        }))
    })
}

/// What is in a file, and when it was written.
pub fn open_file(path: &Path) -> Result<(Content<'static>, Timestamp)> {
    let failed = |error| Error::usage(format!("{} cannot be read", path.display())).cause(error);
    let file = File::open(path).map_err(failed)?;
    let written = file
        .metadata()
        .and_then(|file| file.modified())
        .map_err(failed)?;
    let at = Timestamp::try_from(written).unwrap_or_default();
    Ok((Content::new(file, None).keeping_mark(), at))
}
