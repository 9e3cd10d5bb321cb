//! Whether an answer is about what was asked. Pure.
//!
//! A proxy or a service that sends one answer too many on a connection shifts all later ones by
//! one; each is well-formed, and the verdict another's.

use crate::error::{Error, Result};
use crate::indicator::{Indicator, parse};

use super::answer::Intel;

/// What the answer is about where that is a parent of the domain asked about: the service may
/// answer for the registered name. `None` if it is about the very same, or does not say.
///
/// # Errors
/// It is about something else.
pub fn check(query: &Indicator, found: &Intel) -> Result<Option<String>> {
    let elsewhere = |what: &str| {
        Error::service("KTI answered about something else")
            .cause(format!("{query} was asked, and the answer is about {what}"))
            .hint("ask again; a proxy that mixes up answers does so for all who use it")
    };
    if let Some(instead) = &found.instead {
        return Err(elsewhere(instead));
    }
    let ip = found.ip.as_ref().and_then(|ip| ip.known()?.ip.as_ref());
    let domain = found.domain.as_ref();
    let domain = domain.and_then(|domain| domain.known()?.domain.as_ref());
    let named: Vec<&str> = [ip, domain]
        .into_iter()
        .filter_map(|name| Some(name?.known()?.as_str()))
        .collect();
    let asked = query.to_string();
    let about = |name: &&str| parse(name).map(|parsed| parsed.indicator);
    if named.is_empty() || named.contains(&asked.as_str()) {
        return Ok(None);
    }
    if named.iter().any(|name| about(name).as_ref() == Ok(query)) {
        return Ok(None);
    }
    let mut others = named.iter().filter_map(|name| about(name).ok());
    match others.find(|other| is_parent(other, query)) {
        Some(parent) => Ok(Some(parent.to_string())),
        None => Err(elsewhere(&named.join(", "))),
    }
}

/// Whether it is a name above that of the query, and of the same owner.
fn is_parent(other: &Indicator, query: &Indicator) -> bool {
    let (Indicator::Domain(parent), Indicator::Domain(domain)) = (other, query) else {
        return false;
    };
    let rest = domain.ascii().strip_suffix(parent.ascii());
    !parent.is_suffix() && rest.is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::providers::kti::model;

    use super::*;

    const SAME: Result<Option<&str>, ()> = Ok(None);
    const OTHER: Result<Option<&str>, ()> = Err(());

    /// The address and the domain that an answer names: `-` if it has no such object, empty if the
    /// object names nothing.
    #[test]
    fn the_same_is_right_a_parent_is_told_and_anything_else_is_an_error() {
        for (asked, ip, domain, expected) in [
            ("evil.com", "-", "EVIL.com.", SAME),
            ("xn--rhtz55j.cn", "-", "金山.cn", SAME),
            ("8.8.8.8", "8.8.8.8", "-", SAME),
            ("8.8.8.8", "null", "", SAME),
            ("a.b.evil.com", "-", "Evil.com", Ok(Some("evil.com"))),
            ("a.金山.cn", "-", "金山.cn", Ok(Some("xn--rhtz55j.cn"))),
            ("evil.com", "-", "a.evil.com", OTHER),
            ("notevil.com", "-", "evil.com", OTHER),
            ("evil.com", "-", "com", OTHER),
            ("evil.co.uk", "-", "CO.UK.", OTHER),
            ("a.b.evil.co.uk", "-", "evil.co.uk", Ok(Some("evil.co.uk"))),
            ("evil.公司.cn", "-", "公司.cn", OTHER),
            ("evil.github.io", "-", "github.io", OTHER),
            (
                "x.evil.github.io",
                "-",
                "evil.github.io",
                Ok(Some("evil.github.io")),
            ),
            ("printer.local", "-", "local", OTHER),
            ("evil.com", "8.8.8.8", "-", OTHER),
            ("8.8.8.8", "8.8.4.4", "-", OTHER),
            ("8.8.8.8", "-", "evil.com", OTHER),
            ("8.8.8.8", "rubbish", "-", OTHER),
        ] {
            let query = parse(asked).unwrap().indicator;
            let object = |field: &str, name: &str| match name {
                "-" => None,
                "" => Some(json!({})),
                "null" => Some(json!({field: null})),
                name => Some(json!({field: name})),
            };
            let found = Intel {
                ip: object("ip", ip).map(|ip| model::ip(ip.into()).about),
                domain: object("domain", domain).map(|sent| model::domain(sent.into()).about),
                ..Intel::default()
            };
            let got = check(&query, &found);
            let got = got.as_ref().map(Option::as_deref).map_err(|_| ());
            assert_eq!(got, expected, "{asked}");
        }
    }
}
