//! A filter in front of a table: "surely not in it", or "look there". Pure.
//!
//! A split-block Bloom filter (as in Apache Parquet): an entry sets eight bits, all within 32
//! bytes, so that asking for it costs one cache line.

const WORDS: usize = 8;
const BLOCK_BYTES: usize = WORDS * 4;

/// Odd numbers that spread 32 bits of a hash over the words of a block.
const SALTS: [u32; WORDS] = [
    0x47b6_137b,
    0x4497_4d91,
    0x8824_ad5b,
    0xa2b7_289d,
    0x7054_95c7,
    0x2df1_424b,
    0x9efc_4947,
    0x5c6b_fb31,
];

/// Aligned, so that no block lies across two cache lines.
#[derive(Clone, Copy, Default)]
#[repr(align(32))]
struct Block([u32; WORDS]);

pub struct Filter {
    blocks: Vec<Block>,
}

impl Filter {
    /// An empty filter for `entries` different ones. With 16 bits for each, one in a thousand that
    /// is not there is taken for one that is; with 12, one in a hundred.
    pub fn with_room_for(entries: u64, bits: u64) -> Self {
        let blocks = (entries * bits).div_ceil(BLOCK_BYTES as u64 * 8);
        let blocks = usize::try_from(blocks.max(1)).unwrap_or(usize::MAX);
        Filter {
            blocks: vec![Block::default(); blocks],
        }
    }

    pub fn insert(&mut self, hash: u64) {
        let at = self.block(hash);
        let mask = mask(hash);
        for (word, bit) in self.blocks[at].0.iter_mut().zip(mask) {
            *word |= bit;
        }
    }

    /// Whether it may have been inserted: never `false` for what was.
    #[inline]
    pub fn may_hold(&self, hash: u64) -> bool {
        let [b0, b1, b2, b3, rest @ ..] = self.blocks[self.block(hash)].0;
        let [m0, m1, m2, m3, others @ ..] = mask(hash);
        // Most of what is not there is missing from the first half already.
        if (!b0 & m0) | (!b1 & m1) | (!b2 & m2) | (!b3 & m3) != 0 {
            return false;
        }
        let missing = rest.iter().zip(others).map(|(word, bit)| !word & bit);
        missing.fold(0, |missing, bits| missing | bits) == 0
    }

    #[inline]
    fn block(&self, hash: u64) -> usize {
        ((u128::from(hash) * self.blocks.len() as u128) >> 64) as usize
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let words = self.blocks.iter().flat_map(|block| block.0);
        words.flat_map(u32::to_le_bytes).collect()
    }

    /// `None` for what was not made by [`Filter::to_bytes`], as its length tells.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() || !bytes.len().is_multiple_of(BLOCK_BYTES) {
            return None;
        }
        let block = |bytes: &[u8]| {
            let mut block = Block::default();
            for (word, bytes) in block.0.iter_mut().zip(bytes.chunks_exact(4)) {
                *word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
            }
            block
        };
        let blocks = bytes.chunks_exact(BLOCK_BYTES).map(block).collect();
        Some(Filter { blocks })
    }
}

#[inline]
fn mask(hash: u64) -> [u32; WORDS] {
    let mut mask = SALTS;
    for word in &mut mask {
        *word = 1 << ((hash as u32).wrapping_mul(*word) >> 27);
    }
    mask
}

/// Both halves of the product of two numbers, folded into one.
#[inline]
fn folded(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

/// Sixty-four bits that stay the same for ever: they are kept in files. Texts of different
/// `space` have different ones. Whoever makes collisions on purpose costs a query each.
#[inline]
pub fn hash(space: u8, bytes: &[u8]) -> u64 {
    hash_with(space, bytes, 0)
}

/// The same for `EVIL.com` and `evil.com`.
#[inline]
pub fn caseless_hash(space: u8, bytes: &[u8]) -> u64 {
    hash_with(space, bytes, b'a' - b'A')
}

/// Of bytes with some bits set in each.
#[inline(always)]
fn hash_with(space: u8, bytes: &[u8], set: u8) -> u64 {
    const A: u64 = 0x9e37_79b9_7f4a_7c15;
    const B: u64 = 0xe703_7ed1_a0b4_28db;
    let mut state = folded(A ^ u64::from(space), B ^ bytes.len() as u64);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let word = u64::from_le_bytes(*word) | u64::from_le_bytes([set; 8]);
        state = folded(state ^ word, B);
    }
    let last = match bytes.last_chunk::<8>() {
        // Without a loop, whose end no processor guesses.
        Some(_) if rest.is_empty() => 0,
        Some(word) => {
            let others = 64 - 8 * rest.len() as u32;
            (u64::from_be_bytes(*word) | u64::from_be_bytes([set; 8])) << others >> others
        }
        None => rest
            .iter()
            .fold(0, |last, byte| last << 8 | u64::from(byte | set)),
    };
    folded(state ^ last, A)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_inserted_is_held_and_little_else() {
        let mut filter = Filter::with_room_for(10_000, 16);
        let name = |number: u32| format!("host-{number}.example");
        for number in 0..10_000 {
            filter.insert(hash(1, name(number).as_bytes()));
        }
        let filter = Filter::from_bytes(&filter.to_bytes()).unwrap();
        let held = |space, numbers: std::ops::Range<u32>| {
            let held = |number: &u32| filter.may_hold(hash(space, name(*number).as_bytes()));
            numbers.filter(held).count()
        };
        assert_eq!(held(1, 0..10_000), 10_000);
        assert!(held(1, 10_000..110_000) < 300);
        assert!(held(2, 0..10_000) < 30);
    }

    #[test]
    fn an_empty_one_holds_nothing_and_a_torn_one_is_none() {
        let empty = Filter::with_room_for(0, 16);
        assert!(!empty.may_hold(hash(0, b"")));
        assert!(Filter::from_bytes(&empty.to_bytes()[1..]).is_none());
        assert!(Filter::from_bytes(b"").is_none());
    }

    /// Files hold them.
    #[test]
    fn hashes_stay_as_they_are() {
        assert_eq!(
            [
                hash(0, b""),
                hash(1, b"evil.com"),
                caseless_hash(2, b"Evil.COM")
            ],
            [
                5772739969063597035,
                4463520841160166038,
                13939955707134145954
            ]
        );
    }
}
