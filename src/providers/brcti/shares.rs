//! `queryIOCTypeDistribution` and `queryTrafficTypeRatio`: `{ kind_count: n }`, an open set of kinds.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::document::{
    Bar, Bars, Body, Count, Document, Figure, Json, Lang, Phrase, Record, share, share_json, sum,
};

use super::call::Call;
use super::doubts::Doubts;
use super::names;
use super::view::{From, bars_first, record};
use super::wire;

pub struct Shares {
    call: Call,
    /// Greatest first.
    kinds: Vec<Kind>,
    sum: u128,
    from: From,
}

struct Kind {
    /// As sent: `ip_count`.
    key: String,
    count: Count,
}

impl Shares {
    /// Understands a result; none where it is no object.
    pub fn read(call: Call, result: &RawValue, doubts: &mut Doubts, from: From) -> Option<Self> {
        let mut kinds: Vec<_> = wire::pairs(result)?
            .into_iter()
            .map(|(key, value)| {
                let (count, as_text) = wire::count(value);
                doubts.as_text += usize::from(as_text);
                if count.whole().is_none() {
                    doubts.count(|| key.to_string(), &count);
                }
                let key = key.into_owned();
                Kind { key, count }
            })
            .collect();
        kinds.sort_by_key(|kind| bars_first(&kind.count));
        Some(Shares {
            call,
            sum: sum(kinds.iter().map(|kind| &kind.count)),
            kinds,
            from,
        })
    }

    pub fn empty(call: Call, from: From) -> Self {
        Shares {
            call,
            kinds: Vec::new(),
            sum: 0,
            from,
        }
    }

    fn elements(&self) -> impl Iterator<Item = Record> + '_ {
        self.kinds.iter().map(|kind| {
            let name = names::counted(&kind.key);
            record([
                ("type", Value::from(name)),
                ("count", kind.count.json()),
                ("share", share_json(self.share(&kind.count))),
                ("name", names::title(name, Lang::En).into()),
                ("name_zh", names::title(name, Lang::Zh).into()),
                ("key", kind.key.as_str().into()),
            ])
        })
    }

    fn share(&self, count: &Count) -> Option<f64> {
        share(count.whole()?, self.sum)
    }
}

impl Document for Shares {
    fn json(&self) -> Json<'_> {
        let types: Vec<_> = self.elements().map(Value::Object).collect();
        let mut object = record([
            ("types", types.into()),
            ("sum", Count::Whole(self.sum).json()),
        ]);
        object.extend(self.from.json());
        Json::Object(object)
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Record> + '_> {
        Box::new(self.elements())
    }

    fn figure(&self, lang: Lang) -> Figure<'_> {
        let names = self.kinds.iter().map(|kind| names::counted(&kind.key));
        let hues = names::hues(self.call, names);
        let bars = self.kinds.iter().zip(hues).map(|(kind, hue)| Bar {
            label: names::heading(names::counted(&kind.key), lang),
            count: kind.count.clone(),
            share: self.share(&kind.count),
            parts: Vec::new(),
            hue,
        });
        let body = Bars {
            heading: Phrase::new("Type", "类型").in_lang(lang).to_string(),
            bars: bars.collect(),
            overview: None,
            sum: self.sum,
        };
        self.from.figure(self.call, lang, Body::Bars(body))
    }
}
