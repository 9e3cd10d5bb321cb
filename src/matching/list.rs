//! Lists of one's own: any text with indicators in it, or a CSV with a reason for each.

use std::borrow::Cow;
use std::io::Read;

use crate::document::without_bom;
use crate::error::{Error, Result};
use crate::indicator::{self, Algorithm, Indicator, Kind, is_plain_name, parse, parse_public};
use crate::store::index::Listed;

use super::blocks::{Block, Blocks};
use super::classes::{LABEL, is, quad};

/// The kind and the canonical key of an indicator as somebody sent it; `None` for what is none.
pub fn canonical(text: &str) -> Option<(Kind, Cow<'_, str>)> {
    plain(text).or_else(|| {
        let indicator = parse(text).ok()?.indicator;
        Some((indicator.kind(), Cow::Owned(indicator.key().into_owned())))
    })
}

/// The same for what needs no understanding: nearly all of a long list.
fn plain(text: &str) -> Option<(Kind, Cow<'_, str>)> {
    let bytes = text.as_bytes();
    if !bytes
        .iter()
        .all(|byte| (is(LABEL, *byte) && *byte != b'_') || *byte == b'.')
    {
        return None;
    }
    if quad(bytes).is_some() {
        return Some((Kind::Ip, Cow::Borrowed(text)));
    }
    let kind = Algorithm::of(text).map(Algorithm::kind);
    if kind.is_none() && !is_plain_name(text) {
        return None;
    }
    let key = match bytes.iter().any(u8::is_ascii_uppercase) {
        true => Cow::Owned(text.to_ascii_lowercase()),
        false => Cow::Borrowed(text),
    };
    Some((kind.unwrap_or(Kind::Domain), key))
}

/// Whoever takes what a list has.
pub type Take<'a> = dyn FnMut(Option<Listed<'_>>) -> Result<()> + 'a;

/// Hands on what stands in a text; `None` for a word alone on its line that cannot be looked up.
///
/// # Errors
/// A failed read, or `take` failed.
pub fn read_text(source: impl Read, name: &str, take: &mut Take) -> Result<()> {
    let mut blocks = Blocks::new(source);
    let mut block = Block::default();
    let failed = |error| Error::usage(format!("{name} cannot be read")).cause(error);
    let mut is_first = true;
    while blocks.next(&mut block).map_err(failed)? {
        let mut start = 0;
        for line in block.text.split(|byte| *byte == b'\n') {
            let place = start..start + line.len();
            start = place.end + 1;
            let is_header = std::mem::take(&mut is_first) && is_header(line);
            if block.own.start <= place.start && place.end <= block.own.end {
                if !is_header {
                    read_line(line, "", take)?;
                }
                continue;
            }
            // A piece of a line that is too long: what begins elsewhere is another's.
            for found in indicator::scan(line) {
                if block.own.contains(&(place.start + found.offset)) {
                    hand(&found.indicator, found.text, "", take)?;
                }
            }
        }
    }
    Ok(())
}

/// Words with nothing but commas between them: the names of columns.
fn is_header(line: &[u8]) -> bool {
    let line = without_bom(line).trim_ascii();
    let is_of_name = |byte: &u8| byte.is_ascii_alphabetic() || b",;\t\"'_- ".contains(byte);
    !line.is_empty() && line.iter().all(is_of_name)
}

/// The same for a CSV with a header, one of whose columns has the reason.
///
/// # Errors
/// As of [`read_text`], and where there is no such column.
pub fn read_csv(source: impl Read, name: &str, reason: &str, take: &mut Take) -> Result<()> {
    let failed = |error: csv::Error| Error::usage(format!("{name} cannot be read")).cause(error);
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(source);
    let header = rows.byte_headers().map_err(failed)?.clone();
    let place = header
        .iter()
        .position(|cell| cell.eq_ignore_ascii_case(reason.as_bytes()));
    let place = place.ok_or_else(|| {
        let columns = header.iter().map(|cell| String::from_utf8_lossy(cell));
        Error::usage(format!("{name} has no column {reason:?}")).hint(format!(
            "its columns: {}",
            columns.collect::<Vec<_>>().join(", ")
        ))
    })?;
    let mut row = csv::ByteRecord::new();
    while rows.read_byte_record(&mut row).map_err(failed)? {
        let reason = String::from_utf8_lossy(row.get(place).unwrap_or_default()).into_owned();
        for (_, cell) in row.iter().enumerate().filter(|(at, _)| *at != place) {
            read_line(cell, &reason, take)?;
        }
    }
    Ok(())
}

fn read_line(line: &[u8], reason: &str, take: &mut Take) -> Result<()> {
    let text = String::from_utf8_lossy(line);
    let text = text.trim();
    if text.is_empty() || text.starts_with('#') {
        return Ok(());
    }
    if let Ok(parsed) = parse_public(text) {
        return hand(&parsed.indicator, text, reason, take);
    }
    let mut any = false;
    for found in indicator::scan(line) {
        any = true;
        hand(&found.indicator, found.text, reason, take)?;
    }
    match any || text.contains(char::is_whitespace) {
        true => Ok(()),
        false => take(None),
    }
}

fn hand(indicator: &Indicator, sent: &str, reason: &str, take: &mut Take) -> Result<()> {
    take(Some(Listed {
        kind: indicator.kind(),
        key: &indicator.key(),
        sent,
        id: "",
        publication: reason,
        date: "",
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, reason: Option<&str>) -> Vec<String> {
        let mut seen = Vec::new();
        let mut take = |entry: Option<Listed<'_>>| {
            seen.push(entry.map_or("-".to_string(), |entry| {
                format!("{} {} {}", entry.kind, entry.key, entry.publication)
                    .trim_end()
                    .to_string()
            }));
            Ok(())
        };
        match reason {
            None => read_text(text.as_bytes(), "list", &mut take).unwrap(),
            Some(reason) => read_csv(text.as_bytes(), "list", reason, &mut take).unwrap(),
        }
        seen
    }

    #[test]
    fn a_line_too_long_to_be_held_is_cut_inside_none() {
        for one in ["evil.com,", "evil[.]com|", "(evil.com)", "[\"evil.com\"]"] {
            let text = format!("{}\nb.com\n", one.repeat(200_000));
            let mut expected = vec!["domain evil.com"; 200_000];
            expected.push("domain b.com");
            assert!(read(&text, None) == expected, "{one}");
        }
    }

    #[test]
    fn a_list_can_be_any_text() {
        for header in ["indicator", "\u{feff}URL\r", "value,first_seen;\"Why\""] {
            assert_eq!(
                read(&format!("{header}\nevil.com\nindicator\n"), None),
                ["domain evil.com", "-"]
            );
        }
        let text = "# comment\nEVIL.com\n\nhxxp://evil[.]org/x\nsee 192.0.2.7 and d41d8cd98f00b204e9800998ecf8427e\nrubbish\n10.0.0.0/8";
        assert_eq!(
            read(text, None),
            [
                "domain evil.com",
                "url evil.org/x",
                "ip 192.0.2.7",
                "md5 d41d8cd98f00b204e9800998ecf8427e",
                "-",
                "cidr 10.0.0.0/8"
            ]
        );
    }

    #[test]
    fn a_csv_can_have_a_reason() {
        let text = "Indicator,Why\nevil.com,\"Phishing, again\"\nevil[.]org,C2\n";
        assert_eq!(
            read(text, Some("why")),
            ["domain evil.com Phishing, again", "domain evil.org C2"]
        );
        let error = read_csv(text.as_bytes(), "list", "reason", &mut |_| Ok(())).unwrap_err();
        assert_eq!(error.hints, ["its columns: Indicator, Why"]);
    }

    proptest::proptest! {
        /// One rule, in two places.
        #[test]
        fn what_is_plain_is_what_is_understood(text in "[a-zA-Z0-9.-]{1,12}\\.[a-z0-9]{1,4}|[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]{32}") {
            if let Some((kind, key)) = plain(&text) {
                let parsed = parse(&text).map(|parsed| parsed.indicator);
                let parsed = parsed.map(|one| (one.kind(), one.key().into_owned()));
                proptest::prop_assert_eq!(parsed, Ok((kind, key.into_owned())));
            }
        }
    }
}
