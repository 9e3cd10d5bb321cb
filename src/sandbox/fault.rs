use std::str::FromStr;

/// Something that goes wrong for a number of requests: `503:2`, `reset`, `cut:1`, `html`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// Requests that it strikes; none for all.
    pub times: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A failure with this HTTP status, in the service's own words.
    Status(u16),
    /// The connection closes without an answer.
    Reset,
    /// The answer breaks off in the middle.
    Cut,
    /// A login page with status 200.
    Html,
    /// The answer comes in pieces, over some seconds.
    Slow,
    /// The answer is JSON as ever, and its content is damaged.
    Spoilt(Encoding),
}

/// What content is wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Base64,
    Gzip,
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, times) = match text.split_once(':') {
            Some((kind, times)) => {
                let times = times
                    .parse()
                    .map_err(|_| format!("{times:?} is not a number of times"))?;
                (kind, Some(times))
            }
            None => (text, None),
        };
        let kind = match kind {
            "reset" => FaultKind::Reset,
            "cut" => FaultKind::Cut,
            "html" => FaultKind::Html,
            "slow" => FaultKind::Slow,
            "base64" => FaultKind::Spoilt(Encoding::Base64),
            "gzip" => FaultKind::Spoilt(Encoding::Gzip),
            status => match status.parse() {
                Ok(status @ 400..=599) => FaultKind::Status(status),
                _ => {
                    let known = "reset, cut, slow, html, base64 or gzip";
                    return Err(format!("expected a status from 400 to 599, {known}"));
                }
            },
        };
        Ok(Fault { kind, times })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_as_they_are_typed() {
        let fault = |kind, times| Ok(Fault { kind, times });
        assert_eq!("503:2".parse(), fault(FaultKind::Status(503), Some(2)));
        assert_eq!("reset".parse(), fault(FaultKind::Reset, None));
        assert!("200".parse::<Fault>().is_err());
        assert!("503:x".parse::<Fault>().is_err());
    }
}
