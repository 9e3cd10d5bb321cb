//! A password manager that is run for a secret. It ends with this process, whatever ends that.

use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::{Error, Result};

/// Runs it and gives its output. It may talk to the user over stdin and stderr.
pub(super) fn output_of(words: &[String], what: &str) -> Result<String> {
    let failed = || Error::config(format!("{what}: the command {words:?} failed"));
    let Some((program, arguments)) = words.split_first() else {
        return Err(Error::config(format!("{what}: the command is empty")));
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    let (child, _running) = spawn(&mut command).map_err(|error| failed().cause(error))?;
    let output = child.wait_with_output();
    let output = output.map_err(|error| failed().cause(error))?;
    if !output.status.success() {
        return Err(failed().cause(output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| failed().cause("its output is not UTF-8"))
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

fn spawn(command: &mut Command) -> std::io::Result<(Child, Listed)> {
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

/// Ends every command and keeps new ones from being begun. For the way out only.
pub fn end_commands() {
    let mut running = running();
    #[cfg(unix)]
    for Running { id, is_group } in running.drain(..) {
        use rustix::process::{Pid, Signal, kill_process, kill_process_group};
        let Some(id) = i32::try_from(id).ok().and_then(Pid::from_raw) else {
            continue;
        };
        let _ = match is_group {
            true => kill_process_group(id, Signal::KILL),
            false => kill_process(id, Signal::KILL),
        };
    }
    std::mem::forget(running);
}
