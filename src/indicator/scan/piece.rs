use super::scan;

/// No indicator in a text is longer in bytes: a URL of as many as servers take, and what disguises it.
pub const LONGEST_FOUND: usize = 16 << 10;

/// Where the first piece ends of a text without line ends that is too long to be held: behind what
/// separates, and inside no indicator. What is shorter than two of the longest has no pieces.
pub fn piece_end(text: &[u8]) -> usize {
    let Some(limit) = text.len().checked_sub(LONGEST_FOUND) else {
        return text.len();
    };
    let from = limit.saturating_sub(LONGEST_FOUND);
    let behind_last = |separators: &[u8]| {
        let last = text[from..limit]
            .iter()
            .rposition(|byte| separators.contains(byte));
        last.map(|at| from + at + 1)
    };
    let end = [b" \t\r\0".as_slice(), b"\"'<>|", b",;"]
        .into_iter()
        .find_map(behind_last)
        .unwrap_or_else(|| {
            let goes_on = |at: &usize| text[*at] & 0xc0 == 0x80;
            limit - (0..3).take_while(|back| goes_on(&(limit - back))).count()
        });
    let across = scan(&text[from..])
        .loose(true)
        .map(|found| from + found.offset..from + found.offset + found.text.len())
        .take_while(|place| place.start < end)
        .last();
    across.map_or(end, |place| place.end.max(end))
}
