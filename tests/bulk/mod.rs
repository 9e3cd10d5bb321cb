//! Lookups by the thousand: against a service that counts what it answered, and that fails.

mod cache;
mod endings;
mod enrich;
mod faults;
mod limits;
mod resume;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tempfile::TempDir;
use ti::sandbox::{Options, Received, Reply, Server, Service};

use crate::support::{Ti, provider, settings_of, ti};

/// The sandbox's KTI, which fails where `fails` says so and keeps account of what it answered.
pub struct Counting {
    pub server: Server,
    account: Arc<Mutex<Account>>,
    /// Its runs share it.
    pub cache: TempDir,
}

#[derive(Default)]
struct Account {
    requests: u32,
    failed: u32,
    /// How often each indicator was answered.
    answered: BTreeMap<String, u32>,
}

struct Flaky {
    inner: Box<dyn Service>,
    /// The status of the failure for a request, by its number from 0.
    fails: fn(u32) -> Option<u16>,
    account: Arc<Mutex<Account>>,
}

impl Counting {
    pub fn start(options: Options) -> Self {
        Self::failing(options, |_| None)
    }

    pub fn failing(options: Options, fails: fn(u32) -> Option<u16>) -> Self {
        let account = Arc::default();
        let flaky = Flaky {
            inner: provider("kti").sandbox(&options).unwrap(),
            fails,
            account: Arc::clone(&account),
        };
        Counting {
            server: Server::start(Box::new(flaky), options, 0).unwrap(),
            account,
            cache: tempfile::tempdir().unwrap(),
        }
    }

    pub fn config(&self) -> String {
        format!("[profile.sandbox.kti]\n{}", settings_of(&self.server))
    }

    /// A run against it.
    pub fn ti(&self, arguments: &[&str]) -> Ti {
        self.cached(ti(arguments).config(&self.config()))
    }

    /// A run with the cache of the runs against it.
    pub fn cached(&self, run: Ti) -> Ti {
        run.env("XDG_CACHE_HOME", self.cache.path().to_str().unwrap())
    }

    pub fn requests(&self) -> u32 {
        self.account.lock().unwrap().requests
    }

    pub fn failed(&self) -> u32 {
        self.account.lock().unwrap().failed
    }

    /// Each indicator was answered once, and there were so many.
    #[track_caller]
    pub fn answered_once(&self, count: usize) {
        let account = self.account.lock().unwrap();
        let twice: Vec<_> = account.answered.iter().filter(|(_, n)| **n != 1).collect();
        assert!(twice.is_empty(), "{twice:?}");
        assert_eq!(account.answered.len(), count);
    }
}

impl Service for Flaky {
    fn answer(&self, request: &Received) -> Reply {
        let mut account = self.account.lock().unwrap();
        let number = account.requests;
        account.requests += 1;
        if let Some(status) = (self.fails)(number) {
            account.failed += 1;
            return self
                .inner
                .failure(status, request)
                .header("retry-after", "0");
        }
        let mut pairs = url::form_urlencoded::parse(request.query.as_bytes());
        let param = pairs.find(|(name, _)| name == "Param").unwrap().1;
        *account.answered.entry(param.into_owned()).or_default() += 1;
        self.inner.answer(request)
    }

    fn failure(&self, status: u16, request: &Received) -> Reply {
        self.inner.failure(status, request)
    }

    fn settings(&self, url: &str) -> Vec<(&'static str, String)> {
        self.inner.settings(url)
    }
}

/// `1.example.net` and so on, a line each.
pub fn names(count: u32) -> String {
    (1..=count).map(|n| format!("{n}.example.net\n")).collect()
}

/// How many elements have each status.
pub fn statuses(elements: &[Value]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for element in elements {
        let status = element["status"].as_str().unwrap().to_string();
        *counts.entry(status).or_default() += 1;
    }
    counts
}

/// The inputs of the elements, in their order.
pub fn inputs(elements: &[Value]) -> String {
    elements
        .iter()
        .map(|element| format!("{}\n", element["input"].as_str().unwrap()))
        .collect()
}

pub fn counts<const N: usize>(pairs: [(&str, usize); N]) -> BTreeMap<String, usize> {
    pairs.map(|(status, n)| (status.to_string(), n)).into()
}
