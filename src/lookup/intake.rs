//! Each input understood, in a thread of its own: a slow stdin holds up nothing else.

use crossbeam_channel::{Receiver, bounded};

use crate::error::{Error, Result};
use crate::indicator::{CutFrom, Indicator, Kind, Parsed, parse};
use crate::input::{Input, Inputs};

/// Inputs that are read ahead.
const AHEAD: usize = 1024;

/// An input, and what is to be asked for it.
pub struct Taken {
    pub input: Input,
    pub understood: Result<Parsed>,
}

/// The channel closes when there are no more. A thread that waits for a terminal or a pipe
/// cannot be called back; it ends with the process.
pub fn feed(inputs: Inputs) -> Receiver<Result<Taken>> {
    let (sender, receiver) = bounded(AHEAD);
    std::thread::spawn(move || {
        for input in inputs {
            let taken = input.map(|input| Taken {
                understood: understand(&input),
                input,
            });
            if sender.send(taken).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The indicator in an input, or why there is none that this service takes.
fn understand(input: &Input) -> Result<Parsed> {
    let refused = |what: &str, why: &dyn std::fmt::Display| {
        Error::usage(format!("{what} is refused"))
            .cause(why)
            .hint("nothing was asked and no quota spent")
    };
    let parsed = match &input.text {
        Ok(text) => parse(text).map_err(|refusal| refused(&format!("{text:?}"), &refusal)),
        Err(unreadable) => Err(refused("the line", unreadable)),
    }?;
    Ok(Parsed {
        indicator: accepted(parsed.indicator)?,
        ..parsed
    })
}

/// What this service takes of it: an IPv4 address or a domain (contract: kti.md, "Input").
fn accepted(indicator: Indicator) -> Result<Indicator> {
    let host = indicator.host().unwrap_or(&indicator);
    let what = match host.kind() {
        Kind::Ip | Kind::Domain => return Ok(host.clone()),
        Kind::Ipv6 => "an IPv6 address",
        Kind::Cidr => "an address range",
        Kind::Email => "an e-mail address",
        _ => "a file hash",
    };
    Err(Error::usage(format!("{host} is refused"))
        .cause(format!(
            "it is {what}, and KTI knows IPv4 addresses and domains only"
        ))
        .hint("nothing was asked and no quota spent"))
}

/// What the user is told of an input that was more than an indicator.
pub fn told_of_cut(cut_from: CutFrom, shown: &str, indicator: &Indicator) -> String {
    let whole = match cut_from {
        CutFrom::Url => "a URL",
        CutFrom::HostAndPort => "a host with a port",
    };
    format!("{shown} is {whole}: its host {indicator} is looked up")
}
