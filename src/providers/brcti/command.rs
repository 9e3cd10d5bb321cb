//! A view asked for: its call made, its answer understood and handed on. With a page, all views.

use serde_json::value::RawValue;

use crate::context::Context;
use crate::document::{Document, Layout};
use crate::error::{Error, Kind, Result};
use crate::output::{Done, Output};

use super::api::Api;
use super::args::{GeoArgs, WindowArgs};
use super::call::Call;
use super::doubts::{self, Doubts, many};
use super::geo::{self, Geo};
use super::iocs::{self, Iocs};
use super::series::{self, Over};
use super::shares::{self, Shares};
use super::view::From;
use super::window::Window;

fn layout(call: Call) -> Layout {
    match call {
        Call::Geo => geo::LAYOUT,
        Call::Types | Call::Traffic => shares::LAYOUT,
        Call::Attacks | Call::TrafficSeries => series::LAYOUT,
        Call::AttackIocs => iocs::LAYOUT,
    }
}

/// `geo` and `window` are the flags of the views that have them.
pub fn run(call: Call, geo: &GeoArgs, window: &WindowArgs, cx: &Context) -> Result<Done> {
    let mut out = cx.output(layout(call)).asked(window.asked()).open()?;
    let settings = cx.settings("brcti")?;
    let zone = settings.time_zone("timezone");
    let service = Service {
        // A window that makes no sense is refused before any request.
        window: Window::of(window, zone, cx.now())?,
        api: Api::new(&settings, cx.clock, cx.notes)?,
        geo,
        cx,
    };
    if out.wants_all_views() {
        return service.show_all(call, out);
    }
    service.show(call, &mut out)?;
    out.complete()
}

/// What answers, and how much of it is wanted.
struct Service<'a> {
    api: Api<'static>,
    geo: &'a GeoArgs,
    window: Window,
    cx: &'a Context<'a>,
}

impl Service<'_> {
    /// The view asked for first, then the others; one that fails leaves its place to the reason.
    fn show_all(&self, asked: Call, mut out: Output) -> Result<Done> {
        self.cx
            .notes
            .note("the page shows all six views, a request each");
        let others = Call::ALL.into_iter().filter(|call| *call != asked);
        let mut failed = 0;
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
        }
        let missing = (failed > 0).then(|| {
            let what = many(failed, "of 6 views is", "of 6 views are");
            Error::new(Kind::Partial, format!("{what} missing from the page"))
        });
        out.ended(missing)
    }

    fn show(&self, call: Call, out: &mut Output) -> Result<()> {
        let response = self.api.ask(call, out)?;
        if out.is_raw() {
            return self.api.understand(&response, call, |_| Ok(()));
        }
        let from = From::of(self.api.url(call), &response);
        let mut doubts = Doubts::default();
        let document = self.api.understand(&response, call, |result| {
            doubts::say_null(result, call, self.cx.notes);
            self.read(call, result, &mut doubts, from)
        })?;
        doubts.say(self.cx.notes);
        out.document(&*document)
    }

    fn read(
        &self,
        call: Call,
        result: Option<&RawValue>,
        doubts: &mut Doubts,
        from: From,
    ) -> Result<Box<dyn Document>, String> {
        let no_object = || "its result is not an object".to_string();
        Ok(match call {
            Call::Geo => {
                let geo = Geo::read(result, doubts, from).ok_or_else(no_object)?;
                Box::new(geo.limited(self.geo.depth, self.geo.limit))
            }
            Call::Types | Call::Traffic => {
                Box::new(Shares::read(call, result, doubts, from).ok_or_else(no_object)?)
            }
            Call::Attacks | Call::TrafficSeries => {
                let series = series::read(call, result, doubts)?;
                Box::new(Over::of(call, series, &self.window, doubts, from))
            }
            Call::AttackIocs => Box::new(Iocs {
                entries: iocs::read(result)?,
                from,
            }),
        })
    }
}
