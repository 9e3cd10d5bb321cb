use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

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
}

/// A number; as text where it is beyond 64 bits, so that no reader rounds it.
impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Count::Whole(number) => match u64::try_from(*number) {
                Ok(number) => serializer.serialize_u64(number),
                Err(_) => serializer.collect_str(number),
            },
            Count::Odd(text) => serializer.serialize_str(text),
            Count::Null => serializer.serialize_none(),
        }
    }
}

impl JsonSchema for Count {
    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["integer", "string", "null"], "minimum": 0})
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

/// A [`share`] as it stands in JSON: four digits say enough and stay readable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(pub Option<f64>);

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rounded = self.0.map(|share| (share * 10_000.0).round() / 10_000.0);
        rounded.serialize(serializer)
    }
}

impl JsonSchema for Share {
    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["number", "null"], "minimum": 0, "maximum": 1})
    }
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
    use serde_json::{Value, json};

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
        assert_eq!(json!(Count::Whole(sum(&counts))), "18446744073709551616");
        assert_eq!(json!(Count::Null), Value::Null);
        assert_eq!(
            json!(Count::Whole((1 << 53) + 1)).to_string(),
            "9007199254740993"
        );
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        assert_eq!(share(0, 0), None);
        assert_eq!(json!(Share(share(1, 3))), 0.3333);
    }
}
