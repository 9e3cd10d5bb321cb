//! A provider's command, from its arguments to its last byte.

use std::path::Path;

use clap::ArgMatches;

use crate::console::Palette;
use crate::console::Reporter;
use crate::console::wants_colour;
use crate::document::{Drawn, Layout};
use crate::error::{Error, Kind, Result};
use crate::files::Folder;
use crate::input::Inputs;
use crate::output::{Appended, Format, Options, Output, Resumed, Selection, listing};
use crate::provider::{Context, Ending, Provider};
use crate::system::System;

use super::args::{Colour, Globals};
use super::{Run, demo, file, print};

pub fn run(provider: &dyn Provider, matches: &ArgMatches, mut run: Run) -> Result<()> {
    let command = provider.parse(matches)?;
    let layout = command.layout();
    if run.globals.fields.as_deref() == Some("") {
        return print(listing(&layout).as_bytes());
    }
    let mut options = options(run.globals, &run.profile.system, &layout)?;
    if options.format == Format::Raw && !layout.is_file() && !command.has_raw() {
        return Err(no_raw());
    }
    if command.writes_rows() {
        refuse_formats(run.globals)?;
        options.rows = true;
    }
    options.replace = command.replace().cloned();
    file::check(&options, &layout, run.globals)?;
    let mut inputs = match command.inputs() {
        Some(inputs) => inputs.open(&run.profile.system)?,
        None => Inputs::none(),
    };
    let mut resumed = None;
    if let Some(path) = command.resumes() {
        let (rest, file) = resume(path, inputs, &mut options, &layout, &run)?;
        (inputs, resumed) = (rest, Some(file));
    }
    let folder = command.folder().map(Folder::open).transpose()?;
    let fail_unchanged = command.replace().is_some_and(|args| args.fail_unchanged);
    let mut output = match resumed {
        Some(file) => Output::resume(file, options, &layout)?,
        None => Output::open(options, &layout)?,
    };
    // It serves until the command is done.
    let _sandbox = match run.globals.demo {
        true => Some(demo::start(provider, &mut run)?),
        false => None,
    };
    let lang = run.globals.lang;
    let interrupt = run.interrupt.clone();
    let mut context = Context::new(
        &run.profile,
        lang,
        run.notes,
        interrupt,
        inputs,
        &mut output,
    );
    context.folder = folder.as_ref().map(|folder| folder as _);
    let ended = command.run(context);
    for remark in output.remarks() {
        run.notes.warning(&remark);
    }
    match ended {
        Ok(ending) => {
            let outcome = output.finish(true)?;
            match ending {
                Ending::Complete => file::tell(outcome, fail_unchanged, &run),
                Ending::Partial(error) => Err(error),
            }
        }
        // The reader has gone: what is left could not be written either.
        Err(error) if error.kind == Kind::ClosedPipe => Err(error),
        Err(error) => {
            // The first error is the one to tell.
            let _ = output.finish(false);
            Err(error)
        }
    }
}

/// Nobody was asked, so there are no bytes to pass on.
pub fn no_raw() -> Error {
    Error::usage("--raw: this command asks no service")
        .hint("--json, --ndjson and --csv have all that it knows")
}

/// Rows come out as they went in.
fn refuse_formats(globals: &Globals) -> Result<()> {
    if globals.asked_format().is_some() || globals.fields.is_some() {
        return Err(Error::usage("the rows keep their own format")
            .hint("leave --format, --json, --ndjson, --csv, --raw and --fields out"));
    }
    Ok(())
}

/// Goes on with the file of an earlier run: what it answered is not asked again.
fn resume(
    path: &Path,
    inputs: Inputs,
    options: &mut Options,
    layout: &Layout,
    run: &Run,
) -> Result<(Inputs, Appended)> {
    if run.globals.output.is_some() {
        return Err(
            Error::usage("--resume and --output: the answers go to one file")
                .hint("leave --output out: what is missing is appended to the file of --resume"),
        );
    }
    let Resumed {
        file,
        format,
        fields,
        mut answered,
    } = Resumed::open(path, run.globals.asked_format(), layout)?;
    if !answered.is_empty() {
        let (count, path) = (answered.len(), path.display());
        run.notes
            .note(&format!("{count} inputs were answered already in {path}"));
    }
    options.format = format;
    options.fields = fields.or(options.fields.take());
    options.on_terminal = false;
    let rest = inputs.only(move |input| !answered.take(input.text.as_deref().unwrap_or_default()));
    Ok((rest, file))
}

/// How the output is to look: what was typed and what the terminal can show.
pub fn options(globals: &Globals, system: &System, layout: &Layout) -> Result<Options> {
    let format = match layout.is_file() {
        false => globals.chosen_format(),
        // The name of a file that is passed on says nothing of its format.
        true => match globals.asked_format() {
            None | Some(Format::Raw) => Format::Raw,
            Some(_) => {
                return Err(Error::usage("this command passes a file on as it is")
                    .hint("leave --format, --json, --ndjson, --csv and --chart out"));
            }
        },
    };
    refuse_undrawable(format, globals, system, layout)?;
    let fields = match &globals.fields {
        Some(_) if format == Format::Raw => {
            return Err(Error::usage("--fields cannot be used with --raw").hint(
                "--raw passes on what the service sent; choose fields with --json or --csv",
            ));
        }
        Some(_) if format.is_drawn() => {
            return Err(
                Error::usage("--fields cannot be used with a chart or picture")
                    .hint("choose fields with --json, --csv or a table"),
            );
        }
        Some(list) => Some(Selection::parse(list, layout)?),
        None => None,
    };
    let to_file = globals
        .output
        .as_deref()
        .is_some_and(|path| path.as_os_str() != "-");
    let on_terminal = system.stdout_is_terminal && !to_file;
    let colour = match globals.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => wants_colour(&system.env, on_terminal) && !to_file,
    };
    Ok(Options {
        format,
        path: globals.output.clone(),
        rows: false,
        replace: None,
        fields,
        lang: globals.lang,
        palette: Palette { colour },
        width: width(system, on_terminal),
        unicode: speaks_unicode(system),
        on_terminal,
    })
}

/// What cannot be drawn, or not here, is refused before any request.
fn refuse_undrawable(
    format: Format,
    globals: &Globals,
    system: &System,
    layout: &Layout,
) -> Result<()> {
    let can = match layout.drawn {
        Drawn::Always => true,
        Drawn::OnPages => format == Format::Html,
        Drawn::Never => false,
    };
    if format.is_drawn() && !can {
        return Err(
            Error::usage("this answer is a list: there is nothing in it to draw")
                .hint("choose --format table, json, ndjson or csv"),
        );
    }
    let to_stdout = globals
        .output
        .as_deref()
        .is_none_or(|path| path.as_os_str() == "-");
    if format == Format::Png && to_stdout && system.stdout_is_terminal {
        return Err(
            Error::usage("a PNG is not for a terminal").hint("write it to a file: -o chart.png")
        );
    }
    Ok(())
}

/// `COLUMNS` if set, else the terminal's own width, else what a page holds.
fn width(system: &System, on_terminal: bool) -> u16 {
    let columns = system
        .env
        .get("COLUMNS")
        .and_then(|columns| columns.parse().ok());
    let terminal = system.terminal_width.filter(|_| on_terminal);
    columns.or(terminal).unwrap_or(100).max(40)
}

/// A locale that names another encoding than UTF-8 gets ASCII rules; none at all, as in
/// containers, does not.
fn speaks_unicode(system: &System) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| system.env.get(name));
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
