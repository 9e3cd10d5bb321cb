//! `--large`: the samples over and over, until there is enough to filter and to compare.

use sha2::{Digest, Sha256};

use super::Sample;

const REPORTS: usize = 50;
/// Further indicators of a report, and rules.
const INDICATORS: usize = 200;
const RULES: usize = 20;

pub fn samples(few: Vec<Sample>) -> Vec<Sample> {
    let rounds = few.iter().cycle().take(REPORTS).enumerate();
    rounds
        .map(|(number, sample)| match number < few.len() {
            true => sample.clone(),
            false => again(number, sample),
        })
        .collect()
}

/// One more of its kind, under a name, an ID and a date of its own.
fn again(number: usize, sample: &Sample) -> Sample {
    let indicators = (0..INDICATORS).map(|index| {
        let digest = hex::encode(Sha256::digest(format!("{number} {index}")));
        let (kind, search, value) = match index % 4 {
            0 => ("md5Hash", "FileItem/Md5sum", digest[..32].to_string()),
            1 => ("sha256Hash", "FileItem/Sha256sum", digest),
            2 => {
                let name = format!("{}.example", &digest[..12]);
                ("networkActivity", "RouteEntryItem/Destination", name)
            }
            _ => {
                let address = format!("2001:db8:{number:x}::{index:x}");
                ("networkActivity", "RouteEntryItem/Destination", address)
            }
        };
        (kind.to_string(), search.to_string(), value)
    });
    let month = 1 + number % 12;
    Sample {
        id: format!("0b5cf2f2-5a11-4e0c-9a3e-{:012}", number + 1),
        name: format!("{} ({number})", sample.name),
        age: sample.age + 7 * number as i64,
        date: format!("2025-{month:02}-{:02}", 1 + number % 28),
        indicators: indicators.collect(),
        rule: Some(format!("Invented_{number}")),
        variants: RULES,
        ..sample.clone()
    }
}
