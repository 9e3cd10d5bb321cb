//! One record as a card: a title with its verdict, then sections of names and values.

use std::io::{self, Write};

use comfy_table::Cell;
use unicode_width::UnicodeWidthStr;

use crate::console::sanitise;
use crate::document::{Card, Label, Text};

use super::Options;
use super::grid::bare_table;

/// A value on a card shows this many characters; JSON and CSV have all of them.
pub(super) const MAX_VALUE: usize = 2_000;
/// A name can be the service's own, and hostile as well.
pub(super) const MAX_NAME: usize = 40;

pub(super) fn write(card: &Card, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let palette = options.palette;
    let value = |text: &Text| palette.paint(&options.shown(text, MAX_VALUE));
    writeln!(out, "{}  {}", value(&card.title), value(&card.verdict))?;
    // One width for the names of all sections, so that the values line up.
    let names = card.sections.iter().flat_map(|section| &section.rows);
    let name_width = names
        .map(|(name, _)| shown(name, options).width())
        .max()
        .unwrap_or(0);
    for section in &card.sections {
        writeln!(out, "\n{}", palette.label(Label::Heading, &section.title))?;
        // What has no names is a text, and has the whole width.
        let is_text = section.rows.iter().all(|(name, _)| name.is_empty());
        let name_width = if is_text { 0 } else { name_width };
        let mut table = bare_table(options.width);
        for (name, text) in &section.rows {
            let name = shown(name, options);
            let padding = " ".repeat(name_width - name.width());
            // The no-break space keeps the layout from breaking inside a name.
            let name = format!("{name}{padding}").replace(' ', "\u{a0}");
            let text = Cell::new(value(text));
            match is_text {
                true => table.add_row([text]),
                false => table.add_row([Cell::new(palette.label(Label::Muted, &name)), text]),
            };
        }
        for line in table.lines() {
            writeln!(out, " {}", line.replace('\u{a0}', " ").trim_end())?;
        }
    }
    Ok(())
}

fn shown(name: &str, options: &Options) -> String {
    sanitise(&options.shown(&Text::plain(name), MAX_NAME).text).into_owned()
}
