//! The same drawing as PNG. Text needs fonts of this machine: which characters none of them has
//! is found out while it is drawn.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, fontdb};

/// Dots for one unit of the drawing: sharp in print and on dense screens.
const DENSITY: f32 = 2.0;

/// A picture, and the characters that no font of this machine has.
pub(super) struct Png {
    pub bytes: Vec<u8>,
    pub missing: BTreeSet<char>,
}

/// The fonts of this machine. Looked for only when a PNG is asked for: it takes a while.
pub(super) fn fonts() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    fonts
}

pub(super) fn draw(svg: &str, fonts: Arc<fontdb::Database>) -> io::Result<Png> {
    let missing = Mutex::new(BTreeSet::new());
    let select = FontResolver::default_font_selector();
    let fall_back = FontResolver::default_fallback_selector();
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
    let tree = Tree::from_str(svg, &options).map_err(io::Error::other)?;
    drop(options);
    let size = tree.size();
    let side = |length: f32| (length * DENSITY).ceil() as u32;
    let mut pixels = Pixmap::new(side(size.width()), side(size.height()))
        .ok_or_else(|| io::Error::other("the picture is too large"))?;
    let scale = Transform::from_scale(DENSITY, DENSITY);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    let bytes = pixels.encode_png().map_err(io::Error::other)?;
    let missing = missing.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Png { bytes, missing })
}
