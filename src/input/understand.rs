//! What an input means, or why it means nothing. Pure.

use crate::error::{Error, Result};
use crate::indicator::{CutFrom, Indicator, Parsed, Refusal, parse, parse_public};

use super::Input;

/// What a refusal advises for all inputs like it.
pub const ADVICE: [&str; 2] = [
    "if it is a name all the same, --any-name asks for it",
    "--extract looks up the indicators in a text",
];

impl Input {
    /// The indicator in it. Names without a public suffix count where any may be asked for.
    ///
    /// # Errors
    /// Usage: what it is instead, and what to do.
    pub fn understood(&self, any_name: bool) -> Result<Parsed> {
        let [any_name_hint, extract_hint] = ADVICE;
        const UNASKED: &str = "nothing was asked and no quota spent";
        let text = match &self.text {
            Ok(text) => text,
            Err(unreadable) => {
                let error = Error::usage("the line is refused").cause(unreadable);
                return Err(error.hint(UNASKED));
            }
        };
        let parsed = match any_name {
            true => parse(text),
            false => parse_public(text),
        };
        parsed.map_err(|refusal| {
            let error = Error::usage(format!("{text:?} is refused")).cause(&refusal);
            let error = match refusal {
                Refusal::NoPublicSuffix(_) => error.hint(any_name_hint),
                Refusal::Several(_) | Refusal::InText(_) if self.row.is_none() => {
                    error.hint(extract_hint)
                }
                _ => error,
            };
            error.hint(UNASKED)
        })
    }
}

/// What the user is told of an input that is more than what is looked up for it, or that may be
/// read in another way. `shown` is the input as it was typed.
pub fn told_of(parsed: &Parsed, shown: &str, asked: &Indicator) -> Option<String> {
    let whole = match (parsed.cut_from, &parsed.other_reading) {
        (Some(CutFrom::Url), _) => "a URL",
        (Some(CutFrom::HostAndPort), _) => "a host with a port",
        (None, Some(other)) => {
            return Some(format!(
                "{shown} is looked up as one name, {asked}; if {other} was meant, ask for that"
            ));
        }
        (None, None) => return None,
    };
    Some(format!("{shown} is {whole}: its host {asked} is looked up"))
}
