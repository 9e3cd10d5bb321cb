//! Files that appear whole, take an old one's place with care, and are nobody else's meanwhile.

mod atomic;
mod folder;
mod lock;
mod replace;
mod succession;

pub use atomic::{Pending, abandon_all};
pub use folder::Folder;
pub use replace::{ReplaceArgs, Replaced, Replacement};
pub use succession::Succession;
