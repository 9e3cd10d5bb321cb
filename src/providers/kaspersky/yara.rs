//! `ti kaspersky yara`: the Master YARA, byte for byte.

use std::io::Read;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Done, Output};

use super::download::{DownloadArgs, in_pieces};
use super::errors;
use super::pieces::{FindRule, Utf8};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub fn run(args: &DownloadArgs, cx: &Context) -> Result<Done> {
    let mut out = cx.byte_output().replacing(&args.replace).open()?;
    let consume = |content: &mut dyn Read, out: &mut Output| match out.is_raw() {
        true => pass_on(content, out).map(|()| false),
        false => check(content, out),
    };
    if args.master.fetch("master_yara", cx, &mut out, consume)? {
        let warning = "the Master YARA begins with a byte-order mark, which yara refuses";
        cx.notes.warning(warning);
    }
    out.complete()
}

/// What came, whatever it is, once it is whole.
fn pass_on(content: &mut dyn Read, out: &mut Output) -> Result<()> {
    let mut any = false;
    in_pieces(content, |bytes| {
        any = true;
        out.bytes(bytes)
    })?;
    match any {
        true => Ok(()),
        false => Err(errors::malformed("the Master YARA is empty")),
    }
}

/// Rules, in UTF-8; gives whether there is a byte-order mark before them.
fn check(content: &mut dyn Read, out: &mut Output) -> Result<bool> {
    let (mut utf8, mut rules) = (Utf8::default(), FindRule::default());
    let mut head = Vec::new();
    in_pieces(content, |bytes| {
        let missing = BYTE_ORDER_MARK.len() - head.len();
        head.extend_from_slice(&bytes[..bytes.len().min(missing)]);
        utf8.take(bytes)?;
        rules.take(bytes);
        out.bytes(bytes)
    })?;
    utf8.finish()?;
    match rules.found {
        true => Ok(head == BYTE_ORDER_MARK),
        false => Err(errors::malformed("the Master YARA has no rules")),
    }
}
