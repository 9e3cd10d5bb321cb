//! What the two master files have in common: their flags, and the way to them.

use std::io::{self, BufRead, BufReader, Read};

use crate::document::Sink;
use crate::error::{Error, Result};
use crate::net::{Client, Limits, Request};
use crate::output::ReplaceArgs;
use crate::profile::Settings;
use crate::provider::Context;

use super::access::Access;
use super::master::{self, Master};
use super::{Group, NAME, errors};

#[derive(Debug, clap::Args)]
pub struct DownloadArgs {
    /// The reports that the file is made of
    #[arg(long, value_name = "GROUP", default_value = "all")]
    group: Group,

    /// Largest file to accept, unpacked: 500MiB, 8GiB [default: 4GiB]
    #[arg(long, value_name = "SIZE")]
    max_size: Option<String>,

    #[command(flatten)]
    pub replace: ReplaceArgs,
}

/// A download that is ready to start.
pub struct Download<'a> {
    client: Client<'a>,
    request: Request,
    master: Master,
}

impl DownloadArgs {
    /// `method` without its `get_`: it is the name of the member of the answer too.
    pub fn prepare<'a>(&self, context: &Context<'a>, method: &'static str) -> Result<Download<'a>> {
        let settings = context.settings(NAME)?;
        let access = Access::of(&settings)?;
        let max = max_size(self.max_size.as_deref(), &settings)?;
        let limits = Limits {
            max_body: master::max_answer(max),
            is_passing: errors::is_passing,
        };
        Ok(Download {
            client: context.client(&settings, limits)?,
            request: access.master(&format!("get_{method}"), self.group.name()),
            master: Master {
                member: method,
                max,
            },
        })
    }
}

impl Download<'_> {
    /// Asks and hands the content on to `out`, as it comes.
    pub fn run<T>(
        &self,
        out: &mut dyn Sink,
        mut consume: impl FnMut(&mut dyn Read, &mut dyn Sink) -> Result<T>,
    ) -> Result<T> {
        self.master
            .fetch(&self.client, &self.request, out, &mut consume)
    }
}

/// Hands the content to `take` in pieces of its own size.
pub fn in_pieces(content: &mut dyn Read, mut take: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let mut content = BufReader::with_capacity(1 << 16, content);
    loop {
        let size = match content.fill_buf() {
            Ok([]) => return Ok(()),
            Ok(bytes) => {
                take(bytes)?;
                bytes.len()
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(master::unreadable(&error)),
        };
        content.consume(size);
    }
}

/// `--max-size`, else the setting.
fn max_size(flag: Option<&str>, settings: &Settings) -> Result<u64> {
    match (flag, settings.text("max_size")) {
        (Some(flag), _) => size(flag).ok_or_else(|| {
            Error::usage(format!(
                "--max-size {flag}: expected a size like 500MiB or 8GiB"
            ))
        }),
        (None, Some(text)) => size(text).ok_or_else(|| {
            Error::config(format!(
                "max_size must be a size like 500MiB or 8GiB, not {text:?}"
            ))
            .hint(settings.advice("max_size", "4GiB"))
        }),
        (None, None) => Ok(4 << 30),
    }
}

/// `4GiB`, `4G`, `500MB`, `1000`; K, M and G count by 1024.
fn size(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let shift = match unit.trim() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return None,
    };
    let size = number.parse::<u64>().ok()?.checked_mul(1 << shift)?;
    (size > 0).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_they_are_typed() {
        for (text, bytes) in [
            ("1000", 1000),
            ("4GiB", 4 << 30),
            ("2 mb", 2 << 20),
            ("1k", 1024),
        ] {
            assert_eq!(size(text), Some(bytes), "{text}");
        }
        for text in [
            "",
            "0",
            "x",
            "1.5GiB",
            "-1",
            "99999999999999999999",
            "99999999999999G",
        ] {
            assert_eq!(size(text), None, "{text}");
        }
    }
}
