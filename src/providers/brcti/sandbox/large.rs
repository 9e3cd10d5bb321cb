//! An invented year of hours and 60 countries, the same each time: days and nights, quiet
//! weekends, a botnet wave in spring, and a week without any entry.

use serde_json::{Map, Value, json};

use crate::document::Civil;
use crate::providers::brcti::call::Call;

/// 2025-01-01 00:00:00.
const START: i64 = 1_735_689_600;
const HOURS: i64 = 365 * 24;
/// The service was down: no entries, which is not the same as nothing counted.
const OUTAGE: std::ops::Range<i64> = 24 * 219..24 * 226;

/// A country, a colon, its regions; earlier ones have more.
const PLACES: &str = include_str!("places.txt");

pub fn answer(call: Call) -> String {
    let result = match call {
        Call::Geo => geo(),
        Call::Types => json!({
            "ip_count": 48_210, "port_count": 3_904, "payload_count": 12_377,
            "url_count": 30_118, "hash_count": 21_650,
        }),
        Call::Attacks => hours().map(attacks).collect(),
        // The server never sends more.
        Call::AttackIocs => (0..10).map(ioc).collect(),
        Call::Traffic => ratio(),
        Call::TrafficSeries => hours().map(traffic).collect(),
    };
    json!({ "result": result }).to_string()
}

fn hours() -> impl Iterator<Item = i64> {
    (0..HOURS).filter(|hour| !OUTAGE.contains(hour))
}

fn time(hour: i64) -> String {
    Civil(START + hour * 3_600).to_string()
}

/// A number below `below` that depends on nothing but its place.
fn noise(place: i64, kind: i64, below: i64) -> i64 {
    let mut mixed = (place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (kind as u64) << 32;
    mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) % below.max(1) as u64) as i64
}

/// How busy an hour is, in percent.
fn activity(hour: i64) -> i64 {
    let of_day = [
        30, 25, 20, 20, 25, 30, 45, 60, 85, 100, 95, 90, 80, 85, 95, 100, 95, 85, 75, 70, 65, 55,
        45, 35,
    ];
    let weekday = (hour / 24 + 2) % 7;
    let of_day = of_day[(hour % 24) as usize];
    if weekday >= 5 { of_day / 2 } else { of_day }
}

fn counts(hour: i64) -> [i64; 5] {
    let day = hour / 24;
    let wave = if (95..130).contains(&day) {
        40 - (day - 112).abs() * 2
    } else {
        1
    };
    let scaled =
        |base: i64, kind: i64| (base * activity(hour) / 100 + noise(hour, kind, base / 2 + 1)) / 2;
    [
        scaled(14, 1),
        scaled(40, 2),
        scaled(wave.max(1), 3),
        scaled(6, 4),
        scaled(10 + day / 30, 5),
    ]
}

fn attacks(hour: i64) -> Value {
    let [malicious, honeypot, botnet, app, open] = counts(hour);
    json!({
        "time": time(hour),
        "stats": {
            "malicious_traffic": malicious, "honeypot_info": honeypot, "botnet": botnet,
            "app_layer_attack": app, "open_source_info": open,
            "total": malicious + honeypot + botnet + app + open,
        },
    })
}

/// The codes of an hour; like the vendor, the total is often not counted.
fn traffic(hour: i64) -> Value {
    let [malicious, honeypot, botnet, app, _] = counts(hour);
    let codes = [
        ("0", honeypot),
        ("1", malicious / 2),
        ("2", app / 3),
        ("3", botnet / 5),
    ];
    let data: Map<_, _> = codes
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(code, count)| (code.to_string(), count.into()))
        .collect();
    let total = if hour % 9 == 0 {
        codes.iter().map(|(_, count)| count).sum()
    } else {
        0
    };
    json!({"timestamp": time(hour), "data": data, "total": total})
}

/// The sums of the series, as in the vendor's examples.
fn ratio() -> Value {
    let mut sums = [0; 4];
    for hour in hours() {
        let [malicious, honeypot, botnet, app, _] = counts(hour);
        for (sum, count) in sums
            .iter_mut()
            .zip([honeypot, malicious / 2, app / 3, botnet / 5])
        {
            *sum += count;
        }
    }
    let [none, five_g, satellite, sdn] = sums;
    json!({
        "non_traffic_count": none, "satellite_count": satellite,
        "five_g_count": five_g, "sdn_count": sdn,
    })
}

fn places() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    PLACES.lines().filter_map(|line| {
        let (code, regions) = line.split_once(':')?;
        Some((code, regions.split('|').collect()))
    })
}

fn geo() -> Value {
    let country = |((code, regions), rank): ((&str, Vec<&str>), i64)| {
        let regions: Map<_, _> = regions
            .into_iter()
            .zip(1..)
            .map(|(region, place)| {
                let count = 9_000 / (rank + 1) / place + noise(rank, place, 40);
                (region.to_string(), count.into())
            })
            .collect();
        (code.to_string(), Value::Object(regions))
    };
    Value::Object(places().zip(0..).map(country).collect())
}

/// Addresses of the documentation ranges, and some that are private.
fn ioc(number: i64) -> Value {
    let host = number % 250 + 1;
    let address = match number % 10 {
        0 => format!("192.168.{}.{host}", number % 7),
        1 => format!("host-{number}.example.org"),
        2 => format!("2001:db8::{number:x}"),
        3..=5 => format!("198.51.100.{host}"),
        6..=7 => format!("203.0.113.{host}"),
        _ => format!("192.0.2.{host}"),
    };
    let all: Vec<_> = places().collect();
    let (code, regions) = &all[noise(number, 7, all.len() as i64) as usize];
    let region = regions.first().copied().unwrap_or_default();
    let kinds = ["蜜罐情报", "恶意流量", "僵尸网络", "应用层攻击", "开源情报"];
    let kind = kinds[noise(number, 8, 5) as usize];
    let port = if number % 3 == 0 {
        ["22", "23", "445", "3389"][(number % 4) as usize]
    } else {
        ""
    };
    let hash = if number % 11 == 0 {
        format!("{:032x}", number * 7_919)
    } else {
        String::new()
    };
    json!({
        "ip_address": address, "location": format!("{code},{region},{region}"),
        "attack_type": kind, "port": port, "hash": hash,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_hours_and_60_countries() {
        let of = |call| serde_json::from_str::<Value>(&answer(call)).unwrap()["result"].take();
        assert_eq!(of(Call::Geo).as_object().unwrap().len(), 60);
        let attacks = of(Call::Attacks);
        let hours = attacks.as_array().unwrap();
        assert_eq!(hours.len(), 365 * 24 - 7 * 24);
        assert_eq!(hours[0]["time"], "2025-01-01 00:00:00");
        assert_eq!(hours.last().unwrap()["time"], "2025-12-31 23:00:00");
        let series = of(Call::TrafficSeries);
        let sum: i64 = series
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|hour| hour["data"]["0"].as_i64())
            .sum();
        assert_eq!(of(Call::Traffic)["non_traffic_count"], sum);
        assert_eq!(of(Call::AttackIocs).as_array().unwrap().len(), 10);
    }
}
