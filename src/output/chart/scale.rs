//! The scale of counts: marks at round numbers. Pure.

use std::iter;

/// Marks from 0 to the first round number that is not below `greatest`; `most` marks or fewer
/// above 0. All are whole, as counts are.
pub(in crate::output) fn marks(greatest: u128, most: usize) -> Vec<u128> {
    let (greatest, most) = (greatest.max(1), most.max(1) as u128);
    let tens = iter::successors(Some(1_u128), |ten| Some(ten.saturating_mul(10)));
    let mut steps = tens.flat_map(|ten| [1, 2, 5].map(|factor| ten.saturating_mul(factor)));
    let step = steps.find(|step| greatest.div_ceil(*step) <= most);
    let step = step.unwrap_or(u128::MAX);
    let count = greatest.div_ceil(step);
    (0..=count).map(|mark| mark.saturating_mul(step)).collect()
}

/// `12,500,000` → `12.5M`: short enough for an axis.
pub(in crate::output) fn short(number: u128) -> String {
    for (unit, size) in [
        ("E", 1e18),
        ("P", 1e15),
        ("T", 1e12),
        ("G", 1e9),
        ("M", 1e6),
        ("k", 1e3),
    ] {
        let value = number as f64 / size;
        if value >= 10.0 || (value >= 1.0 && number.is_multiple_of(size as u128 / 10)) {
            let text = format!("{value:.1}");
            return format!("{}{unit}", text.trim_end_matches(".0"));
        }
    }
    number.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_reach_the_greatest() {
        assert_eq!(marks(75, 4), [0, 20, 40, 60, 80]);
        assert_eq!(marks(1, 4), [0, 1]);
        assert_eq!(marks(0, 4), [0, 1]);
        assert_eq!(marks(3, 4), [0, 1, 2, 3]);
        assert_eq!(marks(1_000, 2), [0, 500, 1000]);
    }

    #[test]
    fn long_numbers_get_short() {
        let short: Vec<_> = [999, 1_000, 1_500, 1_234, 25_000, 12_500_000]
            .map(short)
            .to_vec();
        assert_eq!(short, ["999", "1k", "1.5k", "1234", "25k", "12.5M"]);
    }

    proptest::proptest! {
        #[test]
        fn every_number_has_a_scale(greatest: u64, most in 1_usize..20) {
            let marks = marks(u128::from(greatest), most);
            proptest::prop_assert!(marks.len() <= most + 1);
            proptest::prop_assert!(*marks.last().unwrap() >= u128::from(greatest));
        }
    }
}
