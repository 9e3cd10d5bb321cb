//! What people write with a unit: `30s`, `8GiB`, `10/s`, `7d` ago. One grammar each, for every
//! command and setting. Pure.
//!
//! Each parser has bounds within which nothing that is computed from it can overflow; its error
//! says what was expected.

mod duration;
mod past;
mod rate;
mod size;

pub use duration::duration;
pub use past::Past;
pub use rate::rate;
pub use size::size;
