//! What can be said of a run of many lookups.

use std::num::NonZeroU16;
use std::time::Duration;

use crate::intel::Level;
use crate::units;

#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Lookups")]
pub struct LookupArgs {
    /// Ask for up to N at a time
    #[arg(
        short,
        long,
        value_name = "N",
        default_value = "8",
        hide_short_help = true
    )]
    pub jobs: NonZeroU16,

    /// Ask for at most N a second (10, 10/s, 300/m)
    #[arg(long, value_name = "N/s", value_parser = units::rate, hide_short_help = true)]
    pub rate: Option<f64>,

    /// Stop at the first input that cannot be answered
    #[arg(long, hide_short_help = true)]
    pub fail_fast: bool,

    /// Stop before LeftCount goes below N
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub reserve: Option<u64>,

    /// Ask N times at most, further tries included; what the cache knows does not count
    #[arg(long, value_name = "N", hide_short_help = true)]
    pub max_lookups: Option<u64>,

    /// Exit with 10 if anything is of this level or worse
    #[arg(long, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,

    /// Take an answer from the cache if it is no older (30m, 12h, 7d) [default: 1h]
    #[arg(long, value_name = "TIME", value_parser = units::duration, help_heading = "Cache", hide_short_help = true)]
    pub max_age: Option<Duration>,

    /// Ask again, whatever the cache knows
    #[arg(
        long,
        conflicts_with = "max_age",
        help_heading = "Cache",
        hide_short_help = true
    )]
    pub fresh: bool,

    /// Ask nobody, answer from the cache; however old without --max-age
    #[arg(long, conflicts_with = "fresh", help_heading = "Cache")]
    pub offline: bool,
}

/// Worst first; what is worse is meant too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    Malicious,
    Suspicious,
}

impl FailOn {
    pub fn level(self) -> Level {
        match self {
            FailOn::Malicious => Level::Malicious,
            FailOn::Suspicious => Level::Suspicious,
        }
    }
}
