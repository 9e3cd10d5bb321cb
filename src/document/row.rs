/// A row of a file of the user's, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub form: Form,
    /// Without the line ending.
    pub text: Vec<u8>,
    /// `\n`, `\r\n`, or nothing at the end of a file.
    pub ending: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The names of the columns.
    CsvHeader,
    Csv,
    Json,
}
