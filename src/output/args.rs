use std::path::{Path, PathBuf};

use crate::console::Colour;
use crate::document::Lang;

use super::Format;

/// What can be said of the output of every command.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Choose the format; charts and pictures are for brcti [default: table, or by the ending of --output]
    #[arg(long, global = true, value_name = "FORMAT", group = "form")]
    pub format: Option<Format>,

    /// JSON: an array, or one object where the answer is one
    #[arg(long, global = true, group = "form")]
    json: bool,

    /// A JSON object a line, each as soon as it is known
    #[arg(long, global = true, group = "form")]
    ndjson: bool,

    /// CSV with a header (RFC 4180)
    #[arg(long, global = true, group = "form")]
    csv: bool,

    /// The indicators alone, bare, one a line; with --fields NAME that field in their place
    #[arg(long, global = true, group = "form")]
    values: bool,

    /// The service's own answer, byte for byte
    #[arg(long, global = true, group = "form")]
    raw: bool,

    /// Draw it in the terminal, where the answer has numbers to compare (brcti)
    #[arg(long, global = true, group = "form")]
    chart: bool,

    /// Write to FILE, which changes only when the answer is complete; `-` is stdout
    #[arg(short, long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write this over the chart, picture, page or report in place of its own title
    #[arg(long, global = true, value_name = "TEXT")]
    pub(super) title: Option<String>,

    /// Choose fields and their order; without a value, list them
    #[arg(long, global = true, value_name = "A,B", num_args = 0..=1, default_missing_value = "")]
    pub(super) fields: Option<String>,

    /// Leave out what differs from run to run (quota, request_id, retrieved_at, cached), for diff:
    /// in JSON, NDJSON and CSV
    #[arg(long, global = true)]
    pub(super) stable: bool,

    /// With --output: exit with 11 when the file is the same as before
    #[arg(long, global = true)]
    pub(super) fail_unchanged: bool,

    /// Colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Colour,

    /// Language of titles and of the names of threats in tables [default: the setting lang, else
    /// the locale's]
    #[arg(long, global = true, value_name = "LANG")]
    pub lang: Option<Lang>,
}

impl OutputArgs {
    pub fn chosen_format(&self) -> Format {
        let by_ending = self.file().and_then(Format::of_path);
        match (self.asked_format(), by_ending) {
            // A chart in a file of pictures is a picture.
            (Some(Format::Chart), Some(picture)) if picture.is_picture() => picture,
            (asked, by_ending) => asked.or(by_ending).unwrap_or(Format::Table),
        }
    }

    /// The format that the file's ending promises, where it is not what was asked for.
    pub(super) fn contradicted(&self) -> Option<Format> {
        let promised = self.file().and_then(Format::of_path)?;
        let is_kept = match self.asked_format()? {
            // A service sends what it sends, but no pictures and no reports.
            Format::Raw => !promised.has_title(),
            _ => self.chosen_format() == promised,
        };
        (!is_kept).then_some(promised)
    }

    /// The format that a flag names.
    pub fn asked_format(&self) -> Option<Format> {
        match self {
            OutputArgs { json: true, .. } => Some(Format::Json),
            OutputArgs { ndjson: true, .. } => Some(Format::Ndjson),
            OutputArgs { csv: true, .. } => Some(Format::Csv),
            OutputArgs { values: true, .. } => Some(Format::Values),
            OutputArgs { raw: true, .. } => Some(Format::Raw),
            OutputArgs { chart: true, .. } => Some(Format::Chart),
            OutputArgs { format, .. } => *format,
        }
    }

    /// Whether records were asked for, where lines come out unasked.
    pub fn wants_records(&self) -> bool {
        self.asked_format().is_some()
            || self.fields.is_some()
            || self.chosen_format() != Format::Table
    }

    /// The file of `--output`; `-` is stdout, as without it.
    pub fn file(&self) -> Option<&Path> {
        let path = self.output.as_deref();
        path.filter(|path| *path != Path::new("-"))
    }
}
