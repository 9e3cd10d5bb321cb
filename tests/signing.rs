//! Signatures against implementations that are not ours: curl signs what `ti` sent once more.

use std::process::Command;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use ti::sandbox::Received;

use crate::support::{Mock, has_tool, ti};

const ANSWER: &str = r#"{"LeftCount":1,"IntelInfo":{"Type":"domain","RetCode":2,"Domain":{}}}"#;

/// What an account may look like, and what it asks.
#[derive(Debug, Clone)]
struct Account {
    access_key: String,
    secret_key: String,
    region: String,
    service: String,
    host: String,
}

fn accounts() -> impl Strategy<Value = Account> {
    let key = "[A-Za-z0-9/+=_.~-]{1,40}";
    let name = "[a-z0-9]([a-z0-9-]{0,12}[a-z0-9])?";
    let host = "[a-z0-9]{1,20}(\\.[a-z0-9]{1,8}){0,2}\\.example";
    (key, key, name, name, host).prop_map(|(access_key, secret_key, region, service, host)| {
        Account {
            access_key,
            secret_key,
            region,
            service,
            host,
        }
    })
}

/// The request that `ti` makes for this account.
fn sent(account: &Account, scheme: &str, method: &str) -> (Mock, Received) {
    let mock = Mock::json(ANSWER);
    let mut run = ti(&["kti", "search", &account.host])
        .env("TI_KTI_ENDPOINT", &mock.url())
        .env("TI_KTI_ACCESS_KEY", &account.access_key)
        .env("TI_KTI_SECRET_KEY", &account.secret_key)
        .env("TI_KTI_REGION", &account.region)
        .env("TI_KTI_SERVICE", &account.service)
        .env("TI_KTI_SIGNATURE", scheme)
        .env("TI_KTI_METHOD", method);
    run.ends(0);
    let request = mock.received().remove(0);
    (mock, request)
}

/// A few runs with accounts of every kind.
fn for_accounts(check: impl Fn(Account)) {
    let config = Config {
        cases: 12,
        failure_persistence: None,
        ..Config::default()
    };
    let held = TestRunner::new(config).run(&accounts(), |account| {
        check(account);
        Ok(())
    });
    held.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn curl_signs_the_same_request_with_the_same_signature() {
    if !has_tool("curl", "AWS signatures against curl's") {
        return;
    }
    for_accounts(|account| {
        for method in ["get", "post"] {
            let (mock, ours) = sent(&account, "aws4", method);
            let date = ours.header("x-amz-date").unwrap();
            let mut curl = Command::new("curl");
            curl.args(["--silent", "--fail", "--noproxy", "*", "--aws-sigv4"])
                .arg(format!("aws:amz:{}:{}", account.region, account.service))
                .arg("--user")
                .arg(format!("{}:{}", account.access_key, account.secret_key))
                .arg("--header")
                .arg(format!("X-Amz-Date: {date}"));
            if let Some(kind) = ours.header("content-type") {
                curl.arg("--header").arg(format!("Content-Type: {kind}"));
                curl.arg("--data-binary")
                    .arg(String::from_utf8(ours.body.clone()).unwrap());
            }
            curl.arg(
                format!("{}/?{}", mock.url().trim_end_matches('/'), ours.query)
                    .trim_end_matches('?'),
            );
            assert!(curl.output().unwrap().status.success());
            let theirs = mock.received().remove(1);
            assert_eq!(theirs.header("x-amz-date"), Some(date));
            assert_eq!(
                theirs.header("authorization"),
                ours.header("authorization"),
                "{account:?}"
            );
        }
    });
}

#[test]
fn openssl_makes_the_same_simple_signature() {
    if !has_tool("openssl", "simple signatures against openssl's") {
        return;
    }
    for_accounts(|account| {
        for method in ["get", "post"] {
            let (_mock, ours) = sent(&account, "simple", method);
            let text = match method {
                "get" => ours.query.clone(),
                _ => String::from_utf8(ours.body.clone()).unwrap(),
            };
            let (canonical, signature) = text.rsplit_once("&Signature=").unwrap();
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("canonical");
            std::fs::write(&path, canonical).unwrap();
            let output = Command::new("openssl")
                .args(["dgst", "-sha256", "-r", "-hmac", &account.secret_key])
                .arg(&path)
                .output()
                .unwrap();
            let theirs = String::from_utf8(output.stdout).unwrap();
            assert_eq!(theirs.split(' ').next(), Some(signature), "{account:?}");
        }
    });
}
