//! What a file has besides its content, handed on to the one that takes its place: owner, mode,
//! access control list, other extended attributes.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

/// Gives the file to the owner and group of the old one, where this user may.
pub(super) fn keep_owner(new: &Path, old: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        if let (Ok(old), Ok(new_data)) = (fs::metadata(old), fs::metadata(new))
            && (old.uid(), old.gid()) != (new_data.uid(), new_data.gid())
        {
            let _ = chown(new, Some(old.uid()), Some(old.gid()));
        }
    }
    #[cfg(not(unix))]
    let _ = (new, old);
}

/// Gives `new` the mode and the attributes of `old`; says what could not be kept.
pub(super) fn keep(old: &Path, new: &Path, mode: u32) -> io::Result<Option<String>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let lost = copy(old, new, |name, value| match value {
            Some(value) => xattr::set(new, name, value),
            None => xattr::remove(new, name),
        });
        let (bits, remark) = without(&lost, mode, old);
        // Creation is subject to the umask.
        fs::set_permissions(new, fs::Permissions::from_mode(bits))?;
        Ok(remark)
    }
    #[cfg(not(unix))]
    {
        let _ = (old, new, mode);
        Ok(None)
    }
}

/// Of a content that will be another one.
#[cfg(unix)]
const OF_CONTENT: [&str; 3] = ["security.ima", "security.evm", GIVEN];

/// How many bytes the service gave for a file, before filters, fields and formats.
#[cfg(unix)]
const GIVEN: &str = "user.ti.service_bytes";

/// `None` for a file of somebody else's making, and where the file system keeps no such thing.
pub(super) fn given(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let given = xattr::get(path, GIVEN).ok()??;
        std::str::from_utf8(&given).ok()?.parse().ok()
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

pub(super) fn set_given(path: &Path, bytes: u64) {
    #[cfg(unix)]
    {
        // Where it cannot be kept, the size of the file has to do.
        let _ = xattr::set(path, GIVEN, bytes.to_string().as_bytes());
    }
    #[cfg(not(unix))]
    let _ = (path, bytes);
}

/// Sets on the new file what the old one has, takes off it what the folder has given it (an
/// access control list), and says what neither could be done with.
#[cfg(unix)]
fn copy(
    old: &Path,
    new: &Path,
    set: impl Fn(&std::ffi::OsStr, Option<&[u8]>) -> io::Result<()>,
) -> Vec<OsString> {
    let names = |path: &Path| -> Vec<_> {
        // A file system without attributes has none.
        let names = xattr::list(path).into_iter().flatten();
        names
            .filter(|name| !OF_CONTENT.iter().any(|other| name == other))
            .collect()
    };
    let (of_old, of_new) = (names(old), names(new));
    let mut lost = Vec::new();
    for name in of_new.iter().filter(|name| !of_old.contains(name)) {
        // What the kernel puts on every new file is not for us to take off.
        if is_list(name) && set(name, None).is_err() {
            lost.push(name.clone());
        }
    }
    for name in of_old {
        let Ok(Some(value)) = xattr::get(old, &name) else {
            lost.push(name);
            continue;
        };
        let is_set = || xattr::get(new, &name).is_ok_and(|there| there.as_ref() == Some(&value));
        if !is_set() && set(&name, Some(&value)).is_err() {
            lost.push(name);
        }
    }
    lost
}

/// Whether it says who may read: `system.posix_acl_access`, `system.nfs4_acl`.
#[cfg(unix)]
fn is_list(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b"system.")
}

/// The mode that is right without these attributes, and what to say. Where there was a list, the
/// bits of the group are the most that anybody in it may: without it they would be the group's.
#[cfg(unix)]
fn without(lost: &[OsString], mode: u32, old: &Path) -> (u32, Option<String>) {
    if lost.is_empty() {
        return (mode, None);
    }
    let shown = old.display();
    if lost.iter().any(|name| is_list(name)) {
        let remark = format!(
            "the access control list of {shown} cannot be kept: only its owner can read it now"
        );
        return (mode & 0o700, Some(remark));
    }
    let names: Vec<_> = lost.iter().map(|name| name.to_string_lossy()).collect();
    let remark = format!("attributes of {shown} cannot be kept: {}", names.join(", "));
    (mode, Some(remark))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn attributes_are_kept_or_said() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        fs::write(&old, "").unwrap();
        if xattr::set(&old, "user.origin", b"here").is_err() {
            return; // no attributes on this file system
        }
        for refuses in [false, true] {
            fs::write(&new, "").unwrap();
            let lost = copy(&old, &new, |name, value| match (refuses, value) {
                (true, _) => Err(io::ErrorKind::PermissionDenied.into()),
                (false, Some(value)) => xattr::set(&new, name, value),
                (false, None) => xattr::remove(&new, name),
            });
            let kept = xattr::get(&new, "user.origin").unwrap();
            assert_eq!(kept.is_some(), !refuses);
            let (bits, remark) = without(&lost, 0o640, &old);
            assert_eq!((bits, remark.is_some()), (0o640, refuses), "{lost:?}");
            fs::remove_file(&new).unwrap();
        }
    }

    #[test]
    fn without_a_list_the_owner_alone_may() {
        let lost = ["user.a", "system.posix_acl_access"].map(OsString::from);
        let (bits, remark) = without(&lost, 0o664, Path::new("f"));
        assert_eq!(bits, 0o600);
        assert!(remark.unwrap().contains("access control list of f"));
    }

    #[test]
    fn a_mode_is_kept_whatever_the_umask() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new"));
        fs::write(&old, "").unwrap();
        fs::write(&new, "").unwrap();
        assert_eq!(keep(&old, &new, 0o666).unwrap(), None);
        let bits = fs::metadata(&new).unwrap().permissions().mode();
        assert_eq!(bits & 0o7777, 0o666);
    }
}
