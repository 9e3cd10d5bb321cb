use super::*;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors.json")).unwrap()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

fn params(value: &Value) -> Params {
    let params = value["params"].as_object().unwrap().iter();
    params
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_string()))
        .collect()
}

fn keys(vectors: &Value) -> Keys {
    Keys {
        access_key: text(vectors, "access_key").to_string(),
        secret_key: text(vectors, "secret_key").into(),
    }
}

fn cases<'a>(vectors: &'a Value, group: &str, count: usize) -> &'a [Value] {
    let cases = vectors[group].as_array().unwrap();
    assert_eq!(cases.len(), count, "{group}");
    cases
}

#[test]
fn the_vendors_own_vector() {
    for case in cases(&vectors(), "vendor_published", 1) {
        let canonical = canonical_query(&params(case));
        assert_eq!(canonical, text(case, "canonical"));
        assert_eq!(
            simple(&canonical, &text(case, "secret_key").into()),
            text(case, "signature")
        );
    }
}

#[test]
fn simple_vectors() {
    let vectors = vectors();
    let keys = keys(&vectors);
    let at = text(&vectors, "timestamp").parse().unwrap();
    for case in cases(&vectors, "simplified", 5) {
        let all = params(case);
        // Ours are the vector's: the action's own and the public ones together.
        let own = |name: &str| ["Action", "Version", "Param"].contains(&name);
        let mut made: Params = all.iter().filter(|(name, _)| own(name)).cloned().collect();
        made.extend(simple_params(
            &keys,
            text(&vectors, "region"),
            text(&vectors, "service"),
            at,
        ));
        let canonical = canonical_query(&made);
        assert_eq!(canonical, text(case, "canonical"));
        let signature = simple(&canonical, &keys.secret_key);
        assert_eq!(signature, text(case, "signature"));
        let sent = format!("{canonical}&Signature={signature}");
        assert_eq!(sent, text(case, "post_body_rfc3986"));
        assert_eq!(
            format!("https://ksm.api.ksyun.com/?{sent}"),
            text(case, "get_url")
        );
    }
}

fn check_aws4(case: &Value, vectors: &Value, signed: &Signed) {
    let scope = Scope {
        region: text(vectors, "region"),
        service: text(vectors, "service"),
        at: text(vectors, "timestamp").parse().unwrap(),
    };
    let secret = &keys(vectors).secret_key;
    assert_eq!(scope.amz_date(), text(vectors, "x_amz_date"));
    assert_eq!(scope.text(), text(case, "scope"));
    assert_eq!(signed.header_names(), text(case, "signed_headers"));
    let canonical = signed.canonical_request();
    assert_eq!(canonical, text(case, "canonical_request"));
    assert_eq!(
        scope.string_to_sign(&scope.amz_date(), &canonical),
        text(case, "string_to_sign")
    );
    assert_eq!(
        hex::encode(scope.signing_key(secret)),
        text(case, "signing_key_hex")
    );
    assert_eq!(scope.signature(&canonical, secret), text(case, "signature"));
    if case.get("authorization").is_some() {
        let signature = text(case, "signature");
        let made = authorization(signed, &scope, &keys(vectors).access_key, signature);
        assert_eq!(made, text(case, "authorization"));
    }
}

#[test]
fn aws4_get_vectors() {
    let vectors = vectors();
    let (host, date) = (text(&vectors, "host"), text(&vectors, "x_amz_date"));
    let header_signed = [("host", host), ("x-amz-date", date)];
    // Query signing is not a way that `ti` sends; its vectors test the same parts.
    let query_signed = [("host", host)];
    let groups = [
        ("aws4_get_header", &header_signed[..]),
        ("aws4_get_query", &query_signed[..]),
    ];
    for (group, headers) in groups {
        for case in cases(&vectors, group, 5) {
            let query = canonical_query(&params(case));
            let signed = Signed {
                method: "GET",
                query: &query,
                headers,
                body: "",
            };
            check_aws4(case, &vectors, &signed);
            assert!(text(case, "url").starts_with(&format!("https://{host}/?{query}")));
        }
    }
}

#[test]
fn aws4_post_vectors() {
    let vectors = vectors();
    let (host, date) = (text(&vectors, "host"), text(&vectors, "x_amz_date"));
    for case in cases(&vectors, "aws4_post_header", 5) {
        let body = canonical_query(&params(case));
        assert_eq!(body, text(case, "body"));
        let content_type = ("content-type", text(case, "content_type"));
        let headers = [content_type, ("host", host), ("x-amz-date", date)];
        let signed = Signed {
            method: "POST",
            query: "",
            headers: &headers,
            body: &body,
        };
        check_aws4(case, &vectors, &signed);
    }
}

proptest::proptest! {
    /// Another library encodes, and a form has its own signs for a blank, `*` and `~`.
    #[test]
    fn a_canonical_query_is_the_form_that_another_encoder_makes(
        params in proptest::collection::vec(("[A-Za-z0-9]{1,6}", "\\PC{0,12}|[ +&=%#?/*~'!().,]{0,6}"), 0..6)
    ) {
        let canonical = canonical_query(&params);
        let mut sorted = params.clone();
        sorted.sort();
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&sorted).finish();
        let form = form.replace('+', "%20").replace('*', "%2A").replace("%7E", "~");
        proptest::prop_assert_eq!(&canonical, &form);
        let read: Params = url::form_urlencoded::parse(canonical.as_bytes()).into_owned().collect();
        proptest::prop_assert_eq!(read, sorted);
    }
}
