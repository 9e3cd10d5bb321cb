//! Indicators out of texts that are read as they come: mails, reports, chats, logs.

use std::collections::{HashSet, VecDeque};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use crate::console::Reporter;
use crate::error::{Error, Result};
use crate::indicator::{Found, Indicator, Kind, piece_end, scan};
use crate::system::System;

use super::{Content, Input, Part, Stream, cannot_read, content, mail, open, stream};

/// Bytes that are read at a time, and held of a text without line ends at most.
const CHUNK: usize = 64 * 1024;
const LONGEST_LINE: usize = 1 << 20;

/// A mail is read whole; what of it is beyond this is not.
const LONGEST_MAIL: usize = 64 << 20;

/// How texts are read that indicators are taken from.
#[derive(Debug, Clone, clap::Args)]
pub struct TextArgs {
    /// Take names that could be files too (setup.py)
    #[arg(long)]
    loose: bool,

    /// Read the texts in this encoding (gbk, utf-16le) [default: UTF-8, or by its mark]
    #[arg(long, value_name = "NAME", value_parser = content::encoding)]
    encoding: Option<&'static Encoding>,
}

/// A file, stdin or an argument that is read as a text.
type Text = Extractor<Content<'static>>;

impl TextArgs {
    /// Those that were named; stdin where none is and it is no terminal.
    pub fn files(&self, named: &[PathBuf], system: &System) -> Result<Vec<PathBuf>> {
        match named {
            [] if system.stdin_is_terminal => Err(Error::usage("there is no text to read")
                .hint("name a file, or give one to stdin: ti extract < report.txt")),
            [] => Ok(vec![PathBuf::from("-")]),
            named => Ok(named.to_vec()),
        }
    }

    /// A file or, for `-`, stdin; and what to call it.
    pub fn open(&self, file: &Path) -> Result<(Text, String)> {
        let (content, name) = open(file, "", self.encoding)?;
        Ok((Extractor::new(content, self.loose), name))
    }
}

/// An indicator that was found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    pub indicator: Indicator,
    /// As it was written.
    pub text: String,
    pub is_disguised: bool,
    /// Line from 1 and bytes before it; none in a mail, whose parts are decoded.
    pub place: Option<(u64, u64)>,
}

/// What a text is read as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReadAs {
    Lines,
    Mail,
    /// Mails one after the other.
    Mailbox,
}

/// Reads a text in flat memory; each place where an indicator stands, in order.
pub struct Extractor<R> {
    reader: R,
    is_loose: bool,
    /// What was read and not looked at yet.
    text: Vec<u8>,
    /// Of what is in `text`: lines and bytes before it.
    lines: u64,
    offset: u64,
    /// Names that were left out because they could be files.
    like_files: u64,
    /// `None` until it is known.
    read_as: Option<ReadAs>,
    ended: bool,
    /// Why it could not be read to its end; told when what was read has been handed on.
    failed: Option<io::Error>,
    found: VecDeque<Extracted>,
}

impl<R: Read> Extractor<R> {
    pub fn new(reader: R, is_loose: bool) -> Self {
        Extractor {
            reader,
            is_loose,
            text: Vec::new(),
            lines: 0,
            offset: 0,
            like_files: 0,
            read_as: None,
            ended: false,
            failed: None,
            found: VecDeque::new(),
        }
    }

    /// The next one, and none at the end.
    ///
    /// # Errors
    /// A failed read, once what was read before it is handed on.
    pub fn read_next(&mut self) -> io::Result<Option<Extracted>> {
        while self.found.is_empty() && !(self.ended && self.text.is_empty()) {
            match self.read_as {
                None => {
                    self.ended = !self.read();
                    self.read_as = self.told_reading();
                }
                Some(ReadAs::Lines) => {
                    self.look(self.whole_lines());
                    self.ended = self.ended || !self.read();
                }
                Some(read_as) => self.read_mail(read_as),
            }
        }
        match (self.found.pop_front(), self.failed.take()) {
            (None, Some(error)) => Err(error),
            (found, failed) => {
                self.failed = failed;
                Ok(found)
            }
        }
    }

    fn told_reading(&self) -> Option<ReadAs> {
        match mail::is_mail(&self.text, self.ended) {
            Some(true) if mail::is_mailbox(&self.text) => Some(ReadAs::Mailbox),
            Some(true) => Some(ReadAs::Mail),
            None if self.text.len() < LONGEST_LINE => None,
            Some(false) | None => Some(ReadAs::Lines),
        }
    }

    fn read(&mut self) -> bool {
        let held = self.text.len();
        self.text.resize(held + CHUNK, 0);
        loop {
            match self.reader.read(&mut self.text[held..]) {
                Ok(read) => {
                    self.text.truncate(held + read);
                    return read > 0;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.text.truncate(held);
                    drop_half_line(&mut self.text);
                    self.failed = Some(error);
                    return false;
                }
            }
        }
    }

    /// Bytes up to where nothing can go on behind.
    fn whole_lines(&self) -> usize {
        if self.ended {
            return self.text.len();
        }
        match memchr::memrchr(b'\n', &self.text) {
            Some(end) => end + 1,
            None if self.text.len() < LONGEST_LINE => 0,
            None => piece_end(&self.text),
        }
    }

    fn look(&mut self, end: usize) {
        let text = &self.text[..end];
        let mut found = scan(text).loose(self.is_loose);
        for found in found.by_ref() {
            let place = (self.lines + found.line, self.offset + found.offset as u64);
            self.found.push_back(extracted(found, Some(place)));
        }
        self.like_files += found.like_files();
        self.lines += memchr::memchr_iter(b'\n', text).count() as u64;
        // The last line needs no end.
        self.lines += u64::from(self.ended && !text.is_empty() && !text.ends_with(b"\n"));
        self.offset += end as u64;
        self.text.drain(..end);
    }

    fn read_mail(&mut self, read_as: ReadAs) {
        let mut mail = Vec::new();
        let mut is_whole = false;
        while !is_whole {
            let next = match read_as {
                ReadAs::Mailbox => mail::next_mail(&self.text),
                _ => None,
            };
            is_whole = self.ended || next.is_some();
            let held = if self.ended { 0 } else { mail::BEGINNING };
            let end = next.unwrap_or(self.text.len().saturating_sub(held));
            let room = LONGEST_MAIL.saturating_sub(mail.len());
            mail.extend_from_slice(&self.text[..end.min(room)]);
            self.lines += memchr::memchr_iter(b'\n', &self.text[..end]).count() as u64;
            self.text.drain(..end);
            self.ended = self.ended || !is_whole && !self.read();
        }
        if self.failed.is_some() {
            drop_half_line(&mut mail);
        }
        for text in mail::texts(&mail) {
            let mut found = scan(text.as_bytes()).loose(self.is_loose);
            let here = found.by_ref().map(|found| extracted(found, None));
            self.found.extend(here);
            self.like_files += found.like_files();
        }
    }
}

/// A name that breaks off is another one.
fn drop_half_line(text: &mut Vec<u8>) {
    let end = memchr::memrchr(b'\n', text).map_or(0, |at| at + 1);
    text.truncate(end);
}

fn extracted(found: Found<'_>, place: Option<(u64, u64)>) -> Extracted {
    Extracted {
        text: found.text.to_string(),
        is_disguised: found.is_disguised,
        indicator: found.indicator,
        place,
    }
}

/// What a service is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// As it is spoken of: `KTI`.
    pub name: &'static str,
    pub takes: fn(&Indicator) -> bool,
}

/// What was found in texts: each indicator counts once.
#[derive(Debug, Default)]
pub struct Totals {
    lines: u64,
    like_files: u64,
    seen: HashSet<(Kind, String)>,
    of: [u64; WORDS.len()],
    /// Of each kind, those that are nothing for the service.
    left: [u64; WORDS.len()],
}

/// Kinds as a person counts them.
const WORDS: [(&[Kind], &str, &str); 6] = [
    (&[Kind::Domain], "domain", "domains"),
    (&[Kind::Ip, Kind::Ipv6], "address", "addresses"),
    (&[Kind::Cidr], "range", "ranges"),
    (&[Kind::Url], "URL", "URLs"),
    (&[Kind::Email], "e-mail address", "e-mail addresses"),
    (
        &[Kind::Md5, Kind::Sha1, Kind::Sha256, Kind::Sha512],
        "hash",
        "hashes",
    ),
];

impl Totals {
    /// Takes over what a text came to that has been read to its end.
    pub fn add<R: Read>(&mut self, extractor: &Extractor<R>) {
        self.lines += extractor.lines;
        self.like_files += extractor.like_files;
    }

    /// Whether it is the first of its kind and key.
    pub fn count(&mut self, indicator: &Indicator, service: Service) -> bool {
        let kind = indicator.kind();
        if !self.seen.insert((kind, indicator.key().into_owned())) {
            return false;
        }
        if let Some(at) = WORDS.iter().position(|(kinds, ..)| kinds.contains(&kind)) {
            self.of[at] += 1;
            self.left[at] += u64::from(!(service.takes)(indicator));
        }
        true
    }

    /// `12 indicators in 14 lines: 5 domains, 7 hashes; 7 hashes are nothing for KTI`.
    pub fn sentence(&self, service: Service) -> String {
        let counted = |count: u64, one: &str, more: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {more}"),
        };
        let listed = |counts: &[u64]| {
            let parts = counts.iter().zip(WORDS).filter(|(count, _)| **count > 0);
            let parts = parts.map(|(count, (_, one, more))| counted(*count, one, more));
            parts.collect::<Vec<_>>().join(", ")
        };
        let all = counted(self.of.iter().sum(), "indicator", "indicators");
        let lines = counted(self.lines, "line", "lines");
        let mut said = vec![match self.seen.is_empty() {
            true => format!("{all} in {lines}"),
            false => format!("{all} in {lines}: {}", listed(&self.of)),
        }];
        let (left, name) = (listed(&self.left), service.name);
        match self.left.iter().sum() {
            0_u64 => {}
            1 => said.push(format!("{left} is nothing for {name}")),
            _ => said.push(format!("{left} are nothing for {name}")),
        }
        if self.like_files > 0 {
            let files = counted(
                self.like_files,
                "name that could be a file",
                "names that could be files",
            );
            said.push(format!("{files} left out (--loose takes them)"));
        }
        said.join("; ")
    }
}

/// The indicators in texts that a service is asked about, each once; at the end `notes` hear what
/// there was.
pub(super) fn inputs(
    parts: Vec<Part>,
    is_loose: bool,
    notes: &'static dyn Reporter,
    service: Service,
) -> Stream {
    let mut parts = parts.into_iter();
    let mut open: Option<(Text, Option<String>)> = None;
    let mut totals = Totals::default();
    stream(move || {
        loop {
            let Some((extractor, name)) = &mut open else {
                let Some(part) = parts.next() else {
                    notes.note(&totals.sentence(service));
                    return Ok(None);
                };
                let (content, name) = match part {
                    Part::Argument(text) => (Content::new(io::Cursor::new(text), None), None),
                    Part::Text(content, name) => (content, Some(name)),
                };
                open = Some((Extractor::new(content, is_loose), name));
                continue;
            };
            let failed = |error| cannot_read(name.as_deref().unwrap_or_default(), &error);
            let Some(found) = extractor.read_next().map_err(failed)? else {
                totals.add(extractor);
                open = None;
                continue;
            };
            let is_first = totals.count(&found.indicator, service);
            if is_first && (service.takes)(&found.indicator) {
                let line = found.place.map(|(line, _)| format!(":{line}"));
                let place = |name: &String| format!("{name}{}", line.unwrap_or_default());
                return Ok(Some(Input {
                    place: name.as_ref().map(place),
                    ..Input::alone(found.text)
                }));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KTI: Service = Service {
        name: "KTI",
        takes: |indicator| indicator.host().is_some(),
    };

    /// Gives a byte at a time.
    struct Trickle<'a>(&'a [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let end = buffer.len().min(1);
            self.0.read(&mut buffer[..end])
        }
    }

    fn all(mut extractor: Extractor<impl Read>) -> (Vec<Extracted>, u64) {
        let found = std::iter::from_fn(|| extractor.read_next().unwrap()).collect();
        (found, extractor.lines)
    }

    #[test]
    fn a_text_is_read_the_same_however_it_arrives() {
        let text = "one\nhxxp://evil[.]com/x and 192.0.2.1\r\n\nlogin.example evil.com";
        let (whole, lines) = all(Extractor::new(text.as_bytes(), false));
        let places: Vec<_> = whole.iter().map(|found| found.place.unwrap()).collect();
        assert_eq!(places, [(2, 4), (2, 28), (4, 40), (4, 54)]);
        assert_eq!(lines, 4);
        assert_eq!(
            all(Extractor::new(Trickle(text.as_bytes()), false)),
            (whole, 4)
        );
    }

    #[test]
    fn a_line_without_end_is_held_in_part() {
        for one in [
            "evil.com ",
            "evil.com,",
            "[\"evil.com\",1],",
            "evil[.]com|",
            "恶意evil.com恶意",
            "evil.com\0",
            "(evil.com)",
        ] {
            let text = one.repeat(200_000);
            let (found, lines) = all(Extractor::new(text.as_bytes(), false));
            assert_eq!((found.len(), lines), (200_000, 1), "{one}");
            let is_whole = |found: &Extracted| found.indicator.to_string() == "evil.com";
            assert!(found.iter().all(is_whole), "{one}");
        }
    }

    #[test]
    fn the_last_line_counts() {
        let text = "evil.com 192.0.2.1 evil.com d41d8cd98f00b204e9800998ecf8427e setup.py\nx";
        let mut extractor = Extractor::new(text.as_bytes(), false);
        let mut totals = Totals::default();
        while let Some(found) = extractor.read_next().unwrap() {
            totals.count(&found.indicator, KTI);
        }
        totals.add(&extractor);
        assert_eq!(
            totals.sentence(KTI),
            "3 indicators in 2 lines: 1 domain, 1 address, 1 hash; 1 hash is nothing for KTI; \
             1 name that could be a file left out (--loose takes them)"
        );
        let none = Totals {
            lines: 1,
            ..Totals::default()
        };
        assert_eq!(none.sentence(KTI), "0 indicators in 1 line");
    }
}
