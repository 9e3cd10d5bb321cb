//! What spares most questions to the table. Pure.

use crate::indicator::Kind;
use crate::store::filter::{self, Filter};

use super::listing::{Entry, host_of, last_two_labels};

/// Space of the hashes of what a host is told by.
const GATE: u8 = 2;
/// Few enough to stay in a core's own cache with a million indicators: one in a hundred that is
/// not there passes, and the other filter says no.
const GATE_BITS: u64 = 12;
/// One in a thousand that is not there is asked for in vain.
const ENTRY_BITS: u64 = 16;

/// Two filters, as most of what a log holds is a host: a small one that says no at once, and one
/// of all entries.
pub struct Filters {
    gates: Filter,
    entries: Filter,
}

impl Filters {
    /// Empty ones for so many rows that are hosts or have one, and so many entries.
    pub fn with_room_for(gates: u64, entries: u64) -> Self {
        Filters {
            gates: Filter::with_room_for(gates, GATE_BITS),
            entries: Filter::with_room_for(entries, ENTRY_BITS),
        }
    }

    /// Lists a canonical key.
    pub fn insert(&mut self, kind: Kind, key: &str) {
        self.entries.insert(Entry::Key(kind, key).hash());
        let host = match kind {
            Kind::Ip | Kind::Ipv6 | Kind::Domain => Some(key),
            Kind::Url => Some(host_of(key)),
            Kind::Email => key.rsplit('@').next(),
            _ => None,
        };
        if let Some(host) = host {
            self.gates.insert(gate(last_two_labels(host.as_bytes())));
            if kind == Kind::Url {
                self.entries.insert(Entry::UrlHost(host).hash());
            }
        }
    }

    /// Whether a name with the last two labels, or the address, of this [`gate`] may be listed, or
    /// a domain above it, or a URL on it.
    #[inline]
    pub fn pass(&self, gate: u64) -> bool {
        self.gates.may_hold(gate)
    }

    #[inline]
    pub fn may_hold(&self, entry: Entry<'_>) -> bool {
        self.may_hold_hash(entry.hash())
    }

    #[inline]
    pub fn may_hold_hash(&self, hash: u64) -> bool {
        self.entries.may_hold(hash)
    }

    /// The one of the hosts, and the one of the entries.
    pub fn to_bytes(&self) -> (Vec<u8>, Vec<u8>) {
        (self.gates.to_bytes(), self.entries.to_bytes())
    }

    pub fn of(gates: Filter, entries: Filter) -> Self {
        Filters { gates, entries }
    }
}

/// What a host is told by: its last two labels, upper and lower case are one. An address as a
/// whole.
#[inline]
pub fn gate(last_two_labels: &[u8]) -> u64 {
    filter::caseless_hash(GATE, last_two_labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_listed_passes_the_gate_of_what_is_seen() {
        for (kind, listed, seen) in [
            (Kind::Domain, "evil.com", "a.b.evil.com"),
            (Kind::Domain, "b.evil.com", "a.b.evil.com"),
            (Kind::Domain, "a.my_evil.com", "A.My_Evil.COM"),
            (Kind::Url, "a.evil.com:81/x", "a.evil.com"),
            (Kind::Url, "192.0.2.7/x", "192.0.2.7"),
            (Kind::Url, "[2001:db8::1]:81/x", "2001:db8::1"),
            (Kind::Ip, "192.0.2.7", "192.0.2.7"),
            (Kind::Email, "a@mail.evil.com", "mail.evil.com"),
        ] {
            let mut filters = Filters::with_room_for(1, 2);
            filters.insert(kind, listed);
            let (gates, entries) = filters.to_bytes();
            let [gates, entries] =
                [gates, entries].map(|bytes| Filter::from_bytes(&bytes).unwrap());
            let filters = Filters::of(gates, entries);
            assert!(
                filters.pass(gate(last_two_labels(seen.as_bytes()))),
                "{listed} {seen}"
            );
            assert!(filters.may_hold(Entry::Key(kind, listed)), "{listed}");
            assert!(!filters.pass(gate(b"good.example")) && !filters.may_hold(Entry::UrlHost("x")));
        }
    }
}
