//! What the views have in common: where an answer comes from, and the columns of each.

use schemars::JsonSchema;
use serde::Serialize;
use url::Url;

use crate::document::{Body, Column, Count, Drawn, Figure, Lang, Layout, Phrase, Utc};
use crate::http::Response;
use crate::sandbox::SAMPLE_HEADER;

use super::call::Call;

/// Where an answer comes from, and when.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct From {
    /// The address asked; there are no credentials in it.
    pub source: String,
    /// When the answer came (RFC 3339, UTC).
    pub retrieved_at: Utc,
    /// Whether the answer says of itself that it is invented.
    #[serde(skip)]
    pub is_sample: bool,
}

impl From {
    pub fn of(url: Url, response: &Response) -> Self {
        From {
            source: url.to_string(),
            retrieved_at: Utc(response.at),
            is_sample: response.header(SAMPLE_HEADER).is_some(),
        }
    }

    pub fn figure<'a>(&self, call: Call, lang: Lang, body: Body<'a>) -> Figure<'a> {
        Figure {
            title: call.title().in_lang(lang).to_string(),
            unit: call.unit().in_lang(lang).to_string(),
            remarks: Vec::new(),
            footnote: call.footnote().in_lang(lang).to_string(),
            is_sample: self.is_sample,
            source: self.source.clone(),
            retrieved_at: self.retrieved_at.0,
            lang,
            body,
        }
    }
}

/// The key that sorts the greatest first and what is no number last.
pub fn bars_first(count: &Count) -> (bool, std::cmp::Reverse<u128>) {
    let whole = count.whole();
    (whole.is_none(), std::cmp::Reverse(whole.unwrap_or(0)))
}

const NO_DATA: Phrase = Phrase::new("br-cti has no data to show.", "br-cti 没有可显示的数据。");

/// For what can be drawn.
pub const fn layout(columns: &'static [Column]) -> Layout {
    Layout {
        empty: NO_DATA,
        max_rows: 10_000,
        drawn: Drawn::Always,
        ..Layout::plain(columns)
    }
}

pub const COUNT: Column = Column::new("count", "Count", "数量").right();
pub const SHARE: Column = Column::new("share", "Share", "占比").right().opt_in();
