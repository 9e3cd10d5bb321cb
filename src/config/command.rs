//! A password manager that is run for a secret. It ends with this process, whatever ends that.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::document::decoded;
use crate::error::{Error, Result};
use crate::system::spawn;

/// The time that it has, a person's answer included.
const PATIENCE: Duration = Duration::from_secs(30);

/// Bytes that it may say; no secret is longer.
const MAX_OUTPUT: u64 = 64 * 1024;

/// Runs it and gives its output. It may talk to the user at the terminal and over stderr.
pub(super) fn output_of(words: &[String], what: &str) -> Result<String> {
    output_within(words, what, PATIENCE)
}

/// What becomes known of a command, in either order.
enum Event {
    Said(io::Result<Vec<u8>>),
    Ended(io::Result<ExitStatus>),
}

fn output_within(words: &[String], what: &str, patience: Duration) -> Result<String> {
    let failed = || Error::config(format!("{what}: the command {words:?} failed"));
    let Some((program, arguments)) = words.split_first() else {
        return Err(Error::config(format!("{what}: the command is empty")));
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    let (mut child, running) = begin(&mut command).map_err(|error| {
        let is_name = !program.contains('/') && error.kind() == io::ErrorKind::NotFound;
        let failed = failed().cause(error);
        match is_name {
            true => {
                failed.hint("it is not in PATH, which is short under cron: give its whole path")
            }
            false => failed,
        }
    })?;
    let (said, events) = mpsc::channel();
    let ended = said.clone();
    if let Some(stdout) = child.stdout.take() {
        spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.take(MAX_OUTPUT + 1).read_to_end(&mut bytes);
            said.send(Event::Said(read.map(|_| bytes)))
        })?;
    }
    spawn(move || ended.send(Event::Ended(child.wait())))?;
    let until = Instant::now() + patience;
    let (mut output, mut status) = (None, None);
    let (output, status) = loop {
        if let (Some(output), Some(status)) = (&mut output, status) {
            break (std::mem::take::<Vec<u8>>(output), status);
        }
        match events.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Event::Said(read)) => {
                let read = read.map_err(|error| failed().cause(error))?;
                if read.len() as u64 > MAX_OUTPUT {
                    running.0.end();
                    return Err(failed().cause("it says more than 64 KiB"));
                }
                output = Some(read);
            }
            Ok(Event::Ended(how)) => {
                status = Some(how.map_err(|error| failed().cause(error))?);
                // What it leaves behind would keep its output open.
                if running.0.is_group {
                    running.0.end();
                }
            }
            Err(_) => {
                running.0.end();
                let seconds = patience.as_secs();
                return Err(failed().cause(format!("it has not ended within {seconds} s")));
            }
        }
    };
    if !status.success() {
        return Err(failed().cause(status));
    }
    decoded(output).map_err(|_| failed().cause("its output is not UTF-8"))
}

/// Those that run, by the numbers of their processes.
static RUNNING: Mutex<Vec<Running>> = Mutex::new(Vec::new());

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Running {
    id: u32,
    /// Whether what it starts in turn is in a group of its own.
    is_group: bool,
}

/// Taken off the list when dropped: it has ended.
struct Listed(Running);

impl Drop for Listed {
    fn drop(&mut self) {
        running().retain(|other| *other != self.0);
    }
}

fn running() -> MutexGuard<'static, Vec<Running>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn begin(command: &mut Command) -> io::Result<(Child, Listed)> {
    // Another group than the terminal's cannot ask at it, and Ctrl-C reaches the terminal's anyway.
    let is_group = cfg!(unix) && std::fs::File::open("/dev/tty").is_err();
    #[cfg(unix)]
    if is_group {
        std::os::unix::process::CommandExt::process_group(command, 0);
    }
    // Whoever ends everything finds it either not begun or in the list.
    let mut running = running();
    let child = command.spawn()?;
    let listed = Running {
        id: child.id(),
        is_group,
    };
    running.push(listed);
    Ok((child, Listed(listed)))
}

impl Running {
    /// Ends it, and what it began in a group of its own.
    fn end(self) {
        #[cfg(unix)]
        {
            use rustix::process::{Pid, Signal, kill_process, kill_process_group};
            let Some(id) = i32::try_from(self.id).ok().and_then(Pid::from_raw) else {
                return;
            };
            let _ = match self.is_group {
                true => kill_process_group(id, Signal::KILL),
                false => kill_process(id, Signal::KILL),
            };
        }
    }
}

/// Ends every command and keeps new ones from being begun. For the way out only.
pub fn end_commands() {
    let mut running = running();
    running.drain(..).for_each(Running::end);
    std::mem::forget(running);
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn run(script: &str, patience: Duration) -> Result<String> {
        let words = ["sh", "-c", script].map(str::to_string);
        output_within(&words, "secret_key", patience)
    }

    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn a_command_has_its_time_and_its_length() {
        assert_eq!(run("echo x", LONG).unwrap(), "x\n");
        let error = run("exec sleep 1000", Duration::from_millis(20)).unwrap_err();
        assert_eq!(error.causes, ["it has not ended within 0 s"]);
        let error = run("cat /dev/zero", LONG).unwrap_err();
        assert_eq!(error.causes, ["it says more than 64 KiB"]);
        assert!(run("echo x; exit 3", LONG).is_err());
    }

    #[test]
    fn a_name_that_is_not_in_path_says_so() {
        for (program, hints) in [("no-such-program-here", 1), ("/no/such/program", 0)] {
            let error = output_within(&[program.to_string()], "secret_key", LONG).unwrap_err();
            assert_eq!(error.hints.len(), hints, "{program}: {error}");
        }
    }

    /// It would be waited for, as it holds the output open.
    #[test]
    fn what_a_command_leaves_behind_ends_with_it() {
        if std::fs::File::open("/dev/tty").is_ok() {
            return;
        }
        assert_eq!(run("sleep 1000 & echo x", LONG).unwrap(), "x\n");
    }
}
