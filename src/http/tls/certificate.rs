//! What a server's certificate says of itself.

use std::net::IpAddr;

use jiff::Timestamp;
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate, X509Name};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Whom it is for: names and addresses, or the subject where there are none.
    pub names: Vec<String>,
    /// Who signed it.
    pub issuer: String,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
}

impl Certificate {
    /// Reads DER; `None` if it is no certificate.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        let at = |time: &x509_parser::time::ASN1Time| Timestamp::from_second(time.timestamp()).ok();
        let alternatives = certificate.subject_alternative_name().ok().flatten();
        let mut names: Vec<_> = alternatives
            .iter()
            .flat_map(|names| &names.value.general_names)
            .filter_map(name)
            .collect();
        if names.is_empty() {
            names.push(common_name(certificate.subject()));
        }
        Some(Certificate {
            names,
            issuer: common_name(certificate.issuer()),
            not_before: at(&certificate.validity().not_before)?,
            not_after: at(&certificate.validity().not_after)?,
        })
    }
}

fn name(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some(name.to_string()),
        GeneralName::IPAddress(bytes) => {
            let v4 = <[u8; 4]>::try_from(*bytes).map(IpAddr::from);
            let address = v4.or_else(|_| <[u8; 16]>::try_from(*bytes).map(IpAddr::from));
            Some(address.ok()?.to_string())
        }
        _ => None,
    }
}

/// The common name, which people know an authority by; without one, the whole name.
pub(super) fn common_name(name: &X509Name) -> String {
    let common = name.iter_common_name().next();
    let common = common.and_then(|part| part.as_str().ok());
    common.map_or_else(|| name.to_string(), str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_issuer_and_dates_are_read() {
        let key = rcgen::KeyPair::generate().unwrap();
        let names = ["a.example".to_string(), "192.0.2.1".to_string()];
        let mut params = rcgen::CertificateParams::new(names).unwrap();
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "Own CA");
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2027, 1, 1);
        let certificate = Certificate::read(params.self_signed(&key).unwrap().der()).unwrap();
        assert_eq!(certificate.names, ["a.example", "192.0.2.1"]);
        assert_eq!(certificate.issuer, "Own CA");
        assert_eq!(
            certificate.not_after,
            "2027-01-01T00:00:00Z".parse().unwrap()
        );
        assert_eq!(Certificate::read(b"rubbish"), None);
    }
}
