//! Headers that a profile adds to each request, for a gateway before the service.
//! What they hold grants access as often as not, so their values are secrets.

use secrecy::SecretString;

use crate::error::{Error, Result};

use super::secret::Source;

/// Headers that the connection itself needs.
const OURS: &[&str] = &["host", "content-length", "connection", "transfer-encoding"];

/// `X-Name: value`, one a line, as a variable holds them. `from` names the place in errors.
pub fn lines(text: &str, from: &str) -> Result<Vec<(String, SecretString)>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let (name, value) = line.split_once(':').ok_or_else(|| {
                Error::config(format!("{from}: a line has no colon"))
                    .hint("write one header a line: X-Name: value")
            })?;
            check_name(name.trim(), from)?;
            Ok((name.trim().to_string(), SecretString::from(value.trim())))
        })
        .collect()
}

/// A name of RFC 9110's `token` form, which the connection does not need for itself.
pub fn check_name(name: &str, from: &str) -> Result<()> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        // It is not quoted: who writes the whole header there has written its value too.
        return Err(
            Error::config(format!("{from}: a header has a name that none can have"))
                .cause("a name is letters, digits and hyphens, without a colon or a blank"),
        );
    }
    if OURS.iter().any(|ours| ours.eq_ignore_ascii_case(name)) {
        return Err(Error::config(format!(
            "{from}: the header {name} is set by the connection itself"
        )));
    }
    Ok(())
}

/// What `config show` says: names, and where values come from.
pub(super) fn describe(headers: &[(String, Source)]) -> String {
    let one = |(name, source): &(String, Source)| format!("{name}: {}", source.describe());
    headers.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn headers_in_a_variable_are_one_a_line() {
        let headers = lines("X-Key: a:b\n\nX-Team: blue\n", "TI_BRCTI_HEADERS").unwrap();
        let shown: Vec<_> = headers
            .iter()
            .map(|(name, value)| format!("{name}={}", value.expose_secret()))
            .collect();
        assert_eq!(shown, ["X-Key=a:b", "X-Team=blue"]);
        let error = lines("secret", "TI_BRCTI_HEADERS").unwrap_err();
        assert_eq!(error.message, "TI_BRCTI_HEADERS: a line has no colon");
    }

    #[test]
    fn what_cannot_be_the_name_of_a_header_is_refused() {
        assert!(check_name("X Name", "config.toml:3").is_err());
        assert!(check_name("Host", "config.toml:3").is_err());
        assert!(check_name("X-Name", "config.toml:3").is_ok());
    }
}
