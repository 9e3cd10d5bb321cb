//! Which of the options that all commands have a command takes: the one definition for its help,
//! its completions and what is refused.

use clap::builder::{CommandExt, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Arg, Command, ValueEnum};

use super::Format;

/// What comes out of a command, and whether a service is asked. One without it prints text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Takes {
    form: Form,
    /// Whether `--raw` can pass on what a service sent.
    raw: bool,
    /// Whether a service is asked, so that there is a connection.
    asks: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Text,
    Profile,
    Rows,
    Bytes,
    Records,
    Report,
    Figure,
}

impl CommandExt for Takes {}

impl Takes {
    const fn of_form(form: Form) -> Self {
        Takes {
            form,
            raw: false,
            asks: false,
        }
    }

    /// Text that is the whole answer: a path, a script, or nothing.
    pub const TEXT: Takes = Takes::of_form(Form::Text);
    /// A profile for other runs.
    pub const PROFILE: Takes = Takes::of_form(Form::Profile);
    /// The user's own rows, in their own format.
    pub const ROWS: Takes = Takes::of_form(Form::Rows);
    /// A file of the service's, as it is.
    pub const BYTES: Takes = Takes::of_form(Form::Bytes);
    pub const RECORDS: Takes = Takes::of_form(Form::Records);
    /// Records that a report can be made of.
    pub const REPORT: Takes = Takes::of_form(Form::Report);
    /// Records with numbers to compare.
    pub const FIGURE: Takes = Takes::of_form(Form::Figure);

    /// A service is asked.
    pub const fn asking(mut self) -> Self {
        self.asks = true;
        self
    }

    /// One service is asked, whose own answers can come out as they are.
    pub const fn with_raw(mut self) -> Self {
        self.raw = true;
        self.asking()
    }

    /// Whether what comes out is what came in, with more to it.
    pub fn keeps_rows(self) -> bool {
        self.form == Form::Rows
    }

    /// Whether what comes out is a configuration.
    pub fn is_profile(self) -> bool {
        self.form == Form::Profile
    }

    pub fn of(command: &Command) -> Self {
        command.get().copied().unwrap_or_default()
    }

    /// Why an option of all commands does nothing for this one; `None` where it works.
    pub fn refuses(self, option: &Arg) -> Option<&'static str> {
        let is_connection = option.get_help_heading() == Some("Connection");
        let is_output = option.get_help_heading() == Some("Output");
        match option.get_id().as_str() {
            _ if is_connection => (!self.asks).then_some("it asks no service"),
            "color" | "lang" | "quiet" | "verbose" => None,
            "output" => (self.form == Form::Text).then_some("it has no data for a file"),
            "fail_unchanged" => match self.form {
                Form::Text => Some("it has no data for a file"),
                Form::Profile => Some("its profile is new each time"),
                _ => None,
            },
            "raw" => self.refuses_format(Format::Raw),
            "chart" => self.refuses_format(Format::Chart),
            "title" => self
                .refuses_format(Format::Html)
                .and(self.refuses_format(Format::Chart)),
            _ if is_output => self.refuses_records(),
            _ => None,
        }
    }

    /// Why an answer cannot have this format.
    pub fn refuses_format(self, format: Format) -> Option<&'static str> {
        match (self.form, format) {
            (_, Format::Raw) => (!self.raw).then_some("it has no answer of one service to pass on"),
            // What is for a reader already.
            (Form::Text | Form::Profile, Format::Table) => None,
            (Form::Report, Format::Html | Format::Md) => None,
            (Form::Records | Form::Figure, Format::Md) => {
                Some("no report is made of this answer in Markdown")
            }
            (Form::Figure, _) => None,
            (Form::Records | Form::Report, format) if format.is_drawn() => {
                Some("this answer is a list: there is nothing in it to draw")
            }
            _ => self.refuses_records(),
        }
    }

    fn refuses_records(self) -> Option<&'static str> {
        match self.form {
            Form::Text => Some("it prints text alone"),
            Form::Profile => Some("it prints a profile, as TOML"),
            Form::Rows => Some("the rows keep their own format"),
            Form::Bytes => Some("this command passes a file on as it is"),
            Form::Records | Form::Report | Form::Figure => None,
        }
    }

    /// Takes every format, and shows those that work.
    pub fn formats(self) -> ValueParser {
        let all = Format::value_variants().iter();
        let shown = all.filter_map(|format| {
            let value = format.to_possible_value()?;
            Some(value.hide(self.refuses_format(*format).is_some()))
        });
        PossibleValuesParser::new(shown)
            .try_map(|name| Format::from_str(&name, true))
            .into()
    }
}
