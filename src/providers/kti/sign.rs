//! The two signing schemes of KTI. Pure: time, keys and parameters in, text out.
//!
//! Contract: kti.md, "Signing"; every vector of `vectors.json` is a test below.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::http::Keys;

/// Parameters of a request: name and value, unencoded.
pub type Params = Vec<(String, String)>;

/// RFC 3986: all but the unreserved characters is encoded; a space is `%20`, never `+`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// `k=v&k=v`, encoded, sorted by name in byte order. It is signed and sent in this very form.
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

    /// `date` is the time as the request has it: [`Scope::amz_date`], or as an SDK wrote it.
    pub fn string_to_sign(&self, date: &str, canonical_request: &str) -> String {
        format!(
            "AWS4-HMAC-SHA256\n{date}\n{}\n{}",
            self.text(),
            hex::encode(Sha256::digest(canonical_request))
        )
    }

    fn signing_key(&self, secret: &SecretString) -> [u8; 32] {
        let dated = format!("AWS4{}", secret.expose_secret());
        let dated = hmac(dated.as_bytes(), &self.date());
        [self.region, self.service, "aws4_request"]
            .iter()
            .fold(dated, |key, part| hmac(&key, part))
    }

    /// The signature, in lower-case hexadecimal.
    pub fn signature(&self, canonical_request: &str, secret: &SecretString) -> String {
        self.signature_dated(&self.amz_date(), canonical_request, secret)
    }

    /// The signature over a date that is written in another form, as some SDKs send it.
    pub fn signature_dated(
        &self,
        date: &str,
        canonical_request: &str,
        secret: &SecretString,
    ) -> String {
        let key = self.signing_key(secret);
        hex::encode(hmac(&key, &self.string_to_sign(date, canonical_request)))
    }
}

/// The `Authorization` header of AWS Signature Version 4.
pub fn authorization(signed: &Signed, scope: &Scope, access_key: &str, signature: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential={access_key}/{}, SignedHeaders={}, Signature={signature}",
        scope.text(),
        signed.header_names(),
    )
}

fn hmac(key: &[u8], text: &str) -> [u8; 32] {
    // A key that is longer than a block is its digest (RFC 2104, 2).
    let mut block = [0; 64];
    match block.get_mut(..key.len()) {
        Some(begin) => begin.copy_from_slice(key),
        None => block[..32].copy_from_slice(&Sha256::digest(key)),
    }
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests;
