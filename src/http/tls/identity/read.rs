//! Certificates and keys out of a file: PEM with anything in it, or PKCS#12.

use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error as Pkcs12Error;
use pkcs8::{EncryptedPrivateKeyInfoRef, Error as Pkcs8Error, pkcs5};
use rustls::pki_types::pem::{PemObject, SectionKind};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use secrecy::{ExposeSecret, SecretString};

use crate::config::{Settings, read_small};
use crate::document::without_bom;
use crate::error::{Error, Result};

use super::super::MAX_FILE;
use super::super::form::{Form, is_encrypted};
use super::super::pem::{self, Damage};

/// What a file holds; nothing is known yet of what belongs to what.
#[derive(Debug, Default)]
pub(super) struct Material {
    pub certificates: Vec<CertificateDer<'static>>,
    pub keys: Vec<PrivateKeyDer<'static>>,
}

/// What DER begins with that is neither a number nor a text.
const SEQUENCE: u8 = 0x30;

const CONVERT_PKCS12: &str =
    "convert it: openssl pkcs12 -in OLD.pfx -out NEW.pem, and set certificate to NEW.pem";
/// OpenSSL has put the ciphers of old away.
const CONVERT_OLD: &str =
    "if openssl calls it unsupported: openssl pkcs12 -legacy -in OLD.pfx -out NEW.pem";

impl Material {
    /// Without `keys`, a key in it is left alone, whatever it is like: it is another one that counts.
    pub fn read(
        setting: &str,
        path: &str,
        password: Option<&SecretString>,
        settings: &Settings,
        keys: bool,
    ) -> Result<Self> {
        let file = File {
            name: format!("{setting} {path}"),
            setting,
            password,
            settings,
        };
        let bytes = read_small(Path::new(path), MAX_FILE);
        let bytes = bytes.map_err(|error| file.unreadable(&error))?;
        let bytes = without_bom(&bytes);
        match pem::is_pem(bytes) {
            true if keys => file.pem(&pem::without_boms(bytes)),
            true => file.pem(&pem::certificates(&pem::without_boms(bytes))),
            false => file.pkcs12(bytes),
        }
    }
}

struct File<'a> {
    /// `certificate /etc/ti/kaspersky.pfx`
    name: String,
    setting: &'a str,
    password: Option<&'a SecretString>,
    settings: &'a Settings,
}

impl File<'_> {
    fn refused(&self, why: &str) -> Error {
        Error::config(format!("{}: {why}", self.name))
    }

    fn unreadable(&self, error: &std::io::Error) -> Error {
        if error.kind() == std::io::ErrorKind::NotFound {
            return self
                .refused("there is no such file")
                .hint(self.settings.advice(self.setting, Some("FILE")));
        }
        self.refused("it cannot be read").cause(error)
    }

    fn needs_password(&self, what: &str) -> Error {
        self.refused(&format!("{what} is encrypted and no password is set"))
            .hint(format!(
                "{} asks for it",
                self.settings.advice("certificate_password", None)
            ))
    }

    fn wrong_password(&self) -> Error {
        self.refused("the password is wrong")
            .cause("it is the one that came with the file, not that of the account")
            .hint(format!(
                "{} asks for it",
                self.settings.advice("certificate_password", None)
            ))
    }

    fn pem(&self, bytes: &[u8]) -> Result<Material> {
        if pem::find(bytes, b"Proc-Type: 4,ENCRYPTED").is_some() {
            return Err(self
                .refused("its key is encrypted in the old form of OpenSSL")
                .hint("convert it: openssl pkcs8 -topk8 -in OLD.pem -out KEY.pem, and set certificate_key to KEY.pem"));
        }
        let sections = pem::sections(bytes);
        let sections = sections.map_err(|damage| damage.add_to(self.refused(damage.why())))?;
        let mut material = Material::default();
        for (kind, der) in sections {
            match kind {
                SectionKind::Certificate => material.certificates.push(der.into()),
                _ => material.keys.extend(PrivateKeyDer::from_pem(kind, der)),
            }
        }
        if let Some(block) = pem::section(bytes, "ENCRYPTED PRIVATE KEY") {
            material.keys.push(self.decrypted(block)?);
        }
        let is_wanting = match self.setting {
            "certificate_key" => material.keys.is_empty(),
            _ => material.certificates.is_empty(),
        };
        match Form::of(bytes) {
            Some(form) if is_wanting => Err(self.is_other(form)),
            _ => Ok(material),
        }
    }

    fn is_other(&self, form: Form) -> Error {
        self.refused(form.what()).hint(form.way_out(self.setting))
    }

    /// The key in an `ENCRYPTED PRIVATE KEY` block, which rustls does not take by itself.
    fn decrypted(&self, block: &[u8]) -> Result<PrivateKeyDer<'static>> {
        let broken = || Damage::NoBase64.add_to(self.refused("its encrypted key is damaged"));
        let unsupported = || {
            self.refused("its key is encrypted in a way that is not supported")
                .hint("convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD.pem -out KEY.pem, and set certificate_key to KEY.pem")
        };
        let text: Vec<u8> = block
            .iter()
            .copied()
            .filter(|b| !b.is_ascii_whitespace())
            .collect();
        let der = BASE64_STANDARD.decode(text).map_err(|_| broken())?;
        let encrypted = EncryptedPrivateKeyInfoRef::try_from(&der[..]).map_err(|_| {
            match is_encrypted(&der) {
                true => unsupported(),
                false => broken(),
            }
        })?;
        let password = self
            .password
            .ok_or_else(|| self.needs_password("its key"))?;
        let key = encrypted
            .decrypt(password.expose_secret())
            .map_err(|error| match error {
                Pkcs8Error::EncryptedPrivateKey(
                    pkcs5::Error::NoPbes1CryptSupport
                    | pkcs5::Error::UnsupportedAlgorithm { .. }
                    | pkcs5::Error::AlgorithmParametersInvalid { .. },
                ) => unsupported(),
                // A wrong password shows as broken padding or as a key that is none.
                _ => self.wrong_password(),
            })?;
        Ok(PrivatePkcs8KeyDer::from(key.as_bytes().to_vec()).into())
    }

    fn pkcs12(&self, bytes: &[u8]) -> Result<Material> {
        let password = self.password.map_or("", ExposeSecret::expose_secret);
        let bytes = without_remains(bytes);
        if let Some(form) = Form::of(bytes)
            && form != Form::Pkcs12
        {
            return Err(self.is_other(form));
        }
        if bytes.starts_with(&[SEQUENCE, 0x80]) {
            return Err(self
                .refused("it is encoded in BER, which is not supported")
                .hint(CONVERT_PKCS12)
                .hint(CONVERT_OLD));
        }
        let archive = Pkcs12Archive::from_pkcs12(bytes, password).map_err(|error| match error {
            Pkcs12Error::MacError(_) if self.password.is_none() => self.needs_password("it"),
            Pkcs12Error::MacError(_) | Pkcs12Error::UnpadError => self.wrong_password(),
            Pkcs12Error::UnsupportedEncryptionScheme | Pkcs12Error::UnsupportedMacAlgorithm => self
                .refused("it is encrypted in a way that is not supported")
                .hint(CONVERT_PKCS12)
                .hint(CONVERT_OLD),
            _ if bytes.first() == Some(&SEQUENCE) => self
                .refused("it is no PKCS#12 (.pfx, .p12) that can be read, or it is damaged")
                .hint(CONVERT_PKCS12),
            _ => self
                .refused("it is neither PEM nor PKCS#12 (.pfx, .p12)")
                .hint("a private key and its certificate go into one file, or set certificate_key"),
        })?;
        let key = |der: &[u8]| PrivatePkcs8KeyDer::from(der.to_vec()).into();
        Ok(Material {
            certificates: archive
                .certs
                .iter()
                .map(|bag| bag.cert.as_der().to_vec().into())
                .collect(),
            keys: archive
                .keys
                .iter()
                .map(|bag| key(bag.key.as_der()))
                .collect(),
        })
    }
}

/// A blank or a line break behind the file, as an editor or a copy leaves it, is not part of it.
fn without_remains(bytes: &[u8]) -> &[u8] {
    let whole = match bytes {
        [SEQUENCE, short @ 0..=0x7f, ..] => Some(2 + usize::from(*short)),
        [SEQUENCE, 0x82, high, low, ..] => Some(4 + usize::from(u16::from_be_bytes([*high, *low]))),
        _ => None,
    };
    let parts = whole.and_then(|length| bytes.split_at_checked(length));
    match parts {
        Some((whole, rest)) if rest.trim_ascii().is_empty() => whole,
        _ => bytes,
    }
}
