//! Where the rows of an entry are: hash and row, in blocks whose number follows from the hash. As
//! each block is there, and whole, what is not in its block is not listed. Pure.

/// Few: a block is read as a whole, and a filter is wrong now and then.
const ENTRIES_A_BLOCK: u64 = 32;

const BYTES: usize = 16;

/// An entry that a row is listed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub hash: u64,
    /// Its number.
    pub row: i64,
}

pub fn blocks_for(entries: u64) -> u64 {
    entries.div_ceil(ENTRIES_A_BLOCK).max(1)
}

/// In the order of the hashes.
pub fn block_of(hash: u64, blocks: u64) -> u64 {
    ((u128::from(hash) * u128::from(blocks)) >> 64) as u64
}

pub fn to_bytes(places: &[Place]) -> Vec<u8> {
    let pairs = places
        .iter()
        .map(|place| (place.hash.to_le_bytes(), place.row.to_le_bytes()));
    pairs
        .flat_map(|(hash, row)| hash.into_iter().chain(row))
        .collect()
}

/// The rows of an entry with this hash, in the order in which they came in. `None` for what was
/// not made by [`to_bytes`].
pub fn rows_of(block: &[u8], hash: u64) -> Option<Vec<i64>> {
    let (places, rest) = block.as_chunks::<BYTES>();
    let hash = hash.to_le_bytes();
    let rows = places.iter().filter_map(|place| {
        let (its_hash, row) = place.split_first_chunk()?;
        let row = i64::from_le_bytes(row.try_into().ok()?);
        (*its_hash == hash).then_some(row)
    });
    rest.is_empty().then(|| rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_tells_the_rows_of_a_hash() {
        let place = |hash, row| Place { hash, row };
        let block = to_bytes(&[place(1, 7), place(u64::MAX, 1), place(u64::MAX, 1 << 40)]);
        assert_eq!(rows_of(&block, u64::MAX), Some(vec![1, 1 << 40]));
        assert_eq!(rows_of(&block, 2), Some(vec![]));
        assert_eq!(rows_of(&[], 2), Some(vec![]));
        assert_eq!(rows_of(&block[1..], 1), None);
    }

    #[test]
    fn blocks_follow_the_order_of_hashes() {
        assert_eq!([0, 1, 32, 33].map(blocks_for), [1, 1, 1, 2]);
        for blocks in [1, 2, 7, 31_251] {
            assert_eq!(block_of(0, blocks), 0);
            assert_eq!(block_of(u64::MAX, blocks), blocks - 1);
            assert!(block_of(1 << 62, blocks) <= block_of(1 << 63, blocks));
        }
    }
}
