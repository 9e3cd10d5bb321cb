//! The web page that comes instead of an answer: of a gateway, a proxy, a login.

use std::fmt;

/// This much of a page is looked at for its title.
const MAX_HEAD: usize = 20_000;
/// Characters of a title.
const MAX_TITLE: usize = 80;

/// Shown as `an HTML page, titled "Sign in"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub title: Option<String>,
}

impl Page {
    /// `None` if the body, or its beginning, is no HTML. XHTML is a page too.
    pub fn of(body: &[u8]) -> Option<Page> {
        let head = String::from_utf8_lossy(&body[..body.len().min(MAX_HEAD)]);
        // ASCII lower-casing keeps every byte position.
        let lower = head.to_ascii_lowercase();
        let mut text = lower.trim_start_matches('\u{feff}').trim_start();
        if let Some((_, rest)) = text
            .strip_prefix("<?xml")
            .and_then(|text| text.split_once("?>"))
        {
            text = rest.trim_start();
        }
        if !text.starts_with("<!doctype html") && !text.starts_with("<html") {
            return None;
        }
        let title = || {
            let start = lower.find("<title>")? + "<title>".len();
            let end = start + lower[start..].find("</title>")?;
            let title: String = head[start..end].trim().chars().take(MAX_TITLE).collect();
            (!title.is_empty()).then_some(title)
        };
        Some(Page { title: title() })
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.title {
            Some(title) => write!(f, "an HTML page, titled {title:?}"),
            None => f.write_str("an HTML page"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_what_is_none() {
        for (body, shown) in [
            ("<html></html>", Some("an HTML page")),
            (
                "\u{feff} <!DOCTYPE html><TITLE> Sign in </TITLE>",
                Some("an HTML page, titled \"Sign in\""),
            ),
            (
                "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">\n<html><title>401</title>",
                Some("an HTML page, titled \"401\""),
            ),
            ("<html><title>cut", Some("an HTML page")),
            ("<?xml version=\"1.0\"?><response/>", None),
            ("{\"html\":1}", None),
            ("", None),
        ] {
            let page = Page::of(body.as_bytes()).map(|page| page.to_string());
            assert_eq!(page.as_deref(), shown, "{body}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(body in "<html>\\PC{0,9}<(TITLE|title)>\\PC{0,9}(</title>)?\\PC{0,9}") {
            proptest::prop_assert!(Page::of(body.as_bytes()).is_some());
        }
    }
}
