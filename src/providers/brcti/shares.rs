//! `queryIOCTypeDistribution` and `queryTrafficTypeRatio`: `{ kind_count: n }`, an open set of kinds.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::document::{
    AnswerSchema, Bar, Bars, Body, Column, Count, Document, Figure, Json, Lang, Layout, Phrase,
    Record, Share, record_of, share, sum,
};

use super::call::Call;
use super::doubts::Doubts;
use super::names;
use super::view::{COUNT, From, SHARE, bars_first, layout};
use super::wire;

pub struct Shares {
    call: Call,
    /// Greatest first.
    kinds: Vec<Type>,
    sum: u128,
    from: From,
}

struct Type {
    /// As sent: `ip_count`.
    key: String,
    count: Count,
}

impl Shares {
    /// Understands a result; `None` if it is no object.
    pub fn read(
        call: Call,
        result: Option<&RawValue>,
        doubts: &mut Doubts,
        from: From,
    ) -> Option<Self> {
        let mut kinds: Vec<_> = result
            .map_or(Some(Vec::new()), wire::pairs)?
            .into_iter()
            .map(|(key, value)| {
                let count = doubts.read(value, || key.to_string());
                let key = key.into_owned();
                Type { key, count }
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

    fn elements(&self) -> impl Iterator<Item = TypeCount<'_>> {
        self.kinds.iter().map(|kind| {
            let name = names::counted(&kind.key);
            TypeCount {
                kind: name,
                count: &kind.count,
                share: Share(self.share(&kind.count)),
                name: names::title(name, Lang::En),
                name_zh: names::title(name, Lang::Zh),
                key: &kind.key,
            }
        })
    }

    fn share(&self, count: &Count) -> Option<f64> {
        share(count.whole()?, self.sum)
    }
}

/// How many records declare each type.
#[derive(Debug, Serialize, JsonSchema)]
struct Answer<'a> {
    /// The one that most records declare first.
    types: Vec<TypeCount<'a>>,
    /// Of all types.
    sum: Count,
    #[serde(flatten)]
    from: &'a From,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TypeCount<'a> {
    /// `ip`, `port`, `payload`, `url`, `hash`; `non_traffic`, `satellite`, `five_g`, `sdn`; any
    /// other as sent.
    #[serde(rename = "type")]
    kind: &'a str,
    /// Text if it is no whole number, or one beyond 64 bits.
    count: &'a Count,
    /// Of `sum`, four digits; null if the count is in no sum.
    share: Share,
    /// Its English name.
    name: &'a str,
    /// Its Chinese name.
    name_zh: &'a str,
    /// The key as sent: `ip_count`.
    key: &'a str,
}

pub const LAYOUT: Layout = layout(&[
    Column::new("type", "Type", "类型"),
    COUNT,
    SHARE,
    Column::new("name", "Name", "英文名称").opt_in(),
    Column::new("name_zh", "Chinese", "中文名称").opt_in(),
    Column::new("key", "Key", "键名").opt_in(),
]);

pub const SCHEMA: AnswerSchema =
    AnswerSchema::object::<Answer<'static>>("brcti-types", &["brcti types", "brcti traffic"]);

impl Document for Shares {
    fn json(&self) -> Json<'_> {
        Json::Object(record_of(&Answer {
            types: self.elements().collect(),
            sum: Count::Whole(self.sum),
            from: &self.from,
        }))
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Record> + '_> {
        Box::new(self.elements().map(|element| record_of(&element)))
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
