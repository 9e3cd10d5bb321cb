//! What a mail says, its parts decoded. The names of attachments are no part of it.

use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, MessageParser, PartType};

/// Headers that a mail has and other texts have not.
const OF_MAILS: [&str; 8] = [
    "received",
    "return-path",
    "delivered-to",
    "mime-version",
    "message-id",
    "from",
    "date",
    "subject",
];

const ENOUGH: usize = 2;

/// Headers that name no host that the mail is about: parts, attachments, other mails.
const NAMES_ONLY: [&str; 5] = [
    "content-",
    "message-id",
    "references",
    "in-reply-to",
    "thread-",
];

/// Mails within mails are read this deep.
const DEPTH: u8 = 8;

/// Whether a text begins with the headers of a mail, two of those that mails have; `None` where
/// more of it has to be read.
pub(super) fn is_mail(head: &[u8], ended: bool) -> Option<bool> {
    let mut known = 0;
    let mut lines = head.split_inclusive(|byte| *byte == b'\n');
    for line in lines.by_ref().filter(|line| ended || line.ends_with(b"\n")) {
        if line.trim_ascii().is_empty() {
            return Some(known >= ENOUGH);
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") || line.starts_with(b"From ") {
            continue;
        }
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
        let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
        if name.len() == line.len() || name.is_empty() || !name.iter().all(in_name) {
            return Some(false);
        }
        let is_known = |of: &&str| name.eq_ignore_ascii_case(of.as_bytes());
        known += usize::from(OF_MAILS.iter().any(is_known));
    }
    ended.then_some(known >= ENOUGH)
}

/// Headers and the text of each part, in order; the text of HTML and where its links lead.
pub(super) fn texts(mail: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    if let Some(message) = MessageParser::default().parse(mail) {
        read(&message, DEPTH, &mut texts);
    }
    texts
}

fn read(message: &Message<'_>, depth: u8, texts: &mut Vec<String>) {
    for (name, value) in message.headers_raw() {
        let name = name.to_ascii_lowercase();
        if !NAMES_ONLY.iter().any(|only| name.starts_with(only)) {
            // Unfolded.
            texts.push(value.replace(['\r', '\n'], ""));
        }
    }
    texts.extend(message.subject().map(str::to_string));
    for part in &message.parts {
        match &part.body {
            PartType::Text(text) => texts.push(text.to_string()),
            PartType::Html(html) => {
                texts.push(html_to_text(html));
                texts.extend(links(html).map(html_to_text));
            }
            PartType::Message(inner) if depth > 0 => read(inner, depth - 1, texts),
            PartType::Message(_)
            | PartType::Binary(_)
            | PartType::InlineBinary(_)
            | PartType::Multipart(_) => {}
        }
    }
}

/// What within tags leads somewhere, quoted or not.
fn links(html: &str) -> impl Iterator<Item = &str> {
    let tags = html
        .split('<')
        .skip(1)
        .filter_map(|tag| tag.split('>').next());
    let ends = |c: char| c.is_ascii_whitespace() || c == '"' || c == '\'';
    let values = tags.flat_map(move |tag| tag.split(ends).map(unnamed));
    values.filter(|value| value.contains("//") || value.starts_with("mailto:"))
}

/// `http://evil.com/?a=1` of `href=http://evil.com/?a=1`.
fn unnamed(attribute: &str) -> &str {
    match attribute.split_once('=') {
        Some((name, value)) if !name.contains(['/', ':']) => value,
        _ => attribute,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_known_by_its_headers() {
        for (text, is) in [
            ("From: a@b.example\r\nSubject: x\r\n\r\nhi", true),
            (
                "Return-Path: <a@b.example>\nReceived: from x\n by y\nDate: z\n\nhi",
                true,
            ),
            ("Subject: x\n\nhi", false),
            ("evil.com\nlogin.example\n", false),
            ("From: here\nto there it goes\n", false),
            ("", false),
        ] {
            assert_eq!(is_mail(text.as_bytes(), true), Some(is), "{text}");
        }
        assert_eq!(is_mail(b"From: a\nSubj", false), None);
        assert_eq!(is_mail(b"From: a\n\n", false), Some(false));
        assert_eq!(is_mail(b"evil.com\n", false), Some(false));
    }

    #[test]
    fn parts_are_decoded_and_attachments_have_no_names() {
        let mail = "From: Bob <bob@evil.com>\r\nSubject: =?utf-8?B?ZXZpbC5leGFtcGxl?=\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
            Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <p>see <a href=3D\"http://login.exam=\r\nple/?a=3D1&amp;b=3D2\">here</a> <a href=3Dhttp://bare.example/?u=3D1>x</a>\
            <img src=3D'//img.example/p.png'> <a title=3D\"at http://title.example/\" href=3D\"/x\"></a></p>\r\n--b\r\n\
            Content-Type: application/zip; name=\"invoice.zip\"\r\n\
            Content-Disposition: attachment; filename=\"invoice.zip\"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsD\r\n--b--\r\n";
        let texts = texts(mail.as_bytes()).join("\n");
        for wanted in [
            "bob@evil.com",
            "evil.example",
            "http://login.example/?a=1&b=2",
            "http://bare.example/?u=1",
            "//img.example/p.png",
            "http://title.example/",
            "see here",
        ] {
            assert!(texts.contains(wanted), "{wanted}: {texts}");
        }
        assert!(!texts.contains("invoice.zip"), "{texts}");
    }
}
