//! A view asked for: its call made, its answer understood and handed on. With a page, all views.

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;

use crate::console::Weight;
use crate::document::{Civil, Document, Lang, Layout, Series};
use crate::error::{Error, Kind, Result};
use crate::http::{Client, Limits, Response};
use crate::provider::{Command, Context, Ending};

use super::answer::{self, Outcome, unusable};
use super::args::{GeoArgs, WindowArgs};
use super::call::Call;
use super::doubts::{Doubts, many};
use super::geo::{Depth, Geo};
use super::iocs::{self, Iocs};
use super::request::Access;
use super::series::{self, Over};
use super::shares::Shares;
use super::view::{self, From};
use super::window::window;

/// A series of a million points is some 80 MB.
pub(super) const MAX_BODY: usize = 512 << 20;

/// One view, with what was said of it.
#[derive(Debug)]
pub struct View {
    pub call: Call,
    pub geo: GeoArgs,
    pub window: WindowArgs,
}

impl Command for View {
    fn layout(&self) -> Layout {
        match self.call {
            Call::Geo => view::GEO,
            Call::Types | Call::Traffic => view::SHARES,
            Call::Attacks | Call::TrafficSeries => view::SERIES,
            Call::AttackIocs => iocs::LAYOUT,
        }
    }

    fn run(&self, mut context: Context<'_>) -> Result<Ending> {
        let settings = context.settings("brcti")?;
        let access = Access::of(&settings)?;
        let zone = settings.time_zone("timezone");
        // A window that makes no sense is refused before any request.
        let window = window(
            self.window.since,
            self.window.until,
            zone.as_ref(),
            context.now(),
        )?;
        let limits = Limits {
            max_body: MAX_BODY,
            is_passing: answer::is_passing,
        };
        let client = context.client(&settings, limits)?;
        let asked = Asked {
            view: self,
            access,
            client,
            zone,
            window,
        };
        if context.out.wants_all_views() {
            return asked.all(&mut context);
        }
        let shown = asked.show(self.call, &mut context);
        shown.map(|()| Ending::Complete)
    }
}

struct Asked<'a, 'c> {
    view: &'a View,
    access: Access,
    client: Client<'c>,
    zone: Option<TimeZone>,
    window: Option<RangeInclusive<Civil>>,
}

impl Asked<'_, '_> {
    /// The view asked for first, then the others; one that fails leaves its place to the reason.
    fn all(&self, context: &mut Context<'_>) -> Result<Ending> {
        let asked = self.view.call;
        context
            .notes
            .note("the page shows all six views, a request each");
        let others = Call::ALL.into_iter().filter(|call| *call != asked);
        let mut failed = 0;
        let mut first = None;
        for call in std::iter::once(asked).chain(others) {
            let Err(error) = self.show(call, context) else {
                continue;
            };
            // Without credentials or a network, the others would fail too.
            if call == asked || error.kind == Kind::ClosedPipe {
                return Err(error);
            }
            failed += 1;
            let title = call.title().in_lang(context.lang);
            context.notes.error(&format!("{title}: {error}"));
            context.out.missing(title, &error);
            first.get_or_insert(error);
        }
        Ok(match failed {
            0 => Ending::Complete,
            _ => {
                let what = many(failed, "of 6 views is", "of 6 views are");
                Ending::Partial(Error::new(
                    Kind::Partial,
                    format!("{what} missing from the page"),
                ))
            }
        })
    }

    fn show(&self, call: Call, context: &mut Context<'_>) -> Result<()> {
        let response = self.client.send(&|_| Ok(self.access.request(call)))?;
        context.out.raw(&response.body)?;
        let understood = self.understand(call, response, context);
        match understood.map_err(|error| scrubbed(error, context))? {
            // A list flows, where it is the only thing asked for.
            Shown::List(iocs) if !context.out.wants_all_views() => {
                for record in iocs.records {
                    context.out.record(record)?;
                }
                Ok(())
            }
            Shown::List(iocs) => context.out.document(&iocs),
            Shown::Figure(document) => context.out.document(document.as_ref()),
        }
    }

    fn understand(&self, call: Call, response: Response, context: &Context<'_>) -> Result<Shown> {
        let from = From {
            source: self.access.url(call).to_string(),
            retrieved_at: response.at,
        };
        let mut doubts = Doubts::default();
        let outcome = answer::understand(&response, call)?;
        if context.out.is_raw() {
            return Ok(Shown::List(Iocs {
                records: Vec::new(),
                from,
            }));
        }
        let result = match outcome {
            Outcome::Result(result) => Some(result),
            Outcome::Null => {
                let path = call.path().join("/");
                context
                    .notes
                    .warning(&format!("the result of /{path} is null: taken as no data"));
                None
            }
        };
        let no_object = || unusable(&response, call, "its result is not an object".to_string());
        let shown = match (call, result) {
            (Call::Geo, None) => figure(Geo::empty(from)),
            (Call::Geo, Some(result)) => {
                let geo = Geo::read(result, &mut doubts, from).ok_or_else(no_object)?;
                figure(self.shaped(geo))
            }
            (Call::Types | Call::Traffic, None) => figure(Shares::empty(call, from)),
            (Call::Types | Call::Traffic, Some(result)) => {
                figure(Shares::read(call, result, &mut doubts, from).ok_or_else(no_object)?)
            }
            (Call::Attacks | Call::TrafficSeries, result) => {
                let series = match result {
                    None => Series::default(),
                    Some(result) => series::read(call, result, &mut doubts)
                        .map_err(|why| unusable(&response, call, why))?,
                };
                // It may be large, and is not needed any more.
                drop(response);
                figure(self.over(call, series, from, context))
            }
            (Call::AttackIocs, result) => {
                let records = match result {
                    None => Vec::new(),
                    Some(result) => {
                        iocs::read(result).map_err(|why| unusable(&response, call, why))?
                    }
                };
                Shown::List(Iocs { records, from })
            }
        };
        doubts.say(context.notes);
        Ok(shown)
    }

    fn shaped(&self, geo: Geo) -> Geo {
        let geo = geo.depth(self.view.geo.depth.unwrap_or(Depth::Region));
        match self.view.geo.top.and_then(|top| usize::try_from(top).ok()) {
            Some(top) => geo.top(top),
            None => geo,
        }
    }

    fn over(&self, call: Call, series: Series, from: From, context: &Context<'_>) -> Over {
        if let Some(disagreement) = series::disagreements(&series) {
            context.notes.say(Weight::Trace, &disagreement);
        }
        let remarks = self.remarks(&series, context.lang);
        let series = match &self.window {
            Some(window) => series.within(window),
            None => series,
        };
        let series = match self.view.window.by {
            Some(step) => series.by(step),
            None => series,
        };
        Over {
            call,
            series,
            zone: self.zone.clone(),
            remarks,
            from,
        }
    }
}

impl Asked<'_, '_> {
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

/// The service may echo what it was sent.
fn scrubbed(mut error: Error, context: &Context<'_>) -> Error {
    error.causes = error
        .causes
        .iter()
        .map(|cause| context.scrub(cause))
        .collect();
    error
}
