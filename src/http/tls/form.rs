//! What a file is that holds no certificate or key in a form that is read here, and the command
//! that makes one of it. Pure; its sentences quote nothing of the file.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use pkcs8::der::asn1::OctetStringRef;
use pkcs8::der::{Decode, Reader, SliceReader};
use pkcs8::spki::AlgorithmIdentifierRef;
use rustls::pki_types::PrivateKeyDer;
use x509_parser::prelude::{
    CertificateRevocationList, FromDer, SubjectPublicKeyInfo, X509Certificate,
    X509CertificationRequest,
};

use super::pem;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Empty,
    /// DER without its end.
    Cut,
    /// One in DER.
    Certificate,
    /// One in base64, without the lines around it.
    Bare,
    /// OpenSSL's, with what it is trusted for.
    Trusted,
    Key,
    /// One in DER.
    PlainKey,
    /// One in DER.
    EncryptedKey,
    OpenSsh,
    Putty,
    Dsa,
    Pkcs7,
    /// One in DER.
    PlainPkcs7,
    Pkcs12,
    Java,
    Request,
    PublicKey,
    Revoked,
    Pgp,
    Archive,
    Page,
}

/// `pkcs7-signedData` as an OBJECT IDENTIFIER (RFC 2315, 14).
const SIGNED_DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";

impl Form {
    /// `None` if it is nothing that is known.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let text = bytes.trim_ascii();
        let begins = |marks: &[&[u8]]| marks.iter().any(|mark| text.starts_with(mark));
        if text.is_empty() {
            return Some(Form::Empty);
        }
        if pem::is_pem(bytes) {
            return Form::of_pem(bytes);
        }
        if begins(&[b"PuTTY-User-Key-File"]) {
            return Some(Form::Putty);
        }
        if begins(&[b"ssh-", b"ecdsa-sha2-", b"sk-ssh-", b"---- BEGIN SSH2"]) {
            return Some(Form::PublicKey);
        }
        if begins(&[b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"]) {
            return Some(Form::Java);
        }
        if begins(&[b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!"]) {
            return Some(Form::Archive);
        }
        if begins(&[b"<!", b"<html", b"<HTML"]) {
            return Some(Form::Page);
        }
        Form::of_der(bytes).or_else(|| {
            let letters = text.iter().filter(|byte| !byte.is_ascii_whitespace());
            let letters: Vec<u8> = letters.copied().collect();
            let der = BASE64_STANDARD.decode(letters).ok()?;
            (Form::of_der(&der)? == Form::Certificate).then_some(Form::Bare)
        })
    }

    fn of_pem(bytes: &[u8]) -> Option<Self> {
        let kinds: [(&str, Form); 11] = [
            ("PGP ", Form::Pgp),
            ("OPENSSH PRIVATE KEY", Form::OpenSsh),
            ("DSA PRIVATE KEY", Form::Dsa),
            ("PRIVATE KEY", Form::Key),
            ("CERTIFICATE REQUEST", Form::Request),
            ("TRUSTED CERTIFICATE", Form::Trusted),
            ("X509 CERTIFICATE", Form::Trusted),
            ("PKCS7", Form::Pkcs7),
            ("CMS", Form::Pkcs7),
            ("X509 CRL", Form::Revoked),
            ("PUBLIC KEY", Form::PublicKey),
        ];
        let lines = bytes.split(|byte| *byte == b'\n');
        let mut lines = lines.filter(|line| pem::find(line, b"-----BEGIN ").is_some());
        lines.find_map(|line| {
            let mut kinds = kinds.iter();
            let found = kinds.find(|(label, _)| pem::find(line, label.as_bytes()).is_some());
            found.map(|(_, form)| *form)
        })
    }

    fn of_der(bytes: &[u8]) -> Option<Self> {
        let inner = within_sequence(bytes)?;
        Some(match bytes {
            // A PFX is of version 3 (RFC 7292, 4).
            _ if inner.starts_with(&[0x02, 0x01, 0x03, 0x30]) => Form::Pkcs12,
            _ if inner.starts_with(SIGNED_DATA) => Form::PlainPkcs7,
            _ if X509Certificate::from_der(bytes).is_ok() => Form::Certificate,
            _ if X509CertificationRequest::from_der(bytes).is_ok() => Form::Request,
            _ if CertificateRevocationList::from_der(bytes).is_ok() => Form::Revoked,
            _ if PrivateKeyDer::try_from(bytes).is_ok() => Form::PlainKey,
            _ if SubjectPublicKeyInfo::from_der(bytes).is_ok() => Form::PublicKey,
            _ if is_encrypted(bytes) => Form::EncryptedKey,
            _ => return is_cut(bytes).then_some(Form::Cut),
        })
    }

    pub fn what(self) -> &'static str {
        match self {
            Form::Empty => "it is empty",
            Form::Cut => "it is cut off: its end is missing",
            Form::Certificate => "it is a certificate in DER, and not in PEM",
            Form::Bare => "it is a certificate without its -----BEGIN and -----END lines",
            Form::Trusted => "it is a certificate in a form of OpenSSL's own",
            Form::Key => "it is a private key, and there is no certificate in it",
            Form::PlainKey => "it is a private key in DER, and not in PEM",
            Form::EncryptedKey => "it is an encrypted private key in DER, and not in PEM",
            Form::OpenSsh => "it is a private key in the form of OpenSSH",
            Form::Putty => "it is a private key of PuTTY",
            Form::Dsa => "it is a key for DSA, which TLS has no use for",
            Form::Pkcs7 | Form::PlainPkcs7 => "it is PKCS#7 (.p7b): certificates without a key",
            Form::Pkcs12 => "it is PKCS#12 (.pfx, .p12), and not PEM",
            Form::Java => "it is a keystore of Java",
            Form::Request => "it is a request for a certificate (CSR), and not the certificate",
            Form::PublicKey => "it is a public key",
            Form::Revoked => "it is a list of revoked certificates (CRL)",
            Form::Pgp => "it is of PGP, which TLS has no use for",
            Form::Archive => "it is an archive",
            Form::Page => "it is a web page",
        }
    }

    /// What to do where the file of this setting has this form.
    pub fn way_out(self, setting: &str) -> &'static str {
        let is_key = setting == "certificate_key";
        let is_authority = setting == "cacert";
        match self {
            Form::Empty | Form::Cut | Form::Page => "get the file anew, from where it was issued",
            Form::Archive => "unpack it, and set the file in it",
            Form::Certificate if is_key => WANTS_KEY,
            Form::Certificate => {
                "convert it: openssl x509 -inform der -in OLD.cer -out NEW.pem, and set NEW.pem"
            }
            Form::Bare if is_key => WANTS_KEY,
            Form::Bare => {
                "convert it: openssl base64 -d -in OLD.txt | openssl x509 -inform der -out NEW.pem, and set NEW.pem"
            }
            Form::Trusted if is_key => WANTS_KEY,
            Form::Trusted => "convert it: openssl x509 -in OLD.pem -out NEW.pem, and set NEW.pem",
            _ if is_authority && self.is_private() => {
                "cacert is the certificate of an authority; a private key has no place there"
            }
            Form::Key => {
                "set certificate_key to it, and certificate to the certificate that was issued for it"
            }
            Form::PlainKey => {
                "convert it: openssl pkey -inform der -in OLD.der -out KEY.pem, and set certificate_key to KEY.pem"
            }
            Form::EncryptedKey => {
                "convert it: openssl pkcs8 -inform der -in OLD.der -topk8 -out KEY.pem, and set certificate_key to KEY.pem"
            }
            Form::OpenSsh => {
                "if a certificate was issued for it, convert a copy (RSA or ECDSA): ssh-keygen -p -m PKCS8 -f COPY, and set certificate_key to COPY"
            }
            Form::Putty => {
                "if a certificate was issued for it, convert it: puttygen OLD.ppk -O private-openssh -o COPY, ssh-keygen -p -m PKCS8 -f COPY, and set certificate_key to COPY"
            }
            Form::Dsa => "have a certificate issued for a key of RSA, P-256, P-384 or Ed25519",
            Form::Pkcs7 | Form::PlainPkcs7 if is_key => WANTS_KEY,
            Form::Pkcs7 => {
                "convert it: openssl pkcs7 -print_certs -in OLD.p7b -out NEW.pem, and set NEW.pem"
            }
            Form::PlainPkcs7 => {
                "convert it: openssl pkcs7 -inform der -print_certs -in OLD.p7b -out NEW.pem, and set NEW.pem"
            }
            Form::Pkcs12 => {
                "convert it: openssl pkcs12 -in OLD.pfx -nokeys -out NEW.pem, and set NEW.pem"
            }
            Form::Java if is_authority => {
                "take the certificate out of it: keytool -exportcert -rfc -alias NAME -keystore OLD.jks -file NEW.pem, and set NEW.pem"
            }
            Form::Java => {
                "convert it: keytool -importkeystore -srckeystore OLD.jks -destkeystore NEW.p12 -deststoretype PKCS12, and set certificate to NEW.p12"
            }
            Form::Request => "whoever issues certificates answers it with one: set that file",
            Form::PublicKey if is_key => WANTS_KEY,
            Form::PublicKey | Form::Revoked | Form::Pgp => {
                "take the certificate itself, as it was issued: -----BEGIN CERTIFICATE-----"
            }
        }
    }

    fn is_private(self) -> bool {
        matches!(
            self,
            Form::Key
                | Form::PlainKey
                | Form::EncryptedKey
                | Form::OpenSsh
                | Form::Putty
                | Form::Dsa
        )
    }
}

const WANTS_KEY: &str =
    "set certificate_key to the private key, which is in another file: -----BEGIN PRIVATE KEY-----";

/// What stands in a SEQUENCE, its end not looked at.
fn within_sequence(bytes: &[u8]) -> Option<&[u8]> {
    let (tag, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    // More than 0x80 says how many bytes the length has.
    let more = usize::from(length.saturating_sub(0x80));
    (*tag == 0x30).then(|| rest.get(more..)).flatten()
}

/// Whether a SEQUENCE says that it is longer, by a length of two bytes as these files have.
fn is_cut(bytes: &[u8]) -> bool {
    let length = match bytes {
        [0x30, 0x82, high, low, ..] => u16::from_be_bytes([*high, *low]),
        _ => 0,
    };
    usize::from(length) > bytes.len() - 4.min(bytes.len())
}

/// Whether it is `EncryptedPrivateKeyInfo` (RFC 5958, 3), by whatever method.
pub fn is_encrypted(der: &[u8]) -> bool {
    let Ok(mut reader) = SliceReader::new(der) else {
        return false;
    };
    let read = reader.sequence(|inner| {
        AlgorithmIdentifierRef::decode(inner)?;
        <&OctetStringRef>::decode(inner)
    });
    read.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_der_is_known_by_its_beginning() {
        let pem = |label: &str| format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
        for (bytes, form) in [
            (String::new(), Some(Form::Empty)),
            (" \r\n".to_string(), Some(Form::Empty)),
            (pem("NEW CERTIFICATE REQUEST"), Some(Form::Request)),
            (pem("RSA PUBLIC KEY"), Some(Form::PublicKey)),
            (pem("PKCS #7 SIGNED DATA"), None),
            (pem("CMS"), Some(Form::Pkcs7)),
            (pem("PGP PRIVATE KEY BLOCK"), Some(Form::Pgp)),
            (pem("OPENSSH PRIVATE KEY"), Some(Form::OpenSsh)),
            (pem("EC PRIVATE KEY"), Some(Form::Key)),
            (pem("X509 CRL"), Some(Form::Revoked)),
            (pem("DH PARAMETERS"), None),
            (
                "PuTTY-User-Key-File-3: ssh-ed25519".to_string(),
                Some(Form::Putty),
            ),
            (
                "ssh-ed25519 AAAA me@home".to_string(),
                Some(Form::PublicKey),
            ),
            ("PK\u{3}\u{4}".to_string(), Some(Form::Archive)),
            ("<!DOCTYPE html>".to_string(), Some(Form::Page)),
            ("AAAA".to_string(), None),
            ("not a certificate".to_string(), None),
        ] {
            assert_eq!(Form::of(bytes.as_bytes()), form, "{bytes}");
        }
        let pfx = b"\x30\x82\x01\x00\x02\x01\x03\x30\x82";
        assert_eq!(Form::of(pfx), Some(Form::Pkcs12));
        let of_old = b"\x30\x80\x02\x01\x03\x30\x80";
        assert_eq!(Form::of(of_old), Some(Form::Pkcs12));
        assert_eq!(Form::of(b"\xfe\xed\xfe\xed\0\0\0\x02"), Some(Form::Java));
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..40)) {
            let _ = Form::of(&[&[0x30, 0x82][..], &bytes].concat());
            let _ = Form::of(&bytes);
        }
    }
}
