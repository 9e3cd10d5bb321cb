//! What a mail says, its parts decoded. The names of attachments are no part of it.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, PartType};

use crate::document::Mark;

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
        let Some(name) = header_name(line) else {
            return Some(false);
        };
        let is_known = |of: &&str| name.eq_ignore_ascii_case(of.as_bytes());
        known += usize::from(OF_MAILS.iter().any(is_known));
    }
    ended.then_some(known >= ENOUGH)
}

fn header_name(line: &[u8]) -> Option<&[u8]> {
    let name = &line[..memchr::memchr(b':', line)?];
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
    (!name.is_empty() && name.iter().all(in_name)).then_some(name)
}

/// The line before each mail of a mailbox: who sent it, and when (RFC 4155).
const FROM: &[u8] = b"From ";

pub(super) fn is_mailbox(text: &[u8]) -> bool {
    text.starts_with(FROM)
}

/// Bytes that are enough to tell where a mail of a mailbox begins.
pub(super) const BEGINNING: usize = 4096;

/// Where in a mailbox the next mail begins, behind the one that the text begins with: a sentence
/// that begins with `From` has no time, and no header below it.
pub(super) fn next_mail(text: &[u8]) -> Option<usize> {
    let ends = memchr::memmem::find_iter(text, b"\nFrom ");
    ends.map(|end| end + 1).find(|begin| {
        let mut lines = text[*begin..].split_inclusive(|byte| *byte == b'\n');
        let from = lines.next().unwrap_or_default();
        let is_time = |five: &[u8]| {
            five[2] == b':' && [0, 1, 3, 4].iter().all(|at| five[*at].is_ascii_digit())
        };
        let below = lines.next().unwrap_or_default();
        from.windows(5).any(is_time) && header_name(below).is_some()
    })
}

/// Headers and the text of each part, in order; the text of HTML and where its links lead.
pub(super) fn texts(mail: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    let mut mail = mail;
    if is_mailbox(mail) {
        let (from, rest) =
            mail.split_at(memchr::memchr(b'\n', mail).map_or(mail.len(), |end| end + 1));
        texts.push(String::from_utf8_lossy(from).into_owned());
        mail = rest;
    }
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
            PartType::Text(text) => texts.push(as_sent(message, part, text).into_owned()),
            PartType::Html(html) => {
                let html = &as_sent(message, part, html);
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

/// The text of a part. One in UTF-16 that does not say so was read as UTF-8.
fn as_sent<'a>(message: &Message<'_>, part: &MessagePart<'_>, read: &'a str) -> Cow<'a, str> {
    if !read.contains('\0') {
        return Cow::Borrowed(read);
    }
    let place = part.offset_body as usize..part.offset_end as usize;
    let sent = message.raw_message.get(place).unwrap_or_default();
    let decoded = match part.encoding {
        Encoding::Base64 => base64_decode(sent),
        Encoding::QuotedPrintable => quoted_printable_decode(sent),
        Encoding::None => None,
    };
    let bytes = decoded.unwrap_or_else(|| sent.to_vec());
    match Mark::of(&bytes) {
        Mark::Of(encoding, _) | Mark::MissingUtf16(encoding) => {
            let (text, _) = encoding.decode_with_bom_removal(&bytes);
            Cow::Owned(text.into_owned())
        }
        Mark::Utf32 | Mark::None => Cow::Borrowed(read),
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

    #[test]
    fn a_part_in_utf_16_is_told_by_its_zeros() {
        let utf16 = |text: &str| {
            text.encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>()
        };
        let base64 =
            |bytes: &[u8]| base64::Engine::encode(&base64::prelude::BASE64_STANDARD, bytes);
        for (name, content) in [
            ("with a mark", utf16("\u{feff}evil.com,恶意\r\n")),
            ("without one", utf16("name,why\r\nevil.com,bad\r\n")),
        ] {
            let mail = format!(
                "From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n\
                 Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
                 Content-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment\r\n\
                 Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
                base64(&content)
            );
            let texts = texts(mail.as_bytes()).join("\n");
            assert!(texts.contains("evil.com,"), "{name}: {texts}");
        }
    }

    #[test]
    fn a_sentence_begins_no_mail() {
        let first = "From bob@evil.com Sat Nov 21 10:00:00 2026\nSubject: x\n\n";
        for (rest, is_next) in [
            ("From a@b.example Sat Nov 21 10:01:00 2026\nDate: y\n", true),
            (
                "\nFrom - Sat, 21 Nov 2026 9:01:00 +0100\r\nX-Mozilla-Status: 0001\r\n",
                true,
            ),
            ("From here at 10:00\nit goes on\n", false),
            ("From here\nNote: it goes on\n", false),
            (
                ">From a@b.example Sat Nov 21 10:01:00 2026\nDate: y\n",
                false,
            ),
            ("From a@b.example Sat Nov 21 10:01:00 2026\n", false),
        ] {
            let text = format!("{first}{rest}");
            let begin = text.rfind("From ").filter(|_| is_next);
            assert_eq!(next_mail(text.as_bytes()), begin, "{rest}");
        }
    }
}
