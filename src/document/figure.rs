//! What an answer shows to a person, all text in the language asked for: bars of shares, counts
//! over time, or a list. Renderers make tables, terminal charts and pictures of it.

use jiff::Timestamp;

use super::{Civil, Count, Label, Lang, Record, Series, Text};

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

    /// What is counted in each slot of time: `records per week`.
    pub fn rate(&self, per: &str) -> String {
        match self.lang {
            Lang::En => format!("{} {per}", self.unit),
            Lang::Zh => format!("{per}{}", self.unit),
        }
    }
}

pub enum Body<'a> {
    Bars(Bars),
    Timeline(Timeline<'a>),
    List(List),
}

/// The colour of a kind, the same in every picture whatever its rank there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hue(pub u8);

impl Hue {
    /// As many as can be told apart.
    pub const COUNT: u8 = 8;

    /// Grey: what stands for several, or for no kind that is told apart.
    pub const REST: Hue = Hue(6);

    pub fn label(self) -> Label {
        Label::Kind(self.0)
    }

    /// Its place among what has one thing a hue: colours, fills.
    pub fn place(self) -> usize {
        usize::from(self.0 % Self::COUNT)
    }
}

/// Parts of a whole, greatest first.
#[derive(Debug, Clone)]
pub struct Bars {
    /// What a bar is: `Country`.
    pub heading: String,
    pub bars: Vec<Bar>,
    /// What a chart or picture has in their place, where all would be too many to look at.
    pub overview: Option<Vec<Bar>>,
    pub sum: u128,
}

impl Bars {
    /// What a chart or picture shows.
    pub fn drawn(&self) -> &[Bar] {
        self.overview.as_deref().unwrap_or(&self.bars)
    }
}

#[derive(Debug, Clone)]
pub struct Bar {
    pub label: String,
    pub count: Count,
    /// Of the whole, from 0 to 1; `None` if there is nothing or no number.
    pub share: Option<f64>,
    pub parts: Vec<Bar>,
    /// [`Hue::REST`] where it stands for what is not shown one by one.
    pub hue: Hue,
}

/// Counts of several kinds over time.
pub struct Timeline<'a> {
    pub series: &'a Series,
    /// How the series' kinds are shown, in its order.
    pub legend: Vec<LegendEntry>,
    /// The first and the last moment asked for, where fewer were asked for than there are.
    pub window: Option<(Civil, Civil)>,
    /// What its times are: `time of registration`.
    pub axis: String,
    /// The zone of its times, where it is known.
    pub zone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    pub name: String,
    pub hue: Hue,
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
