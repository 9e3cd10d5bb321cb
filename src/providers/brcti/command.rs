//! A view asked for: its call made, its answer understood and handed on. With a page, all views.

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;

use crate::console::Weight;
use crate::context::Context;
use crate::document::{Civil, Document, Lang, Layout, Series, Utc};
use crate::error::{Error, Kind, Result};
use crate::http::Response;
use crate::output::{Done, Output};
use crate::sandbox::SAMPLE_HEADER;

use super::answer::Outcome;
use super::api::Api;
use super::args::{GeoArgs, WindowArgs};
use super::call::Call;
use super::doubts::{Doubts, many};
use super::geo::{self, Geo};
use super::iocs::{self, Iocs};
use super::series::{self, Over};
use super::shares::{self, Shares};
use super::view::From;
use super::window::window;

/// One view, with what was said of it.
#[derive(Debug)]
pub struct View {
    pub call: Call,
    pub geo: GeoArgs,
    pub window: WindowArgs,
}

fn layout(call: Call) -> Layout {
    match call {
        Call::Geo => geo::LAYOUT,
        Call::Types | Call::Traffic => shares::LAYOUT,
        Call::Attacks | Call::TrafficSeries => series::LAYOUT,
        Call::AttackIocs => iocs::LAYOUT,
    }
}

pub fn run(view: &View, cx: &Context) -> Result<Done> {
    let asked = view.window.asked();
    let mut out = cx.output(layout(view.call)).asked(asked).open()?;
    let settings = cx.settings("brcti")?;
    let zone = settings.time_zone("timezone");
    // A window that makes no sense is refused before any request.
    let window = window(
        view.window.since,
        view.window.until,
        zone.as_ref(),
        cx.now(),
    )?;
    let asked = Asked {
        view,
        api: Api::new(&settings, cx.clock, cx.notes)?,
        zone,
        window,
        cx,
    };
    if out.wants_all_views() {
        return asked.all(out);
    }
    asked.show(view.call, &mut out)?;
    out.complete()
}

struct Asked<'a> {
    view: &'a View,
    api: Api<'static>,
    zone: Option<TimeZone>,
    window: Option<RangeInclusive<Civil>>,
    cx: &'a Context<'a>,
}

impl Asked<'_> {
    /// The view asked for first, then the others; one that fails leaves its place to the reason.
    fn all(&self, mut out: Output) -> Result<Done> {
        let asked = self.view.call;
        self.cx
            .notes
            .note("the page shows all six views, a request each");
        let others = Call::ALL.into_iter().filter(|call| *call != asked);
        let mut failed = 0;
        let mut first = None;
        for call in std::iter::once(asked).chain(others) {
            let Err(error) = self.show(call, &mut out) else {
                continue;
            };
            // Without credentials or a network, the others would fail too.
            if call == asked || error.kind == Kind::ClosedPipe {
                return Err(error);
            }
            failed += 1;
            let title = call.title().in_lang(self.cx.lang);
            self.cx.notes.error(&format!("{title}: {error}"));
            out.missing(title, &error);
            first.get_or_insert(error);
        }
        match failed {
            0 => out.complete(),
            _ => {
                let what = many(failed, "of 6 views is", "of 6 views are");
                out.partial(Error::new(
                    Kind::Partial,
                    format!("{what} missing from the page"),
                ))
            }
        }
    }

    fn show(&self, call: Call, out: &mut Output) -> Result<()> {
        let response = self.api.ask(call, out)?;
        match self.understand(call, response, out)? {
            // A list flows, where it is the only thing asked for.
            Shown::List(iocs) if !out.wants_all_views() => {
                iocs.entries.iter().try_for_each(|entry| out.element(entry))
            }
            Shown::List(iocs) => out.document(&iocs),
            Shown::Figure(document) => out.document(document.as_ref()),
        }
    }

    fn understand(&self, call: Call, response: Response, out: &Output) -> Result<Shown> {
        let from = From {
            source: self.api.url(call).to_string(),
            retrieved_at: Utc(response.at),
            is_sample: response.header(SAMPLE_HEADER).is_some(),
        };
        let mut doubts = Doubts::default();
        if out.is_raw() {
            self.api.understand(&response, call, |_| Ok(()))?;
            return Ok(Shown::List(Iocs {
                entries: Vec::new(),
                from,
            }));
        }
        let shown = self.api.understand(&response, call, |outcome| {
            let result = match outcome {
                Outcome::Result(result) => Some(result),
                Outcome::Null => {
                    let path = call.path();
                    self.cx
                        .notes
                        .warning(&format!("the result of /{path} is null: taken as no data"));
                    None
                }
            };
            let no_object = || "its result is not an object".to_string();
            Ok(match (call, result) {
                (Call::Geo, None) => figure(Geo::empty(from)),
                (Call::Geo, Some(result)) => {
                    let geo = Geo::read(result, &mut doubts, from).ok_or_else(no_object)?;
                    figure(geo.limited(self.view.geo.depth, self.view.geo.limit))
                }
                (Call::Types | Call::Traffic, None) => figure(Shares::empty(call, from)),
                (Call::Types | Call::Traffic, Some(result)) => {
                    figure(Shares::read(call, result, &mut doubts, from).ok_or_else(no_object)?)
                }
                (Call::Attacks | Call::TrafficSeries, result) => {
                    let series = match result {
                        None => Series::default(),
                        Some(result) => series::read(call, result, &mut doubts)?,
                    };
                    figure(self.over(call, series, from, &mut doubts))
                }
                (Call::AttackIocs, result) => {
                    let entries = match result {
                        None => Vec::new(),
                        Some(result) => iocs::read(result)?,
                    };
                    Shown::List(Iocs { entries, from })
                }
            })
        })?;
        doubts.say(self.cx.notes);
        Ok(shown)
    }

    fn over(&self, call: Call, series: Series, from: From, doubts: &mut Doubts) -> Over {
        if let Some(disagreement) = series::disagreements(&series) {
            self.cx.notes.say(Weight::Trace, &disagreement);
        }
        let remarks = self.remarks(&series, self.cx.lang);
        let series = match &self.window {
            Some(window) => series.within(window),
            None => series,
        };
        let series = match self.view.window.by {
            Some(step) => series.by(step),
            None => series,
        };
        if let Some(zone) = &self.zone {
            series::skipped(&series, zone, doubts);
        }
        // What lasts until now is cut off there.
        let now = self.zone.as_ref().map(|zone| {
            let now = self.cx.now().to_zoned(zone.clone());
            Civil::of(now.datetime())
        });
        let end = |end: Civil| now.map_or(end, |now| now.min(end));
        Over {
            call,
            series,
            zone: self.zone.clone(),
            window: self.window.as_ref().map(|w| (*w.start(), end(*w.end()))),
            remarks,
            from,
        }
    }
}

impl Asked<'_> {
    /// What a picture must say to be read on its own.
    fn remarks(&self, series: &Series, lang: Lang) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Some(window) = &self.window {
            let end = |at: &Civil, open: i64| match at.0 == open {
                true => "…".to_string(),
                false => at.to_string(),
            };
            let (from, to) = (end(window.start(), i64::MIN), end(window.end(), i64::MAX));
            remarks.push(match lang {
                Lang::En => format!("from {from} to {to}"),
                Lang::Zh => format!("自 {from} 至 {to}"),
            });
        }
        let (counts, times) = series.oddities();
        if counts + times > 0 {
            remarks.push(match lang {
                Lang::En => format!("not drawn: {counts} counts that are not numbers, {times} entries without a time"),
                Lang::Zh => format!("未绘出：{counts} 个非数值计数，{times} 条时间无效的记录"),
            });
        }
        remarks
    }
}

/// A view that was understood.
enum Shown {
    Figure(Box<dyn Document>),
    List(Iocs),
}

fn figure(document: impl Document + 'static) -> Shown {
    Shown::Figure(Box::new(document))
}
