//! Where the settings of a provider come from: flag, `TI_*` variable, profile, default.

mod command;
mod file;
mod headers;
mod lang;
mod location;
mod proxy;
mod resolve;
mod secret;
mod setting;
mod settings;
mod small_file;

pub use command::end_commands;
pub use file::File;
pub use headers::{check_name as check_header_name, lines as header_lines};
pub use lang::{lang, lang_at_first};
pub use location::{Location, from_home, is_there, with_tilde};
pub use proxy::Proxy;
pub use resolve::{Demo, Profile};
pub use secret::Source;
pub use setting::{COMMON, Condition, DEFAULT_PROFILE, IGNORE, LANG, Setting, Shape, TOP};
pub use settings::{Origin, Remarks, Resolved, Settings};
pub use small_file::{read_small, readable_by_others, text_if_there};
