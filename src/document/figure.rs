//! What an answer shows to a person, all text in the language asked for: bars of shares, counts
//! over time, or a list. Renderers make tables, terminal charts and pictures of it.

use jiff::Timestamp;

use super::{Count, Lang, Record, Series, Text};

pub struct Figure<'a> {
    pub title: String,
    /// What is counted: `indicators`.
    pub unit: String,
    /// What is good to know of the numbers: the window, what was left out.
    pub remarks: Vec<String>,
    /// What the numbers are, for who sees nothing but the picture.
    pub footnote: String,
    /// Whether the numbers are invented.
    pub is_sample: bool,
    /// Where the numbers come from, and when.
    pub source: String,
    pub retrieved_at: Timestamp,
    pub lang: Lang,
    pub body: Body<'a>,
}

impl Figure<'_> {
    /// So many of what is counted: `437 indicators`.
    pub fn amount(&self, number: &str) -> String {
        match self.lang {
            Lang::En => format!("{number} {}", self.unit),
            Lang::Zh => format!("{} {number}", self.unit),
        }
    }
}

pub enum Body<'a> {
    Bars(Bars),
    Timeline(Timeline<'a>),
    List(List),
}

/// Parts of a whole, greatest first.
#[derive(Debug, Clone)]
pub struct Bars {
    /// What a bar is: `Country`.
    pub heading: String,
    pub bars: Vec<Bar>,
    pub sum: u128,
}

#[derive(Debug, Clone)]
pub struct Bar {
    pub label: String,
    pub count: Count,
    /// Of the whole, from 0 to 1; none where there is nothing or no number.
    pub share: Option<f64>,
    pub parts: Vec<Bar>,
    /// Whether it stands for what is not shown one by one.
    pub rest: bool,
}

/// Counts of several kinds over time.
pub struct Timeline<'a> {
    pub series: &'a Series,
    /// The names of the series' kinds, in its order.
    pub names: Vec<String>,
    /// The zone of its times, where it is known.
    pub zone: Option<String>,
}

#[derive(Debug, Clone)]
pub struct List {
    pub titles: Vec<String>,
    pub rows: Vec<Vec<Text>>,
}

/// An answer that is more than a list of records.
pub trait Document {
    fn json(&self) -> Json<'_>;

    /// One observation a row, with the columns of the command's layout.
    fn rows(&self) -> Box<dyn Iterator<Item = Record> + '_>;

    fn figure(&self, lang: Lang) -> Figure<'_>;
}

/// What JSON shows of a document.
pub enum Json<'a> {
    Object(Record),
    Elements(Box<dyn Iterator<Item = Record> + 'a>),
}
