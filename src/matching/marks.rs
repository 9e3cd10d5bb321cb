//! Where the bytes of some classes stand in a text: a bit for each byte, so that the ends of a run
//! are found sixty-four bytes at a time. Pure.

use std::ops::Range;

use wide::u8x16;

/// What the separators and brackets of other scripts begin with.
const LEADING: [u8; 3] = [0xc2, 0xe3, 0xef];

/// The marks of 64 bytes, the first byte's lowest.
#[derive(Debug, Clone, Copy, Default)]
pub struct Word {
    /// A label's, or a dot that does not follow a dot.
    host: u64,
    dot: u64,
    colon: u64,
    hex: u64,
    /// What can begin or join something: a dot, the second colon of two, the byte behind the sixth
    /// colon between digits, an escape, a bracket, a separator of another script.
    begins: u64,
    /// The last of 32 hexadecimal digits, as many as the shortest digest has.
    digest: u64,
}

#[inline]
pub fn host(word: &Word) -> u64 {
    word.host
}

#[inline]
pub fn label(word: &Word) -> u64 {
    word.host & !word.dot
}

#[inline]
pub fn dot(word: &Word) -> u64 {
    word.dot
}

#[inline]
pub fn colon(word: &Word) -> u64 {
    word.colon
}

/// The second colon of two.
#[inline]
pub fn gap(word: &Word) -> u64 {
    word.begins & word.colon
}

#[inline]
pub fn hex(word: &Word) -> u64 {
    word.hex
}

#[inline]
pub fn hex_or_colon(word: &Word) -> u64 {
    word.hex | word.colon
}

#[inline]
pub fn digest(word: &Word) -> u64 {
    word.digest
}

#[inline]
pub fn ipv6(word: &Word) -> u64 {
    word.hex | word.dot | word.colon
}

#[inline]
pub fn begins(word: &Word) -> u64 {
    word.begins
}

/// A text seen so.
pub struct Marks(Vec<Word>);

impl Marks {
    pub fn of(text: &[u8]) -> Self {
        let (chunks, rest) = text.as_chunks::<64>();
        let mut words = Vec::with_capacity(chunks.len() + 2);
        let mut before = Before::default();
        words.extend(chunks.iter().map(|chunk| before.then(chunk)));
        let mut last = [b' '; 64];
        last[..rest.len()].copy_from_slice(rest);
        words.extend([before.then(&last), Word::default()]);
        Marks(words)
    }

    /// The first byte of a class in a part.
    #[inline]
    pub fn next(
        &self,
        class: impl Fn(&Word) -> u64 + Copy,
        mut part: Range<usize>,
    ) -> Option<usize> {
        while part.start < part.end {
            let bits = self.bits(class, part.start);
            if bits != 0 {
                let at = part.start + bits.trailing_zeros() as usize;
                return (at < part.end).then_some(at);
            }
            part.start += 64;
        }
        None
    }

    /// The last byte of a class in a part.
    #[inline]
    pub fn last(
        &self,
        class: impl Fn(&Word) -> u64 + Copy,
        mut part: Range<usize>,
    ) -> Option<usize> {
        while part.start < part.end {
            let bits = self.bits_before(class, part.end);
            if bits != 0 {
                let at = part.end.checked_sub(1 + bits.leading_zeros() as usize)?;
                return (at >= part.start).then_some(at);
            }
            part.end = part.end.saturating_sub(64);
        }
        None
    }

    /// The last byte of a class in a part that begins with one, and the one before it.
    #[inline]
    pub fn last_two(
        &self,
        class: impl Fn(&Word) -> u64 + Copy,
        part: Range<usize>,
    ) -> (usize, Option<usize>) {
        let bits = self.bits_before(class, part.end);
        let last = part.end.wrapping_sub(1 + bits.leading_zeros() as usize);
        if part.len() > 64 {
            let last = self.last(class, part.clone()).unwrap_or(part.start);
            return (last, self.last(class, part.start..last));
        }
        let others = bits ^ (1 << 63 >> bits.leading_zeros());
        let before = part.end.wrapping_sub(1 + others.leading_zeros() as usize);
        (last, (last > part.start).then_some(before))
    }

    /// The marks of a class from a byte on, wherever it stands in a word: no branch that depends
    /// on that, which no processor would guess.
    #[inline]
    fn bits(&self, class: impl Fn(&Word) -> u64 + Copy, from: usize) -> u64 {
        let shift = from % 64;
        match self.0.get(from / 64..from / 64 + 2) {
            Some([first, second]) => class(first) >> shift | (class(second) << 1) << (63 - shift),
            _ => 0,
        }
    }

    /// The marks of the bytes before one, that of the byte right before it the highest.
    #[inline]
    fn bits_before(&self, class: impl Fn(&Word) -> u64 + Copy, end: usize) -> u64 {
        if end < 64 {
            return self.0.first().map_or(0, class) << (64 - end.max(1));
        }
        self.bits(class, end - 64)
    }

    /// How many bytes of a part are of a class.
    pub fn count(&self, class: impl Fn(&Word) -> u64 + Copy, part: Range<usize>) -> u32 {
        let mut count = 0;
        let mut at = part.start;
        while at < part.end {
            let length = (64 - at % 64).min(part.end - at);
            let bits = class(&self.0[at / 64]) >> (at % 64) << (64 - length);
            count += bits.count_ones();
            at += length;
        }
        count
    }

    /// Where the run of a class ends that a part begins with.
    #[inline]
    pub fn run_end(&self, class: impl Fn(&Word) -> u64 + Copy, part: Range<usize>) -> usize {
        let end = part.end;
        self.next(|word| !class(word), part).unwrap_or(end)
    }

    /// Where the run of a class begins that a part ends with.
    #[inline]
    pub fn run_start(&self, class: impl Fn(&Word) -> u64 + Copy, part: Range<usize>) -> usize {
        let start = part.start;
        let before = self.last(|word| !class(word), part);
        before.map_or(start, |before| before + 1)
    }
}

/// What of 64 bytes the marks of the next ones depend on.
#[derive(Default)]
struct Before {
    dot: u64,
    colon: u64,
    hex: u64,
    single: u64,
}

impl Before {
    /// The marks of the next 64 bytes.
    #[inline]
    fn then(&mut self, chunk: &[u8; 64]) -> Word {
        let (mut label, mut dot, mut colon, mut hex, mut rare) = (0, 0, 0, 0, 0);
        for (at, bytes) in chunk.as_chunks::<16>().0.iter().enumerate() {
            let bytes = u8x16::new(*bytes);
            let place = |marked: u8x16| u64::from(marked.to_bitmask()) << (at * 16);
            let is = |byte| bytes.simd_eq(u8x16::splat(byte));
            let is_any = |some: &[u8]| some.iter().fold(u8x16::ZERO, |any, one| any | is(*one));
            let lower = bytes | u8x16::splat(b'a' - b'A');
            let digit = within(bytes, b'0', b'9');
            label |= place(digit | within(lower, b'a', b'z') | is(b'-') | is(b'_'));
            dot |= place(is(b'.'));
            colon |= place(is(b':'));
            hex |= place(digit | within(lower, b'a', b'f'));
            rare |= place(is_any(b"%([{<") | is_any(&LEADING));
        }
        let behind_dot = dot << 1 | self.dot >> 63;
        let behind_colon = colon << 1 | self.colon >> 63;
        let second_behind_hex = hex << 2 | self.hex >> 62;
        let gap = behind_colon & colon;
        let single = behind_colon & hex & second_behind_hex;
        let mut digits = u128::from(hex) << 64 | u128::from(self.hex);
        for so_many in [1, 2, 4, 8, 16] {
            digits &= digits << so_many;
        }
        let sixth = sixth(u128::from(single) << 64 | u128::from(self.single));
        *self = Before {
            dot,
            colon,
            hex,
            single,
        };
        Word {
            host: label | (dot & !behind_dot),
            dot,
            colon,
            hex,
            begins: dot | gap | sixth | rare,
            digest: (digits >> 64) as u64,
        }
    }
}

/// Which of the second half of some colons between digits are the sixth in a row, with no more than
/// four digits between them: a time has two, a hardware address five.
#[inline]
fn sixth(colons: u128) -> u64 {
    let mut more = colons;
    for _ in 1..6 {
        more &= more.wrapping_sub(1);
    }
    if more == 0 {
        return 0;
    }
    let mut chain = colons;
    for _ in 1..6 {
        chain = colons & (chain << 2 | chain << 3 | chain << 4 | chain << 5);
    }
    (chain >> 64) as u64
}

#[inline]
fn within(bytes: u8x16, first: u8, last: u8) -> u8x16 {
    let above = bytes - u8x16::splat(first);
    above.min(u8x16::splat(last - first)).simd_eq(above)
}

#[cfg(test)]
mod tests {
    use super::super::classes::{HEX, LABEL, is};
    use super::*;

    /// How many there are in a row up to one, none of them further than 5 from the next.
    fn in_a_row(at: usize, is_one: &dyn Fn(usize) -> bool) -> usize {
        if !is_one(at) {
            return 0;
        }
        let before = (2..=5).filter_map(|back| at.checked_sub(back));
        1 + before.map(|at| in_a_row(at, is_one)).max().unwrap_or(0)
    }

    /// Each question against the bytes themselves, for texts that end within a word and at its end.
    #[test]
    fn marks_are_where_the_bytes_are() {
        let text: Vec<u8> = b"2001:db8::1 1:2:3:4:5:6:7:8 a..b-c.evil.com:80 %2e 0:1:2:3:4:5:66666:7 0123456789abcdef0123456789ABCDEF "
            .iter()
            .cycle()
            .take(64 * 5)
            .copied()
            .collect();
        for length in [0, 1, 63, 64, 65, 200, text.len()] {
            let text = &text[..length];
            let marks = Marks::of(text);
            let is_dot = |at: &usize| text[*at] == b'.';
            let in_label = |at: &usize| is(LABEL, text[*at]);
            for from in 0..length {
                let part = from..length;
                assert_eq!(marks.next(dot, part.clone()), part.clone().find(is_dot));
                assert_eq!(marks.last(dot, 0..from), (0..from).rfind(is_dot));
                let dots = part.clone().filter(is_dot).count();
                assert_eq!(marks.count(dot, part.clone()) as usize, dots);
                let end = part.clone().find(|at| !in_label(at)).unwrap_or(length);
                assert_eq!(marks.run_end(label, part), end);
                let start = (0..from).rfind(|at| !in_label(at)).map_or(0, |at| at + 1);
                assert_eq!(marks.run_start(label, 0..from), start);
            }
            let marked = |class: fn(&Word) -> u64| -> Vec<_> {
                let is_marked = |at: &usize| marks.next(class, *at..at + 1).is_some();
                (0..length).filter(is_marked).collect()
            };
            let before = |at: usize, back: usize| at.checked_sub(back).map(|at| text[at]);
            let is_hex = |byte: Option<u8>| byte.is_some_and(|byte| is(HEX, byte));
            let holds = |holds: &dyn Fn(usize) -> bool| -> Vec<_> {
                (0..length).filter(|at| holds(*at)).collect()
            };
            assert_eq!(
                marked(gap),
                holds(&|at| text[at] == b':' && before(at, 1) == Some(b':'))
            );
            let is_single = |at: usize| {
                is_hex(Some(text[at])) && before(at, 1) == Some(b':') && is_hex(before(at, 2))
            };
            assert_eq!(
                marked(|word| word.begins & word.hex),
                holds(&|at| in_a_row(at, &is_single) >= 6)
            );
            assert_eq!(
                marked(|word| word.host & word.dot),
                holds(&|at| text[at] == b'.' && before(at, 1) != Some(b'.'))
            );
            assert_eq!(
                marked(digest),
                holds(&|at| (0..32).all(|back| is_hex(before(at, back))))
            );
            assert_eq!(
                marked(|word| word.begins & !ipv6(word)),
                holds(&|at| text[at] == b'%')
            );
        }
    }
}
