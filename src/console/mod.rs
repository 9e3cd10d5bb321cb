//! Where text meets a terminal: made safe, given colour, written to stderr.

mod progress;
mod reporter;
mod sanitise;
mod status;
mod stderr;
mod style;
mod translate;
mod waits;
mod wrap;

pub use reporter::{Lookups, Progress, Reporter, Waiting, Weight};
pub use sanitise::{is_dangerous, plain_signs, sanitise};
pub use stderr::{Stderr, Terminal};
pub use style::{Colour, Palette};
pub use translate::translate;
pub use wrap::wrap;
