//! What a TLS handshake showed, whether it was accepted or not.

use std::sync::{Arc, OnceLock};

use rustls::pki_types::CertificateDer;

use super::certificate::Certificate;

/// The server's certificate, and who vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerCertificate {
    pub certificate: Option<Certificate>,
    /// The authority at the end of the chain that the server sent.
    pub authority: Option<String>,
    /// `None` if it was refused.
    pub voucher: Option<Voucher>,
}

/// The store that knows the authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voucher {
    Cacert,
    System,
}

/// Remembers what the first handshake showed.
#[derive(Clone)]
pub struct Observer {
    /// Whether the first store is that of `cacert`.
    has_cacert: bool,
    seen: Arc<OnceLock<PeerCertificate>>,
}

impl Observer {
    pub fn new(has_cacert: bool) -> Self {
        Observer {
            has_cacert,
            seen: Arc::default(),
        }
    }

    pub fn see(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        store: Option<usize>,
    ) {
        let last = intermediates.last().unwrap_or(end_entity);
        self.seen.get_or_init(|| PeerCertificate {
            certificate: Certificate::read(end_entity),
            authority: Certificate::read(last).map(|certificate| certificate.issuer),
            voucher: store.map(|index| match index {
                0 if self.has_cacert => Voucher::Cacert,
                _ => Voucher::System,
            }),
        });
    }

    pub fn seen(&self) -> Option<PeerCertificate> {
        self.seen.get().cloned()
    }
}
