//! The services that `ti` can ask. A new one is a folder, a `mod` line and an entry here.

pub mod brcti;
pub mod kaspersky;
pub mod kti;

use crate::provider::Provider;

pub const ALL: &[&dyn Provider] = &[&kti::Kti, &kaspersky::Kaspersky, &brcti::Brcti];
