//! The two signing schemes of KTI. Pure: time, keys and parameters in, text out.
//!
//! Contract: kti.md, "Signing"; every vector of `vectors.json` is a test below.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Parameters of a request: name and value, unencoded.
pub type Params = Vec<(String, String)>;

#[derive(Debug, Clone)]
pub struct Keys {
    pub access_key: String,
    pub secret_key: SecretString,
}

/// RFC 3986: all but the unreserved characters is encoded; a space is `%20`, never `+`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// `k=v&k=v`, sorted by name in byte order, encoded. It is signed and sent in this very form.
pub fn canonical_query(params: &Params) -> String {
    let mut sorted: Vec<_> = params.iter().collect();
    sorted.sort();
    let encode = |text| utf8_percent_encode(text, RESERVED);
    let pairs = sorted
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// 简化版签名算法: the public parameters that go beside the action's own.
pub fn simple_params(keys: &Keys, region: &str, service: &str, at: Timestamp) -> Params {
    [
        ("Accesskey", keys.access_key.as_str()),
        ("Service", service),
        ("Timestamp", &at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        ("SignatureVersion", "1.0"),
        ("SignatureMethod", "HMAC-SHA256"),
        ("Region", region),
    ]
    .map(|(name, value)| (name.to_string(), value.to_string()))
    .to_vec()
}

/// The `Signature` over a canonical query, in lower-case hexadecimal.
pub fn simple(canonical: &str, secret: &SecretString) -> String {
    hex::encode(hmac(secret.expose_secret().as_bytes(), canonical))
}

/// What AWS Signature Version 4 signs of a request to the path `/`.
#[derive(Debug)]
pub struct Signed<'a> {
    pub method: &'a str,
    /// Canonical query; empty for POST.
    pub query: &'a str,
    /// Lower-case names in byte order, `host` among them.
    pub headers: &'a [(&'a str, &'a str)],
    pub body: &'a str,
}

impl Signed<'_> {
    /// `host;x-amz-date`
    pub fn header_names(&self) -> String {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| *name).collect();
        names.join(";")
    }

    pub fn canonical_request(&self) -> String {
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"));
        format!(
            "{}\n/\n{}\n{}\n{}\n{}",
            self.method,
            self.query,
            headers.collect::<String>(),
            self.header_names(),
            hex::encode(Sha256::digest(self.body))
        )
    }
}

/// `DATE/region/service/aws4_request`, and the time it is for.
#[derive(Debug)]
pub struct Scope<'a> {
    pub region: &'a str,
    pub service: &'a str,
    pub at: Timestamp,
}

impl Scope<'_> {
    /// `20210812T024736Z`, the `X-Amz-Date`.
    pub fn amz_date(&self) -> String {
        self.at.strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    fn date(&self) -> String {
        self.at.strftime("%Y%m%d").to_string()
    }

    pub fn text(&self) -> String {
        format!(
            "{}/{}/{}/aws4_request",
            self.date(),
            self.region,
            self.service
        )
    }

    pub fn string_to_sign(&self, canonical_request: &str) -> String {
        format!(
            "AWS4-HMAC-SHA256\n{}\n{}\n{}",
            self.amz_date(),
            self.text(),
            hex::encode(Sha256::digest(canonical_request))
        )
    }

    fn signing_key(&self, secret: &SecretString) -> [u8; 32] {
        let first = format!("AWS4{}", secret.expose_secret());
        [&self.date(), self.region, self.service, "aws4_request"]
            .iter()
            .fold(first.into_bytes(), |key, part| hmac(&key, part).to_vec())
            .try_into()
            // An HMAC-SHA256 has 32 bytes, and the list above is not empty.
            .unwrap_or([0; 32])
    }

    /// The signature, in lower-case hexadecimal.
    pub fn signature(&self, canonical_request: &str, secret: &SecretString) -> String {
        let key = self.signing_key(secret);
        hex::encode(hmac(&key, &self.string_to_sign(canonical_request)))
    }
}

/// The `Authorization` header of AWS Signature Version 4.
pub fn authorization(signed: &Signed, scope: &Scope, keys: &Keys) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={}, Signature={}",
        keys.access_key,
        scope.text(),
        signed.header_names(),
        scope.signature(&signed.canonical_request(), &keys.secret_key)
    )
}

fn hmac(key: &[u8], text: &str) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| {
        // HMAC takes a key of any length (RFC 2104); the type only allows for others.
        unreachable!("HMAC takes a key of any length")
    });
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn vectors() -> Value {
        serde_json::from_str(include_str!("vectors.json")).unwrap()
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
            scope.string_to_sign(&canonical),
            text(case, "string_to_sign")
        );
        assert_eq!(
            hex::encode(scope.signing_key(secret)),
            text(case, "signing_key_hex")
        );
        assert_eq!(scope.signature(&canonical, secret), text(case, "signature"));
        if case.get("authorization").is_some() {
            let made = authorization(signed, &scope, &keys(vectors));
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
}
