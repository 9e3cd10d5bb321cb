//! From what was typed to an open output. Whatever can be refused is refused here, before any
//! request: a format that the answer has not, a field that it lacks, a file that cannot be written.

use std::path::Path;

use jiff::Timestamp;

use crate::console::{Colour, Palette, Reporter};
use crate::document::{Asked, Drawn, Lang, Layout, Rank, Record, counted};
use crate::error::{Error, Kind, Result};
use crate::files::ReplaceArgs;
use crate::redact::Redactor;
use crate::system::System;

use super::raw::{Redacted, Visible};
use super::resume::{Answered, NEEDED, Resumed};
use super::row::Widener;
use super::target::{Stdout, Target};
use super::{Format, Output, OutputArgs, Selection, fields, writer};

/// Endings that promise no format.
const PLAIN: [&str; 4] = ["txt", "log", "out", "tmp"];

/// What will be written.
#[derive(Clone)]
pub enum Payload {
    Records(Layout),
    /// The user's own rows, in their own format.
    Rows(Option<Format>),
    /// A file of the service's, passed on as it is.
    Bytes,
}

/// How the output is to look, decided before any request.
#[derive(Clone)]
pub struct Options {
    pub format: Format,
    pub fields: Option<Selection>,
    pub lang: Lang,
    /// Over a chart, picture or page, in place of its own.
    pub title: Option<String>,
    /// The sentence for a table without rows.
    pub empty: String,
    /// What is asked, for a report.
    pub question: String,
    /// Whether the answer is invented.
    pub is_sample: bool,
    pub now: Timestamp,
    pub palette: Palette,
    /// How the rows of a drawn table follow one another; without it, as they come.
    pub rank: Option<fn(&Record) -> Rank>,
    /// Whether a table is drawn, for a reader; another program gets tabs.
    pub is_drawn: bool,
    /// Columns that a table may take.
    pub width: u16,
    /// Whether stdout shows lines and ellipses; otherwise ASCII takes their place.
    pub unicode: bool,
    pub to_file: bool,
    /// Whether what differs from run to run is left out.
    pub is_stable: bool,
    /// Whether it is read on a terminal: JSON is indented there, raw bytes are made visible.
    pub on_terminal: bool,
}

/// An output that is about to be opened.
pub struct Opening<'a> {
    args: &'a OutputArgs,
    lang: Lang,
    system: &'a System,
    redactor: &'a Redactor,
    notes: &'static dyn Reporter,
    payload: Payload,
    replace: Option<&'a ReplaceArgs>,
    rank: Option<fn(&Record) -> Rank>,
    asked: Asked,
    subject: String,
    /// Whether what comes is invented.
    is_sample: bool,
    /// Whether the exit code says what was found.
    is_gate: bool,
}

impl<'a> Opening<'a> {
    pub fn new(
        args: &'a OutputArgs,
        lang: Lang,
        system: &'a System,
        redactor: &'a Redactor,
        notes: &'static dyn Reporter,
        payload: Payload,
        is_sample: bool,
    ) -> Self {
        Opening {
            args,
            lang,
            system,
            redactor,
            notes,
            payload,
            replace: None,
            rank: None,
            asked: Asked::default(),
            subject: String::new(),
            is_sample,
            is_gate: false,
        }
    }

    /// Where the exit code is to say what was found, a reader that goes away does not end the run.
    pub fn gate(mut self, is_gate: bool) -> Self {
        self.is_gate = is_gate;
        self
    }

    /// The file of `--output` is one that others rely on: it is replaced with care.
    pub fn replacing(mut self, args: &'a ReplaceArgs) -> Self {
        self.replace = Some(args);
        self
    }

    /// A drawn table shows the highest first, folds what is not worth a row, and counts both in
    /// its last line.
    pub fn ranked(mut self, rank: fn(&Record) -> Rank) -> Self {
        self.rank = Some(rank);
        self
    }

    /// What is meant, which a table without rows repeats.
    pub fn asked(mut self, asked: Asked) -> Self {
        self.asked = asked;
        self
    }

    /// What is asked about, for a report.
    pub fn about(mut self, subject: String) -> Self {
        self.subject = subject;
        self
    }

    /// Whether nobody reads it on a terminal, and no format and no fields are asked for: a list
    /// then has no more than what it is of, one a line.
    pub fn is_for_a_pipe(&self) -> bool {
        let on_terminal = self.system.stdout_is_terminal && self.args.file().is_none();
        let is_asked = self.args.asked_format().is_some() || self.args.fields.is_some();
        !on_terminal && !is_asked && self.args.chosen_format() == Format::Table
    }

    /// Opens the target: a path that cannot be written is known before any request.
    ///
    /// # Errors
    /// Usage, where what was typed contradicts itself or the answer; [`Kind::Answered`] where
    /// `--fields` alone asked for the list of fields, which has been printed then.
    pub fn open(self) -> Result<Output> {
        let options = self.options()?;
        let beside = self.system.stdout_is_terminal.then_some(self.notes);
        let stdout = Stdout {
            beside,
            is_spare: self.is_gate,
            is_gone: false,
        };
        let target = Target::open(self.args.file(), self.replace, stdout)?;
        self.to(target, options)
    }

    /// Goes on with the file of an earlier run; what it answered need not be asked again.
    pub fn resume(self, path: &Path) -> Result<(Output, Answered)> {
        let mut options = self.look()?;
        if self.args.file().is_some() {
            return Err(
                Error::usage("--resume and --output: the answers go to one file").hint(
                    "leave --output out: what is missing is appended to the file of --resume",
                ),
            );
        }
        if self.args.fail_unchanged {
            return Err(
                Error::usage("--resume and --fail-unchanged: the file grows")
                    .hint("leave one of them out"),
            );
        }
        let Payload::Records(layout) = &self.payload else {
            return Err(Error::usage("only records can be resumed"));
        };
        let asked = self.args.asked_format();
        if let (Some(asked), Some(promised)) = (asked, Format::of_path(path))
            && asked != promised
        {
            return Err(contradiction(promised, asked));
        }
        // The next run would find nothing to go on with.
        let fields = options.fields.as_ref();
        if fields.is_some_and(|fields| !NEEDED.iter().all(|field| fields.has(field))) {
            return Err(Error::usage(
                "--resume needs the fields input and status, and --fields leaves one out",
            )
            .hint("add them to --fields"));
        }
        let Resumed {
            file,
            format,
            fields,
            answered,
        } = Resumed::open(path, asked, layout)?;
        if !answered.is_empty() {
            let (count, path) = (answered.len(), path.display());
            let answers = counted(count, "answer");
            self.notes.note(&format!(
                "{path} has {answers} already: inputs that are the same are not asked again"
            ));
        }
        options.format = format;
        self.check_stable(&options)?;
        options.fields = fields.or(options.fields.take());
        options.on_terminal = false;
        let output = self.to(Target::Appended(file), options)?;
        Ok((output, answered))
    }

    fn to(self, target: Target, options: Options) -> Result<Output> {
        let is_raw = self.args.asked_format() == Some(Format::Raw);
        Ok(Output {
            writer: writer(&options, &self.payload, target.is_begun())?,
            target,
            options,
            payload: self.payload,
            widener: Widener::default(),
            notes: self.notes,
            path: self.args.file().map(Path::to_path_buf),
            fail_unchanged: self.args.fail_unchanged,
            raw: is_raw.then(|| Redacted::new(self.redactor.clone())),
            visible: Visible::default(),
            any: false,
            has_answered: false,
            in_line: false,
        })
    }

    /// How the output is to look, and that it can be so.
    pub fn options(&self) -> Result<Options> {
        let options = self.look()?;
        self.check_stable(&options)?;
        self.check_file(&options)?;
        Ok(options)
    }

    /// What was typed and what the terminal can show.
    fn look(&self) -> Result<Options> {
        let (args, system) = (self.args, self.system);
        if let (Some(""), Payload::Records(layout)) = (args.fields.as_deref(), &self.payload) {
            fields::list(layout)?;
            return Err(Error::new(Kind::Answered, "the fields were listed"));
        }
        let format = self.format()?;
        let fields = self.fields(format)?;
        let to_file = args.file().is_some();
        let on_terminal = system.stdout_is_terminal && !to_file;
        // A pager may be behind stdout; a file has none.
        let color = match args.color {
            Colour::Auto if to_file => Colour::Never,
            color => color,
        };
        Ok(Options {
            format,
            fields,
            lang: self.lang,
            title: args.title.clone(),
            empty: match &self.payload {
                Payload::Records(layout) => self.asked.sentence(layout.empty, self.lang),
                Payload::Rows(_) | Payload::Bytes => String::new(),
            },
            question: [self.subject.as_str(), &self.asked.words()]
                .join(" ")
                .trim()
                .to_string(),
            is_sample: self.is_sample,
            now: (system.clock)(),
            palette: Palette {
                colour: color.is_wanted(&system.env, on_terminal),
            },
            rank: self.rank,
            is_drawn: on_terminal || to_file || args.asked_format().is_some(),
            width: match on_terminal {
                true => system.width(),
                false => system.page_width(),
            },
            unicode: system.speaks_unicode(),
            to_file,
            is_stable: args.stable,
            on_terminal,
        })
    }

    /// What is left out is left out of data, and was not asked for.
    fn check_stable(&self, options: &Options) -> Result<()> {
        if !options.is_stable {
            return Ok(());
        }
        if !matches!(options.format, Format::Json | Format::Ndjson | Format::Csv) {
            return Err(Error::usage("--stable is for JSON, NDJSON and CSV")
                .hint("add --json, --ndjson or --csv, or leave it out"));
        }
        match options.fields.as_ref().and_then(Selection::volatile) {
            Some(field) => Err(Error::usage(format!(
                "--fields names {field}, and --stable leaves it out"
            ))
            .hint("leave one of them out")),
            None => Ok(()),
        }
    }

    fn format(&self) -> Result<Format> {
        let asked = self.args.asked_format();
        let layout = match &self.payload {
            Payload::Records(layout) => layout,
            Payload::Rows(Some(own)) if !is_named_so(self.args.file(), *own) => {
                return Err(Error::usage(
                    "the rows keep their own format, and the name of --output says another",
                )
                .cause("nothing was asked")
                .hint("give the file the ending of its rows: .csv or .ndjson"));
            }
            // The name of a file that is passed on says nothing of its format.
            Payload::Bytes | Payload::Rows(_) => return Ok(Format::Raw),
        };
        let format = self.args.chosen_format();
        if let (Some(asked), Some(promised)) = (asked, self.args.contradicted()) {
            return Err(contradiction(promised, asked));
        }
        self.refuse_undrawable(format, layout)?;
        if self.args.title.is_some() && !format.has_title() {
            return Err(
                Error::usage("--title is for charts, pictures, pages and reports")
                    .hint("add --chart, or -o chart.svg, chart.png, report.html or report.md"),
            );
        }
        Ok(format)
    }

    fn fields(&self, format: Format) -> Result<Option<Selection>> {
        let Payload::Records(layout) = &self.payload else {
            return Ok(None);
        };
        let list = self.args.fields.as_deref();
        if format == Format::Values {
            return Selection::single(list, layout).map(Some);
        }
        let Some(list) = list else {
            return Ok(None);
        };
        if format == Format::Raw {
            return Err(Error::usage("--fields cannot be used with --raw").hint(
                "--raw passes on what the service sent; choose fields with --json or --csv",
            ));
        }
        if format.has_title() {
            return Err(
                Error::usage("--fields cannot be used with a chart, picture or report")
                    .hint("choose fields with --json, --csv or a table"),
            );
        }
        Selection::parse(list, layout).map(Some)
    }

    /// What cannot be drawn, or not here, is refused before any request.
    fn refuse_undrawable(&self, format: Format, layout: &Layout) -> Result<()> {
        let can = match layout.drawn {
            Drawn::Always => format != Format::Md,
            Drawn::OnPages => format == Format::Html,
            Drawn::AsReport => matches!(format, Format::Html | Format::Md),
            Drawn::Never => false,
        };
        if format.has_title() && !can {
            let why = match (format, layout.drawn) {
                (Format::Md, _) => "no report is made of this answer in Markdown",
                _ => "this answer is a list: there is nothing in it to draw",
            };
            let others = match layout.drawn {
                Drawn::AsReport => "table, json, ndjson, csv, html or md",
                Drawn::OnPages | Drawn::Always if format == Format::Md => {
                    "table, json, ndjson, csv or html"
                }
                _ => "table, json, ndjson or csv",
            };
            return Err(Error::usage(why).hint(format!("choose --format {others}")));
        }
        let to_terminal = self.args.file().is_none() && self.system.stdout_is_terminal;
        if format == Format::Png && to_terminal {
            return Err(Error::usage("a PNG is not for a terminal")
                .hint("write it to a file: -o chart.png"));
        }
        Ok(())
    }

    /// What `--output` must be: for a command whose file others rely on a file, and for all a
    /// name that promises nothing else than what will be in it.
    fn check_file(&self, options: &Options) -> Result<()> {
        let is_device = |path: &Path| path.metadata().is_ok_and(|there| !there.is_file());
        let file = self.args.file();
        if file.is_none_or(is_device) {
            let fail_unchanged = self.args.fail_unchanged;
            let what = match self.replace {
                Some(args) if args.need_file() || fail_unchanged => {
                    "--fail-unchanged, --max-shrink, --keep, --sha256 and --check are about a file"
                }
                None if fail_unchanged => "--fail-unchanged is about a file",
                _ => "",
            };
            if !what.is_empty() {
                return Err(Error::usage(what).hint("name it: -o FILE"));
            }
        }
        if let Some(check) = self.replace.and_then(|args| args.check.as_ref()) {
            check.find(&self.system.env.folders("PATH"))?;
        }
        let Some(path) = file.filter(|_| options.format == Format::Table) else {
            return Ok(());
        };
        let ending = path.extension().and_then(|ending| ending.to_str());
        let is_plain = ending.is_none_or(|ending| PLAIN.contains(&ending));
        let is_device = is_device(path);
        // A table has the first rows only: nothing to rely on.
        let relied = self.replace.is_some();
        match relied || !(is_plain || is_device || self.args.asked_format().is_some()) {
            true => Err(Error::usage(format!("the name of {} says no format", path.display()))
                .hint("choose one: --csv, --ndjson or --json, or a name that ends in .csv, .ndjson or .json")),
            false => Ok(()),
        }
    }
}

fn contradiction(promised: Format, asked: Format) -> Error {
    let (promised, asked) = (promised.name(), asked.name());
    Error::usage(format!(
        "the file's name says {promised}, and {asked} was asked for"
    ))
    .hint("leave one of them out: without a flag the name decides")
}

/// Whether the name of a file promises nothing else than such rows; many a log of objects is
/// called `.json`.
fn is_named_so(file: Option<&Path>, own: Format) -> bool {
    match file.and_then(Format::of_path) {
        Some(Format::Json) => own == Format::Ndjson,
        promised => promised.is_none_or(|promised| promised == own),
    }
}
