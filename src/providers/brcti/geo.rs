//! `queryIOCGeoDistribution`: `{ country: { region: n } }`. The set of countries is open.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::document::{
    AnswerSchema, Bar, Bars, Body, Column, Count, Document, Figure, Hue, Json, Lang, Layout,
    Phrase, Record, Share, record_of, share, sum,
};

use super::call::Call;
use super::countries;
use super::doubts::Doubts;
use super::view::{COUNT, From, SHARE, bars_first, layout};
use super::wire;

/// Whether regions are shown under their countries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Depth {
    Country,
    Region,
}

/// As many countries as a picture can show at a glance.
const OVERVIEW: usize = 15;

pub struct Geo {
    /// Greatest first.
    countries: Vec<Country>,
    sum: u128,
    /// What was asked for; a picture shows less unasked.
    depth: Option<Depth>,
    top: Option<usize>,
    from: From,
}

struct Country {
    code: String,
    /// The sum of its regions, or the number that came in their place.
    count: Count,
    /// Greatest first.
    regions: Vec<(String, Count)>,
}

/// The countries beyond the greatest.
struct Rest {
    countries: usize,
    count: Count,
}

impl Geo {
    /// Understands a result; `None` if it is no object.
    pub fn read(result: Option<&RawValue>, doubts: &mut Doubts, from: From) -> Option<Self> {
        let mut countries: Vec<_> = result
            .map_or(Some(Vec::new()), wire::pairs)?
            .into_iter()
            .map(|(code, value)| Country::read(&code, value, doubts))
            .collect();
        countries.sort_by_key(|country| bars_first(&country.count));
        Some(Geo {
            sum: sum(countries.iter().map(|country| &country.count)),
            countries,
            depth: None,
            top: None,
            from,
        })
    }

    pub fn limited(mut self, depth: Option<Depth>, top: Option<u32>) -> Self {
        self.depth = depth;
        self.top = top.and_then(|top| usize::try_from(top).ok());
        self
    }

    /// How deep tables and data go.
    fn depth(&self) -> Depth {
        self.depth.unwrap_or(Depth::Region)
    }

    /// The greatest `top` countries, and what is left; sum and shares stay those of all.
    fn split(&self, top: Option<usize>) -> (&[Country], Option<Rest>) {
        let Some((shown, left)) = top.and_then(|top| self.countries.split_at_checked(top)) else {
            return (&self.countries, None);
        };
        let rest = (!left.is_empty()).then(|| Rest {
            countries: left.len(),
            count: Count::Whole(sum(left.iter().map(|country| &country.count))),
        });
        (shown, rest)
    }

    fn bars(&self, depth: Depth, top: Option<usize>, lang: Lang) -> Vec<Bar> {
        let bar = |label: String, count: &Count, parts, hue| Bar {
            label,
            count: count.clone(),
            share: self.share(count),
            parts,
            hue,
        };
        let (countries, rest) = self.split(top);
        let bars = countries.iter().map(|country| {
            let regions = match depth {
                Depth::Country => &[][..],
                Depth::Region => &country.regions,
            };
            let parts = regions
                .iter()
                .map(|(region, count)| bar(region.clone(), count, Vec::new(), REGION));
            let label = countries::label(&country.code, lang);
            bar(label, &country.count, parts.collect(), COUNTRY)
        });
        let rest = rest.map(|rest| {
            let label = match lang {
                Lang::En => format!("{} more", rest.countries),
                Lang::Zh => format!("其余 {} 个", rest.countries),
            };
            bar(label, &rest.count, Vec::new(), Hue::REST)
        });
        bars.chain(rest).collect()
    }

    /// What a picture shows: what was asked for, else what can be taken in at a glance. A country
    /// with one region is one bar.
    fn overview(&self, lang: Lang) -> Vec<Bar> {
        let depth = self.depth.unwrap_or(Depth::Country);
        let mut bars = self.bars(depth, Some(self.top.unwrap_or(OVERVIEW)), lang);
        for bar in &mut bars {
            if let [region] = &bar.parts[..] {
                bar.label = format!("{}, {}", bar.label, region.label);
                bar.parts.clear();
            }
        }
        bars
    }

    fn share(&self, count: &Count) -> Option<f64> {
        share(count.whole()?, self.sum)
    }
}

const COUNTRY: Hue = Hue(0);
const REGION: Hue = Hue(4);

impl Country {
    fn read(code: &str, value: &RawValue, doubts: &mut Doubts) -> Self {
        let Some(pairs) = wire::pairs(value) else {
            return Country {
                code: code.to_string(),
                count: doubts.read(value, || code.to_string()),
                regions: Vec::new(),
            };
        };
        let mut regions: Vec<_> = pairs
            .into_iter()
            .map(|(region, value)| {
                let count = doubts.read(value, || format!("{code}, {region}"));
                (region.into_owned(), count)
            })
            .collect();
        regions.sort_by_key(|(_, count)| bars_first(count));
        Country {
            code: code.to_string(),
            count: Count::Whole(sum(regions.iter().map(|(_, count)| count))),
            regions,
        }
    }

    /// Its rows: one a region, or itself where there is none.
    fn observations(&self, depth: Depth) -> Vec<(Option<&str>, &Count)> {
        match depth {
            Depth::Region if !self.regions.is_empty() => self
                .regions
                .iter()
                .map(|(region, count)| (Some(region.as_str()), count))
                .collect(),
            _ => vec![(None, &self.count)],
        }
    }
}

/// Where indicators are.
#[derive(Debug, Serialize, JsonSchema)]
struct Answer<'a> {
    /// The one with the most indicators first.
    countries: Vec<CountryCount<'a>>,
    /// With `--limit`: what is left out.
    others: Option<Others>,
    /// Of all countries.
    sum: Count,
    #[serde(flatten)]
    from: &'a From,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CountryCount<'a> {
    /// The code as sent.
    country: &'a str,
    /// Its English name (Unicode CLDR); null for a code that is not known.
    name: Option<&'static str>,
    /// Its Chinese name.
    name_zh: Option<&'static str>,
    /// The sum of its regions; as sent if it has none. Text if it is no whole number, or one
    /// beyond 64 bits.
    count: &'a Count,
    /// Of `sum`, four digits; null if the count is in no sum.
    share: Share,
    /// The one with the most indicators first; absent with `--depth country`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<RegionCount>")]
    regions: Option<Vec<RegionCount<'a>>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RegionCount<'a> {
    /// As sent.
    region: &'a str,
    /// As that of a country.
    count: &'a Count,
    /// Of `sum`, that of all countries.
    share: Share,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Others {
    /// How many countries are left out.
    countries: usize,
    /// The sum of their counts.
    count: Count,
    /// Of `sum`.
    share: Share,
}

/// A row of CSV and NDJSON.
#[derive(Debug, Serialize)]
struct Row<'a> {
    country: &'a str,
    region: Option<&'a str>,
    count: &'a Count,
    name: Option<&'static str>,
    name_zh: Option<&'static str>,
    share: Share,
}

pub const LAYOUT: Layout = layout(&[
    Column::new("country", "Country", "国家或地区"),
    Column::new("region", "Region", "区域"),
    COUNT,
    Column::new("name", "Name", "英文名称").opt_in(),
    Column::new("name_zh", "Chinese", "中文名称").opt_in(),
    SHARE,
]);

pub const SCHEMA: AnswerSchema =
    AnswerSchema::object::<Answer<'static>>("brcti-geo", &["brcti geo"]);

impl Geo {
    fn answer(&self) -> Answer<'_> {
        let (countries, rest) = self.split(self.top);
        Answer {
            countries: countries
                .iter()
                .map(|country| self.counted(country))
                .collect(),
            others: rest.map(|rest| Others {
                countries: rest.countries,
                share: Share(self.share(&rest.count)),
                count: rest.count,
            }),
            sum: Count::Whole(self.sum),
            from: &self.from,
        }
    }

    fn counted<'a>(&self, country: &'a Country) -> CountryCount<'a> {
        let names = countries::country(&country.code);
        let regions = country.regions.iter().map(|(region, count)| RegionCount {
            region,
            count,
            share: Share(self.share(count)),
        });
        CountryCount {
            country: &country.code,
            name: names.map(|names| names.en),
            name_zh: names.map(|names| names.zh),
            count: &country.count,
            share: Share(self.share(&country.count)),
            regions: (self.depth() == Depth::Region).then(|| regions.collect()),
        }
    }
}

impl Document for Geo {
    fn json(&self) -> Json<'_> {
        Json::Object(record_of(&self.answer()))
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Record> + '_> {
        let depth = self.depth();
        let (countries, _) = self.split(self.top);
        Box::new(countries.iter().flat_map(move |country| {
            let names = countries::country(&country.code);
            let observations = country.observations(depth).into_iter();
            observations.map(move |(region, count)| {
                record_of(&Row {
                    country: &country.code,
                    region,
                    count,
                    name: names.map(|names| names.en),
                    name_zh: names.map(|names| names.zh),
                    share: Share(self.share(count)),
                })
            })
        }))
    }

    fn figure(&self, lang: Lang) -> Figure<'_> {
        let heading = match self.depth() {
            Depth::Country => Phrase::new("Country", "国家或地区"),
            Depth::Region => Phrase::new("Country and region", "国家或地区、区域"),
        };
        let body = Bars {
            heading: heading.in_lang(lang).to_string(),
            bars: self.bars(self.depth(), self.top, lang),
            overview: Some(self.overview(lang)),
            sum: self.sum,
        };
        self.from.figure(Call::Geo, lang, Body::Bars(body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geo(json: &str) -> (Geo, Doubts) {
        let raw = RawValue::from_string(json.to_string()).unwrap();
        let mut doubts = Doubts::default();
        let from = From {
            source: "https://cti.example.org/".to_string(),
            retrieved_at: crate::document::Utc(jiff::Timestamp::UNIX_EPOCH),
            is_sample: false,
        };
        let geo = Geo::read(Some(&raw), &mut doubts, from).unwrap();
        (geo, doubts)
    }

    fn rows(geo: &Geo) -> Vec<String> {
        let row = |row: Record| {
            ["country", "region", "count"]
                .map(|field| crate::document::flat(&row[field]))
                .join(",")
        };
        geo.rows().map(row).collect()
    }

    const ODD: &str =
        r#"{"DE":{"Berlin":3},"CN":{"Beijing":2,"Shanghai":"5","?":-1},"QQ":7,"XX":{},"":null}"#;

    #[test]
    fn countries_and_regions_are_sorted_and_nothing_is_dropped() {
        let (geo, doubts) = geo(ODD);
        assert_eq!(
            rows(&geo),
            [
                "CN,Shanghai,5",
                "CN,Beijing,2",
                "CN,?,-1",
                "QQ,,7",
                "DE,Berlin,3",
                "XX,,0",
                ",,"
            ]
        );
        assert_eq!(geo.sum, 17);
        assert_eq!((doubts.counts.count, doubts.as_text), (2, 1));
        assert_eq!(doubts.counts.first, "CN, ?: \"-1\"");
    }

    #[test]
    fn a_picture_shows_what_can_be_taken_in_at_a_glance() {
        let many: Vec<_> = (0..40)
            .map(|number| format!(r#""{number:02}":{{"a":{},"b":1}}"#, 100 - number))
            .collect();
        let json = format!("{{{},\"ZZ\":{{\"Berlin\":200}}}}", many.join(","));
        let drawn = |depth, top| {
            let geo = geo(&json).0.limited(depth, top);
            let bars = geo.overview(Lang::En);
            let last = bars.last().unwrap();
            let parts: usize = bars.iter().map(|bar| bar.parts.len()).sum();
            let first = bars[0].label.clone();
            (bars.len(), parts, first, last.label.clone(), last.hue)
        };
        let of = |(bars, parts, first, last, hue): (usize, usize, &str, &str, Hue)| {
            (bars, parts, first.to_string(), last.to_string(), hue)
        };
        assert_eq!(drawn(None, None), of((16, 0, "ZZ", "26 more", Hue::REST)));
        assert_eq!(drawn(None, Some(3)), of((4, 0, "ZZ", "38 more", Hue::REST)));
        assert_eq!(drawn(None, Some(99)), of((41, 0, "ZZ", "39", COUNTRY)));
        assert_eq!(
            drawn(Some(Depth::Region), None),
            of((16, 28, "ZZ, Berlin", "26 more", Hue::REST))
        );
    }

    #[test]
    fn the_top_keeps_the_sum_and_says_what_is_left_out() {
        let geo = geo(ODD).0.limited(Some(Depth::Country), Some(2));
        assert_eq!(rows(&geo), ["CN,,7", "QQ,,7"]);
        let Json::Object(json) = geo.json() else {
            panic!()
        };
        assert_eq!(json["sum"], 17);
        assert_eq!(json["others"]["countries"], 3);
        assert_eq!(json["others"]["count"], 3);
        assert_eq!(json["countries"][0]["share"], 0.4118);
    }
}
