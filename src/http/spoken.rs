//! What it is that answered, where it is not what was asked for: a second look at the port, which
//! shows no credential to anybody.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::route::addresses;

/// For a connection, and for an answer.
const PATIENCE: Duration = Duration::from_secs(1);
/// What speaks first does so at once.
const MOMENT: Duration = Duration::from_millis(400);

/// More of a line tells nobody more.
const MAX_QUOTED: usize = 80;

/// What came from a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spoken {
    /// It takes connections, and says nothing.
    Nothing,
    Tls,
    /// The first line of it.
    Http(String),
    /// The first line of another language.
    Line(String),
    Binary,
}

impl Spoken {
    /// `None` if nothing listens there any more.
    pub fn at(host: &str, port: u16) -> Option<Self> {
        let mut stream = addresses(host, port)
            .ok()?
            .find_map(|address| TcpStream::connect_timeout(&address, PATIENCE).ok())?;
        let mut head = [0; 512];
        let mut listen = |stream: &mut TcpStream, patience| {
            stream.set_read_timeout(Some(patience)).ok()?;
            match stream.read(&mut head).ok()? {
                0 => None,
                length => Some(Spoken::of(&head[..length])),
            }
        };
        let spoken = listen(&mut stream, MOMENT).or_else(|| {
            stream.write_all(b"HEAD / HTTP/1.0\r\n\r\n").ok()?;
            listen(&mut stream, PATIENCE)
        });
        Some(spoken.unwrap_or(Spoken::Nothing))
    }

    fn of(head: &[u8]) -> Self {
        // An alert or a greeting of TLS (RFC 8446, 5.1).
        if let [0x15 | 0x16, 3, ..] = head {
            return Spoken::Tls;
        }
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
        let line = str::from_utf8(line).unwrap_or_default().trim();
        if line.is_empty() || line.chars().any(char::is_control) {
            return Spoken::Binary;
        }
        let quoted = line.chars().take(MAX_QUOTED).collect();
        match line.starts_with("HTTP/") {
            true => Spoken::Http(quoted),
            false => Spoken::Line(quoted),
        }
    }

    /// What it said, in quotes; `None` if that is nothing to read.
    pub fn quoted(&self) -> Option<String> {
        match self {
            Spoken::Http(line) | Spoken::Line(line) => Some(format!("\"{line}\"")),
            Spoken::Nothing | Spoken::Tls | Spoken::Binary => None,
        }
    }
}

/// What is known of a port that does not speak `language`.
pub(super) fn hint(language: &str, spoken: Option<&Spoken>) -> &'static str {
    match (language, spoken) {
        ("TLS", Some(Spoken::Http(_))) => "what listens there does not speak TLS, but HTTP",
        ("TLS", _) => "what listens there does not speak TLS",
        ("HTTP", Some(Spoken::Tls)) => "what listens there does not speak plain HTTP, but TLS",
        ("HTTP", None | Some(Spoken::Nothing)) => {
            "what listens there does not speak plain HTTP, perhaps TLS"
        }
        ("HTTP", _) => "what listens there does not speak HTTP",
        (_, Some(Spoken::Http(_))) => "what listens there does not speak SOCKS, but HTTP",
        (_, Some(Spoken::Tls)) => "what listens there does not speak SOCKS, but TLS",
        _ => "what listens there does not speak SOCKS",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_first_words() {
        let line = |text: &str| Spoken::Line(text.to_string());
        let long = "A".repeat(500);
        for (head, spoken) in [
            (&b"SSH-2.0-OpenSSH_9.6\r\n"[..], line("SSH-2.0-OpenSSH_9.6")),
            (b"220 mail ESMTP\r\n250 ok\r\n", line("220 mail ESMTP")),
            (b"* OK ready", line("* OK ready")),
            (
                b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n",
                Spoken::Http("HTTP/1.1 400 Bad Request".to_string()),
            ),
            (b"\x15\x03\x01\x00\x02\x02\x46", Spoken::Tls),
            (b"\x16\x03\x03\x00\x04", Spoken::Tls),
            (b"J\x00\x00\x00\x0a8.0.36", Spoken::Binary),
            (b"\xff\xfd\x18login: ", Spoken::Binary),
            (b"\x1b]0;owned\x07\r\n", Spoken::Binary),
            (b"\r\n", Spoken::Binary),
            (long.as_bytes(), line(&long[..MAX_QUOTED])),
        ] {
            assert_eq!(Spoken::of(head), spoken, "{head:?}");
        }
    }
}
