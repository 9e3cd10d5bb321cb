use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

use super::file::Pending;
use super::resume::Appended;

/// Where the data goes.
pub(super) enum Target {
    Stdout(BufWriter<io::Stdout>),
    /// A regular file, replaced at the end.
    File(BufWriter<Pending>, PathBuf),
    /// What an earlier run wrote, continued.
    Appended(Appended),
    /// A device or a named pipe: there is nothing to replace.
    Device(BufWriter<fs::File>, PathBuf),
}

impl Target {
    /// `-` is stdout, as without a path.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Target::Stdout(BufWriter::new(io::stdout())));
        };
        let opened = match fs::metadata(path) {
            Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(there) if !there.is_file() => fs::File::create(path)
                .map(|file| Target::Device(BufWriter::new(file), path.to_path_buf())),
            _ => Pending::create(path)
                .map(|file| Target::File(BufWriter::new(file), path.to_path_buf())),
        };
        opened.map_err(|error| {
            Error::usage(format!("--output {}: cannot be written", path.display()))
                .cause(error)
                .hint("nothing was asked; choose another file or folder")
        })
    }

    pub fn name(&self) -> String {
        match self {
            Target::Stdout(_) => "to stdout".to_string(),
            Target::File(_, path) | Target::Device(_, path) => path.display().to_string(),
            Target::Appended(file) => file.path.display().to_string(),
        }
    }

    /// Whether there is something in it already.
    pub fn is_begun(&self) -> bool {
        matches!(self, Target::Appended(file) if file.begun)
    }

    pub fn finish(self, keep: bool) -> Result<()> {
        let name = self.name();
        let finished = match self {
            Target::Stdout(mut out) => out.flush(),
            Target::Device(mut out, _) => out.flush(),
            Target::Appended(mut file) => file.out.flush(),
            Target::File(out, _) => match (out.into_inner(), keep) {
                (Ok(file), true) => file.commit(),
                (Ok(file), false) => {
                    file.abandon();
                    Ok(())
                }
                (Err(error), _) => Err(error.into_error()),
            },
        };
        finished.map_err(|error| Error::write(name, &error))
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Stdout(out) => out.write(bytes),
            Target::File(out, _) => out.write(bytes),
            Target::Device(out, _) => out.write(bytes),
            Target::Appended(file) => file.out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Stdout(out) => out.flush(),
            // A file is read only once it is complete.
            Target::File(..) => Ok(()),
            Target::Device(out, _) => out.flush(),
            Target::Appended(file) => file.out.flush(),
        }
    }
}
