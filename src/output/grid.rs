//! What tables and cards are drawn with.

use comfy_table::{ContentArrangement, Table, TableStyle};

use crate::document::Text;

/// Two blanks between columns, no lines.
pub(super) const RULED: TableStyle = TableStyle::new();

/// A table without lines that keeps to a width.
pub(super) fn bare_table(width: u16) -> Table {
    let mut table = Table::new();
    table
        .load_style(RULED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    table
}

/// Hostile or merely long: at most `max` characters, and how many there were.
pub(super) fn shortened(text: &Text, max: usize) -> Text {
    if text.text.len() <= max {
        return text.clone();
    }
    let count = text.text.chars().count();
    if count <= max {
        return text.clone();
    }
    let head: String = text.text.chars().take(max).collect();
    Text::new(text.label, format!("{head}… ({count} characters)"))
}
