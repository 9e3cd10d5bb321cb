use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::console::Reporter;
use crate::error::{Error, Result};

use crate::files::{Pending, ReplaceArgs, Replaced, Replacement, commit_changed, unwritable};

use super::resume::Appended;

/// Large enough that a write costs little beside what is written.
const BUFFER: usize = 64 * 1024;

/// Where the data goes.
pub(super) enum Target {
    Stdout(BufWriter<Stdout>),
    /// A regular file, replaced at the end; one that others rely on, with more care.
    File(BufWriter<Pending>, PathBuf, Option<Replacement>),
    /// What an earlier run wrote, continued.
    Appended(Appended),
    /// A device or a named pipe: there is nothing to replace.
    Device(BufWriter<Device>, PathBuf),
    /// The end has been told.
    Closed,
}

impl Target {
    /// Where no file is named, to `stdout`.
    pub fn open(
        path: Option<&Path>,
        replace: Option<&ReplaceArgs>,
        stdout: Stdout,
    ) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Target::Stdout(BufWriter::with_capacity(BUFFER, stdout)));
        };
        let there = fs::metadata(path);
        if let Some(args) = replace
            && there.as_ref().map_or(true, fs::Metadata::is_file)
        {
            let (replacement, pending) = Replacement::begin(path, args.clone())?;
            let out = BufWriter::with_capacity(BUFFER, pending);
            return Ok(Target::File(out, path.to_path_buf(), Some(replacement)));
        }
        let opened = match there {
            Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(there) if !there.is_file() => fs::File::create(path)
                .map(|file| Target::Device(BufWriter::new(Device(file)), path.to_path_buf())),
            _ => Pending::create(path)
                .map(|file| Target::File(BufWriter::new(file), path.to_path_buf(), None)),
        };
        opened.map_err(|error| unwritable(path, &error))
    }

    pub fn name(&self) -> String {
        match self {
            Target::Stdout(_) | Target::Closed => "to stdout".to_string(),
            Target::File(_, path, _) | Target::Device(_, path) => path.display().to_string(),
            Target::Appended(file) => file.path.display().to_string(),
        }
    }

    /// What of the old file the new one will not have.
    pub fn remark(&self) -> Option<&str> {
        match self {
            Target::File(out, ..) => out.get_ref().remark(),
            _ => None,
        }
    }

    /// Whether there is something in it already.
    pub fn is_begun(&self) -> bool {
        matches!(self, Target::Appended(file) if file.begun)
    }

    /// Whether its reader went away.
    pub fn is_unread(&self) -> bool {
        matches!(self, Target::Stdout(out) if out.get_ref().is_gone)
    }

    /// Empties a file that is not in its place yet; false for what has left already.
    pub fn restart(&mut self) -> io::Result<bool> {
        match self {
            Target::File(out, ..) => {
                out.flush()?;
                out.get_mut().clear()?;
                Ok(true)
            }
            Target::Stdout(_) | Target::Device(..) | Target::Appended(_) | Target::Closed => {
                Ok(false)
            }
        }
    }

    /// A file takes its place only if `keep`, and with `spare` only if it is another one.
    pub fn finish(self, keep: bool, spare: bool) -> Result<Replaced> {
        let name = self.name();
        let failed = |error: io::Error| Error::write(&name, &error);
        match self {
            Target::Stdout(mut out) => out.flush().map_err(failed)?,
            Target::Device(mut out, _) => out.flush().map_err(failed)?,
            Target::Closed => {}
            Target::Appended(mut file) => file.out.flush().map_err(failed)?,
            // What is still in the buffer is not worth writing.
            Target::File(out, ..) if !keep => out.into_parts().0.abandon(),
            Target::File(out, path, replacement) => {
                let new = out.into_inner();
                let new = new.map_err(|error| failed(error.into_error()))?;
                match replacement {
                    Some(replacement) => return replacement.finish(new),
                    None if spare => return commit_changed(&path, new).map_err(failed),
                    None => new.commit().map_err(failed)?,
                }
            }
        }
        Ok(Replaced::Written)
    }
}

/// stdout, which runs into nothing that moves on the same terminal.
pub(super) struct Stdout {
    /// Who else writes to the terminal that it is.
    pub beside: Option<&'static dyn Reporter>,
    /// Whether all is well without a reader: what a run comes to is asked for all the same.
    pub is_spare: bool,
    pub is_gone: bool,
}

impl Stdout {
    fn aside<T>(&self, mut write: impl FnMut() -> io::Result<T>) -> io::Result<T> {
        let Some(notes) = self.beside else {
            return write();
        };
        let mut written = Err(io::ErrorKind::Interrupted.into());
        notes.aside(&mut || written = write());
        written
    }

    fn unless_gone<T>(&mut self, written: io::Result<T>, all: T) -> io::Result<T> {
        match written {
            Err(error) if self.is_spare && error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_gone = true;
                Ok(all)
            }
            written => written,
        }
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.aside(|| io::stdout().write(bytes));
        self.unless_gone(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.aside(|| io::stdout().flush());
        self.unless_gone(flushed, ())
    }
}

/// What was asked for by name: there, unlike at stdout, a reader who goes away is an error.
pub(super) struct Device(fs::File);

impl Device {
    fn of_named(error: io::Error) -> io::Error {
        match error.kind() {
            io::ErrorKind::BrokenPipe => io::Error::other("its reader went away"),
            _ => error,
        }
    }
}

impl Write for Device {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(Self::of_named)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(Self::of_named)
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Stdout(out) => out.write(bytes),
            Target::File(out, ..) => out.write(bytes),
            Target::Device(out, _) => out.write(bytes),
            Target::Closed => Ok(bytes.len()),
            Target::Appended(file) => file.out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Stdout(out) => out.flush(),
            // A file is read only once it is complete.
            Target::File(..) | Target::Closed => Ok(()),
            Target::Device(out, _) => out.flush(),
            Target::Appended(file) => file.out.flush(),
        }
    }
}

/// Text that is the whole answer of a command: a path, a list, a script.
pub fn print(text: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text).and_then(|()| out.flush());
    written.map_err(|error| Error::write("to stdout", &error))
}
