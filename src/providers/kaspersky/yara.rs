//! `ti kaspersky yara`: the Master YARA, byte for byte.

use std::io::Read;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Done, Output};

use super::download::{DownloadArgs, in_pieces};
use super::errors;
use super::pieces::{FindRule, Utf8};

#[derive(Debug, clap::Args)]
pub struct YaraArgs {
    #[command(flatten)]
    download: DownloadArgs,
}

pub fn run(args: &YaraArgs, cx: &Context) -> Result<Done> {
    let mut out = cx.byte_output().replacing(&args.download.replace).open()?;
    let consume = |content: &mut dyn Read, out: &mut Output| {
        let (mut utf8, mut rules) = (Utf8::default(), FindRule::default());
        in_pieces(content, |bytes| {
            utf8.take(bytes)?;
            rules.take(bytes);
            out.bytes(bytes)
        })?;
        utf8.finish()?;
        match rules.found {
            true => Ok(()),
            false => Err(errors::malformed("the Master YARA has no rules")),
        }
    };
    args.download.fetch("master_yara", cx, &mut out, consume)?;
    out.complete()
}
