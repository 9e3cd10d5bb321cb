/// Once a day, and a million times a second.
const BOUNDS: std::ops::RangeInclusive<f64> = 1.0 / 86_400.0..=1e6;

/// `10`, `10/s`, `300/m`, `1000/h` as starts a second.
pub fn rate(text: &str) -> Result<f64, String> {
    let (count, unit) = text.trim().split_once('/').unwrap_or((text.trim(), "s"));
    let seconds = match unit {
        "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ => return Err("expected a number a second, a minute or an hour: 10/s, 300/m".into()),
    };
    let count = count.parse::<f64>().ok().filter(|count| *count > 0.0);
    let count = count.ok_or("expected a number above 0, like 10/s")?;
    match count / seconds {
        rate if BOUNDS.contains(&rate) => Ok(rate),
        _ => Err("a rate is between one a day (0.042/h) and 1000000/s".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_write_them() {
        for (text, expected) in [
            ("10", 10.0),
            ("0.5/s", 0.5),
            ("300/m", 5.0),
            ("300/min", 5.0),
            ("3600/h", 1.0),
            ("1e3", 1000.0),
            ("1000000", 1e6),
        ] {
            assert_eq!(rate(text), Ok(expected), "{text}");
        }
        for text in [
            "", "0", "-0", "-1/s", "10/d", "10/", "/s", "fast", "NaN", "inf", "1e-19", "1e-20",
            "1e-400", "1e400", "1000001", "0.01/h",
        ] {
            assert!(rate(text).is_err(), "{text}");
        }
        assert!(rate("1e-19").unwrap_err().contains("one a day"));
    }
}
