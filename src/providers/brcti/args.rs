//! The four commands and their flags.

use clap::{Args, Subcommand};

use crate::document::{Asked, Step};
use crate::output::Takes;

use super::geo::Depth;
use crate::units::Past;

#[derive(Debug, Subcommand)]
pub enum Commands {
    /// Show where indicators are: countries and their regions
    #[command(add = Takes::FIGURE.with_raw(), before_help = "\
Examples:
  ti brcti geo --depth country --limit 10
  ti brcti geo --chart --lang zh")]
    Geo(GeoArgs),
    /// Show how many records declare each type of indicator
    #[command(add = Takes::FIGURE.with_raw(), before_help = "\
Examples:
  ti brcti types
  ti brcti types -o types.svg")]
    Types,
    /// Show records of each attack type over time; with --iocs, the latest indicators
    #[command(add = Takes::FIGURE.with_raw(), before_help = "\
Examples:
  ti brcti attacks --by day --chart
  ti brcti attacks --iocs --csv")]
    Attacks(AttacksArgs),
    /// Show how many records declare each type of traffic; with --series, over time
    #[command(add = Takes::FIGURE.with_raw(), before_help = "\
Examples:
  ti brcti traffic
  ti brcti traffic --series --since 2025-01 --by month
  ti brcti traffic -o report.html")]
    Traffic(TrafficArgs),
}

#[derive(Debug, Clone, Default, Args)]
pub struct GeoArgs {
    /// Show countries alone, or their regions too [default: region; in pictures country]
    #[arg(long, value_name = "LEVEL")]
    pub depth: Option<Depth>,

    /// Show the N countries with the most indicators, the rest as one [default: all; in pictures 15]
    #[arg(long, alias = "top", value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
}

#[derive(Debug, Args)]
pub struct AttacksArgs {
    /// List the indicators of the latest records instead, ten at most
    #[arg(long, conflicts_with_all = ["since", "until", "by"])]
    pub iocs: bool,

    #[command(flatten)]
    pub window: WindowArgs,
}

#[derive(Debug, Args)]
#[command(mut_arg("since", |arg| arg.requires("series")))]
#[command(mut_arg("until", |arg| arg.requires("series")))]
#[command(mut_arg("by", |arg| arg.requires("series")))]
pub struct TrafficArgs {
    /// Show it over time instead
    #[arg(long)]
    pub series: bool,

    #[command(flatten)]
    pub window: WindowArgs,
}

#[derive(Debug, Clone, Default, Args)]
pub struct WindowArgs {
    /// Leave out what is before TIME: 2025-01-31, 2025-01, "2025-01-31 14:00"; 7d, today (with timezone)
    #[arg(long, value_name = "TIME")]
    pub since: Option<Past>,

    /// Leave out what is after TIME; a day or month counts whole
    #[arg(long, value_name = "TIME")]
    pub until: Option<Past>,

    /// Add up each hour, day or month
    #[arg(long, value_name = "SLOT")]
    pub by: Option<Step>,
}

impl WindowArgs {
    /// The window as it was typed.
    pub fn asked(&self) -> Asked {
        Asked::default()
            .flag("since", self.since)
            .flag("until", self.until)
    }
}
