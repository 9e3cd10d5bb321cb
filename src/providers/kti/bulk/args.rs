//! What can be said of a run of many lookups.

use std::num::NonZeroU16;

use jiff::{SignedDuration, Span, SpanRelativeTo};

use crate::intel::Level;

#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Lookups")]
pub struct BulkArgs {
    /// Ask for up to N at a time
    #[arg(short, long, value_name = "N", default_value = "8")]
    pub jobs: NonZeroU16,

    /// Ask for at most N a second (10, 10/s, 300/m)
    #[arg(long, value_name = "N/s", value_parser = parse_rate)]
    pub rate: Option<f64>,

    /// Stop at the first input that cannot be answered
    #[arg(long)]
    pub fail_fast: bool,

    /// Stop before LeftCount goes below N
    #[arg(long, value_name = "N")]
    pub reserve: Option<u64>,

    /// Ask for N at most; what the cache knows does not count
    #[arg(long, value_name = "N")]
    pub max_lookups: Option<u64>,

    /// Exit with 10 if anything is of this level or worse
    #[arg(long, value_name = "LEVEL")]
    pub fail_on: Option<FailOn>,

    /// Take an answer from the cache if it is no older (30m, 12h, 7d) [default: 1h]
    #[arg(long, value_name = "TIME", value_parser = parse_age, help_heading = "Cache")]
    pub max_age: Option<SignedDuration>,

    /// Ask again, whatever the cache knows
    #[arg(long, conflicts_with = "max_age", help_heading = "Cache")]
    pub fresh: bool,

    /// Ask nobody: answer from the cache, however old without --max-age
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

/// Starts a second.
fn parse_rate(text: &str) -> Result<f64, String> {
    let (count, unit) = text.split_once('/').unwrap_or((text, "s"));
    let seconds = match unit {
        "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ => return Err("expected a number a second, a minute or an hour: 10/s, 300/m".into()),
    };
    match count.parse::<f64>() {
        Ok(count) if count > 0.0 && count.is_finite() => Ok(count / seconds),
        _ => Err("expected a number above 0, like 10/s".into()),
    }
}

/// `30m`, `12h`, `7d`; a bare number is seconds, a day has 24 hours.
fn parse_age(text: &str) -> Result<SignedDuration, String> {
    let age = match text.parse::<u32>() {
        Ok(seconds) => Some(SignedDuration::from_secs(i64::from(seconds))),
        Err(_) => text
            .parse::<Span>()
            .and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()))
            .ok(),
    };
    age.filter(|age| !age.is_negative())
        .ok_or_else(|| "expected a time span like 30m, 12h or 7d".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_ages_as_people_write_them() {
        assert_eq!(parse_rate("10"), Ok(10.0));
        assert_eq!(parse_rate("0.5/s"), Ok(0.5));
        assert_eq!(parse_rate("300/m"), Ok(5.0));
        for rubbish in ["0", "-1/s", "10/d", "fast", "inf"] {
            assert!(parse_rate(rubbish).is_err(), "{rubbish}");
        }
        assert_eq!(parse_age("90"), Ok(SignedDuration::from_secs(90)));
        assert_eq!(parse_age("0s"), Ok(SignedDuration::ZERO));
        assert_eq!(parse_age("7d"), Ok(SignedDuration::from_hours(168)));
        assert!(parse_age("-1h").is_err() && parse_age("old").is_err());
    }
}
