use serde_json::Value;

/// A number of things as a service gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Count {
    /// At most 64 bits as sent; a sum can have more.
    Whole(u128),
    /// What came instead of a number, to be shown as it came; it is in no sum.
    Odd(String),
    /// `null` came: in no sum either.
    Null,
}

impl Count {
    /// What goes into sums.
    pub fn whole(&self) -> Option<u128> {
        match self {
            Count::Whole(number) => Some(*number),
            Count::Odd(_) | Count::Null => None,
        }
    }

    /// A number; as text where it is beyond 64 bits, so that no reader rounds it.
    pub fn json(&self) -> Value {
        match self {
            Count::Whole(number) => match u64::try_from(*number) {
                Ok(number) => Value::from(number),
                Err(_) => Value::from(number.to_string()),
            },
            Count::Odd(text) => Value::from(text.as_str()),
            Count::Null => Value::Null,
        }
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Count::Whole(number) => number.fmt(f),
            Count::Odd(text) => f.write_str(text),
            Count::Null => f.write_str("null"),
        }
    }
}

/// The sum of what are numbers; it cannot overflow, as nothing holds 2^64 counts of 64 bits.
pub fn sum<'a>(counts: impl IntoIterator<Item = &'a Count>) -> u128 {
    counts.into_iter().filter_map(Count::whole).sum()
}

/// `part` of `whole` from 0 to 1; none of nothing.
pub fn share(part: u128, whole: u128) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// A share as JSON: four digits say enough and stay readable.
pub fn share_json(share: Option<f64>) -> Value {
    share.map_or(Value::Null, |share| {
        Value::from((share * 10_000.0).round() / 10_000.0)
    })
}

/// `12345678` → `12,345,678`, for people.
pub fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 line`, `2,000 lines`.
pub fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(count.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact_beyond_what_a_float_holds() {
        let counts = [
            Count::Whole(u64::MAX.into()),
            Count::Whole(1),
            Count::Odd("-5".into()),
            Count::Null,
        ];
        assert_eq!(sum(&counts), 1 << 64);
        assert_eq!(Count::Whole(sum(&counts)).json(), "18446744073709551616");
        assert_eq!(Count::Null.json(), Value::Null);
        assert_eq!(
            Count::Whole((1 << 53) + 1).json().to_string(),
            "9007199254740993"
        );
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(share(0, 0), None);
        assert_eq!(share_json(share(1, 3)), 0.3333);
    }
}
