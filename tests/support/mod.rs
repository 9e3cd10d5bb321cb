//! A hermetic `ti`: its own home, a cleared environment, a fixed width and language.

pub mod commands;
mod mock;
pub mod portal;
pub mod terminal;

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use ti::provider::Provider;
use ti::sandbox::{Options, Server};

pub use mock::Mock;

/// What was typed, with the table that a terminal would show where no other format is chosen.
pub fn drawn<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    const FORMATS: [&str; 6] = [
        "--json", "--ndjson", "--csv", "--raw", "--chart", "--format",
    ];
    let chosen = arguments
        .iter()
        .any(|argument| FORMATS.contains(argument) || argument.starts_with("--format="));
    // What is passed on as it is, a file that says its format, and a list of fields.
    let passes_on = ["yara", "enrich", "-o"]
        .iter()
        .any(|word| arguments.contains(word))
        || arguments.last() == Some(&"--fields");
    let table: &[&str] = if chosen || passes_on {
        &[]
    } else {
        &["--format", "table"]
    };
    [table, arguments].concat()
}

/// The words of a command line without quotes.
pub fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

/// One run to be made.
pub struct Ti {
    pub home: TempDir,
    command: Command,
    stdin: Vec<u8>,
}

/// What a run left.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

pub fn ti(arguments: &[&str]) -> Ti {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ti"));
    command
        .args(arguments)
        .current_dir(home.path())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env("XDG_CACHE_HOME", home.path().join("cache"))
        .env("XDG_DATA_HOME", home.path().join("data"))
        // The usual place; but a file of the machine's is not read where there is none.
        .env("TI_CONFIG", home.path().join("config/ti/config.toml"))
        .env("LC_ALL", "C.UTF-8")
        .env("COLUMNS", "100");
    Ti {
        home,
        command,
        stdin: Vec::new(),
    }
}

impl Ti {
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// With an account of KTI's at this address.
    pub fn kti(self, endpoint: &str) -> Self {
        self.env("TI_KTI_ENDPOINT", endpoint)
            .env("TI_KTI_ACCESS_KEY", "AKLTtest")
            .env("TI_KTI_SECRET_KEY", "CANARY-secret")
    }

    /// With the configuration looked for, not named.
    pub fn looking_for_configuration(mut self) -> Self {
        self.command.env_remove("TI_CONFIG");
        self
    }

    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// The configuration file, readable by its owner only.
    pub fn config(self, text: &str) -> Self {
        let path = self.home.path().join("config/ti/config.toml");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        write_private(&path, text);
        self
    }

    pub fn file(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        fs::write(self.home.path().join(name), bytes).unwrap();
        self
    }

    /// The home that was made for it, for a test that starts the program by way of another one.
    pub fn keep(self) -> TempDir {
        self.home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The text of a file in its home.
    #[track_caller]
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn run(&mut self) -> Ran {
        self.command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let bytes = std::mem::take(&mut self.stdin);
        let writer = std::thread::spawn(move || {
            // A program that does not read its stdin closes it.
            let _ = stdin.write_all(&bytes);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs it to its end, which has this code.
    #[track_caller]
    pub fn ends(&mut self, code: i32) -> Ran {
        self.run().code(code)
    }

    /// The same run, started by another program, which is handed the command line.
    pub fn through(mut self, program: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).arg(self.command.get_program());
        command
            .args(self.command.get_args())
            .current_dir(self.home.path())
            .env_clear();
        let set = self.command.get_envs();
        command.envs(set.filter_map(|(name, value)| Some((name, value?))));
        self.command = command;
        self
    }

    /// A command line in a shell at a terminal, by util-linux's `script`, in the same home.
    pub fn at_terminal(&mut self, line: &str) -> Command {
        let mut script = Command::new("script");
        script
            .args(["-qec", line, "/dev/null"])
            .current_dir(self.home.path())
            .env_clear();
        let set = self.command.get_envs();
        script.envs(set.filter_map(|(name, value)| Some((name, value?))));
        script
            .env("SHELL", "/bin/sh")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        script
    }

    /// The command itself, for tests that start it in their own way.
    pub fn command(&mut self) -> &mut Command {
        &mut self.command
    }
}

impl Ran {
    /// The run, if it ended with this code; else what it said.
    #[track_caller]
    pub fn code(self, expected: i32) -> Self {
        assert_eq!(
            self.code, expected,
            "stdout:\n{}\nstderr:\n{}",
            self.stdout, self.stderr
        );
        self
    }

    /// This stands in what it said on stderr.
    #[track_caller]
    pub fn says(&self, part: &str) -> &Self {
        let said = &self.stderr;
        assert!(said.contains(part), "not said: {part}\nstderr:\n{said}");
        self
    }

    /// This does not stand in what it said on stderr.
    #[track_caller]
    pub fn never_says(&self, part: &str) -> &Self {
        let said = &self.stderr;
        assert!(!said.contains(part), "said: {part}\nstderr:\n{said}");
        self
    }

    /// This stands in what it wrote to stdout.
    #[track_caller]
    pub fn shows(&self, part: &str) -> &Self {
        let shown = &self.stdout;
        assert!(shown.contains(part), "not shown: {part}\nstdout:\n{shown}");
        self
    }

    /// This does not stand in what it wrote to stdout.
    #[track_caller]
    pub fn never_shows(&self, part: &str) -> &Self {
        let shown = &self.stdout;
        assert!(!shown.contains(part), "shown: {part}\nstdout:\n{shown}");
        self
    }

    /// The values of the lines of its stdout.
    #[track_caller]
    pub fn ndjson(&self) -> Vec<Value> {
        let lines = self.stdout.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }
}

pub fn write_private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    #[cfg(unix)]
    chmod(path, 0o600);
}

#[cfg(unix)]
pub fn chmod(path: impl AsRef<Path>, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
pub fn mode_of(path: impl AsRef<Path>) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// What is in a folder, sorted.
pub fn names_in(folder: impl AsRef<Path>) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

pub fn provider(name: &str) -> &'static dyn Provider {
    let mut all = ti::providers::ALL.iter();
    *all.find(|provider| provider.name() == name).unwrap()
}

/// The built-in sandbox of a provider.
pub fn sandbox(name: &str, options: Options) -> Server {
    let service = provider(name).sandbox(&options).unwrap();
    Server::start(service, options, 0).unwrap()
}

/// The settings that a sandbox is asked with, as lines of a profile.
pub fn settings_of(server: &Server) -> String {
    let settings = server.settings().into_iter();
    settings
        .map(|(name, value)| format!("{name} = {value:?}\n"))
        .collect()
}

/// A process that ends when the test does.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Whether a tool is installed. In CI it has to be; elsewhere what is not tested is said aloud.
pub fn has_tool(tool: &str, what_for: &str) -> bool {
    let found = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(tool).exists()));
    if !found {
        assert!(std::env::var_os("CI").is_none(), "{tool} is missing");
        eprintln!("NOT TESTED, as {tool} is not installed: {what_for}");
    }
    found
}
