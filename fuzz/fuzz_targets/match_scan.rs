//! Any bytes as a log: whatever is found stands in them, in order, and once.
#![cfg_attr(fuzzing, no_main)]

use std::sync::Arc;

use ti::indicator::Kind;
use ti::matching::{Known, Ranges, scan};
use ti::store::index::{Entry, Filters, Hit, Lengths};

const LISTED: [(Kind, &str); 5] = [
    (Kind::Domain, "evil.com"),
    (Kind::Url, "evil.org/a/"),
    (Kind::Ip, "192.0.2.7"),
    (Kind::Cidr, "10.0.0.0/8"),
    (Kind::Md5, "d41d8cd98f00b204e9800998ecf8427e"),
];

pub fn check(text: &[u8]) {
    let mut filters = Filters::with_room_for(10, 100);
    for (kind, key) in LISTED {
        filters.insert(kind, key);
    }
    let known = Known {
        filters,
        ranges: Ranges::new(&["10.0.0.0/8".parse::<ipnet::IpNet>().unwrap()]),
        lengths: Lengths {
            longest_url: 64,
            v4: vec![8],
            v6: vec![],
        },
    };
    let found = scan(text, &known, &mut |entry, how| {
        let Entry::Key(kind, key) = entry else {
            return None;
        };
        LISTED.contains(&(kind, key)).then(|| {
            Arc::new(Hit {
                kind,
                indicator: key.to_string(),
                how,
                rows: Vec::new(),
            })
        })
    });
    let mut end = 0;
    for one in found {
        assert!(one.place.start >= end && one.place.end > one.place.start);
        end = one.place.end;
    }
    assert!(end <= text.len());
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
