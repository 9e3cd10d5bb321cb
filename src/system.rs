//! Clock, environment and terminal: the one place where the program looks around.
//!
//! Everything else is handed a [`System`], so that a test can hand over another one.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::SystemTime;

use jiff::Timestamp;

use crate::error::{Error, Kind, Result};

/// The time now; a function, because a run can last longer than a signature.
pub type Clock = fn() -> Timestamp;

#[derive(Debug, Clone)]
pub struct System {
    pub env: Env,
    pub clock: Clock,
    /// The platform's folder for configuration, `$XDG_CONFIG_HOME` on Linux.
    pub config_home: Option<PathBuf>,
    /// The folder for the configuration of all users of the machine, where there is one.
    pub machine_config: Option<PathBuf>,
    /// The platform's folder for what can be made again, `$XDG_CACHE_HOME` on Linux.
    pub cache_home: Option<PathBuf>,
    /// The platform's folder for what cannot be made again for nothing, `$XDG_DATA_HOME` on Linux.
    pub data_home: Option<PathBuf>,
    /// Where this program lies.
    pub program: Option<PathBuf>,
    /// Shown as `~` in messages.
    pub home: Option<PathBuf>,
    pub stdin_is_terminal: bool,
    pub stdout_is_terminal: bool,
    pub stderr_is_terminal: bool,
    /// Columns of the terminal, when there is one.
    pub terminal_width: Option<u16>,
    /// How many files this process may have open, where there is a limit.
    pub open_files: Option<u64>,
}

impl System {
    pub fn of_this_process() -> Self {
        System {
            env: Env::of_this_process(),
            // One that is set beyond all calendars is told of, not stumbled over.
            clock: || Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::MAX),
            config_home: dirs::config_dir(),
            machine_config: cfg!(unix).then(|| PathBuf::from("/etc")),
            cache_home: dirs::cache_dir(),
            data_home: dirs::data_dir(),
            program: std::env::current_exe().ok(),
            home: dirs::home_dir(),
            stdin_is_terminal: std::io::stdin().is_terminal(),
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            terminal_width: terminal_size::terminal_size().map(|(width, _)| width.0),
            open_files: open_files(),
        }
    }
}

/// Columns of a page that no terminal shows.
const PAGE: u16 = 100;
/// Narrower than this, nothing can be laid out.
const NARROWEST: u16 = 40;

impl System {
    /// Columns of the terminal: `COLUMNS` if set, else its own width.
    pub fn width(&self) -> u16 {
        let columns = self.columns().or(self.terminal_width);
        columns.unwrap_or(PAGE).max(NARROWEST)
    }

    /// Columns of what goes elsewhere.
    pub fn page_width(&self) -> u16 {
        self.columns().unwrap_or(PAGE).max(NARROWEST)
    }

    fn columns(&self) -> Option<u16> {
        self.env.get("COLUMNS")?.parse().ok()
    }

    /// A locale that names another encoding than UTF-8 has ASCII only; none at all, as in
    /// containers, does not.
    pub fn speaks_unicode(&self) -> bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| self.env.get(name));
        locale.is_none_or(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
    }
}

#[cfg(unix)]
fn open_files() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

#[cfg(not(unix))]
fn open_files() -> Option<u64> {
    None
}

/// Starts a thread.
///
/// # Errors
/// The machine has none to give: a limit on processes, or no memory for its stack.
pub fn spawn<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<JoinHandle<T>> {
    let begun = std::thread::Builder::new().spawn(work);
    begun.map_err(|error| {
        Error::new(Kind::Internal, "this machine has no thread to give")
            .cause(error)
            .hint("raise the limit on processes (ulimit -u) or on memory (ulimit -v)")
    })
}

/// A time from which it can be reckoned on: the calendar ends with the year 9999.
const LATEST: Timestamp = Timestamp::constant(221_845_392_000, 0);

/// No certificate and no signature can be judged by a clock that shows a time before 1970.
///
/// # Errors
/// It does.
pub fn check_clock(now: Timestamp) -> Result<()> {
    match now < Timestamp::UNIX_EPOCH || now > LATEST {
        false => Ok(()),
        true => Err(
            Error::new(Kind::Internal, "the clock of this machine is wrong")
                .cause(format!("it shows {now}"))
                .hint("set it: date -s, or switch NTP on"),
        ),
    }
}

/// What a small run needs beside the program itself: some threads, and what they read.
#[cfg(target_os = "linux")]
const ADDRESS_SPACE: u64 = 32 << 20;

/// A failed allocation ends a process without a word: a limit that lets nothing run is told before.
///
/// # Errors
/// The limit on the address space (`ulimit -v`) leaves too little.
pub fn check_address_space() -> Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, getrlimit};
        let Some(limit) = getrlimit(Resource::As).current else {
            return Ok(());
        };
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let pages = pages.split(' ').next().and_then(|pages| pages.parse().ok());
        let taken = pages.unwrap_or(0u64) * rustix::param::page_size() as u64;
        if limit.saturating_sub(taken) < ADDRESS_SPACE {
            return Err(Error::new(Kind::Internal, "there is too little memory to run in")
                .cause(format!(
                    "the limit on the address space is {} KiB, and the program itself takes {} KiB of it",
                    limit >> 10,
                    taken >> 10
                ))
                .hint("raise it (ulimit -v): 32 MiB beside the program are the least"));
        }
    }
    Ok(())
}

/// The environment as it was at the start. A variable that is set but empty counts as not set.
#[derive(Debug, Clone, Default)]
pub struct Env(BTreeMap<String, OsString>);

impl Env {
    fn of_this_process() -> Self {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .collect()
    }

    /// `None` if it is not set, or not UTF-8.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_os(name).and_then(OsStr::to_str)
    }

    pub fn get_os(&self, name: &str) -> Option<&OsStr> {
        self.0
            .get(name)
            .map(OsString::as_os_str)
            .filter(|value| !value.is_empty())
    }

    /// The folders of a list like `PATH`.
    pub fn folders(&self, name: &str) -> Vec<PathBuf> {
        let list = self.get_os(name).map(std::env::split_paths);
        list.into_iter().flatten().collect()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl<V: Into<OsString>> FromIterator<(String, V)> for Env {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(pairs: I) -> Self {
        let pairs = pairs.into_iter();
        Env(pairs.map(|(name, value)| (name, value.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_cannot_be_right_is_told_of() {
        for (now, is_right) in [
            (Timestamp::UNIX_EPOCH, true),
            (Timestamp::constant(-1, 0), false),
            (LATEST, true),
            (Timestamp::MAX, false),
        ] {
            assert_eq!(check_clock(now).is_ok(), is_right, "{now}");
        }
    }

    #[test]
    fn a_clock_before_1970_is_wrong() {
        let now = |text: &str| text.parse().unwrap();
        assert!(check_clock(now("1970-01-01T00:00:00Z")).is_ok());
        let error = check_clock(now("1969-12-31T23:59:59Z")).unwrap_err();
        assert_eq!(error.kind.exit_code(), 1);
        assert_eq!(error.causes, ["it shows 1969-12-31T23:59:59Z"]);
    }
}
