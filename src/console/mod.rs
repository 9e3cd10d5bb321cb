//! Where text meets a terminal: made safe, given colour, written to stderr.

mod progress;
mod reporter;
mod sanitise;
mod stderr;
mod style;

pub use reporter::{Lookups, Progress, Reporter, Weight};
pub use sanitise::{is_dangerous, sanitise};
pub use stderr::{Stderr, Watched};
pub use style::{Colour, Palette};
