//! What the two master files have in common: their flags, and the way to them.

use std::io::{self, BufRead, BufReader, Read};

use crate::context::Context;
use crate::error::Result;
use crate::files::ReplaceArgs;
use crate::units;

use super::api::Api;
use super::master::{self, Master, Receiver};
use super::{Group, NAME};

#[derive(Debug, clap::Args)]
pub struct DownloadArgs {
    #[command(flatten)]
    pub master: MasterArgs,

    #[command(flatten)]
    pub replace: ReplaceArgs,
}

/// Which file, and how large it may be.
#[derive(Debug, Default, clap::Args)]
pub struct MasterArgs {
    /// The reports that the file is made of
    #[arg(long, value_name = "GROUP", default_value = "all")]
    group: Option<Group>,

    /// Largest file to accept, unpacked; 500MiB, 8GiB [default: 4GiB]
    #[arg(long, value_name = "SIZE", value_parser = units::size)]
    pub max_size: Option<u64>,
}

impl MasterArgs {
    /// Asks for a master file and hands its content to `consume`, as it comes. `member` is what
    /// it is called in the answer: the method without its `get_`.
    pub fn fetch<T, O: Receiver>(
        &self,
        member: &'static str,
        cx: &Context,
        out: &mut O,
        mut consume: impl FnMut(&mut dyn Read, &mut O) -> Result<T>,
    ) -> Result<T> {
        let settings = cx.settings(NAME)?;
        let max = self.max_size.unwrap_or_else(|| settings.size("max_size"));
        let api = Api::new(&settings, master::max_answer(max), cx.clock, cx.notes)?;
        let master = Master { member, max };
        let group = self.group.unwrap_or(Group::All);
        api.master(&master, group.name(), out, &mut consume)
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
