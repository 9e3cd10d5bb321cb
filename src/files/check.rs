//! What somebody's own command says of a new file before it takes the old one's place.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::error::{Error, Result};

/// A command with `{}` where the file is named, run without a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    words: Vec<String>,
}

/// Stands for the file.
const FILE: &str = "{}";

/// Of what the command says, so much is kept and so many lines are shown.
const MAX_SAID: u64 = 64 * 1024;
const MAX_LINES: usize = 5;

impl std::str::FromStr for Check {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words = shlex::split(text).ok_or("a quote is opened and not closed")?;
        match words.get(1..) {
            Some(arguments) if arguments.iter().any(|word| word.contains(FILE)) => {
                Ok(Check { words })
            }
            _ => Err("expected a command with {} for the file: 'yara -w {} /dev/null'".to_string()),
        }
    }
}

impl Check {
    /// Looks for the program before anything is asked, in the `folders` of `PATH` if it is named
    /// without one.
    ///
    /// # Errors
    /// There is none, or none that may be run.
    pub fn find(&self, folders: &[PathBuf]) -> Result<()> {
        let program = Path::new(&self.words[0]);
        let is_named_alone = program.components().count() == 1 && !program.has_root();
        let places: Vec<_> = match is_named_alone {
            // Without a list, the system has one of its own.
            true if folders.is_empty() => return Ok(()),
            true => folders.iter().map(|folder| folder.join(program)).collect(),
            false => vec![program.to_path_buf()],
        };
        if places.iter().any(|place| may_be_run(place)) {
            return Ok(());
        }
        let why = match (places.iter().any(|place| place.exists()), is_named_alone) {
            (true, _) => "it is no program that may be run",
            (false, true) => "there is no such program in PATH",
            (false, false) => "there is no such file",
        };
        Err(self.not_run(why).hint("nothing was asked"))
    }

    fn not_run(&self, why: impl std::fmt::Display) -> Error {
        Error::usage(format!("--check: {:?} cannot be run", self.words[0])).cause(why)
    }

    /// # Errors
    /// The command says no, by its exit code, or cannot be run.
    pub fn run(&self, file: &Path) -> Result<()> {
        let (status, said) = self
            .ask(file)
            .map_err(|error| self.not_run(error).hint("the old file stays as it was"))?;
        if status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&said);
        let lines = said.lines().filter(|line| !line.trim().is_empty());
        let refused = Error::service(format!("the new file did not pass --check: {status}"));
        let told = lines
            .take(MAX_LINES)
            .fold(refused, |error, line| error.cause(line.to_string()));
        Err(told.hint("the old file stays as it was"))
    }

    fn ask(&self, file: &Path) -> io::Result<(ExitStatus, Vec<u8>)> {
        let name = file.to_str().ok_or_else(|| {
            let what = "the name of the file is not UTF-8";
            io::Error::new(io::ErrorKind::InvalidInput, what)
        })?;
        let arguments = self.words[1..].iter().map(|word| word.replace(FILE, name));
        let (mut reader, writer) = io::pipe()?;
        let mut command = Command::new(&self.words[0]);
        command
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(writer.try_clone()?)
            .stderr(writer);
        let mut child = command.spawn()?;
        // It holds the other ends of the pipe, which would never be closed.
        drop(command);
        let mut said = Vec::new();
        reader.by_ref().take(MAX_SAID).read_to_end(&mut said)?;
        io::copy(&mut reader, &mut io::sink())?;
        Ok((child.wait()?, said))
    }
}

#[cfg(unix)]
fn may_be_run(program: &Path) -> bool {
    program.is_file() && rustix::fs::access(program, rustix::fs::Access::EXEC_OK).is_ok()
}

/// The system has endings of its own to look for.
#[cfg(not(unix))]
fn may_be_run(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_names_the_file() {
        for text in [
            "",
            "{}",
            "yara",
            "yara -w rules.yar /dev/null",
            "yara '{} x",
        ] {
            assert!(text.parse::<Check>().is_err(), "{text}");
        }
        let check: Check = "yara -w '{}' --x={} \"a b\"".parse().unwrap();
        assert_eq!(check.words, ["yara", "-w", "{}", "--x={}", "a b"]);
    }

    #[cfg(unix)]
    #[test]
    fn it_passes_by_its_exit_code() {
        let file = Path::new("/tmp/a b;c");
        let run = |text: &str| text.parse::<Check>().unwrap().run(file);
        run("test '/tmp/a b;c' = {}").unwrap();
        let error =
            run("sh -c 'echo one; echo >&2; echo \"two $1\" >&2; seq 100000; exit 3' sh {}");
        let error = error.unwrap_err();
        assert!(error.message.contains("exit status: 3"), "{error}");
        assert_eq!(error.causes[..2], ["one", "two /tmp/a b;c"]);
        assert_eq!(error.causes.len(), MAX_LINES);
        let error = run("/no/such/program {}").unwrap_err();
        assert!(error.message.contains("cannot be run"), "{error}");
    }
    #[cfg(unix)]
    #[test]
    fn its_program_is_looked_for_before() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        for (name, mode) in [("runs", 0o755), ("plain", 0o644)] {
            std::fs::write(place(name), "").unwrap();
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(place(name), permissions).unwrap();
        }
        std::fs::create_dir(place("folder")).unwrap();
        let path = ["/no/such/folder".into(), folder.path().to_path_buf()];
        let here = |name: &str| place(name).display().to_string();
        for (program, folders, why) in [
            ("runs", &path[..], None),
            ("plain", &path, Some("may be run")),
            ("folder", &path, Some("may be run")),
            ("none", &path, Some("no such program in PATH")),
            ("none", &[], None),
            (&here("runs"), &[], None),
            (&here("plain"), &path, Some("may be run")),
            (&here("none"), &path, Some("no such file")),
            ("./runs", &path, Some("no such file")),
        ] {
            let check: Check = format!("'{program}' {{}}").parse().unwrap();
            let found = check.find(folders).map_err(|error| error.to_string());
            let said = found.as_ref().err().map_or("", String::as_str);
            assert_eq!(found.is_err(), why.is_some(), "{program}: {said}");
            assert!(said.contains(why.unwrap_or_default()), "{program}: {said}");
        }
    }
}
