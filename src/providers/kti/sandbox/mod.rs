//! KTI's side of the sandbox: checks signatures as the service does, counts quota, answers from
//! invented samples (`samples.json`: documentation names and addresses, beside the examples of
//! the vendor and of our README).

mod check;
mod reply;

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::error::Result;
use crate::sandbox::{Options, Received, Reply, Service};

/// The account that the sandbox knows.
const ACCESS_KEY: &str = "AKLTsandbox";
const SECRET_KEY: &str = "sandbox-secret-key";
const REGION: &str = "cn-beijing-6";
const SERVICE: &str = "ksm";
/// Lookups that it has, unless `--quota` says otherwise.
const QUOTA: u32 = 1_000_000;

pub(super) struct Kti {
    samples: Vec<Value>,
    total: u32,
    left: AtomicU32,
    requests: AtomicU32,
}

impl Kti {
    pub fn new(options: &Options) -> Result<Self> {
        let samples = serde_json::from_str(include_str!("samples.json"))
            .context("the sample data is broken")?;
        let total = options.quota.unwrap_or(QUOTA);
        Ok(Kti {
            samples,
            total,
            left: AtomicU32::new(total),
            requests: AtomicU32::new(0),
        })
    }

    fn request_id(&self) -> String {
        let count = self.requests.fetch_add(1, Ordering::SeqCst) + 1;
        format!("5a4db0c5-0000-4000-8000-{count:012}")
    }

    /// The answer to a lookup that was let in.
    fn look_up(&self, indicator: &str) -> Value {
        let spent = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        let left = self.left.load(Ordering::SeqCst);
        let info = match spent {
            // The vendor's own sample of an answer: nothing left, and nothing in it.
            Err(_) => json!({}),
            Ok(_) => self.info(indicator),
        };
        json!({
            "RequestId": self.request_id(),
            "LeftCount": left,
            "TotalCount": self.total,
            "IntelInfo": info,
        })
    }

    fn info(&self, indicator: &str) -> Value {
        let is_ip = indicator.parse::<std::net::Ipv4Addr>().is_ok();
        let (kind, key) = if is_ip {
            ("ip", "Ip")
        } else {
            ("domain", "Domain")
        };
        if !is_ip && !is_domain(indicator) {
            return json!({"Type": kind, "RetCode": 1, "RetMsg": "输入的域名格式不正确"});
        }
        match self.samples.iter().find(|sample| sample[key] == indicator) {
            Some(sample) => json!({"Type": kind, "RetCode": 0, "RetMsg": "", key: sample}),
            None => json!({"Type": kind, "RetCode": 2, "RetMsg": "没有查询到数据"}),
        }
    }
}

/// As strict as a service may be: labels of letters, digits and hyphens.
fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.contains('.') && text.split('.').all(label)
}

impl Service for Kti {
    fn answer(&self, request: &Received) -> Reply {
        match check::lookup(request, Timestamp::now()) {
            Ok(indicator) => reply::data(&self.look_up(&indicator), request),
            Err(refusal) => reply::error(&refusal, &self.request_id(), request),
        }
    }

    fn failure(&self, status: u16, request: &Received) -> Reply {
        let refusal = |code, message: &str| check::Refusal::new(status, code, message);
        let refusal = match status {
            400 => refusal(
                "InvalidParameterValue",
                "An invalid or out-of-range value was supplied for the input parameter Param.",
            ),
            403 => refusal(
                "AccessDenied",
                "User: sandbox is not authorized to perform: kti:SearchIntelInfo.",
            ),
            404 => refusal(
                "NoSuchEntity",
                "Request was rejected because it referenced an 'InnerApi' that does not exist.",
            ),
            409 | 429 => refusal(
                "LimitExceeded",
                "Request was rejected because the request speed of this openAPI is beyond the current flow control limit.",
            ),
            412 => refusal(
                "DryRunOperation",
                "Request would have succeeded, but DryRun flag is set",
            ),
            502 | 504 => return Reply::bad_gateway(status),
            _ => refusal(
                "ServiceUnavailable",
                "OpenAPI or Service is unavailable because of an unknown error, exception or failure.",
            ),
        };
        reply::error(&refusal, &self.request_id(), request)
    }

    fn settings(&self, url: &str) -> Vec<(&'static str, String)> {
        vec![
            ("endpoint", url.to_string()),
            ("access_key", ACCESS_KEY.to_string()),
            ("secret_key", SECRET_KEY.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::kti::types::{TAG_TYPES, THREATS};

    #[test]
    fn the_samples_show_every_threat_type_and_tag_type() {
        let kti = Kti::new(&Options::default()).unwrap();
        let shown = |field: &str, name: &str| {
            kti.samples.iter().any(|sample| {
                sample[field]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .any(|value| value == name || value["Type"] == name)
            })
        };
        for threat in THREATS {
            assert!(shown("Judgments", threat.name.en), "{}", threat.name.en);
        }
        for tag in TAG_TYPES {
            assert!(shown("Tags", tag.name), "{}", tag.name);
        }
    }

    #[test]
    fn samples_are_of_the_documentation_ranges() {
        let kti = Kti::new(&Options::default()).unwrap();
        let addresses = [
            "192.0.2.",
            "198.51.100.",
            "203.0.113.",
            "10.0.0.1",
            "8.8.8.8",
        ];
        let names = [
            ".example",
            "example.com",
            "example.net",
            "example.org",
            ".test",
            ".invalid",
            "evil.com",
        ];
        for sample in &kti.samples {
            match (sample["Ip"].as_str(), sample["Domain"].as_str()) {
                (Some(ip), None) => {
                    assert!(addresses.iter().any(|range| ip.starts_with(range)), "{ip}")
                }
                (None, Some(domain)) => {
                    assert!(names.iter().any(|name| domain.ends_with(name)), "{domain}")
                }
                _ => panic!("{sample}"),
            }
        }
    }
}
