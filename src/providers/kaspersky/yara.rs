//! `ti kaspersky yara`: the Master YARA, byte for byte.

use crate::document::Layout;
use crate::error::Result;
use crate::files::ReplaceArgs;
use crate::provider::{Command, Context, Ending};

use super::download::{DownloadArgs, in_pieces};
use super::errors;
use super::pieces::{FindRule, Utf8};

#[derive(Debug, clap::Args)]
pub struct YaraArgs {
    #[command(flatten)]
    download: DownloadArgs,
}

impl Command for YaraArgs {
    fn layout(&self) -> Layout {
        Layout::FILE
    }

    fn replace(&self) -> Option<&ReplaceArgs> {
        Some(&self.download.replace)
    }

    fn run(&self, context: Context<'_>) -> Result<Ending> {
        let download = self.download.prepare(&context, "master_yara")?;
        download.run(context.out, |content, out| {
            let (mut utf8, mut rules) = (Utf8::default(), FindRule::default());
            in_pieces(content, |bytes| {
                utf8.take(bytes)?;
                rules.take(bytes);
                out.bytes(bytes)
            })?;
            utf8.finish()?;
            match rules.found {
                true => Ok(Ending::Complete),
                false => Err(errors::malformed("the Master YARA has no rules", b"")),
            }
        })
    }
}
