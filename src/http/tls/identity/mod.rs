//! Who we are to a service that asks for a client certificate.
//!
//! The settings `certificate`, `certificate_key` and `certificate_password` name the files; any
//! provider that has them gets an identity. Everything is checked here, before a byte is sent.

mod read;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::{SignedDuration, Timestamp};
use rustls::SignatureScheme;
use rustls::client::ResolvesClientCert;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::config::Settings;
use crate::console::Reporter;
use crate::error::{Error, Result};

use super::certificate::common_name;
use read::Material;

/// A certificate that ends within this time is warned of.
const WARN_BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A client certificate with its key, known to belong together.
#[derive(Debug)]
pub struct Identity {
    /// The file, as set.
    path: String,
    /// Whom it is for: the common name, or the whole subject.
    pub subject: String,
    pub issuer: String,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
    certified: Arc<CertifiedKey>,
    asked: Asked,
}

/// Whether a server asked who we are.
#[derive(Debug, Clone, Default)]
pub struct Asked(Arc<AtomicBool>);

impl Asked {
    pub fn was(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Shows the certificate to whoever asks, and remembers that somebody did.
#[derive(Debug)]
struct Resolver {
    certificate: SingleCertAndKey,
    asked: Asked,
}

impl ResolvesClientCert for Resolver {
    fn resolve(
        &self,
        root_hint_subjects: &[&[u8]],
        sigschemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        self.asked.0.store(true, Ordering::Relaxed);
        self.certificate.resolve(root_hint_subjects, sigschemes)
    }

    fn has_certs(&self) -> bool {
        self.certificate.has_certs()
    }
}

impl Identity {
    /// The identity that the settings name; `None` if `certificate` is not set.
    pub fn of(settings: &Settings) -> Result<Option<Self>> {
        let Some(path) = settings.text("certificate") else {
            return Ok(None);
        };
        let password = settings.secret("certificate_password")?;
        let key_path = settings.text("certificate_key");
        let read =
            |setting, path, keys| Material::read(setting, path, password.as_ref(), settings, keys);
        let mut material = read("certificate", path, key_path.is_none())?;
        if let Some(key_path) = key_path {
            material.keys = read("certificate_key", key_path, true)?.keys;
        }
        Self::find(material, path, key_path).map(Some)
    }

    /// The key and its certificate, with the other certificates after it: files hold them in
    /// any order, and TLS wants the client's own first.
    fn find(material: Material, path: &str, key_path: Option<&str>) -> Result<Self> {
        let Material { certificates, keys } = material;
        let refused = |why: &str| Error::config(format!("certificate {path}: {why}"));
        if certificates.is_empty() {
            return Err(refused("there is no certificate in it"));
        }
        if keys.is_empty() {
            return Err(match key_path {
                Some(path) => Error::config(format!(
                    "certificate_key {path}: there is no private key in it"
                ))
                .hint("the private key may be in another file: -----BEGIN PRIVATE KEY-----"),
                None => refused("there is no private key in it")
                    .hint("if the key is in a file of its own, set certificate_key to it"),
            });
        }
        for key in keys {
            for own in 0..certificates.len() {
                let mut chain = certificates.clone();
                let own = chain.remove(own);
                chain.insert(0, own);
                if let Some(identity) = Self::of_pair(chain, key.clone_key(), path)? {
                    return Ok(identity);
                }
            }
        }
        Err(match key_path {
            Some(key_path) => refused(&format!(
                "the key in {key_path} is not that of this certificate"
            )),
            None => refused("the key in it is not that of its certificate"),
        }
        .hint("take the key and the certificate that were issued together"))
    }

    /// `None` if the key is not that of the first certificate.
    fn of_pair(
        chain: Vec<CertificateDer<'static>>,
        key: PrivateKeyDer<'static>,
        path: &str,
    ) -> Result<Option<Self>> {
        let refused = |why: &str| Error::config(format!("certificate {path}: {why}"));
        let unreadable = || refused("the certificate in it is damaged");
        let provider = rustls::crypto::ring::default_provider();
        let key = provider.key_provider.load_private_key(key).map_err(|_| {
            refused("its key is damaged, or of a kind that cannot be used for TLS here")
                .hint("what can be used: RSA of 2048 to 4096 bits, P-256, P-384, Ed25519")
                .hint("openssl pkey -in KEY.pem -noout -text shows what it is")
        })?;
        // Not by rustls, which takes no certificate of version 1.
        let own = chain.first().ok_or_else(unreadable)?.clone();
        let (_, read) = X509Certificate::from_der(&own).map_err(|_| unreadable())?;
        let public = key.public_key();
        if public.is_some_and(|public| *public != *read.public_key().raw) {
            return Ok(None);
        }
        let time = |seconds| {
            Timestamp::from_second(seconds).map_err(|_| refused("its dates cannot be read"))
        };
        Ok(Some(Identity {
            path: path.to_string(),
            subject: common_name(read.subject()),
            issuer: common_name(read.issuer()),
            not_before: time(read.validity().not_before.timestamp())?,
            not_after: time(read.validity().not_after.timestamp())?,
            certified: Arc::new(CertifiedKey::new(chain, key)),
            asked: Asked::default(),
        }))
    }

    /// Refuses a certificate that does not hold at `now`, and warns of one that soon will not.
    pub fn check(&self, now: Timestamp, notes: &dyn Reporter) -> Result<()> {
        if let Some(warning) = self.holds(now)? {
            notes.warning(&warning);
        }
        Ok(())
    }

    /// What to say of its time, if anything; the error is that it does not hold at `now`.
    pub fn holds(&self, now: Timestamp) -> Result<Option<String>> {
        let Identity { path, subject, .. } = self;
        let refused = |what: String| Error::config(format!("certificate {path}: {what}"));
        if now > self.not_after {
            let ago = days(now.duration_since(self.not_after));
            let on = self.not_after.strftime("%Y-%m-%d");
            return Err(refused(format!("it expired on {on}, {ago} ago"))
                .cause(format!("it is for {subject}"))
                .hint("ask whoever issued it for a new one")
                .hint("if that is not so, this machine's clock is wrong"));
        }
        if now < self.not_before {
            let from = self.not_before.strftime("%Y-%m-%d %H:%M UTC");
            return Err(refused(format!("it does not hold before {from}"))
                .cause(format!("it is for {subject}"))
                .hint("check this machine's clock"));
        }
        let left = self.not_after.duration_since(now);
        if left > WARN_BEFORE {
            return Ok(None);
        }
        let on = self.not_after.strftime("%Y-%m-%d");
        Ok(Some(format!(
            "certificate {path}: it expires on {on}, in {}; ask for a new one in time",
            days(left)
        )))
    }

    pub fn path(&self) -> &Path {
        Path::new(&self.path)
    }

    pub(super) fn resolver(&self) -> Arc<dyn ResolvesClientCert> {
        Arc::new(Resolver {
            certificate: SingleCertAndKey::from(self.certified.clone()),
            asked: self.asked.clone(),
        })
    }

    pub fn asked(&self) -> Asked {
        self.asked.clone()
    }
}

fn days(span: SignedDuration) -> String {
    match span.as_hours() / 24 {
        0 => "less than a day".to_string(),
        1 => "1 day".to_string(),
        days => format!("{days} days"),
    }
}
