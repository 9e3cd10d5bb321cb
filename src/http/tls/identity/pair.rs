//! Which key belongs to which certificate, and what the certificate says.

use std::sync::Arc;

use jiff::Timestamp;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer, X509Certificate, X509Name};

use crate::error::{Error, Result};

use super::read::Material;

#[derive(Debug)]
pub(super) struct Pair {
    pub subject: String,
    pub issuer: String,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
    pub certified: Arc<CertifiedKey>,
}

impl Pair {
    /// The key and its certificate, with the other certificates after it: files hold them in
    /// any order, and TLS wants the client's own first.
    pub fn find(material: Material, path: &str, key_path: Option<&str>) -> Result<Self> {
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
                if let Some(pair) = Self::of(chain, key.clone_key(), path)? {
                    return Ok(pair);
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
    fn of(
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
        Ok(Some(Pair {
            subject: name(read.subject()),
            issuer: name(read.issuer()),
            not_before: time(read.validity().not_before.timestamp())?,
            not_after: time(read.validity().not_after.timestamp())?,
            certified: Arc::new(CertifiedKey::new(chain, key)),
        }))
    }
}

/// The common name, or all of the name where it has none.
fn name(name: &X509Name) -> String {
    let common = name.iter_common_name().next();
    common
        .and_then(|name| name.as_str().ok())
        .map_or_else(|| name.to_string(), str::to_string)
}
