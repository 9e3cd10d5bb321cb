//! What goes over the wire: both signing schemes by both methods, checked by the sandbox, which
//! checks as the service does; and the form of the request itself.

use std::sync::Mutex;

use ti::sandbox::{Options, Reply, Server};

use crate::support::{self, Mock, ti};

use super::{profile, search_at};

#[test]
fn every_scheme_and_method_is_accepted() {
    for signature in ["aws4", "simple"] {
        for method in ["get", "post"] {
            let mut run = ti(&["kti", "search", "evil.com", "金山.cn", "--json"]);
            let (_server, config) = sandbox(&format!(
                "signature = \"{signature}\"\nmethod = \"{method}\"\n"
            ));
            run = run.config(&config);
            let ran = run.ends(0);
            assert_eq!(ran.json()[0]["level"], "malicious", "{signature} {method}");
            assert_eq!(ran.json()[1]["status"], "not_found", "{signature} {method}");
        }
    }
}

/// The real sandbox, and a profile for it with further settings.
fn sandbox(more: &str) -> (Server, String) {
    let server = support::sandbox("kti", Options::default());
    let settings = support::settings_of(&server);
    (server, format!("[profile.test.kti]\n{settings}{more}"))
}

#[test]
fn a_wrong_key_region_or_service_is_refused_with_the_way_out() {
    for (setting, code, hint) in [
        (
            "TI_KTI_SECRET_KEY",
            "SignatureDoesNotMatch",
            "check secret_key",
        ),
        (
            "TI_KTI_ACCESS_KEY",
            "InvalidClientTokenId",
            "check access_key",
        ),
        ("TI_KTI_REGION", "SignatureDoesNotMatch", "region"),
        (
            "TI_KTI_SERVICE",
            "SignatureDoesNotMatch",
            "ti config set kti.service ksm",
        ),
    ] {
        for signature in ["aws4", "simple"] {
            let (_server, config) = sandbox(&format!("signature = \"{signature}\"\n"));
            let mut run = ti(&["kti", "search", "evil.com", "--json"])
                .config(&config)
                .env(setting, "wrong");
            let ran = run.ends(4);
            ran.says(&format!("KTI refused the request: {code}"));
            assert!(ran.stderr.contains(hint), "{signature}: {}", ran.stderr);
            assert_eq!(ran.json()[0]["error"]["code"], code);
            assert_eq!(ran.json()[0]["error"]["kind"], "credentials");
        }
    }
}

#[test]
fn a_get_has_all_in_its_query_and_a_post_all_in_its_body() {
    const EMPTY: &str = r#"{"IntelInfo":{}}"#;
    let mock = Mock::json(EMPTY);
    search_at(&mock, &["evil.com"]).code(0);
    let request = &mock.received()[0];
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("GET", "/")
    );
    assert_eq!(
        request.query,
        "Action=SearchIntelInfo&Param=evil.com&Version=2019-07-11"
    );
    assert_eq!(request.body, b"");
    assert_eq!(request.header("accept"), Some("application/json"));
    let authorization = request.header("authorization").unwrap();
    assert!(
        authorization.contains("SignedHeaders=host;x-amz-date,"),
        "{authorization}"
    );
    assert!(mock.url().contains(request.header("host").unwrap()));

    let mock = Mock::json(EMPTY);
    let mut run =
        ti(&["kti", "search", "evil.com"]).config(&(profile(&mock.url()) + "method = \"post\"\n"));
    run.ends(0);
    let request = &mock.received()[0];
    assert_eq!(
        (request.method.as_str(), request.query.as_str()),
        ("POST", "")
    );
    assert_eq!(
        request.body,
        b"Action=SearchIntelInfo&Param=evil.com&Version=2019-07-11"
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert!(
        request
            .header("authorization")
            .unwrap()
            .contains("SignedHeaders=content-type;host;x-amz-date,")
    );
}

#[test]
fn each_try_is_signed_anew_and_only_passing_failures_are_tried_again() {
    for (status, error, tries, code) in [
        (503, "", 3, 6),
        (500, "ServiceUnavailable", 3, 6),
        (429, "", 3, 7),
        (409, "LimitExceeded", 3, 7),
        (409, "Conflict", 1, 6),
        (400, "InvalidParameterValue", 1, 6),
        (403, "AccessDenied", 1, 4),
        (404, "NoSuchEntity", 1, 6),
        (412, "DryRunOperation", 1, 6),
    ] {
        let body = match error {
            "" => String::new(),
            error => format!(r#"{{"Error":{{"Code":"{error}","Message":"x"}}}}"#),
        };
        let mock =
            Mock::start(move |_| Reply::json(status, body.clone()).header("retry-after", "0"));
        let mut run =
            ti(&["kti", "search", "evil.com", "--retries", "2"]).config(&profile(&mock.url()));
        let ran = run.ends(code);
        assert_eq!(
            mock.received().len(),
            tries,
            "{status} {error}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_passing_failure_passes() {
    let count = Mutex::new(0);
    let mock = Mock::start(move |_| {
        let mut count = count.lock().unwrap();
        *count += 1;
        match *count {
            1 => Reply::new(503, "text/html", "<html></html>").header("retry-after", "0"),
            _ => Reply::json(200, r#"{"IntelInfo":{}}"#),
        }
    });
    let mut run =
        ti(&["kti", "search", "evil.com", "--retries", "1"]).config(&profile(&mock.url()));
    let ran = run.ends(0);
    let host = mock.url().replace("http://", "").replace('/', "");
    let note = format!("note: {host} answered 503; asking again in 0 s (try 2 of 2)\n");
    ran.says(&note);
}

#[test]
fn a_wait_longer_than_the_budget_is_not_begun() {
    let mock = Mock::start(|_| Reply::new(429, "text/plain", "").header("retry-after", "86400"));
    let mut run =
        ti(&["kti", "search", "evil.com", "--retries", "5"]).config(&profile(&mock.url()));
    run.ends(7);
    assert_eq!(mock.received().len(), 1);
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = Mock::json("{}");
    let location = elsewhere.url();
    let mock = Mock::start(move |_| {
        Reply::new(302, "text/plain", "").header("location", location.clone())
    });
    let ran = search_at(&mock, &["evil.com"]).code(6);
    ran.says("a redirect is not followed");
    ran.says(elsewhere.url().trim_end_matches('/'));
    assert!(elsewhere.received().is_empty());
    // The mock wants to be asked: show that it would have answered.
    search_at(&elsewhere, &["evil.com"]).code(6);
}

#[test]
fn verbose_shows_the_exchange_without_what_grants_access() {
    for signature in ["aws4", "simple"] {
        let (_server, config) = sandbox(&format!("signature = \"{signature}\"\n"));
        let ran = ti(&["-vv", "kti", "search", "evil.com"])
            .config(&config)
            .ends(0);
        ran.says("> GET http://127.0.0.1:");
        ran.says("Param=evil.com");
        ran.says("< 200, ");
        ran.says("content-type: application/json");
        let redacted = if signature == "aws4" {
            "authorization: (redacted)"
        } else {
            "Signature=(redacted)"
        };
        ran.says(redacted);
    }
}
