//! Lines of any encoding and length.

use std::io::{self, BufRead, BufReader, Read};

use super::{Input, Stream, Unreadable, cannot_read, stream};

/// A line longer than this is no indicator; it is refused without being held.
const MAX_LINE: u64 = 64 * 1024;

/// Lines of any encoding and length, in flat memory.
pub(super) fn lines(reader: impl Read + Send + 'static, name: &str) -> Stream {
    let mut reader = BufReader::with_capacity(64 * 1024, reader);
    let name = name.to_string();
    let mut number = 0;
    stream(move || {
        loop {
            number += 1;
            let place = || format!("{name}:{number}");
            let line = next_line(&mut reader).map_err(|error| cannot_read(&place(), &error))?;
            match line {
                None => return Ok(None),
                // A blank line or a comment.
                Some(Ok(text)) if text.is_empty() => {}
                Some(text) => {
                    return Ok(Some(Input {
                        text,
                        place: Some(place()),
                        row: None,
                    }));
                }
            }
        }
    })
}

/// The next line without comment and blanks; none at the end.
fn next_line(reader: &mut impl BufRead) -> io::Result<Option<Result<String, Unreadable>>> {
    let mut line = Vec::new();
    let read = reader
        .by_ref()
        .take(MAX_LINE)
        .read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if read as u64 == MAX_LINE && !line.ends_with(b"\n") {
        reader.skip_until(b'\n')?;
        return Ok(Some(Err(Unreadable::TooLong)));
    }
    let text = std::str::from_utf8(without_comment(&line)).map_err(|_| Unreadable::NotUtf8);
    Ok(Some(text.map(|text| text.trim().to_string())))
}

/// A `#` begins a comment at the start of a line or after a blank: in `evil.com/#a` it does not.
/// What is in the comment may be in any encoding.
fn without_comment(line: &[u8]) -> &[u8] {
    let begins = |at: &usize| *at == 0 || matches!(line[at - 1], b' ' | b'\t');
    let comment = memchr::memchr_iter(b'#', line).find(begins);
    &line[..comment.unwrap_or(line.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &'static [u8]) -> Vec<String> {
        lines(bytes, "f")
            .map(|input| {
                let input = input.unwrap();
                let text = input
                    .text
                    .unwrap_or_else(|unreadable| format!("({unreadable})"));
                format!("{} {text}", input.place.unwrap())
            })
            .collect()
    }

    #[test]
    fn lines_as_people_and_machines_write_them() {
        assert_eq!(
            read(b"evil.com\r\n\n# note\n  a.example  # \xb6\xf1\xd2\xe2\nevil.com/#x\n\xff\xfe\nlast"),
            ["f:1 evil.com", "f:4 a.example", "f:5 evil.com/#x", "f:6 (the line is not UTF-8)", "f:7 last"]
        );
        assert!(read(b"").is_empty());
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_one_read() {
        let mut long = vec![b'a'; 10 << 20];
        long.extend_from_slice(b"\nevil.com\n");
        assert_eq!(
            read(long.leak()),
            ["f:1 (the line is longer than 64 KiB)", "f:2 evil.com"]
        );
    }
}
