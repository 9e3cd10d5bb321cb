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

fn mismatch(message: impl Into<String>) -> Refusal {
    Refusal {
        status: 403,
        code: "SignatureDoesNotMatch",
        message: message.into(),
    }
}

fn incomplete(message: impl Into<String>) -> Refusal {
    Refusal {
        status: 400,
        code: "IncompleteSignature",
        message: message.into(),
    }
}

/// The indicator of a well-signed lookup.
pub fn lookup(request: &Received, now: Timestamp) -> Result<String, Refusal> {
    let form = String::from_utf8_lossy(&request.body);
    // A GET has every parameter in its query, a POST every one in its body.
    let text = match request.method.as_str() {
        "GET" => request.query.as_str(),
        "POST" if request.query.is_empty() => &form,
        "POST" => {
            return Err(Refusal::new(
                400,
                "InvalidQueryParameter",
                "The query parameter Action is malformed or does not adhere to KSC standards.",
            ));
        }
        other => {
            return Err(Refusal::new(
                400,
                "InvalidMethod",
                &format!("The method {other} for is not valid for this web service."),
            ));
        }
    };
    let params = decode(text);
    let value = |name: &str| {
        params
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    };
    if value("Signature").is_some() {
        check_simple(&params, now)?;
    } else if let Some(authorization) = request.header("authorization") {
        check_aws4(request, authorization, &params, &form, now)?;
    } else {
        return Err(Refusal::new(
            403,
            "MissingAuthenticationToken",
            "Request is missing Authentication Token.",
        ));
    }
    for (name, expected) in [("Action", "SearchIntelInfo"), ("Version", "2019-07-11")] {
        if value(name) != Some(expected) {
            return Err(Refusal::new(
                400,
                "InvalidParameterValue",
                &format!(
                    "An invalid or out-of-range value was supplied for the input parameter {name}."
                ),
            ));
        }
    }
    match value("Param") {
        Some(indicator) if !indicator.is_empty() => Ok(indicator.to_string()),
        _ => Err(Refusal::new(
            400,
            "MissingParameter",
            "An value must be supplied for the input parameter Param.",
        )),
    }
}

fn check_simple(params: &Params, now: Timestamp) -> Result<(), Refusal> {
    let value = |name: &str| {
        let found = params.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).ok_or_else(|| {
            Refusal::new(
                400,
                "MissingParameter",
                &format!("An value must be supplied for the input parameter {name}."),
            )
        })
    };
    check_key(value("Accesskey")?)?;
    check_scope(value("Region")?, value("Service")?)?;
    let timestamp = value("Timestamp")?;
    let at = timestamp
        .parse()
        .map_err(|_| incomplete(format!("Date must be in ISO-8601. Got '{timestamp}'.")))?;
    check_clock(at, timestamp, now)?;
    let signed: Params = params
        .iter()
        .filter(|(name, _)| name != "Signature")
        .cloned()
        .collect();
    let expected = sign::simple(&sign::canonical_query(&signed), &SECRET_KEY.into());
    check_signature(&expected, value("Signature")?)
}

fn check_aws4(
    request: &Received,
    authorization: &str,
    params: &Params,
    form: &str,
    now: Timestamp,
) -> Result<(), Refusal> {
    let Some(parts) = authorization.strip_prefix("AWS4-HMAC-SHA256 ") else {
        let algorithm = authorization.split(' ').next().unwrap_or_default();
        return Err(incomplete(format!(
            "Unsupported ksc 'algorithm': {algorithm}."
        )));
    };
    let part = |name: &str| {
        let mut pairs = parts
            .split(',')
            .filter_map(|part| part.trim().split_once('='));
        pairs
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
            .ok_or_else(|| incomplete(format!("Authorization header requires '{name}' parameter.")))
    };
    let credential: Vec<_> = part("Credential")?.split('/').collect();
    let [key, date, region, service, terminator] = credential[..] else {
        return Err(incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. accesskeyid/date/region/service/aws4_request",
        ));
    };
    check_key(key)?;
    if terminator != "aws4_request" {
        return Err(mismatch(format!(
            "Credential should be scoped with a valid terminator: 'aws4_request', not: {terminator}."
        )));
    }
    check_scope(region, service)?;
    let amz_date = request.header("x-amz-date").ok_or_else(|| {
        incomplete(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header",
        )
    })?;
    let at = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", amz_date)
        .and_then(|time| time.to_zoned(jiff::tz::TimeZone::UTC))
        .map_err(|_| {
            incomplete(format!(
                "Date must be in ISO-8601 'basic format'. Got '{amz_date}'."
            ))
        })?
        .timestamp();
    check_clock(at, amz_date, now)?;
    if !amz_date.starts_with(date) {
        return Err(mismatch(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.",
        ));
    }
    let names: Vec<_> = part("SignedHeaders")?.split(';').collect();
    if !names.contains(&"host") {
        return Err(mismatch(
            "'Host' must be a 'SignedHeader' in the Authorization.",
        ));
    }
    let headers: Vec<_> = names
        .iter()
        .map(|name| (*name, request.header(name).unwrap_or_default()))
        .collect();
    let canonical = sign::canonical_query(params);
    let query = if request.method == "GET" {
        canonical.as_str()
    } else {
        ""
    };
    let signed = Signed {
        method: &request.method,
        query,
        headers: &headers,
        body: form,
    };
    let scope = Scope {
        region,
        service,
        at,
    };
    let expected = scope.signature(&signed.canonical_request(), &SECRET_KEY.into());
    check_signature(&expected, part("Signature")?)
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
        return Err(mismatch(format!(
            "Credential should be scoped to a valid region, not:{region}."
        )));
    }
    if service != SERVICE {
        return Err(mismatch(format!(
            "Credential should be scoped to correct service: {SERVICE}."
        )));
    }
    Ok(())
}

fn check_clock(at: Timestamp, shown: &str, now: Timestamp) -> Result<(), Refusal> {
    match now.duration_since(at).unsigned_abs() <= CLOCK_WINDOW {
        true => Ok(()),
        false => Err(mismatch(format!("Signature expired:{shown}."))),
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
