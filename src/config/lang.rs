//! The language: `--lang`, `TI_LANG`, the file, the locale, English, in that order.

use clap::ValueEnum;

use crate::document::Lang;
use crate::error::Result;
use crate::system::Env;

use super::file::{Entry, Value};
use super::resolve::Profile;
use super::setting::LANG;
use super::settings::Origin;

const VARIABLE: &str = "TI_LANG";

/// The language, and who says it. A file that cannot be read says none: whoever needs it for more
/// will tell.
///
/// # Errors
/// `TI_LANG` names none that there is.
pub fn lang(profile: &Profile, flag: Option<Lang>) -> Result<(Lang, Origin)> {
    if let Some(lang) = flag {
        return Ok((lang, Origin::Flag("--lang")));
    }
    let env = &profile.system.env;
    if let Some(name) = env.get(VARIABLE) {
        LANG.check(name, VARIABLE)?;
        return Ok((of_name(name), Origin::Variable(VARIABLE.to_string())));
    }
    let file = profile.file().ok().flatten();
    if let Some(file) = &file
        && let Some(Entry {
            value: Value::Text(name),
            line,
        }) = &file.lang
    {
        return Ok((of_name(name), profile.origin(file, *line)));
    }
    Ok(match of_locale(env) {
        Some(variable) => (Lang::Zh, Origin::Variable(variable.to_string())),
        None => (Lang::En, Origin::Default),
    })
}

/// The language before any file is read: a word that names none is told of later.
pub fn lang_at_first(env: &Env, flag: Option<Lang>) -> Lang {
    let named = flag.or_else(|| env.get(VARIABLE).map(of_name));
    let of_locale = || of_locale(env).map(|_| Lang::Zh);
    named.or_else(of_locale).unwrap_or_default()
}

fn of_name(name: &str) -> Lang {
    Lang::from_str(name, false).unwrap_or_default()
}

/// The variable of the locale, where it names Chinese and a terminal of that locale can show it:
/// one with an encoding of its own cannot.
fn of_locale(env: &Env) -> Option<&'static str> {
    let mut names = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    let (variable, locale) = names.find_map(|name| Some((name, env.get(name)?)))?;
    let locale = locale.to_ascii_lowercase();
    let (language, encoding) = locale.split_once('.').unwrap_or((&locale, "utf-8"));
    let rest = language.strip_prefix("zh")?;
    let is_chinese = !rest.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_chinese && matches!(encoding, "utf-8" | "utf8")).then_some(variable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_of_the_locale_decides() {
        for (set, variable) in [
            (&[("LANG", "zh_CN.UTF-8")][..], Some("LANG")),
            (&[("LC_MESSAGES", "zh_TW.utf8")], Some("LC_MESSAGES")),
            (&[("LC_ALL", "zh")], Some("LC_ALL")),
            (&[("LC_ALL", "zh_CN")], Some("LC_ALL")),
            (
                &[("LC_ALL", "zh-Hans"), ("LANG", "en_US.UTF-8")],
                Some("LC_ALL"),
            ),
            (&[("LC_ALL", "C.UTF-8"), ("LANG", "zh_CN.UTF-8")], None),
            (
                &[("LC_MESSAGES", "en_US.UTF-8"), ("LANG", "zh_CN.UTF-8")],
                None,
            ),
            (&[("LC_ALL", ""), ("LANG", "zh_CN.UTF-8")], Some("LANG")),
            (&[("LC_CTYPE", "zh_CN.UTF-8")], None),
            (&[("LANG", "zh_CN.GB18030")], None),
            (&[("LANG", "zha")], None),
            (&[], None),
        ] {
            let set = set.iter().map(|(name, value)| (name.to_string(), *value));
            assert_eq!(
                of_locale(&set.clone().collect()),
                variable,
                "{:?}",
                set.collect::<Vec<_>>()
            );
        }
    }
}
