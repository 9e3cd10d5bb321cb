//! Files that appear whole, take an old one's place with care, and are nobody else's meanwhile.

mod atomic;
mod attributes;
mod check;
mod folder;
mod identity;
mod lock;
mod pending;
mod replace;
mod succession;

pub use atomic::{Pending, check_place, place_of, unwritable};
pub use folder::Folder;
pub use identity::{Identity, identity};
pub use lock::{Lock, beside as lock_beside, open_alone};
pub use pending::abandon_all;
pub use replace::{ReplaceArgs, Replaced, Replacement, commit_changed, with_ending};
pub use succession::{Succession, private_folder};
