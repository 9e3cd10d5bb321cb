//! Kaspersky's portal for tests: the sandbox over HTTPS, or a script over HTTP.

use std::io::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use rcgen::{CertificateParams, DnType, KeyPair};
use ti::sandbox::{Options, Server};

use super::{Mock, Ti, drawn, settings_of, ti};

/// The built-in sandbox, failing in these ways first.
pub fn sandbox(faults: &[&str]) -> (Server, String) {
    sandbox_with(Options {
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        ..Options::default()
    })
}

/// The built-in sandbox, set up like this.
pub fn sandbox_with(options: Options) -> (Server, String) {
    let server = super::sandbox("kaspersky", options);
    let settings = settings_of(&server);
    (server, format!("[profile.test.kaspersky]\n{settings}"))
}

/// A configuration file with these settings.
pub fn config(settings: &[(&str, &str)]) -> String {
    let lines = settings
        .iter()
        .map(|(name, value)| format!("{name} = {value:?}\n"));
    format!("[profile.test.kaspersky]\n{}", lines.collect::<String>())
}

/// `ti`, set up for a portal that a test scripts.
pub fn asking(mock: &Mock, arguments: &[&str]) -> Ti {
    let (certificate, key) = certificate("test", -1, 365);
    let ti = ti(&drawn(arguments)).file("client.pem", certificate + &key);
    let path = ti.path("client.pem").display().to_string();
    ti.config(&config(&[
        ("endpoint", &mock.url()),
        ("username", "user"),
        ("password", "CANARY-password"),
        ("certificate", &path),
    ]))
}

/// A self-signed certificate that holds between these days, and its key, in PEM.
pub fn certificate(name: &str, from: i64, until: i64) -> (String, String) {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    let day = |days: i64| {
        let date = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
        let date = date.to_zoned(jiff::tz::TimeZone::UTC).date();
        rcgen::date_time_ymd(date.year().into(), date.month() as u8, date.day() as u8)
    };
    params.not_before = day(from);
    params.not_after = day(until);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    (certificate.pem(), key.serialize_pem())
}

pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

pub fn base64(content: impl AsRef<[u8]>) -> String {
    BASE64_STANDARD.encode(content)
}

/// The answer with a master file, wrapped as the portal does.
pub fn master(member: &str, content: &str) -> String {
    let wrapped = base64(gzip(content.as_bytes()));
    format!(r#"{{"status":"ok","status_msg":"","return_data":{{"{member}":"{wrapped}"}}}}"#)
}

pub const HEADER: &str = "Id,Publication,Indicator,DetectionDate,IndicatorType\n";
