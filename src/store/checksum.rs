//! What tells that something is as it was written. Pure.

use super::filter;

/// Space of checksums; no entry of an index is in it.
const SPACE: u8 = 0;

/// Of all parts, each for itself and in this order.
pub fn checksum(parts: &[&[u8]]) -> u64 {
    let hashes = parts.iter().map(|part| filter::hash(SPACE, part));
    hashes.fold(0, |sum, hash| sum.rotate_left(1) ^ hash)
}
