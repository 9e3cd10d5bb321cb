//! The portal's side of the sandbox: HTTPS with a client certificate, Basic, the four methods,
//! invented reports (`samples.json`: documentation names and addresses).

mod files;
mod large;

use anyhow::Context;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::Result;
use crate::sandbox::{Encoding, Options, Received, Reply, Service};

/// The account that the sandbox knows.
const USERNAME: &str = "sandbox";
const PASSWORD: &str = "sandbox-password";

pub(super) struct Portal {
    samples: Vec<Sample>,
    /// Whether fields come in every form that was ever seen.
    odd: bool,
    /// Which of its two dates `get_list` filters by: nobody says which one the portal takes.
    by_updated: bool,
    /// Reports are some days old when it starts.
    started: Timestamp,
}

/// An invented report.
#[derive(Debug, Clone, Deserialize)]
struct Sample {
    id: String,
    name: String,
    desc: String,
    report_group: String,
    /// Days since it was published.
    age: i64,
    /// How its times are written.
    form: DateForm,
    tags: Value,
    tags_industry: Value,
    tags_geo: Value,
    tags_actors: Value,
    /// Detection date of its indicators.
    date: String,
    /// Type in the Master IOC, search path in OpenIOC, value.
    indicators: Vec<(String, String, String)>,
    /// The name of its YARA rule.
    rule: Option<String>,
    /// How many such rules it has besides.
    #[serde(default)]
    variants: usize,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum DateForm {
    Number,
    String,
    Iso,
}

impl Portal {
    pub fn new(options: &Options) -> Result<Self> {
        let samples = serde_json::from_str(include_str!("samples.json"))
            .context("the sample data is broken")?;
        Ok(Portal {
            samples: match options.large {
                true => large::samples(samples),
                false => samples,
            },
            odd: options.odd,
            by_updated: options.by_updated,
            started: Timestamp::now(),
        })
    }

    fn reply(&self, request: &Received, damage: Option<Encoding>) -> Reply {
        if let Some(refusal) = refuse(request) {
            return refusal;
        }
        let method = request.path.trim_start_matches('/');
        let data = match method.strip_prefix("api/publications/").unwrap_or_default() {
            "get_list" => self.list(request),
            "get_one" => self.one(request, damage),
            "get_master_ioc" => self.master(request, damage, "master_ioc", files::master_ioc),
            "get_master_yara" => self.master(request, damage, "master_yara", files::master_yara),
            _ => Err(error(404, "Unknown method")),
        };
        match data {
            Ok(data) => {
                let answer = json!({"status": "ok", "status_msg": "", "return_data": data});
                Reply::json(200, answer.to_string())
            }
            Err(refusal) => refusal,
        }
    }

    fn list(&self, request: &Received) -> Result<Value, Reply> {
        let seconds = |name, absent| match request.parameter(name).map(|text| text.parse::<i64>()) {
            None => Ok(absent),
            Some(Ok(seconds)) => Ok(seconds),
            Some(Err(_)) => Err(error(400, &format!("Parameter {name} is wrong"))),
        };
        let window = seconds("date_start", i64::MIN)?..=seconds("date_end", i64::MAX)?;
        let reports = self.samples.iter().filter(|sample| {
            let (published, updated) = self.times(sample);
            let at = if self.by_updated { updated } else { published };
            window.contains(&at.as_second())
        });
        let publications: Vec<_> = reports.map(|sample| self.publication(sample)).collect();
        Ok(json!({"count": publications.len(), "publications": publications}))
    }

    fn one(&self, request: &Received, damage: Option<Encoding>) -> Result<Value, Reply> {
        let id = request.parameter("publication_id").unwrap_or_default();
        let sample = self.samples.iter().find(|sample| sample.id == id);
        let sample = sample.ok_or_else(|| error(404, "Publication not found"))?;
        let include = request.parameter("include_info").unwrap_or_default();
        let include: Vec<_> = include.split(',').collect();
        let mut publication = self.publication(sample);
        let mut add = |name: &str, content: Option<Vec<u8>>| {
            if let Some(content) = content
                && (include.contains(&name) || include.contains(&"all"))
            {
                publication[format!("report_{name}")] = wrapped(&content, damage)?;
            }
            Ok::<_, Reply>(())
        };
        add("pdf", Some(files::pdf(sample)))?;
        add(
            "execsum",
            Some(format!("{}\n\n{}\n", sample.name, sample.desc).into_bytes()),
        )?;
        add("iocs", files::openioc(sample).map(String::into_bytes))?;
        add("yara", files::yara(sample).map(String::into_bytes))?;
        Ok(publication)
    }

    fn master(
        &self,
        request: &Received,
        damage: Option<Encoding>,
        name: &str,
        make: fn(&[&Sample]) -> String,
    ) -> Result<Value, Reply> {
        let group = request.parameter("report_group").unwrap_or_default();
        if !["all", "apt", "fin"].contains(&group.as_str()) {
            return Err(error(400, "Parameter report_group is wrong"));
        }
        let is_of_group = |sample: &&Sample| group == "all" || sample.report_group == group;
        let samples: Vec<_> = self.samples.iter().filter(is_of_group).collect();
        Ok(json!({name: wrapped(make(&samples).as_bytes(), damage)?}))
    }

    fn publication(&self, sample: &Sample) -> Value {
        let (published, updated) = self.times(sample);
        let shown = |at: Timestamp| match sample.form {
            DateForm::String if self.odd => at.as_second().to_string().into(),
            DateForm::Iso if self.odd => Value::from(at.strftime("%Y-%m-%dT%H:%M:%S").to_string()),
            _ => at.as_second().into(),
        };
        let list = |tags: &Value| match self.odd {
            true => tags.clone(),
            false => usual(tags),
        };
        json!({
            "id": sample.id,
            "name": sample.name,
            "desc": sample.desc,
            "report_group": sample.report_group,
            "published": shown(published),
            "updated": shown(updated),
            "tags": list(&sample.tags),
            "tags_industry": list(&sample.tags_industry),
            "tags_geo": list(&sample.tags_geo),
            "tags_actors": list(&sample.tags_actors),
        })
    }

    /// When it was published, and updated a day later.
    fn times(&self, sample: &Sample) -> (Timestamp, Timestamp) {
        let days = |count: i64| SignedDuration::from_hours(24 * count);
        let published = self.started - days(sample.age);
        (published, published + days(1))
    }
}

/// What the portal checks before it answers; the certificate has been checked before that.
fn refuse(request: &Received) -> Option<Reply> {
    let expected = BASE64_STANDARD.encode(format!("{USERNAME}:{PASSWORD}"));
    if request.header("authorization") != Some(format!("Basic {expected}").as_str()) {
        return Some(page(401, "401 Unauthorized"));
    }
    match request.method.as_str() {
        // As production clients ask for a report.
        "GET" if request.path.ends_with("/get_one") => None,
        "POST" if request.header("content-length") != Some("0") => {
            Some(page(411, "411 Length Required"))
        }
        "POST" => None,
        _ => Some(page(405, "405 Method Not Allowed")),
    }
}

/// A list without blanks, whatever it is in the samples.
fn usual(tags: &Value) -> Value {
    let words: Vec<&str> = match tags {
        Value::String(text) => text.split(',').map(str::trim).collect(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

fn wrapped(content: &[u8], damage: Option<Encoding>) -> Result<Value, Reply> {
    files::wrap(content, damage)
        .map(Value::from)
        .map_err(|_| page(500, "500 Internal Server Error"))
}

fn error(status: u16, message: &str) -> Reply {
    let answer = json!({"status": "error", "status_msg": message, "return_data": null});
    Reply::json(status, answer.to_string())
}

/// What a web server says.
fn page(status: u16, title: &str) -> Reply {
    let body = format!("<html><head><title>{title}</title></head><body>{title}</body></html>");
    Reply::new(status, "text/html", body)
}

impl Service for Portal {
    fn answer(&self, request: &Received) -> Reply {
        self.reply(request, None)
    }

    fn spoilt(&self, encoding: Encoding, request: &Received) -> Reply {
        self.reply(request, Some(encoding))
    }

    fn failure(&self, status: u16, _: &Received) -> Reply {
        match status {
            400 => error(400, "Parameter is wrong"),
            401 => page(401, "401 Unauthorized"),
            403 => error(403, "Access denied"),
            404 => error(404, "Publication not found"),
            429 => error(429, "Too many requests").header("retry-after", "1"),
            503 => page(503, "503 Service Temporarily Unavailable"),
            status => page(status, "Error"),
        }
    }

    fn demands_certificate(&self) -> bool {
        true
    }

    fn settings(&self, url: &str) -> Vec<(&'static str, String)> {
        vec![
            ("endpoint", url.to_string()),
            ("username", USERNAME.to_string()),
            ("password", PASSWORD.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_of_the_documentation_ranges() {
        let portal = Portal::new(&Options::default()).unwrap();
        for (kind, _, value) in portal.samples.iter().flat_map(|sample| &sample.indicators) {
            let invented = ["192.0.2.", "198.51.100.", "2001:db8:", ".example"];
            let is_invented = invented.iter().any(|range| value.contains(range));
            assert!(kind != "networkActivity" || is_invented, "{value}");
        }
    }

    fn asked(options: &Options, method: &str, call: &str) -> Reply {
        let expected = BASE64_STANDARD.encode(format!("{USERNAME}:{PASSWORD}"));
        let (path, query) = call.split_once('?').unwrap_or((call, ""));
        let request = Received {
            method: method.to_string(),
            path: format!("/api/publications/{path}"),
            query: query.to_string(),
            headers: vec![
                ("authorization".to_string(), format!("Basic {expected}")),
                ("content-length".to_string(), "0".to_string()),
            ],
            body: Vec::new(),
        };
        Portal::new(options).unwrap().answer(&request)
    }

    #[test]
    fn it_takes_what_production_clients_send() {
        let one = "get_one?publication_id=0b5cf2f2-5a11-4e0c-9a3e-000000000001";
        for (method, call, status) in [
            ("GET", one, 200),
            ("POST", one, 200),
            ("GET", "get_list", 405),
            ("POST", "get_list", 200),
            ("POST", "get_list?date_start=0", 200),
            ("POST", "get_list?date_end=0", 200),
            ("POST", "get_list?date_start=x", 400),
        ] {
            let reply = asked(&Options::default(), method, call);
            assert_eq!(reply.status, status, "{method} {call}");
        }
    }

    #[test]
    fn answers_are_what_production_clients_read_unless_odd_ones_are_asked_for() {
        let lists = ["tags", "tags_industry", "tags_geo", "tags_actors"];
        let is_usual = |odd| {
            let options = Options {
                odd,
                ..Options::default()
            };
            let reply = asked(&options, "POST", "get_list");
            let answer: Value = serde_json::from_slice(&reply.body).unwrap();
            let reports = answer["return_data"]["publications"].as_array().unwrap();
            let is_word = |word: &Value| word.as_str().is_some_and(|word| !word.is_empty());
            reports.iter().all(|report| {
                let is_list = |name: &str| {
                    let words = report[name].as_array();
                    words.is_some_and(|words| words.iter().all(is_word))
                };
                report["published"].is_i64() && lists.into_iter().all(is_list)
            })
        };
        assert!(is_usual(false) && !is_usual(true));
    }
}
