//! The engine over sources of no service's: nothing of one is left inside.

use std::sync::{Barrier, LazyLock, Mutex};
use std::time::Duration;

use clap::Parser;
use serde_json::Value;

use super::*;
use crate::console::Weight;
use crate::error::Kind;
use crate::indicator::Indicator;
use crate::input::Input;
use crate::intel::{Level, Verdict};

/// Nobody listens.
pub struct Quiet;

impl Reporter for Quiet {
    fn say(&self, _: Weight, _: &str) {}

    fn enabled(&self, _: Weight) -> bool {
        false
    }
}

pub fn args(typed: &[&str]) -> LookupArgs {
    #[derive(Parser)]
    struct Typed {
        #[command(flatten)]
        args: LookupArgs,
    }
    Typed::parse_from([&["ti"], typed].concat()).args
}

type Answers = fn(&Indicator, &dyn Fn() -> Result<()>) -> Option<Attempt>;

/// Knows every name that begins like this; what it does is up to `answers`.
struct Fake {
    name: &'static str,
    knows: &'static str,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    fn new(name: &'static str, knows: &'static str) -> Self {
        Self::that(name, knows, |_, _| None)
    }

    fn that(name: &'static str, knows: &'static str, answers: Answers) -> Self {
        Fake {
            name,
            knows,
            answers,
            asked: Arc::default(),
        }
    }
}

fn answer(verdict: Verdict, left: Value) -> Attempt {
    let quota = Quota {
        left,
        total: Value::Null,
    };
    let answer = Answer {
        quota,
        ..Answer::of(verdict)
    };
    Attempt::answered(answer, b"{}".to_vec(), jiff::Timestamp::UNIX_EPOCH)
}

impl Source for Fake {
    fn name(&self) -> &str {
        self.name
    }

    fn accepts(&self, indicator: &Indicator) -> Result<Indicator> {
        match indicator {
            Indicator::Domain(_) => Ok(indicator.clone()),
            _ => Err(Error::usage("domains alone")),
        }
    }

    fn is_counted(&self) -> bool {
        true
    }

    fn ask(&self, query: &Indicator, again: &dyn Fn() -> Result<()>) -> Attempt {
        self.asked.lock().unwrap().push(query.to_string());
        if let Some(asked) = (self.answers)(query, again) {
            return asked;
        }
        let verdict = match query.to_string().starts_with(self.knows) {
            true => Verdict::Found(Level::Malicious),
            false => Verdict::NotFound,
        };
        answer(verdict, Value::Null)
    }

    fn recall(&self, _: &Indicator, _: &crate::http::Response) -> Option<Answer> {
        Some(Answer::of(Verdict::NotFound))
    }

    fn owner(&self) -> Option<crate::store::Owner> {
        Some(crate::store::Owner {
            provider: self.name,
            endpoint: String::new(),
        })
    }
}

/// A line an input, a word a source.
#[derive(Default)]
struct Lines(Vec<String>);

impl Emit for Lines {
    fn emit(&mut self, slot: &Slot) -> Result<()> {
        let statuses = slot
            .answers
            .iter()
            .map(|settled| settled.result.status().name());
        let input = slot.input.text.as_deref().unwrap_or_default();
        let line: Vec<_> = std::iter::once(input).chain(statuses).collect();
        self.0.push(line.join(" "));
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

struct Ran {
    lines: Vec<String>,
    ended: Result<Option<Error>>,
    asked: Vec<usize>,
}

fn run(sources: Vec<Fake>, arguments: &[&str], inputs: &[&str]) -> Ran {
    let inputs: Vec<_> = inputs.iter().map(|text| Ok(Input::alone(*text))).collect();
    run_since(sources, arguments, inputs.into_iter(), None)
}

fn run_since(
    sources: Vec<Fake>,
    typed: &[&str],
    inputs: impl Iterator<Item = Result<Input>> + Send + 'static,
    changes: Option<Changes>,
) -> Ran {
    let asked: Vec<_> = sources.iter().map(|source| source.asked.clone()).collect();
    let mut lines = Lines::default();
    let store = Store::private(&Quiet);
    let ended = run_with(sources, typed, inputs, changes, store, &mut lines);
    Ran {
        lines: lines.0,
        ended,
        asked: asked
            .iter()
            .map(|asked| asked.lock().unwrap().len())
            .collect(),
    }
}

fn run_with(
    sources: Vec<Fake>,
    typed: &[&str],
    inputs: impl Iterator<Item = Result<Input>> + Send + 'static,
    changes: Option<Changes>,
    store: Store,
    emit: &mut dyn Emit,
) -> Result<Option<Error>> {
    let (cancel, _trigger) = crate::cancel::pair();
    let args = args(typed);
    let work = Work {
        sources: sources
            .into_iter()
            .map(|source| Arc::new(source) as Arc<dyn Source>)
            .collect(),
        inputs: Inputs::live(inputs),
        args: &args,
        unordered: false,
        raw: false,
        store,
        clock: || jiff::Timestamp::UNIX_EPOCH,
        notes: &Quiet,
        cancel: &cancel,
        scrub: Box::new(str::to_string),
        is_ignored: Box::new(|_| false),
        changes,
        open_files: None,
    };
    look_up(work, emit)
}

fn kind(ran: &Ran) -> Option<Kind> {
    match &ran.ended {
        Ok(ended) => ended.as_ref().map(|error| error.kind),
        Err(error) => Some(error.kind),
    }
}

#[test]
fn each_source_answers_for_each_input_in_their_order() {
    let ran = run(
        vec![Fake::new("one", "a"), Fake::new("two", "b")],
        &[],
        &[
            "a.example",
            "8.8.8.8",
            "b.example",
            "a.example",
            "c.example",
        ],
    );
    assert_eq!(
        ran.lines,
        [
            "a.example found not_found",
            "8.8.8.8 unsupported unsupported",
            "b.example not_found found",
            "a.example found not_found",
            "c.example not_found not_found"
        ]
    );
    assert_eq!((kind(&ran), ran.asked), (None, vec![3, 3]));
}

#[test]
fn what_a_single_source_does_not_take_is_refused() {
    let ran = run(vec![Fake::new("one", "a")], &[], &["8.8.8.8", "a.example"]);
    assert_eq!(ran.lines, ["8.8.8.8 invalid", "a.example found"]);
    assert_eq!(kind(&ran), Some(Kind::Partial));
}

#[test]
fn a_source_that_is_down_is_not_the_end() {
    let gone: Answers = |_, _| Some(Attempt::Down(Error::new(Kind::Network, "gone")));
    let down = || Fake::that("down", "", gone);
    let ran = run(
        vec![down(), Fake::new("up", "a")],
        &[],
        &["a.example", "b.example", "c.example"],
    );
    assert_eq!(
        ran.lines,
        [
            "a.example error found",
            "b.example skipped not_found",
            "c.example skipped not_found"
        ]
    );
    assert_eq!((kind(&ran), ran.asked), (Some(Kind::Partial), vec![1, 3]));
    let alone = run(vec![down()], &[], &["a.example", "b.example"]);
    assert_eq!((kind(&alone), alone.lines), (Some(Kind::Network), vec![]));
    let one = run(vec![down(), Fake::new("up", "a")], &[], &["a.example"]);
    assert_eq!(kind(&one), Some(Kind::Partial));
}

/// Inputs that never end: after the first there is nothing to be had any more.
#[test]
fn it_ends_while_its_inputs_go_on() {
    let refused: Answers = |_, _| Some(Attempt::Failed(Error::new(Kind::Credentials, "no"), None));
    let failing: Answers = |_, _| Some(Attempt::Failed(Error::service("no"), None));
    for (answers, arguments, expected) in [
        (refused, &[][..], Kind::Credentials),
        (failing, &["--fail-fast"], Kind::Service),
    ] {
        let source = Fake::that("one", "a", answers);
        // The second one never comes.
        let (_keep, never) = std::sync::mpsc::channel();
        let inputs = std::iter::once(Ok(Input::alone("a.example"))).chain(never);
        let ran = run_since(vec![source], arguments, inputs, None);
        assert_eq!((kind(&ran), ran.asked), (Some(expected), vec![1]));
    }
}

#[test]
fn each_try_counts() {
    let lost = Fake::that("one", "a", |_, again| {
        while again().is_ok() {}
        Some(Attempt::Failed(Error::new(Kind::Network, "lost"), None))
    });
    let inputs = &["a.example", "b.example", "c.example"];
    let ran = run(vec![lost], &["--max-lookups", "21"], inputs);
    assert_eq!(ran.asked, [1]);
    assert_eq!(
        ran.lines,
        ["a.example error", "b.example skipped", "c.example skipped"]
    );

    let near = Fake::that("one", "", |query, again| {
        if query.to_string() == "a.example" {
            return Some(answer(Verdict::NotFound, 93.into()));
        }
        assert!(again().is_ok() && again().is_ok());
        assert!(again().is_err());
        Some(Attempt::Failed(Error::new(Kind::Network, "lost"), None))
    });
    let ran = run(vec![near], &["--reserve", "90", "-j", "1"], inputs);
    assert_eq!((kind(&ran), ran.asked), (Some(Kind::Quota), vec![2]));
}

#[test]
fn a_too_fast_in_passing_ends_nothing_even_without_retries() {
    static REFUSED: Mutex<u32> = Mutex::new(0);
    let moody = Fake::that("one", "a", |query, _| {
        let mut refused = REFUSED.lock().unwrap();
        let is_first = query.to_string() == "b.example" && *refused == 0;
        *refused += u32::from(is_first);
        let slow = Error::new(Kind::Quota, "slow");
        is_first.then(|| Attempt::TooFast(slow, Some(Duration::ZERO), Vec::new()))
    });
    let ran = run(
        vec![moody],
        &["-j", "1"],
        &["a.example", "b.example", "c.example"],
    );
    assert_eq!((kind(&ran), ran.asked), (None, vec![4]));
}

/// Inputs that break off say nothing of what is gone; whose that are all there, do.
#[test]
fn what_was_not_read_is_not_gone() {
    let run = |inputs: Vec<Result<Input>>| {
        let earlier = ["a.example", "left.example"].map(|name| {
            format!("{{\"indicator\":\"{name}\",\"status\":\"not_found\",\"level\":null}}\n")
        });
        let earlier = earlier::Earlier::read(earlier.concat().as_bytes(), "old", None).unwrap();
        let changes = Changes::since(earlier, "old".to_string(), |slot| slot.indicator.as_ref());
        let sources = vec![Fake::new("one", "a")];
        run_since(sources, &[], inputs.into_iter(), Some(changes))
    };
    let first = || Ok(Input::alone("a.example"));
    let broken = Error::new(Kind::Internal, "the disk");
    let ran = run(vec![first(), Err(broken)]);
    assert_eq!(ran.lines, ["a.example found"]);
    assert_eq!(kind(&ran), Some(Kind::Internal));
    let ran = run(vec![first()]);
    assert_eq!(ran.lines, ["a.example found", "left.example skipped"]);
    assert_eq!(kind(&ran), None);
}

/// It may have been charged.
#[test]
fn what_is_under_way_is_kept_where_nobody_reads_any_more() {
    static GONE: LazyLock<Barrier> = LazyLock::new(|| Barrier::new(2));
    struct Reader;
    impl Emit for Reader {
        fn emit(&mut self, _: &Slot) -> Result<()> {
            GONE.wait();
            Err(Error::new(Kind::ClosedPipe, "gone"))
        }
        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }
    let slow = Fake::that("one", "", |query, _| {
        if query.to_string() == "slow.example" {
            GONE.wait();
        }
        None
    });
    let owner = slow.owner().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = || Store::open(&folder.path().join("cache.db"), &Quiet);
    let inputs = ["a.example", "slow.example"].map(|text| Ok(Input::alone(text)));
    let ended = run_with(
        vec![slow],
        &[],
        inputs.into_iter(),
        None,
        store(),
        &mut Reader,
    );
    assert_eq!(ended.unwrap_err().kind, Kind::ClosedPipe);
    assert!(store().get(&owner, "slow.example").is_some());
}

/// The clock stands still here, so that each answer is as new as can be.
#[test]
fn an_answer_is_this_runs_own_by_who_asked_and_not_by_when() {
    let folder = tempfile::tempdir().unwrap();
    let asked = |typed: &[&str], names: u32| {
        let source = Fake::new("one", "");
        let asked = source.asked.clone();
        let store = Store::open(&folder.path().join("cache.db"), &Quiet);
        let name = |number| Ok(Input::alone(format!("{number}.example")));
        // The first one again, when it is long forgotten but by the cache.
        let inputs = (0..names).chain([0]).map(name);
        let ended = run_with(
            vec![source],
            typed,
            inputs,
            None,
            store,
            &mut Lines::default(),
        );
        assert!(ended.unwrap().is_none());
        asked.lock().unwrap().len()
    };
    assert_eq!(asked(&[], 2), 2);
    assert_eq!(asked(&[], 3), 1);
    assert_eq!(asked(&["--fresh"], 1500), 1500);
    assert_eq!(asked(&["--max-age", "0s"], 1), 1);
}
