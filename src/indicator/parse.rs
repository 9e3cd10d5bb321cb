//! One input, as a person would have meant it: what stands around it comes off, disguises are
//! undone, it must be one thing, and then it is classified. Pure.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net};

use super::letters::{is_dot, is_like_quote, is_name_emoji, is_skin};
use super::peel::peel;
use super::{
    Algorithm, CutFrom, Domain, Indicator, Parsed, Refusal, Url, refang, scan, split_scheme,
    without_escapes_in_host,
};

/// Understands one input; the names in it may be any. What has more than one host is refused.
pub fn parse(input: &str) -> Result<Parsed, Refusal> {
    match Url::plain(input) {
        Some(url) => Ok(parsed(Indicator::Url(url), Some(CutFrom::Url))),
        None => understood(input),
    }
}

fn parsed(indicator: Indicator, cut_from: Option<CutFrom>) -> Parsed {
    Parsed {
        indicator,
        cut_from,
        other_reading: None,
    }
}

fn understood(input: &str) -> Result<Parsed, Refusal> {
    let text = peel(&refang(&peel(input)));
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    if let Some(plain) = without_escapes_in_host(&text) {
        return understood(&plain);
    }
    let read = classify(&text).map_err(|refusal| match refusal {
        Refusal::Wildcard(_) => refusal,
        _ if is_pattern(input) => Refusal::Pattern,
        _ => refusal,
    });
    let mut inside = scan(input.as_bytes()).loose(true);
    let (first, second) = (inside.next(), inside.next());
    match (first, second) {
        (Some(first), Some(second)) => {
            let (first, second) = (first.text, second.text);
            Err(Refusal::Several(match inside.next() {
                None => format!("{first}, {second}"),
                Some(_) => format!("{first}, {second}, …"),
            }))
        }
        (Some(first), None) if text.contains(char::is_whitespace) => {
            Err(Refusal::InText(first.text.to_string()))
        }
        (Some(first), None) => {
            let mut parsed = read?;
            // `mil.cn/,evil.com`: a name that nobody has registered is none to whoever scans.
            let before = input[..first.offset].chars().next_back();
            let belongs = |c: char| "/?&=#:@%".contains(c);
            if let Indicator::Url(url) = &parsed.indicator
                && Some(url.host()) != first.indicator.host()
                && before.is_some_and(|c| !belongs(c))
            {
                return Err(Refusal::Several(format!("{}, {}", url.host(), first.text)));
            }
            let is_name = |indicator: &Indicator| matches!(indicator, Indicator::Domain(_));
            if is_name(&parsed.indicator) && first.indicator != parsed.indicator {
                parsed.other_reading = Some(first.text.to_string());
            }
            Ok(parsed)
        }
        (None, _) => read,
    }
}

/// As [`parse`]; a name needs a public suffix besides, or one for special use.
pub fn parse_public(input: &str) -> Result<Parsed, Refusal> {
    let parsed = parse(input)?;
    match parsed.indicator.host() {
        Some(Indicator::Domain(domain)) if !domain.is_public() => {
            Err(Refusal::NoPublicSuffix(domain.top().to_string()))
        }
        Some(Indicator::Domain(domain)) if domain.ascii().starts_with('-') => {
            let name = domain.ascii().trim_start_matches('-');
            Err(match name.starts_with('.') {
                true => Refusal::NotADomain("a label is nothing but hyphens"),
                false => Refusal::Hyphen(name.to_string()),
            })
        }
        _ => Ok(parsed),
    }
}

fn classify(text: &str) -> Result<Parsed, Refusal> {
    let whole = |indicator| Ok(parsed(indicator, None));
    if let Some(algorithm) = Algorithm::of(text) {
        return whole(Indicator::Hash(algorithm, text.to_ascii_lowercase()));
    }
    if let Some(range) = range(text) {
        return whole(range.into());
    }
    if is_impossible_range(text) {
        return Err(Refusal::NoSuchRange);
    }
    if split_scheme(text).is_some() || text.contains(['/', '\\', '?', '#']) {
        let url = Indicator::Url(Url::parse(text)?);
        return Ok(parsed(url, Some(CutFrom::Url)));
    }
    if let Some((local, host)) = text.rsplit_once('@') {
        return whole(email(local, host)?);
    }
    if let Some(host) = split_port(text) {
        return Ok(parsed(host_indicator(host)?, Some(CutFrom::HostAndPort)));
    }
    whole(host_indicator(text)?)
}

/// `192.0.2.0/24`, `192.0.2.0/255.255.255.0`.
fn range(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| {
        let (address, mask) = text.split_once('/')?;
        masked(address.parse().ok()?, mask)
    })
}

/// The range that an address and the mask behind it are.
pub(super) fn masked(address: Ipv4Addr, mask: &str) -> Option<IpNet> {
    let range = Ipv4Net::with_netmask(address, mask.parse().ok()?);
    range.ok().map(IpNet::V4)
}

/// Whether a text that is no indicator is a regular expression or a glob.
fn is_pattern(text: &str) -> bool {
    const SIGNS: [&str; 10] = [
        ".*", ".+", "(?", "[^", "[a-z", "[0-9", "\\d", "\\w", "\\b", "*:",
    ];
    let is_choice = text.contains('(') && text.contains('|');
    is_choice || text.starts_with('?') || SIGNS.iter().any(|sign| text.contains(sign))
}

fn is_impossible_range(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, length)| {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        address.parse::<IpAddr>().is_ok() && length.len() <= 3 && is_number(length)
    })
}

fn email(local: &str, host: &str) -> Result<Indicator, Refusal> {
    if local.is_empty() || local.contains(['@', ',', ';']) || local.contains(char::is_whitespace) {
        return Err(Refusal::NotAnAddress);
    }
    let host = host_indicator(host)?;
    Ok(Indicator::Email(format!("{}@{host}", local.to_lowercase())))
}

/// A host: an address or a name, in brackets or not; `[…]` and a bare `::1` can be IPv6, with a
/// zone behind it.
pub(super) fn host_indicator(host: &str) -> Result<Indicator, Refusal> {
    let bracketed = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    let host = bracketed.unwrap_or(host);
    let address = host.split('%').next().unwrap_or_default();
    let is_hex = |byte: u8| byte.is_ascii_hexdigit() || b":.".contains(&byte);
    if address.contains(':') && address.bytes().all(is_hex) {
        let address: Ipv6Addr = address.parse().map_err(|_| Refusal::NotIpv6)?;
        return Ok(IpAddr::from(address).into());
    }
    if let Some(name) = without_wildcard(host) {
        if name.starts_with('.') {
            return Err(Refusal::NotADomain("a label is empty"));
        }
        return Err(match host_indicator(name) {
            Ok(Indicator::Domain(_)) => Refusal::Wildcard(name.to_string()),
            Ok(_) => Refusal::NotADomain("a label is empty"),
            Err(Refusal::NoDot) => Refusal::Pattern,
            Err(refusal) => refusal,
        });
    }
    if host.contains('*') {
        return Err(Refusal::Pattern);
    }
    if let Some(refusal) = sign_before(host) {
        return Err(refusal);
    }
    match Domain::parse(host)? {
        // Full-width digits and `。` become an address only after normalisation.
        domain if ends_in_number(domain.ascii()) => domain
            .ascii()
            .parse()
            .map(Indicator::Ipv4)
            .map_err(|_| Refusal::NotDottedQuad),
        domain if !domain.ascii().contains('.') => Err(Refusal::NoDot),
        domain => Ok(Indicator::Domain(domain)),
    }
}

/// `evil.com` of `*.evil.com`, `*.*.evil.com`, `.evil.com`.
fn without_wildcard(host: &str) -> Option<&str> {
    let any = |host: &str| ["*.", "%."].iter().any(|any| host.starts_with(any));
    let mut name = host.strip_prefix('.').unwrap_or(host);
    while any(name) {
        name = &name[2..];
    }
    (name.len() < host.len()).then_some(name)
}

/// What stands before a name and could be its first letter as well, an emoji or a `ʻ`: a sign that
/// somebody put there, or part of the name, nobody knows.
fn sign_before(host: &str) -> Option<Refusal> {
    let is_sign = |c: char| is_name_emoji(c) || is_like_quote(c);
    // Joiners, form and colour of the sign before, flags.
    let belongs =
        |c: char| is_skin(c) || matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{e0020}'..='\u{e007f}');
    host.chars().next().filter(|c| is_sign(*c))?;
    let name = host.trim_start_matches(|c| is_sign(c) || belongs(c));
    let sign = &host[..host.len() - name.len()];
    let whole = Domain::parse(host).ok()?.ascii().to_string();
    (!name.is_empty() && !name.starts_with(is_dot))
        .then(|| Refusal::Sign(name.to_string(), sign.to_string(), whole))
}

/// The host of `host:port`; `None` if there is no port or it is a bare IPv6 address.
pub(super) fn split_port(text: &str) -> Option<&str> {
    let (host, port) = text.rsplit_once(':')?;
    let ipv6 = host.contains(':') && !host.ends_with(']');
    (!ipv6 && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(host)
}

/// Whether a resolver would take it for an address: `127.1`, `0x7f.1`, `010.8.8.8`.
fn ends_in_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let hex = last
        .strip_prefix("0x")
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    hex || (!last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(3000))]
        #[test]
        fn the_short_way_leads_where_the_long_one_does(
            text in "https?://[a-zA-Z0-9.-]{1,4}(evil|xn--|x|1.2.3|1)[a-z0-9.-]{0,4}(com|[a-z0-9.]{1,3})\
                (:[0-9]{0,6})?(/[a-zA-Z0-9/._~?=-]{0,12}|)(evil.com|8.8.8.8|http|d41d8cd98f00b204e9800998ecf8427e|)(/|)",
        ) {
            proptest::prop_assert_eq!(parse(&text), understood(&text));
        }
    }
}
