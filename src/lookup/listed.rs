//! What an index lists, as a source of lookups: nobody is asked.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use crate::error::{Error, Result};
use crate::indicator::Indicator;
use crate::intel::{Level, Verdict};
use crate::store::index::{Hit, Index, Scope};

use super::source::{Answer, Attempt, Listing, Report, Source};

/// One of the sources that an index has.
pub struct Listed {
    name: String,
    /// Shared with the other sources in it.
    index: Arc<Mutex<Index>>,
    retrieved_at: Timestamp,
}

impl Listed {
    /// All sources of an index.
    pub fn all(index: Index) -> Vec<Arc<dyn Source>> {
        let sources = index.sources();
        let index = Arc::new(Mutex::new(index));
        let source = |source: crate::store::index::IndexedSource| {
            Arc::new(Listed {
                name: source.name,
                index: index.clone(),
                retrieved_at: source.retrieved_at,
            }) as Arc<dyn Source>
        };
        sources.into_iter().map(source).collect()
    }
}

impl Source for Listed {
    fn name(&self) -> &str {
        &self.name
    }

    fn accepts(&self, indicator: &Indicator) -> Result<Indicator> {
        Ok(indicator.clone())
    }

    fn ask(&self, query: &Indicator, _: &dyn Fn() -> Result<()>) -> Attempt {
        let index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        match index.find(query, &Scope::default()) {
            // What is damaged is so for every question.
            Err(error) => Attempt::Down(error),
            Ok(hits) => Attempt::answered(answer(&self.name, hits), Vec::new(), self.retrieved_at),
        }
    }
}

/// An index that is there and of no use, and why.
pub struct Unusable(pub Error);

impl Source for Unusable {
    fn name(&self) -> &str {
        "index"
    }

    fn accepts(&self, indicator: &Indicator) -> Result<Indicator> {
        Ok(indicator.clone())
    }

    fn ask(&self, _: &Indicator, _: &dyn Fn() -> Result<()>) -> Attempt {
        Attempt::Down(self.0.clone())
    }
}

/// What one source of the index says: the most specific entry that is its own.
fn answer(name: &str, hits: Vec<Hit>) -> Answer {
    let listing = hits.into_iter().find_map(|hit| {
        let rows = hit.rows.into_iter().filter(|row| row.source == name);
        let present = |text: String| (!text.is_empty()).then_some(text);
        let reports: Vec<_> = rows
            .map(|row| Report {
                id: present(row.id),
                publication: present(row.publication),
                detection_date: present(row.date),
                listed_as: row.sent,
            })
            .collect();
        (!reports.is_empty()).then_some(Listing {
            how: hit.how,
            reports,
        })
    });
    let verdict = match listing {
        Some(_) => Verdict::Found(Level::Malicious),
        None => Verdict::NotFound,
    };
    Answer {
        listing,
        ..Answer::of(verdict)
    }
}
