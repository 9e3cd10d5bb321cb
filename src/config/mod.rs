//! Where the settings of a provider come from: flag, `TI_*` variable, profile, default.

mod file;
mod headers;
mod location;
mod resolve;
mod secret;
mod setting;
mod settings;

pub use file::File;
pub use headers::lines as header_lines;
pub use location::{config_path, from_home, with_tilde};
pub use resolve::{Demo, Profile};
pub use secret::Source;
pub use setting::{Asked, COMMON, Setting, Shape};
pub use settings::{Origin, Resolved, Settings};
