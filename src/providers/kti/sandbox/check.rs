//! What the service checks before it answers, in the words of the vendor's error table.

use std::time::Duration;

use jiff::Timestamp;
use percent_encoding::percent_decode_str;

use crate::providers::kti::sign::{self, Params, Scope, Signed};
use crate::sandbox::Received;

use super::{ACCESS_KEY, REGION, SECRET_KEY, SERVICE};

/// How far the client's clock may be off.
const CLOCK_WINDOW: Duration = Duration::from_secs(15 * 60);

#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: &'static str,
    pub message: String,
}

impl Refusal {
    pub fn new(status: u16, code: &'static str, message: &str) -> Self {
        Refusal {
            status,
            code,
            message: message.to_string(),
        }
    }
}

fn mismatch(message: &str) -> Refusal {
    Refusal::new(403, "SignatureDoesNotMatch", message)
}

fn incomplete(message: &str) -> Refusal {
    Refusal::new(400, "IncompleteSignature", message)
}

fn missing(parameter: &str) -> Refusal {
    let message = format!("An value must be supplied for the input parameter {parameter}.");
    Refusal::new(400, "MissingParameter", &message)
}

/// The indicator of a well-signed lookup, in any of the forms that the vendor's SDKs send.
pub fn lookup(request: &Received, now: Timestamp) -> Result<String, Refusal> {
    let query = decode(&request.query);
    let params = match request.method.as_str() {
        "GET" => query.clone(),
        "POST" => [query.clone(), body(request)?].concat(),
        other => {
            let message = format!("The method {other} for is not valid for this web service.");
            return Err(Refusal::new(400, "InvalidMethod", &message));
        }
    };
    // An SDK has the action in the query of a POST, and nothing of the question.
    if request.method == "POST" && value(&query, "Param").is_some() {
        return Err(Refusal::new(
            400,
            "InvalidQueryParameter",
            "The query parameter Action is malformed or does not adhere to KSC standards.",
        ));
    }
    let value = |name: &str| value(&params, name);
    if value("Signature").is_some() {
        check_simple(&params, now)?;
    } else {
        check_aws4(request, &Aws4::of(request, &query)?, query, now)?;
    }
    for (name, expected) in [("Action", "SearchIntelInfo"), ("Version", "2019-07-11")] {
        if value(name) != Some(expected) {
            let message = format!(
                "An invalid or out-of-range value was supplied for the input parameter {name}."
            );
            return Err(Refusal::new(400, "InvalidParameterValue", &message));
        }
    }
    match value("Param") {
        Some(indicator) if !indicator.is_empty() => Ok(indicator.to_string()),
        _ => Err(missing("Param")),
    }
}

fn check_simple(params: &Params, now: Timestamp) -> Result<(), Refusal> {
    let value = |name: &str| value(params, name).ok_or_else(|| missing(name));
    check_key(value("Accesskey")?)?;
    check_scope(value("Region")?, value("Service")?)?;
    let timestamp = value("Timestamp")?;
    let at = timestamp
        .parse()
        .map_err(|_| incomplete(&format!("Date must be in ISO-8601. Got '{timestamp}'.")))?;
    check_clock(at, timestamp, now)?;
    let signed: Params = params
        .iter()
        .filter(|(name, _)| name != "Signature")
        .cloned()
        .collect();
    let expected = sign::simple(&sign::canonical_query(&signed), &SECRET_KEY.into());
    check_signature(&expected, value("Signature")?)
}

/// What a request says of its AWS4 signature, in a header or in the query.
struct Aws4 {
    credential: String,
    signed_headers: String,
    signature: String,
    /// As sent: that is what was signed.
    date: String,
}

impl Aws4 {
    fn of(request: &Received, query: &Params) -> Result<Self, Refusal> {
        if let Some(authorization) = request.header("authorization") {
            return Self::of_header(request, authorization);
        }
        if value(query, "X-Amz-Algorithm").is_none() {
            return Err(Refusal::new(
                403,
                "MissingAuthenticationToken",
                "Request is missing Authentication Token.",
            ));
        }
        let part = |name: &str| {
            let found = value(query, name).map(ToString::to_string);
            found.ok_or_else(|| {
                incomplete(&format!(
                    "KSC query-string parameters must include '{name}'."
                ))
            })
        };
        Ok(Aws4 {
            credential: part("X-Amz-Credential")?,
            signed_headers: part("X-Amz-SignedHeaders")?,
            signature: part("X-Amz-Signature")?,
            date: part("X-Amz-Date")?,
        })
    }

    fn of_header(request: &Received, authorization: &str) -> Result<Self, Refusal> {
        let Some(parts) = authorization.strip_prefix("AWS4-HMAC-SHA256 ") else {
            let algorithm = authorization.split(' ').next().unwrap_or_default();
            return Err(incomplete(&format!(
                "Unsupported ksc 'algorithm': {algorithm}."
            )));
        };
        let part = |name: &str| {
            let mut pairs = parts
                .split(',')
                .filter_map(|part| part.trim().split_once('='));
            let found = pairs.find(|(known, _)| *known == name);
            found.map(|(_, value)| value.to_string()).ok_or_else(|| {
                incomplete(&format!(
                    "Authorization header requires '{name}' parameter."
                ))
            })
        };
        let date = request.header("x-amz-date").or(request.header("date"));
        let no_date = || {
            incomplete(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header",
            )
        };
        Ok(Aws4 {
            credential: part("Credential")?,
            signed_headers: part("SignedHeaders")?,
            signature: part("Signature")?,
            date: date.ok_or_else(no_date)?.to_string(),
        })
    }

    /// The moment of its date, and how that stands in what was signed.
    fn moment(&self) -> Result<(Timestamp, String), Refusal> {
        let date = self.date.trim();
        // The Node SDK writes the zone out.
        let basic = date.trim_end_matches("+00:00").trim_end_matches('Z');
        let basic = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", basic)
            .and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC));
        if let Ok(at) = basic {
            return Ok((at.timestamp(), date.to_string()));
        }
        match jiff::fmt::rfc2822::parse(date) {
            Ok(at) => {
                let at = at.timestamp();
                Ok((at, at.strftime("%Y%m%dT%H%M%SZ").to_string()))
            }
            Err(_) => Err(incomplete(&format!(
                "Date must be in ISO-8601 'basic format'. Got '{date}'."
            ))),
        }
    }
}

fn check_aws4(
    request: &Received,
    aws4: &Aws4,
    mut query: Params,
    now: Timestamp,
) -> Result<(), Refusal> {
    let credential: Vec<_> = aws4.credential.split('/').collect();
    let [key, date, region, service, terminator] = credential[..] else {
        return Err(incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. accesskeyid/date/region/service/aws4_request",
        ));
    };
    check_key(key)?;
    if terminator != "aws4_request" {
        return Err(mismatch(&format!(
            "Credential should be scoped with a valid terminator: 'aws4_request', not: {terminator}."
        )));
    }
    check_scope(region, service)?;
    let (at, signed_date) = aws4.moment()?;
    check_clock(at, &aws4.date, now)?;
    if !signed_date.starts_with(date) {
        return Err(mismatch(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.",
        ));
    }
    let names: Vec<_> = aws4.signed_headers.split(';').collect();
    if !names.contains(&"host") {
        return Err(mismatch(
            "'Host' must be a 'SignedHeader' in the Authorization.",
        ));
    }
    let headers: Vec<_> = names
        .iter()
        .map(|name| (*name, request.header(name).unwrap_or_default().trim()))
        .collect();
    query.retain(|(name, _)| name != "X-Amz-Signature");
    let canonical = sign::canonical_query(&query);
    let form = String::from_utf8_lossy(&request.body);
    let signed = Signed {
        method: &request.method,
        query: &canonical,
        headers: &headers,
        body: &form,
    };
    let scope = Scope {
        region,
        service,
        at,
    };
    let canonical = signed.canonical_request();
    let expected = scope.signature_dated(&signed_date, &canonical, &SECRET_KEY.into());
    check_signature(&expected, &aws4.signature)
}

fn check_key(key: &str) -> Result<(), Refusal> {
    match key == ACCESS_KEY {
        true => Ok(()),
        false => Err(Refusal::new(
            403,
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
        )),
    }
}

fn check_scope(region: &str, service: &str) -> Result<(), Refusal> {
    if region != REGION {
        return Err(mismatch(&format!(
            "Credential should be scoped to a valid region, not:{region}."
        )));
    }
    if service != SERVICE {
        return Err(mismatch(&format!(
            "Credential should be scoped to correct service: {SERVICE}."
        )));
    }
    Ok(())
}

fn check_clock(at: Timestamp, shown: &str, now: Timestamp) -> Result<(), Refusal> {
    match now.duration_since(at).unsigned_abs() <= CLOCK_WINDOW {
        true => Ok(()),
        false => Err(mismatch(&format!("Signature expired:{shown}."))),
    }
}

fn check_signature(expected: &str, given: &str) -> Result<(), Refusal> {
    match expected == given {
        true => Ok(()),
        false => Err(mismatch(
            "The request signature we calculated does not match the signature you provided.",
        )),
    }
}

fn value<'p>(params: &'p Params, name: &str) -> Option<&'p str> {
    let found = params.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

/// The parameters of a body: a form, or where it says so an object in JSON.
fn body(request: &Received) -> Result<Params, Refusal> {
    let text = String::from_utf8_lossy(&request.body);
    let is_json = text.trim_start().starts_with('{');
    if !is_json {
        return Ok(decode(&text));
    }
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&text).map_err(|_| {
            Refusal::new(
                400,
                "MalformedQueryString",
                "The query string contains a syntax error.",
            )
        })?;
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    let pairs = object.into_iter();
    Ok(pairs.map(|(name, value)| (name, text(value))).collect())
}

/// `k=v&k=v` decoded, in the order given.
fn decode(text: &str) -> Params {
    let plain = |text: &str| {
        percent_decode_str(&text.replace('+', " "))
            .decode_utf8_lossy()
            .into_owned()
    };
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (plain(name), plain(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(method: &str, query: &str, headers: &[(&str, &str)], body: &str) -> Received {
        let all = [("host", "127.0.0.1:8080")];
        let headers = all.iter().chain(headers);
        Received {
            method: method.to_string(),
            path: "/".to_string(),
            query: query.to_string(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            body: body.as_bytes().to_vec(),
        }
    }

    fn authorization_of(headers: &str, signature: &str) -> String {
        format!(
            "AWS4-HMAC-SHA256 Credential=AKLTsandbox/20261125/cn-beijing-6/ksm/aws4_request, SignedHeaders={headers}, Signature={signature}"
        )
    }

    const ACTION: &str = "Action=SearchIntelInfo&Version=2019-07-11";
    const QUESTION: &str = "Action=SearchIntelInfo&Param=evil.com&Version=2019-07-11";
    const NODE: (&str, &str) = ("x-amz-date", "20261125T195021+00:00");
    const PYTHON: (&str, &str) = ("x-amz-date", "20261125T195021Z");
    const PYTHON_FORM: &str = "Param=evil.com&Service=ksm&Action=SearchIntelInfo&Version=2019-07-11&SdkVersion=SDK_PYTHON_1&Region=cn-beijing-6&Accesskey=AKLTsandbox";
    const PYTHON_JSON: &str = r#"{"Param": "evil.com", "Service": "ksm", "Action": "SearchIntelInfo", "Version": "2019-07-11"}"#;
    /// The digest of no body.
    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const PYTHON_SIGNED: &str = "content-type;host;x-amz-content-sha256;x-amz-date";

    /// Signed with the `hmac` and `hashlib` of Python, from the sources of the vendor's SDKs:
    /// sdk-node (`lib/signautreV4.js`), sdk-python (`abstract_client.py` with AWS4Auth),
    /// sdk-java-common (`RpcRequestClient.java`), sdk-go (`sign.go`). What stands in the query is
    /// as botocore's `SigV4QueryAuth` has it, which gives the same signatures.
    #[test]
    fn what_the_vendors_sdks_send_is_taken() {
        let now = "2026-11-25T19:52:00Z".parse().unwrap();
        let presigned = format!(
            "{QUESTION}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKLTsandbox%2F20261125%2Fcn-beijing-6%2Fksm%2Faws4_request&X-Amz-Date=20261125T195021Z&X-Amz-SignedHeaders=host&X-Amz-Signature=a2066b93752ad61e4f0fb2ae74933a8c794a589548e139643c9f65150795ece0"
        );
        let expiring = format!(
            "{QUESTION}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKLTsandbox%2F20261125%2Fcn-beijing-6%2Fksm%2Faws4_request&X-Amz-Date=20261125T195021Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=58a0b4f77427eb856d2be6f76d6e33a6470c78862f85ad27497af934d214ec08"
        );
        for (what, method, query, headers, signed, signature, body) in [
            (
                "Node, GET",
                "GET",
                QUESTION,
                &[NODE][..],
                "host;x-amz-date",
                "d5bc4a69dfb698ec83fbd410904cfac72e0520d1bd2a7682294e88a3fcbeabee",
                "",
            ),
            (
                "Node, POST of JSON",
                "POST",
                ACTION,
                &[NODE],
                "host;x-amz-date",
                "b0ec335a1a73d6a3cedd4e187a4f2b235208c4d4a06b2d7fd748f983b2e1ea45",
                r#"{"Param":"evil.com"}"#,
            ),
            (
                "Node, POST of a form",
                "POST",
                ACTION,
                &[NODE],
                "host;x-amz-date",
                "73902697583be4da67ea96765246f5f8b5d520444b095e56978209dedd82aff1",
                "Param=evil.com",
            ),
            (
                "a Date header",
                "GET",
                QUESTION,
                &[("date", "Wed, 25 Nov 2026 19:50:21 GMT")],
                "date;host",
                "459faf0ca1c8261f602e4be4b22c9abd2e72f91300c56a910baaa9d8d27fcd3c",
                "",
            ),
            (
                "a Date header in basic form",
                "GET",
                QUESTION,
                &[("date", "20261125T195021Z")],
                "date;host",
                "7df322e9a3bea56e29fe9b2228eb21f5e40c6b1e9d8a6b6720399bf387bf6d09",
                "",
            ),
            (
                "Python, form",
                "POST",
                ACTION,
                &[
                    PYTHON,
                    ("content-type", "application/x-www-form-urlencoded"),
                    (
                        "x-amz-content-sha256",
                        "8aa5f48cc5b1ad0c82f70a66b18cfc61edb8d13a754564ced5452617277459ca",
                    ),
                ],
                PYTHON_SIGNED,
                "c3bb297e4b504bd97270dfbe4e945e6ba09ec8e4c4763508bdf15fb0bfaa2d03",
                PYTHON_FORM,
            ),
            (
                "Python, JSON",
                "POST",
                ACTION,
                &[
                    PYTHON,
                    ("content-type", "application/json"),
                    (
                        "x-amz-content-sha256",
                        "a6597dd8a1c702b9493dc18d3ea48e60bb24f9b586738a8a96fe077b799eb816",
                    ),
                ],
                PYTHON_SIGNED,
                "819eb6f7a658613f4987d67e1498a5086f49e753362c0a4d2197e09597ed8c4b",
                PYTHON_JSON,
            ),
            (
                "Python, GET",
                "GET",
                PYTHON_FORM,
                &[
                    PYTHON,
                    ("content-type", "application/x-www-form-urlencoded"),
                    ("x-amz-content-sha256", EMPTY),
                ],
                PYTHON_SIGNED,
                "ad1425bfc715df84e9b5d480d2c0832aa3f947bac67deab0c69506b5bd460f07",
                "",
            ),
            (
                "Java, GET",
                "GET",
                QUESTION,
                &[PYTHON, ("accept", "application/json")],
                "accept;host;x-amz-date",
                "b7052559539b7efd2bf7004b48c21e3e9c1229adf1a0f4b6bcd7d7b188085fb4",
                "",
            ),
            (
                "Java, form",
                "POST",
                "",
                &[
                    PYTHON,
                    ("accept", "application/json"),
                    ("content-type", "application/x-www-form-urlencoded"),
                ],
                "accept;content-type;host;x-amz-date",
                "662fbcc3cddf2e3786cb09e663c0950279f2d464cf2528f03eba7806dd579f05",
                QUESTION,
            ),
            ("in the query", "GET", &presigned, &[], "", "", ""),
            (
                "in the query, for a time",
                "GET",
                &expiring,
                &[],
                "",
                "",
                "",
            ),
        ] {
            let authorization = authorization_of(signed, signature);
            let mut headers = headers.to_vec();
            if !signature.is_empty() {
                headers.push(("authorization", &authorization));
            }
            let request = received(method, query, &headers, body);
            assert_eq!(lookup(&request, now), Ok("evil.com".to_string()), "{what}");

            // Another signature is refused.
            let wrong = authorization_of(signed, &signature.replace(['a', 'b'], "0"));
            let headers: Vec<_> = headers
                .iter()
                .map(|(name, value)| match *name {
                    "authorization" => (*name, wrong.as_str()),
                    _ => (*name, *value),
                })
                .collect();
            let query = query.replace("Signature=a2066b", "Signature=0");
            let query = query.replace("Signature=58a0b4", "Signature=0");
            let refused = lookup(&received(method, &query, &headers, body), now).unwrap_err();
            assert_eq!(refused.code, "SignatureDoesNotMatch", "{what}");
            // So is one that is too old.
            let later = "2026-11-25T20:52:00Z".parse().unwrap();
            let refused = lookup(&request, later).unwrap_err();
            assert!(refused.message.contains("expired"), "{what}");
        }
    }

    /// As sdk-go signs: the same by GET and as a form.
    #[test]
    fn simple_signatures_are_taken_by_get_and_by_post() {
        let now = "2026-11-25T19:52:00Z".parse().unwrap();
        let question = "Accesskey=AKLTsandbox&Action=SearchIntelInfo&Param=evil.com&Region=cn-beijing-6&Service=ksm&SignatureMethod=HMAC-SHA256&SignatureVersion=1.0&Timestamp=2026-11-25T19%3A50%3A21Z&Version=2019-07-11";
        let signature = "415f17d630843740fe16d1f27a30e40a0fc3ce8c99296a19e92b5784d3129e8a";
        let signed = format!("{question}&Signature={signature}");
        for (method, query, body) in [("GET", &*signed, ""), ("POST", "", &*signed)] {
            let found = lookup(&received(method, query, &[], body), now);
            assert_eq!(found, Ok("evil.com".to_string()), "{method}");
        }
        let wrong = signed.replace("evil.com", "good.com");
        let refused = lookup(&received("GET", &wrong, &[], ""), now).unwrap_err();
        assert_eq!(refused.code, "SignatureDoesNotMatch");
    }

    #[test]
    fn what_cannot_be_a_lookup_is_refused() {
        let now = "2026-11-25T19:52:00Z".parse().unwrap();
        for (method, query, body, code) in [
            ("GET", QUESTION, "", "MissingAuthenticationToken"),
            ("PUT", QUESTION, "", "InvalidMethod"),
            ("POST", QUESTION, "", "InvalidQueryParameter"),
            ("POST", ACTION, "{", "MalformedQueryString"),
            (
                "GET",
                "X-Amz-Algorithm=AWS4-HMAC-SHA256",
                "",
                "IncompleteSignature",
            ),
        ] {
            let refused = lookup(&received(method, query, &[], body), now).unwrap_err();
            assert_eq!(refused.code, code, "{method} {query}");
        }
    }
}
