//! Addresses and ranges: one indicator each, however they are written. Pure.

use std::net::IpAddr;

use ipnet::IpNet;

use super::Indicator;

/// Bits of an IPv6 address before the IPv4 address in it (RFC 4291, 2.5.5.2).
const MAPPED: u8 = 96;

/// `::ffff:192.0.2.7` is 192.0.2.7.
impl From<IpAddr> for Indicator {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Indicator::Ipv4(address),
            IpAddr::V6(address) => Indicator::Ipv6(address),
        }
    }
}

/// A range of one address is that address.
impl From<IpNet> for Indicator {
    fn from(range: IpNet) -> Self {
        let range = unmapped(range).unwrap_or(range);
        match range.prefix_len() == range.max_prefix_len() {
            true => Indicator::from(range.addr()),
            false => Indicator::Cidr(range),
        }
    }
}

/// `192.0.2.0/24` of `::ffff:192.0.2.0/120`. The block as a whole stays what it is: lists of
/// reserved ranges have it, and do not mean every IPv4 address.
fn unmapped(range: IpNet) -> Option<IpNet> {
    let IpNet::V6(range) = range else {
        return None;
    };
    let address = range.addr().to_ipv4_mapped()?;
    let length = range.prefix_len().checked_sub(MAPPED)?;
    let range = IpNet::new(address.into(), length).ok()?;
    (length > 0).then_some(range)
}

#[cfg(test)]
mod tests {
    use crate::indicator::{parse, scan};

    #[test]
    fn an_address_has_one_form() {
        let table = "
            ::ffff:192.0.2.7 == ip 192.0.2.7
            ::FFFF:c000:207 == ip 192.0.2.7
            0:0:0:0:0:ffff:192.0.2.7 == ip 192.0.2.7
            192.0.2.7/32 == ip 192.0.2.7
            192.0.2.7/255.255.255.255 == ip 192.0.2.7
            ::ffff:192.0.2.7/128 == ip 192.0.2.7
            2001:db8::1/128 == ipv6 2001:db8::1
            ::ffff:192.0.2.9/120 == cidr 192.0.2.0/24
            ::ffff:128.0.0.0/97 == cidr 128.0.0.0/1
            ::ffff:0:0/96 == cidr ::ffff:0.0.0.0/96
            64:ff9b::192.0.2.7 == ipv6 64:ff9b::c000:207
            http://[::ffff:192.0.2.7]:8080/a == url 192.0.2.7:8080/a
            bob@[::ffff:192.0.2.7] == email bob@192.0.2.7
        ";
        let lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
        for line in lines {
            let (text, told) = line.split_once(" == ").unwrap();
            let parsed = parse(text).unwrap().indicator;
            assert_eq!(
                format!("{} {}", parsed.kind(), parsed.key()),
                told,
                "{text}"
            );
            if !text.contains("255.255") && !text.contains('@') {
                let found = scan(text.as_bytes()).next().unwrap().indicator;
                assert_eq!(found.key(), parsed.key(), "{text}");
            }
        }
    }
}
