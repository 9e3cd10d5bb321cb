//! The same drawing as PNG. Text needs fonts of this machine: which characters none of them has
//! is found out while it is drawn.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{self, ID};
use resvg::usvg::{FontResolver, Options, Tree};
use skrifa::MetadataProvider;

use crate::document::{Document, Lang};
use crate::error::{Error, Result};
use crate::output::Writer;

use super::Look;
use super::canvas::FONTS;

/// Dots for one unit of the drawing: sharp in print and on dense screens.
const DENSITY: f32 = 2.0;

pub(in crate::output) struct PngWriter {
    look: Look,
    fonts: Arc<fontdb::Database>,
    remarks: Vec<String>,
}

impl PngWriter {
    /// Without any font there would be a picture without text: that is known before a request.
    pub fn new(look: Look) -> Result<Self> {
        let fonts = fonts();
        if fonts.is_empty() {
            return Err(Error::config("there is no font on this machine to draw a PNG with")
                .cause("nothing was asked")
                .hint("install one (fonts-noto-core, with Chinese fonts-noto-cjk), or write SVG: -o chart.svg"));
        }
        Ok(PngWriter {
            look,
            fonts: Arc::new(fonts),
            remarks: Vec::new(),
        })
    }
}

impl Writer for PngWriter {
    fn document(&mut self, document: &dyn Document, out: &mut dyn Write) -> io::Result<()> {
        let png = draw(&self.look.draw(document), self.fonts.clone());
        let png = png.map_err(io::Error::other)?;
        if !png.missing.is_empty() {
            let shown: String = png.missing.iter().take(10).collect();
            let count = png.missing.len();
            self.remarks.push(format!(
                "no font on this machine has {count} of the characters ({shown}): they are empty boxes in the picture; install a Chinese font (fonts-noto-cjk), or write SVG"
            ));
        }
        out.write_all(&png.bytes)
    }

    fn remarks(&mut self) -> Vec<String> {
        std::mem::take(&mut self.remarks)
    }
}

/// A picture, and the characters that no font of this machine has.
struct Png {
    bytes: Vec<u8>,
    missing: BTreeSet<char>,
}

/// The fonts of this machine. Looked for only when a PNG is asked for: it takes a while.
fn fonts() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    fonts
}

/// What a PNG lacks on this machine, and what to do about it; `None` if it lacks nothing.
pub fn lacking(lang: Lang) -> Option<(&'static str, &'static str)> {
    lacking_of(&fonts(), lang)
}

fn lacking_of(fonts: &fontdb::Database, lang: Lang) -> Option<(&'static str, &'static str)> {
    let has_chinese = || {
        let mut ids = fonts.faces().map(|face| face.id);
        ids.any(|id| has_character(fonts, id, '中'))
    };
    if fonts.is_empty() {
        let advice = "install a font for PNG (fonts-noto-core), or write SVG";
        return Some(("there is no font", advice));
    }
    (lang == Lang::Zh && !has_chinese()).then_some((
        "no font has Chinese characters",
        "install one for PNG (fonts-noto-cjk), or write SVG",
    ))
}

fn draw(svg: &str, fonts: Arc<fontdb::Database>) -> anyhow::Result<Png> {
    let missing = Mutex::new(BTreeSet::new());
    let select = FontResolver::default_font_selector();
    let options = Options {
        fontdb: fonts,
        font_resolver: FontResolver {
            // Any font is better than none.
            select_font: Box::new(move |font, fonts| {
                select(font, fonts).or_else(|| fonts.faces().next().map(|face| face.id))
            }),
            select_fallback: Box::new(|character, used, fonts| {
                let found = fall_back(character, used, fonts);
                if found.is_none() {
                    let mut missing = missing.lock().unwrap_or_else(PoisonError::into_inner);
                    missing.insert(character);
                }
                found
            }),
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options)?;
    drop(options);
    let size = tree.size();
    let side = |length: f32| (length * DENSITY).ceil() as u32;
    let mut pixels =
        Pixmap::new(side(size.width()), side(size.height())).context("the picture is too large")?;
    let scale = Transform::from_scale(DENSITY, DENSITY);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    let bytes = pixels.encode_png()?;
    let missing = missing.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Png { bytes, missing })
}

/// The face for a character that the first one has not: of the picture's own families the first
/// that has it, in the weight of the first one; else any, rather without serifs.
fn fall_back(character: char, used: &[ID], fonts: &fontdb::Database) -> Option<ID> {
    let base = fonts.face(*used.first()?)?;
    let has = |id: &ID| !used.contains(id) && has_character(fonts, *id, character);
    let of_family = |family: &str| {
        fonts.query(&fontdb::Query {
            families: &[fontdb::Family::Name(family)],
            weight: base.weight,
            stretch: base.stretch,
            style: base.style,
        })
    };
    let own = FONTS.iter().filter_map(|family| of_family(family));
    own.into_iter().find(&has).or_else(|| {
        let mut others: Vec<_> = fonts.faces().filter(|face| has(&face.id)).collect();
        others.sort_by_key(|face| {
            let serif = face.families.iter().any(|(name, _)| name.contains("Serif"));
            (
                serif,
                face.style != base.style,
                face.weight.0.abs_diff(base.weight.0),
            )
        });
        others.first().map(|face| face.id)
    })
}

fn has_character(fonts: &fontdb::Database, id: ID, character: char) -> bool {
    let found = fonts.with_face_data(id, |data, index| {
        let font = skrifa::FontRef::from_index(data, index).ok()?;
        font.charmap().map(character)
    });
    found.flatten().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_font_a_png_lacks_one_in_any_language() {
        let none = fontdb::Database::new();
        for lang in [Lang::En, Lang::Zh] {
            let (lack, _) = lacking_of(&none, lang).unwrap();
            assert_eq!(lack, "there is no font");
        }
    }

    /// Which fonts there are is the machine's own: what must hold, holds for any.
    #[test]
    fn a_missing_character_comes_from_the_first_family_that_has_it_in_the_same_weight() {
        let fonts = fonts();
        let name = |id: ID| fonts.face(id).map(|face| face.families[0].0.clone());
        let base = |weight| {
            fonts.query(&fontdb::Query {
                families: &[
                    fontdb::Family::Name("Noto Sans"),
                    fontdb::Family::Name("DejaVu Sans"),
                ],
                weight,
                ..fontdb::Query::default()
            })
        };
        let (Some(plain), Some(bold)) = (base(fontdb::Weight::NORMAL), base(fontdb::Weight::BOLD))
        else {
            return;
        };
        let by_name = |family: &str| {
            let named =
                |face: &&fontdb::FaceInfo| face.families.iter().any(|(name, _)| name == family);
            fonts.faces().any(|face| named(&face))
        };
        for used in [plain, bold] {
            let found = fall_back('中', &[used], &fonts);
            let weight = |id| fonts.face(id).map(|face| face.weight);
            if by_name("Noto Sans CJK SC") {
                let found = found.unwrap();
                assert_eq!(name(found).as_deref(), Some("Noto Sans CJK SC"));
                assert_eq!(weight(found), weight(used));
            }
            assert!(found.is_none_or(|found| has_character(&fonts, found, '中')));
        }
        assert_eq!(fall_back('\u{10fffd}', &[plain], &fonts), None);
    }
}
