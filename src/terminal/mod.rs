//! Where text meets a terminal: made safe, given colour, written to stderr.

mod notes;
mod progress;
mod sanitise;
mod style;

pub use notes::{Stderr, Watched};
pub use sanitise::{is_dangerous, sanitise};
pub use style::{Palette, wants_colour};
