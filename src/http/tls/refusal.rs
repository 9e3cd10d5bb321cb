//! Why a server's certificate is not accepted, in words, and what to do about it. Pure.

use jiff::Timestamp;
use rustls::CertificateError;
use rustls::pki_types::UnixTime;

const OWN_AUTHORITY: &str = "it is by an authority that this machine does not trust; if that is your own, pass its certificate: --cacert FILE, for good with the setting cacert";
const ASK_THE_SERVER: &str = "let whoever runs the server have another one issued";
const EXPIRED: &str = "its certificate has expired, or this machine's clock is wrong";
const TOO_EARLY: &str =
    "this machine's clock is slow, or the server's certificate was issued too early";
const SUPPORTED: &str =
    "supported are RSA of 2048 bits and more, P-256, P-384 and Ed25519, with SHA-256 and longer";

/// The reason, and the next steps.
pub fn of(error: &CertificateError) -> (String, &'static [&'static str]) {
    let day = |time: &UnixTime| {
        let at = i64::try_from(time.as_secs()).ok();
        let at = at.and_then(|seconds| Timestamp::from_second(seconds).ok());
        at.map_or(String::new(), |at| at.strftime(" on %Y-%m-%d").to_string())
    };
    let (reason, hints): (&str, &[&str]) = match error {
        CertificateError::UnknownIssuer => (
            "nobody who is trusted here has issued it",
            &[
                OWN_AUTHORITY,
                "if it is a public one, install ca-certificates",
            ],
        ),
        CertificateError::BadSignature => (
            "its signature is not by the authority that it names",
            &[
                "an authority of that name is trusted, but with another key: renew the file of --cacert",
            ],
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => (
            "it is for another name",
            &["its certificate is for another name: check the endpoint"],
        ),
        CertificateError::ExpiredContext { not_after, .. } => {
            return (format!("it expired{}", day(not_after)), &[EXPIRED]);
        }
        CertificateError::Expired => ("it has expired", &[EXPIRED]),
        CertificateError::NotValidYetContext { not_before, .. } => {
            let day = day(not_before);
            let reason = format!("it is valid only from its first day{day}");
            return (reason, &[TOO_EARLY]);
        }
        CertificateError::NotValidYet => ("it is not valid yet", &[TOO_EARLY]),
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => (
            "it is for another purpose than a server's (its extended key usage)",
            &[ASK_THE_SERVER],
        ),
        CertificateError::Revoked => ("it was revoked", &[ASK_THE_SERVER]),
        CertificateError::UnhandledCriticalExtension => (
            "it demands a check that is not known here (a critical extension)",
            &[ASK_THE_SERVER],
        ),
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => (
            "it is signed in a way that is not supported here, or its key is of another kind",
            &[SUPPORTED],
        ),
        CertificateError::BadEncoding => ("it is damaged", &[ASK_THE_SERVER]),
        other => of_other(&format!("{other:?}")),
    };
    (reason.to_string(), hints)
}

/// What webpki has a name for, and rustls has none.
fn of_other(name: &str) -> (&'static str, &'static [&'static str]) {
    let has = |word: &str| name.contains(word);
    match name {
        _ if has("CaUsedAsEndEntity") => (
            "it is an authority's own (CA:TRUE), and no server's",
            &[
                "if it is your own server's, pass this very certificate: --cacert FILE, for good with the setting cacert",
                "or make one for a server: openssl req -x509 -addext basicConstraints=critical,CA:FALSE …",
            ],
        ),
        _ if has("EndEntityUsedAsCa") => (
            "it is issued by a certificate that is no authority's",
            &[ASK_THE_SERVER],
        ),
        _ if has("UnsupportedCertVersion") => (
            "it is of X.509 version 1 or 2, which has no place for a server's name",
            &[
                "let whoever runs the server have one of version 3 issued: openssl x509 -req -extfile …",
            ],
        ),
        _ if has("NameConstraint") || has("PathLenConstraint") => (
            "its authority may not issue it (a constraint on names or on the length of the chain)",
            &[ASK_THE_SERVER],
        ),
        _ if has("UnsupportedSignatureAlgorithm") || has("UnsupportedCrl") || has("PublicKey") => (
            "its key or its signature is of a kind that is not supported here",
            &[SUPPORTED],
        ),
        _ => (
            "it breaks a rule for certificates",
            &["openssl s_client -connect HOST:PORT -showcerts shows it"],
        ),
    }
}
