//! Which rows of the Master IOC come out. Pure.

use jiff::Timestamp;

use crate::document::Asked;
use crate::indicator::{Indicator, Kind, parse, refang};
use crate::units::Past;

use super::rows::{Row, day};

#[derive(Debug, clap::Args)]
pub struct FilterArgs {
    /// Only indicators of this type; ip takes ipv6 as well; can repeat, or list several: ip,domain
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    kinds: Vec<Kind>,

    /// Only indicators detected since; a day (2026-01-31, today), a month or a span (7d, 3mo)
    #[arg(long, value_name = "TIME")]
    since: Option<Past>,

    /// Only rows with this text in indicator or title; in any case
    #[arg(long, value_name = "TEXT")]
    grep: Option<String>,

    /// Only rows of this indicator, defanged or not
    #[arg(long, value_name = "INDICATOR", value_parser = filled)]
    indicator: Option<String>,
}

/// A variable of a script that is not set would find nothing, and look like good news.
fn filled(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is empty".to_string()),
        text => Ok(text.to_string()),
    }
}

/// What a row must be to come out.
pub struct Filter {
    kinds: Vec<Kind>,
    since: Option<[u8; 8]>,
    /// In lower case, as typed and refanged.
    texts: Vec<String>,
    indicator: Option<Wanted>,
}

/// One indicator, as typed and as it is understood, if it is one that can be.
struct Wanted {
    text: String,
    parsed: Option<Indicator>,
}

impl Wanted {
    fn of(text: &str) -> Self {
        Wanted {
            text: text.to_string(),
            parsed: parse(text).ok().map(|parsed| parsed.indicator),
        }
    }

    fn is(&self, row: &Row) -> bool {
        let is_parsed = |wanted: &Indicator| {
            // Of an unknown type, the form alone says what it is.
            let may_be = row.kind == wanted.kind() || row.kind == Kind::Other;
            may_be
                && parse(row.indicator).is_ok_and(|here| {
                    let here = here.indicator;
                    here.kind() == wanted.kind() && here.key() == wanted.key()
                })
        };
        row.indicator == self.text || self.parsed.as_ref().is_some_and(is_parsed)
    }
}

impl FilterArgs {
    /// The flags that were typed.
    pub fn asked(&self) -> Asked {
        Asked::default()
            .list("type", &self.kinds)
            .flag("since", self.since)
            .flag("grep", self.grep.as_ref())
            .flag("indicator", self.indicator.as_ref())
    }

    /// `None` if every row comes out.
    pub fn filter(&self, now: Timestamp) -> Option<Filter> {
        let asked = [
            !self.kinds.is_empty(),
            self.since.is_some(),
            self.grep.is_some(),
            self.indicator.is_some(),
        ];
        if asked == [false; 4] {
            return None;
        }
        let since = |past: Past| {
            let day_of = past.moments(now).0.strftime("%Y-%m-%d").to_string();
            day(day_of.as_bytes())
        };
        let texts = self.grep.iter().flat_map(|text| {
            let text = text.to_lowercase();
            [refang(&text), text]
        });
        Some(Filter {
            kinds: self.kinds.clone(),
            since: self.since.and_then(since),
            texts: texts.collect(),
            indicator: self.indicator.as_deref().map(Wanted::of),
        })
    }
}

impl Filter {
    pub fn lets_through(&self, row: &Row) -> bool {
        let kind = |kind| self.kinds.contains(&kind);
        let of_kind =
            || self.kinds.is_empty() || kind(row.kind) || row.kind == Kind::Ipv6 && kind(Kind::Ip);
        // A row whose date is none might be new: it is not held back.
        let is_new = || match (self.since, day(row.detection_date.as_bytes())) {
            (Some(since), Some(day)) => day >= since,
            _ => true,
        };
        let is_wanted = || self.indicator.as_ref().is_none_or(|wanted| wanted.is(row));
        let has_text = || {
            self.texts.is_empty()
                || [row.indicator, row.publication].into_iter().any(|cell| {
                    let cell = cell.to_lowercase();
                    self.texts.iter().any(|text| cell.contains(text.as_str()))
                })
        };
        of_kind() && is_new() && has_text() && is_wanted()
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::{Next, Rows};
    use super::*;

    fn filter(line: &[&str]) -> Option<Filter> {
        use clap::Parser;
        #[derive(clap::Parser)]
        struct Line {
            #[command(flatten)]
            args: FilterArgs,
        }
        let args = Line::parse_from([&["ioc"], line].concat()).args;
        args.filter("2026-01-20T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn every_filter_must_hold() {
        let table = r"
            evil.example.com,2026-01-15,networkActivity == true
            evil.example.com,2026-01-15,networkActivity --type ip,domain == true
            evil.example.com,2026-01-15,networkActivity --type ip,url == false
            2001:db8::1,2026-01-15,networkActivity --type ip == true
            2001:db8::1,2026-01-15,networkActivity --type ipv6 == true
            192.0.2.1,2026-01-15,networkActivity --type ipv6 == false
            ::ffff:192.0.2.1,2026-01-15,networkActivity --type ip --indicator 192.0.2.1 == true
            ::ffff:192.0.2.1,2026-01-15,networkActivity --type ipv6 == false
            192.0.2.1/32,2026-01-15,networkActivity --indicator ::ffff:192.0.2.1 == true
            evil.example.com,2026-01-15,x --since 2026-01-15 == true
            evil.example.com,2026/01/15,x --since 2026-01-15 == true
            evil.example.com,2026/01/15,x --since 2026-01-16 == false
            evil.example.com,2026-01-15,x --since 5d == true
            evil.example.com,2026-01-15,x --since 4d == false
            evil.example.com,soon,networkActivity --since 4d == true
            evil.example.com,2026-01-15,x --grep LAZARUS == true
            evil.example.com,2026-01-15,x --grep evil[.]example == true
            evil.example.com,2026-01-15,networkActivity --indicator evil[.]example[.]COM == true
            evil.example.com,2026-01-15,networkActivity --indicator example.com == false
            notevil.example.com,2026-01-15,networkActivity --indicator evil.example.com == false
            http://evil.example/Gate.php,2026-01-15,networkActivity --indicator hxxps://EVIL.example/Gate.php == true
            http://evil.example/Gate.php,2026-01-15,networkActivity --indicator evil.example == false
            0123456789ABCDEF0123456789abcdef,2026-01-15,md5Hash --indicator 0123456789abcdef0123456789abcdef == true
            0123456789ABCDEF0123456789abcdef,2026-01-15,newHash --indicator 0123456789abcdef0123456789abcdef == true
            http://evil.example.com/,2026-01-15,c2 --indicator evil.example.com == false
            C:\x.exe,2026-01-15,filePath --indicator C:\x.exe == true
            C:\x.exe,2026-01-15,filePath --indicator x.exe == false
            evil.example.com,2026-01-15,networkActivity --type domain --since 5d --grep other == false
        ";
        let rows = table.lines().map(str::trim).filter(|row| !row.is_empty());
        for row in rows {
            let (words, through) = row.split_once(" == ").unwrap();
            let words: Vec<_> = words.split(' ').collect();
            check(words[0], &words[1..], through == "true");
        }
        let blanks = &["--indicator", " evil[.]Example[.]com "];
        check("evil.example.com,2026-01-15,c2", blanks, true);
    }

    #[track_caller]
    fn check(row: &str, line: &[&str], through: bool) {
        let csv = format!("1,Lazarus in Space,{row}\n");
        let mut rows = Rows::new(csv.as_bytes());
        let Some(Next::Row(read)) = rows.next_row().unwrap() else {
            panic!("{row}");
        };
        let passed = filter(line).is_none_or(|filter| filter.lets_through(&read));
        assert_eq!(passed, through, "{row} {line:?}");
    }
}
