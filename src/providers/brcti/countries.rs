//! Names of countries beside their codes.

use crate::document::{Lang, Phrase};

/// A code, a tab, the English name, a tab, the Chinese name; sorted by code.
const TABLE: &str = include_str!("countries.tsv");

/// The names of a country; none for a code that is not in ISO 3166.
pub fn country(code: &str) -> Option<Phrase> {
    if code.len() != 2 {
        return None;
    }
    TABLE.lines().find_map(|line| {
        let mut parts = line.split('\t');
        (parts.next()? == code).then_some(())?;
        Some(Phrase::new(parts.next()?, parts.next()?))
    })
}

/// `CN  China`, in the language asked for; an unknown code as it came.
pub fn label(code: &str, lang: Lang) -> String {
    match country(code) {
        Some(country) => format!("{code}  {}", country.in_lang(lang)),
        None => code.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_names_in_both_languages() {
        assert_eq!(label("CN", Lang::En), "CN  China");
        assert_eq!(label("DE", Lang::Zh), "DE  德国");
        assert_eq!(label("QQ", Lang::Zh), "QQ");
        assert_eq!(label("#", Lang::En), "#");
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        let codes: Vec<_> = rows.map(|line| line.split('\t').count()).collect();
        assert!(codes.len() > 249 && codes.iter().all(|parts| *parts == 3));
    }
}
