use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::*;

const MS: Duration = Duration::from_millis(1);

#[test]
fn a_rate_is_kept_on_the_average() {
    let begin = Instant::now();
    let mut pace = Pace::new(Some(10.0), begin);
    pace.started(begin);
    assert_eq!(pace.next(0), Some(begin + 100 * MS));
    // Late by 30 ms: the one after it is not.
    pace.started(begin + 130 * MS);
    assert_eq!(pace.next(0), Some(begin + 200 * MS));
    // Nothing to do for a second is no credit for a burst.
    pace.started(begin + 1200 * MS);
    assert_eq!(pace.next(0), Some(begin + 1200 * MS));
}

#[test]
fn what_the_service_asks_for_is_kept_to() {
    let begin = Instant::now();
    let mut pace = Pace::new(None, begin);
    pace.refused(begin, begin, Some(3000 * MS), 0.0);
    assert_eq!(pace.next(0), Some(begin + 3000 * MS));
    assert!(!pace.is_hopeless(0, true, begin));
    pace.refused(begin, begin, Some(PATIENCE + MS), 0.0);
    assert!(pace.is_hopeless(9, true, begin));
}

#[test]
fn hope_ends_soon_for_one_and_late_for_many() {
    let begin = Instant::now();
    let mut pace = Pace::new(None, begin);
    for second in 0..3 {
        let now = begin + second * 1000 * MS;
        pace.started(now);
        pace.refused(now, now, None, 0.0);
    }
    let now = begin + 3000 * MS;
    assert!(pace.is_hopeless(2, false, now));
    assert!(!pace.is_hopeless(3, false, now));
    assert!(!pace.is_hopeless(2, true, now));
    assert!(!pace.is_hopeless(0, true, now));
    assert!(pace.is_hopeless(2, true, begin + PATIENCE));
    pace.answered(now, now);
    assert!(!pace.is_hopeless(2, false, begin + PATIENCE));
}

/// What a service grants, as services do it.
#[derive(Clone)]
enum Limit {
    /// So many a second, and so many at once after a while of nothing.
    Bucket {
        rate: f64,
        burst: f64,
        tokens: f64,
        at: f64,
    },
    /// So many in each window of so many seconds.
    Window {
        most: u32,
        seconds: f64,
        begun: f64,
        count: u32,
    },
    /// So many in any span of so many seconds; whether what was refused counts too.
    Sliding {
        most: usize,
        seconds: f64,
        asked: VecDeque<f64>,
        all_count: bool,
    },
    /// One in so many is refused, however slowly they come: two in seven are four in ten once.
    Moody { one_in: f64, random: fastrand::Rng },
}

impl Limit {
    fn bucket(rate: f64, burst: f64) -> Self {
        Limit::Bucket {
            rate,
            burst,
            tokens: burst,
            at: 0.0,
        }
    }

    fn window(most: u32, seconds: f64) -> Self {
        Limit::Window {
            most,
            seconds,
            begun: 0.0,
            count: 0,
        }
    }

    fn sliding(most: usize, seconds: f64, all_count: bool) -> Self {
        Limit::Sliding {
            most,
            seconds,
            asked: VecDeque::new(),
            all_count,
        }
    }

    /// Answers a second, over a while.
    fn rate(&self) -> f64 {
        match self {
            Limit::Bucket { rate, .. } => *rate,
            Limit::Window { most, seconds, .. } => f64::from(*most) / seconds,
            Limit::Sliding { most, seconds, .. } => *most as f64 / seconds,
            Limit::Moody { .. } => f64::INFINITY,
        }
    }

    fn grants(&mut self, now: f64) -> bool {
        match self {
            Limit::Bucket {
                rate,
                burst,
                tokens,
                at,
            } => {
                *tokens = (*tokens + (now - *at) * *rate).min(*burst);
                *at = now;
                let granted = *tokens >= 1.0;
                *tokens -= f64::from(u8::from(granted));
                granted
            }
            Limit::Window {
                most,
                seconds,
                begun,
                count,
            } => {
                if now - *begun >= *seconds {
                    *begun = now - (now - *begun) % *seconds;
                    *count = 0;
                }
                *count += 1;
                *count <= *most
            }
            Limit::Sliding {
                most,
                seconds,
                asked,
                all_count,
            } => {
                while asked.front().is_some_and(|at| now - at >= *seconds) {
                    asked.pop_front();
                }
                let granted = asked.len() < *most;
                if granted || *all_count {
                    asked.push_back(now);
                }
                granted
            }
            Limit::Moody { one_in, random } => random.f64() * *one_in >= 1.0,
        }
    }
}

struct Ran {
    seconds: f64,
    refused: f64,
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Arrives,
    Returns { granted: bool },
}

/// So many answers, with at most `jobs` requests under way that take `latency` each, in simulated
/// time. The service decides when a request comes in, halfway.
fn run(limit: &mut Limit, answers: u32, jobs: usize, latency: Duration) -> Ran {
    let begin = Instant::now();
    let mut random = fastrand::Rng::with_seed(7);
    let mut half = || latency.mul_f64(0.49 + 0.02 * random.f64());
    let mut waits = fastrand::Rng::with_seed(11);
    let mut pace = Pace::new(None, begin);
    let mut events: BinaryHeap<Reverse<(Instant, Instant, Event)>> = BinaryHeap::new();
    let (mut now, mut answered, mut refused, mut under_way) = (begin, 0, 0, 0);
    while answered < answers {
        let next = pace.next(under_way).filter(|_| under_way < jobs);
        let start = next.map(|next| next.max(now));
        let soonest = events.peek().map(|Reverse((at, ..))| *at);
        if let Some(start) = start.filter(|start| soonest.is_none_or(|at| *start <= at)) {
            now = start;
            pace.started(now);
            under_way += 1;
            events.push(Reverse((now + half(), now, Event::Arrives)));
            continue;
        }
        let Some(Reverse((at, started, event))) = events.pop() else {
            panic!("nothing goes on");
        };
        now = at;
        match event {
            Event::Arrives => {
                let granted = limit.grants((now - begin).as_secs_f64());
                let back = Event::Returns { granted };
                events.push(Reverse((now + half(), started, back)));
            }
            Event::Returns { granted: true } => {
                (answered, under_way) = (answered + 1, under_way - 1);
                pace.answered(started, now);
            }
            Event::Returns { granted: false } => {
                (refused, under_way) = (refused + 1, under_way - 1);
                pace.refused(started, now, None, waits.f64());
            }
        }
    }
    Ran {
        seconds: (now - begin).as_secs_f64(),
        refused: f64::from(refused) / f64::from(answered + refused),
    }
}

#[test]
fn the_rate_that_the_service_grants_is_found() {
    let mut report = String::new();
    for (name, limit, answers) in [
        ("100/s, 5 at once", Limit::bucket(100.0, 5.0), 15_000),
        ("100/s, 100 at once", Limit::bucket(100.0, 100.0), 5000),
        ("20/s, 20 at once", Limit::bucket(20.0, 20.0), 2000),
        ("10/s, 10 at once", Limit::bucket(10.0, 10.0), 2000),
        ("5/s, 50 at once", Limit::bucket(5.0, 50.0), 1000),
        ("10/s, one by one", Limit::bucket(10.0, 1.0), 1000),
        ("5/s, one by one", Limit::bucket(5.0, 1.0), 1000),
        ("2/s, one by one", Limit::bucket(2.0, 1.0), 1000),
        ("1000/s", Limit::bucket(1000.0, 20.0), 20_000),
        ("50 in each second", Limit::window(50, 1.0), 3000),
        ("10 in each second", Limit::window(10, 1.0), 2000),
        ("600 in each minute", Limit::window(600, 60.0), 3000),
        ("60 in each minute", Limit::window(60, 60.0), 1500),
        ("20 in any second", Limit::sliding(20, 1.0, false), 3000),
        ("100 in any 10 s", Limit::sliding(100, 10.0, false), 2000),
        ("600 in any minute", Limit::sliding(600, 60.0, false), 3000),
        (
            "600 in any minute, refused ones too",
            Limit::sliding(600, 60.0, true),
            3000,
        ),
        (
            "6000 in any minute",
            Limit::sliding(6000, 60.0, false),
            20_000,
        ),
    ] {
        let rate = limit.rate();
        for (jobs, latency) in [(8, 20), (8, 100), (32, 20), (32, 200), (64, 60)] {
            let most = jobs as f64 / (f64::from(latency) / 1000.0);
            let ran = run(&mut limit.clone(), answers, jobs, latency * MS);
            let used = f64::from(answers) / ran.seconds / rate.min(most);
            if used < 0.8 || ran.refused > 0.05 {
                report += &format!(
                    "{name}, {jobs} jobs, {latency} ms: {:.0} % used, {:.1} % refused\n",
                    used * 100.0,
                    ran.refused * 100.0
                );
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn refusals_that_have_nothing_to_do_with_the_rate_do_not_bring_it_down() {
    let mut moody = Limit::Moody {
        one_in: 3.5,
        random: fastrand::Rng::with_seed(1),
    };
    let ran = run(&mut moody, 300, 8, 5 * MS);
    assert!(ran.seconds < 30.0, "{} s", ran.seconds);
}

#[test]
fn a_storm_that_is_over_is_forgotten() {
    let begin = Instant::now();
    let mut pace = Pace::new(None, begin);
    let mut now = begin;
    for _ in 0..6 {
        now = now.max(pace.next(0).unwrap());
        pace.started(now);
        pace.refused(now, now + 20 * MS, None, 0.5);
        now += 20 * MS;
    }
    let storm = now;
    for _ in 0..600 {
        now = now.max(pace.next(0).unwrap());
        pace.started(now);
        pace.answered(now, now);
    }
    assert_eq!(pace.rate, None);
    assert!(now - storm < 60_000 * MS, "{:?}", now - storm);
}
