use encoding_rs::Encoding;

/// A row of a file of the user's, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub form: RowFormat,
    /// Without the line ending.
    pub text: Vec<u8>,
    /// `\n`, `\r\n`, `\r`, or nothing at the end of a file.
    pub ending: Vec<u8>,
    /// What the file is said to be written in; `None` for UTF-8, if it is that.
    pub encoding: Option<&'static Encoding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFormat {
    /// The names of the columns.
    CsvHeader {
        delimiter: u8,
    },
    /// `missing` cells at its end, which the header has.
    Csv {
        delimiter: u8,
        missing: usize,
    },
    Json,
}
