//! What the two master files have in common: their flags, and the way to them.

use std::io::{self, BufRead, BufReader, Read};

use crate::context::Context;
use crate::error::Result;
use crate::files::ReplaceArgs;
use crate::http::{Client, Limits, Request};
use crate::output::Output;
use crate::units;

use super::access::Access;
use super::master::{self, Master};
use super::{Group, NAME, errors};

#[derive(Debug, clap::Args)]
pub struct DownloadArgs {
    /// The reports that the file is made of
    #[arg(long, value_name = "GROUP", default_value = "all")]
    group: Group,

    /// Largest file to accept, unpacked: 500MiB, 8GiB [default: 4GiB]
    #[arg(long, value_name = "SIZE", value_parser = units::size)]
    max_size: Option<u64>,

    #[command(flatten)]
    pub replace: ReplaceArgs,
}

/// A download that is ready to start.
pub struct Download {
    client: Client<'static>,
    request: Request,
    master: Master,
}

impl DownloadArgs {
    /// `method` without its `get_`: it is the name of the member of the answer too.
    pub fn prepare(&self, cx: &Context, method: &'static str) -> Result<Download> {
        let settings = cx.settings(NAME)?;
        let access = Access::of(&settings)?;
        let max = self.max_size.unwrap_or_else(|| settings.size("max_size"));
        let limits = Limits {
            max_body: master::max_answer(max),
            is_passing: errors::is_passing,
        };
        Ok(Download {
            client: cx.client(&settings, limits)?,
            request: access.master(&format!("get_{method}"), self.group.name()),
            master: Master {
                member: method,
                max,
            },
        })
    }
}

impl Download {
    /// Asks and hands the content on to `out`, as it comes.
    pub fn run<T>(
        &self,
        out: &mut Output,
        mut consume: impl FnMut(&mut dyn Read, &mut Output) -> Result<T>,
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
