//! A line with matches as a person reads it at a terminal. Pure.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::console::{Palette, sanitise, wrap};
use crate::document::{Label, Lang};
use crate::indicator::harmless;
use crate::intel::IgnoredBy;
use crate::matching::Sighting;

use super::hit::sources;

/// So many reports are named under a line; the others are counted.
const MOST_REPORTS: usize = 2;
/// So much of a line is shown round its matches.
const MOST_TEXT: usize = 2000;

/// A match, where it stands in its line.
pub struct Marked<'a> {
    pub place: Range<usize>,
    pub found: &'a Sighting,
    /// What a known-good list says of it.
    pub ignored: Option<&'a IgnoredBy>,
}

/// How it is shown, and to whom.
pub struct Ground {
    pub palette: Palette,
    pub lang: Lang,
    /// Columns of the terminal.
    pub width: u16,
}

/// `proxy.log:812: …`, the matches coloured and defanged, and under it what is known of each.
pub fn line(name: &str, number: u64, text: &[u8], found: &[Marked], ground: &Ground) -> String {
    let palette = ground.palette;
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    let plain = |bytes: &[u8]| palette.label(Label::Plain, &String::from_utf8_lossy(bytes));
    let mut shown = palette.label(Label::Muted, &format!("{name}:{number}: "));
    let first = found.first().map_or(0, |first| first.place.start);
    let last = found.last().map_or(0, |last| last.place.end);
    let (from, to) = match text.len() > MOST_TEXT {
        true => (
            first.saturating_sub(MOST_TEXT / 4),
            text.len().min(last + MOST_TEXT / 4),
        ),
        false => (0, text.len()),
    };
    if from > 0 {
        shown.push('…');
    }
    let mut at = from;
    for Marked {
        place,
        found,
        ignored,
    } in found
    {
        shown.push_str(&plain(&text[at..place.start]));
        let seen = String::from_utf8_lossy(&text[place.clone()]);
        shown.push_str(&palette.label(label(*ignored), &harmless(found.hit.kind, &seen)));
        at = place.end;
    }
    shown.push_str(&plain(&text[at..to]));
    if to < text.len() {
        shown.push('…');
    }
    shown.push('\n');
    for Marked { found, ignored, .. } in found {
        shown.push_str(&known(found, *ignored, ground));
    }
    shown
}

fn label(ignored: Option<&IgnoredBy>) -> Label {
    match ignored {
        Some(_) => Label::Muted,
        None => Label::Malicious,
    }
}

fn known(found: &Sighting, ignored: Option<&IgnoredBy>, ground: &Ground) -> String {
    let palette = ground.palette;
    let indicator = harmless(found.hit.kind, &found.hit.indicator);
    let how = found.how.name().replace('_', " ");
    let mut shown = format!(
        "    {} {}\n",
        palette.label(label(ignored), &indicator),
        palette.label(Label::Muted, &format!("{}, {how}", found.hit.kind)),
    );
    if let Some(IgnoredBy {
        list,
        entry,
        reason,
    }) = ignored
    {
        let why = reason
            .as_ref()
            .map_or(String::new(), |why| format!(", {why}"));
        let text = match ground.lang {
            Lang::En => format!("ignored by {list}: {entry}{why}"),
            Lang::Zh => format!("被 {list} 忽略：{entry}{why}"),
        };
        shown.push_str(&format!("    {}\n", palette.label(Label::Benign, &text)));
    }
    for source in sources(found) {
        let named = source.reports.iter().take(MOST_REPORTS).map(|report| {
            let parts = [&report.publication, &report.detection_date];
            let parts: Vec<_> = parts.into_iter().flatten().map(String::as_str).collect();
            parts.join(", ")
        });
        let named: Vec<_> = named.filter(|text| !text.is_empty()).collect();
        let mut text = named.join("; ");
        let more = source.reports.len().saturating_sub(MOST_REPORTS);
        if more > 0 {
            text += &match ground.lang {
                Lang::En => format!("; {more} more"),
                Lang::Zh => format!("；另有 {more} 份"),
            };
        }
        let indent = format!("    {}  ", sanitise(&source.source)).width();
        shown.push_str(&format!(
            "    {}  {}\n",
            palette.label(Label::Heading, &source.source),
            wrap(&sanitise(&text), ground.width.into(), indent),
        ));
    }
    shown
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::indicator::Kind;
    use crate::store::index::{Hit, How, Row};

    #[test]
    fn a_line_is_safe_and_says_what_is_known() {
        let row = |id: &str| Row {
            source: "kaspersky".to_string(),
            id: id.to_string(),
            publication: "Report \x1b[31m".to_string(),
            date: "2026-10-12".to_string(),
            sent: String::new(),
        };
        let found = Sighting {
            place: 4..25,
            how: How::UrlPrefix,
            hit: Arc::new(Hit {
                kind: Kind::Url,
                indicator: "evil.com/a/".to_string(),
                how: How::UrlPrefix,
                rows: vec![row("1"), row("2"), row("3")],
            }),
        };
        let text = b"\x1bGET http://evil.com/a/bc\r";
        let good = IgnoredBy {
            list: "good".to_string(),
            entry: "evil.com".to_string(),
            reason: None,
        };
        let shown = |ignored| {
            let marked = Marked {
                place: 5..25,
                found: &found,
                ignored,
            };
            let ground = Ground {
                palette: Palette { colour: false },
                lang: Lang::En,
                width: 60,
            };
            line("x.log", 7, text, &[marked], &ground)
        };
        assert!(shown(Some(&good)).contains("\n    ignored by good: evil.com\n"));
        let shown = shown(None);
        assert_eq!(
            shown,
            "x.log:7: \\x1bGET hxxp://evil[.]com/a/bc\n    \
             evil[.]com/a/ url, url prefix\n    \
             kaspersky  Report \\x1b[31m, 2026-10-12; Report \\x1b[31m,\n               \
             2026-10-12; 1 more\n"
        );
    }
}
