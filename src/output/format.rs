use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Table,
    Json,
    Ndjson,
    Csv,
    // No help of their own: it would make that of every command long.
    Chart,
    Svg,
    Png,
    Html,
    Md,
    /// The service's own answer, byte for byte.
    #[value(skip)]
    Raw,
    /// One field alone, a line each.
    #[value(skip)]
    Values,
}

impl Format {
    /// Whether it shows a figure rather than records.
    pub fn is_drawn(self) -> bool {
        self == Format::Chart || self.is_picture()
    }

    /// Whether it is a picture in a file, or a page of them.
    pub fn is_picture(self) -> bool {
        matches!(self, Format::Svg | Format::Png | Format::Html)
    }

    /// Whether it has a title, which `--title` can take the place of.
    pub fn has_title(self) -> bool {
        self.is_drawn() || self == Format::Md
    }

    /// As it is written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Csv => "csv",
            Format::Chart => "chart",
            Format::Svg => "svg",
            Format::Png => "png",
            Format::Html => "html",
            Format::Md => "md",
            Format::Raw => "raw",
            Format::Values => "values",
        }
    }

    /// How it is asked for.
    pub fn flag(self) -> String {
        match self {
            Format::Table | Format::Svg | Format::Png | Format::Html | Format::Md => {
                format!("--format {}", self.name())
            }
            _ => format!("--{}", self.name()),
        }
    }

    /// The format that a file's ending asks for.
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Format::Csv),
            "json" => Some(Format::Json),
            "ndjson" | "jsonl" => Some(Format::Ndjson),
            "svg" => Some(Format::Svg),
            "png" => Some(Format::Png),
            "html" | "htm" => Some(Format::Html),
            "md" | "markdown" => Some(Format::Md),
            _ => None,
        }
    }
}
