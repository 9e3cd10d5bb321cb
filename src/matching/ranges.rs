//! Whether an address is in any of many ranges. Pure.

use std::net::IpAddr;

use ipnet::IpNet;

/// The ranges of an index, joined where they meet: the first and the last address of each.
#[derive(Debug, Default)]
pub struct Ranges {
    v4: Vec<(u32, u32)>,
    v6: Vec<(u128, u128)>,
    /// For each beginning of two bytes, whether a range has an address with it: spares most
    /// searches.
    beginnings: Vec<bool>,
}

impl Ranges {
    pub fn new(ranges: &[IpNet]) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for range in ranges {
            match (range.network(), range.broadcast()) {
                (IpAddr::V4(first), IpAddr::V4(last)) => v4.push((first.into(), last.into())),
                (IpAddr::V6(first), IpAddr::V6(last)) => v6.push((first.into(), last.into())),
                _ => {}
            }
        }
        let v4 = joined(v4);
        let mut beginnings = Vec::new();
        if !v4.is_empty() {
            beginnings = vec![false; 1 << 16];
            for (first, last) in &v4 {
                beginnings[(first >> 16) as usize..=(last >> 16) as usize].fill(true);
            }
        }
        Ranges {
            v4,
            v6: joined(v6),
            beginnings,
        }
    }

    #[inline]
    pub fn have_v4(&self) -> bool {
        !self.v4.is_empty()
    }

    #[inline]
    pub fn hold_v4(&self, address: u32) -> bool {
        let may = self.beginnings.get((address >> 16) as usize);
        may.is_some_and(|may| *may) && holds(&self.v4, address)
    }

    pub fn hold_v6(&self, address: u128) -> bool {
        holds(&self.v6, address)
    }
}

fn joined<T: Ord + Copy>(mut ranges: Vec<(T, T)>) -> Vec<(T, T)> {
    ranges.sort_unstable();
    let mut joined: Vec<(T, T)> = Vec::new();
    for (first, last) in ranges {
        match joined.last_mut() {
            Some((_, end)) if first <= *end => *end = last.max(*end),
            _ => joined.push((first, last)),
        }
    }
    joined
}

fn holds<T: Ord + Copy>(ranges: &[(T, T)], address: T) -> bool {
    let before = ranges.partition_point(|(first, _)| *first <= address);
    before > 0 && address <= ranges[before - 1].1
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    #[test]
    fn an_address_is_in_a_range_or_not() {
        let ranges: Vec<IpNet> = [
            "10.0.0.0/8",
            "10.1.0.0/16",
            "192.0.2.128/25",
            "2001:db8::/32",
        ]
        .map(|range| range.parse().unwrap())
        .to_vec();
        let ranges = Ranges::new(&ranges);
        for (address, is_in) in [
            ("10.0.0.0", true),
            ("10.255.255.255", true),
            ("11.0.0.0", false),
            ("9.255.255.255", false),
            ("192.0.2.127", false),
            ("192.0.2.128", true),
            ("192.0.2.255", true),
            ("192.0.3.0", false),
        ] {
            let address: Ipv4Addr = address.parse().unwrap();
            assert_eq!(ranges.hold_v4(address.into()), is_in, "{address}");
        }
        for (address, is_in) in [("2001:db8::1", true), ("2001:db9::", false)] {
            let address: Ipv6Addr = address.parse().unwrap();
            assert_eq!(ranges.hold_v6(address.into()), is_in, "{address}");
        }
        assert!(!Ranges::default().hold_v4(0));
    }
}
