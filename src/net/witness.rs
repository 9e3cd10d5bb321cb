//! What a TLS handshake showed, whether it was accepted or not.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};

use super::certificate::Certificate;
use super::trust::Trust;

/// The server's certificate, and who vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub certificate: Option<Certificate>,
    /// The authority at the end of the chain that the server sent.
    pub authority: Option<String>,
    /// None where it was refused.
    pub voucher: Option<Voucher>,
}

/// The store that knows the authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voucher {
    Cacert,
    System,
}

/// Decides as [`Trust`] does, and remembers what it was shown.
pub(super) struct Witness {
    trust: Trust,
    has_cacert: bool,
    seen: Arc<OnceLock<Seen>>,
}

impl Witness {
    pub fn new(trust: Trust, has_cacert: bool, seen: Arc<OnceLock<Seen>>) -> Self {
        Witness {
            trust,
            has_cacert,
            seen,
        }
    }
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let vouching =
            self.trust
                .vouching(end_entity, intermediates, server_name, ocsp_response, now);
        let last = intermediates.last().unwrap_or(end_entity);
        let seen = Seen {
            certificate: Certificate::read(end_entity),
            authority: Certificate::read(last).map(|certificate| certificate.issuer),
            voucher: vouching.as_ref().ok().map(|index| match index {
                0 if self.has_cacert => Voucher::Cacert,
                _ => Voucher::System,
            }),
        };
        // The first handshake is the one that is told of.
        let _ = self.seen.set(seen);
        vouching.map(|_| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trust.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.trust.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.trust.supported_verify_schemes()
    }
}

impl fmt::Debug for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.trust.fmt(f)
    }
}
