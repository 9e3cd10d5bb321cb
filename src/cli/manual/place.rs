//! Where `man` looks for pages: in the folders of `MANPATH` where that is set, else in a folder
//! beside each one of `PATH`, as `manpath` of man-db, FreeBSD and macOS says.

use std::ffi::OsStr;
use std::fs::canonicalize;
use std::path::{Path, PathBuf};

use crate::cli::given::quoted;
use crate::system::System;

/// Where pages may be written: first where `man` looks already, beside the program rather than
/// elsewhere.
pub fn candidates(system: &System) -> Vec<PathBuf> {
    let program = system.program.as_deref();
    let name = program
        .and_then(Path::file_name)
        .unwrap_or(OsStr::new("ti"));
    let lies = program.map(real);
    let is_here = |folder: &PathBuf| lies.is_some() && lies == canonicalize(folder.join(name)).ok();
    // By a link there too.
    let found = on_path(system).into_iter().filter(is_here);
    // What lies in a folder of builds is not installed there.
    let folder = program
        .and_then(Path::parent)
        .filter(|folder| folder.ends_with("bin"));
    let beside = found
        .chain(folder.map(Path::to_path_buf))
        .map(|folder| pages_beside(&folder));
    let own = system.data_home.iter().map(|folder| folder.join("man"));
    let named = system.env.folders("MANPATH").into_iter();
    let home = system.home.as_deref();
    let named = named.filter(|folder| home.is_some_and(|home| folder.starts_with(home)));
    let mut all: Vec<PathBuf> = Vec::new();
    for folder in beside.chain(own).chain(named) {
        if !all.iter().any(|known| real(known) == real(&folder)) {
            all.push(folder);
        }
    }
    all.sort_by_key(|folder| !is_searched(folder, system));
    all
}

/// Whether `man` looks there, now or once it is made.
pub fn is_searched(folder: &Path, system: &System) -> bool {
    let folder = real(folder);
    let named = system.env.folders("MANPATH");
    let is_named = named.iter().any(|named| real(named) == folder);
    // An empty one stands for the usual ones.
    let is_usual = named.is_empty() || named.iter().any(|named| named.as_os_str().is_empty());
    is_named || (is_usual && usual(system).any(|usual| real(&usual) == folder))
}

/// What lets `man` look there too, for the shells of POSIX.
pub fn line(folder: &Path) -> String {
    let folder = quoted(&folder.display().to_string());
    format!("export MANPATH={folder}:\"$MANPATH\"")
}

/// Without a `manpath` it is another `man`, which does not look beside `PATH`.
fn usual(system: &System) -> impl Iterator<Item = PathBuf> {
    let folders = on_path(system);
    let has_manpath = folders
        .iter()
        .any(|folder| folder.join("manpath").is_file());
    let folders = folders.into_iter().filter(move |_| has_manpath);
    folders.map(|folder| pages_beside(&folder))
}

fn on_path(system: &System) -> Vec<PathBuf> {
    let mut folders = system.env.folders("PATH");
    folders.retain(|folder| folder.is_absolute());
    folders
}

/// The folder that belongs to one of `PATH`: the first that is there, in the order of man-db.
fn pages_beside(folder: &Path) -> PathBuf {
    let folder = real(folder);
    let above = folder.parent().unwrap_or(&folder);
    let usual = above.join("share/man");
    let all = [
        above.join("man"),
        folder.join("man"),
        usual.clone(),
        folder.join("share/man"),
    ];
    all.into_iter().find(|path| path.is_dir()).unwrap_or(usual)
}

/// Without links, as far as it is there.
fn real(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| {
        let rest = path.strip_prefix(above).ok()?;
        Some(canonicalize(above).ok()?.join(rest))
    });
    there.unwrap_or_else(|| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A machine below a folder, in which `bin/man` and `bin/manpath` are `man`'s.
    struct Machine(tempfile::TempDir);

    impl Machine {
        fn new() -> Self {
            let machine = Machine(tempfile::tempdir().unwrap());
            machine.file("usr/bin/man");
            machine.file("usr/bin/manpath");
            machine
        }

        fn at(&self, path: &str) -> PathBuf {
            real(self.0.path()).join(path)
        }

        fn file(&self, path: &str) {
            fs::create_dir_all(self.at(path).parent().unwrap()).unwrap();
            fs::write(self.at(path), "").unwrap();
        }

        /// Folders of `PATH` and `MANPATH`, separated by colons; `None` if it is not set.
        fn system(&self, program: &str, path: &str, manpath: Option<&str>) -> System {
            let list = |list: &str| {
                let folders = list.split(':').map(|folder| match folder {
                    "" => String::new(),
                    folder => self.at(folder).display().to_string(),
                });
                folders.collect::<Vec<_>>().join(":")
            };
            let manpath = manpath.map(|manpath| ("MANPATH".to_string(), list(manpath)));
            let path = [("PATH".to_string(), list(path))];
            System {
                env: path.into_iter().chain(manpath).collect(),
                program: Some(self.at(program)),
                data_home: Some(self.at("home/.local/share")),
                home: Some(self.at("home")),
                ..System::of_this_process()
            }
        }
    }

    /// The program, `PATH`, `MANPATH` or `-`, the folder of the pages, and whether it is searched.
    #[cfg(unix)]
    #[test]
    fn pages_go_to_where_man_looks_for_them() {
        let table = "
            home/.cargo/bin/ti home/.cargo/bin:usr/bin - home/.cargo/share/man true
            opt/ti/bin/ti usr/bin:opt/ti/bin - opt/ti/share/man true
            usr/local/bin/ti usr/local/bin:usr/bin - usr/local/share/man true
            # Not in PATH: the own folder, if that of the own programs is.
            home/.cargo/bin/ti home/.local/bin:usr/bin - home/.local/share/man true
            home/.cargo/bin/ti usr/bin - home/.cargo/share/man false
            # Not installed.
            src/target/release/ti usr/bin - home/.local/share/man false
            src/target/release/ti home/.local/bin:usr/bin - home/.local/share/man true
            # Of the variable's folders one of one's own; an empty one stands for the usual ones.
            home/.cargo/bin/ti home/.cargo/bin:usr/bin usr/share/man:home/man home/man true
            home/.cargo/bin/ti home/.cargo/bin:usr/bin usr/share/man home/.cargo/share/man false
            home/.cargo/bin/ti home/.cargo/bin:usr/bin usr/share/man: home/.cargo/share/man true
            home/.cargo/bin/ti home/.cargo/bin:usr/bin home/.cargo/share/man home/.cargo/share/man true
            # A man that has no manpath.
            home/.cargo/bin/ti home/.cargo/bin - home/.cargo/share/man false
        ";
        let rows = table.lines().map(str::trim);
        for row in rows.filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let [program, path, manpath, folder, searched] = row.split(' ').collect::<Vec<_>>()[..]
            else {
                panic!("{row}");
            };
            let manpath = (manpath != "-").then_some(manpath);
            let machine = Machine::new();
            machine.file(program);
            let system = machine.system(program, path, manpath);
            let first = candidates(&system).remove(0);
            let found = (first.clone(), is_searched(&first, &system));
            assert_eq!(found, (machine.at(folder), searched == "true"), "{row}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_path_counts_and_a_folder_that_is_there_goes_first() {
        let machine = Machine::new();
        machine.file("cellar/ti/1/bin/ti");
        fs::create_dir_all(machine.at("brew/bin")).unwrap();
        std::os::unix::fs::symlink(machine.at("cellar/ti/1/bin/ti"), machine.at("brew/bin/ti"))
            .unwrap();
        let system = machine.system("cellar/ti/1/bin/ti", "brew/bin:usr/bin", None);
        assert_eq!(candidates(&system)[0], machine.at("brew/share/man"));
        fs::create_dir(machine.at("brew/man")).unwrap();
        assert_eq!(candidates(&system)[0], machine.at("brew/man"));
    }

    #[test]
    fn the_line_is_for_any_folder() {
        for (folder, quoted) in [("/a/man", "/a/man"), ("/my man/$x", "'/my man/$x'")] {
            let expected = format!("export MANPATH={quoted}:\"$MANPATH\"");
            assert_eq!(line(Path::new(folder)), expected);
        }
    }
}
