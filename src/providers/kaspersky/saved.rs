//! The files of a report in a folder: names that a person would choose, and none of them another
//! report's or another part's.

use std::collections::HashSet;

use crate::error::Result;
use crate::files::Folder;

use super::openioc::{self, OpenIoc};
use super::parts::{MAX_ID, MAX_PARTS, MAX_TITLE, Part, slug_of};

pub struct Saved {
    folder: Folder,
    /// The report's name, and with its ID, for a name that another report has taken.
    slug: String,
    slug_with_id: String,
    /// Whether the files of this name are known to be this report's.
    ours: bool,
    taken: HashSet<String>,
}

impl Saved {
    /// `title` can be blank; the ID stands in for it then.
    pub fn under(folder: Folder, title: &str, id: &str) -> Self {
        let (title, id) = (slug_of(title, MAX_TITLE), slug_of(id, MAX_ID));
        let filled = |slug: &String| !slug.is_empty();
        let slug = [&title, &id].into_iter().find(|slug| filled(slug)).cloned();
        let both: Vec<_> = [title, id].into_iter().filter(filled).collect();
        Saved {
            folder,
            slug: slug.unwrap_or_else(|| "report".to_string()),
            slug_with_id: both.join("-"),
            ours: false,
            taken: HashSet::new(),
        }
    }

    /// Looks whose the files of this name are that are there already: OpenIOC has an ID.
    pub fn compare(&mut self, ioc: Option<&OpenIoc>) {
        let there = self.folder.read(&format!("{}.ioc", self.slug), MAX_PARTS);
        let there = there.and_then(|there| openioc::parse(&there).ok()?.id);
        match (there, ioc.and_then(|ioc| ioc.id.as_ref())) {
            (Some(theirs), Some(ours)) if theirs == *ours => self.ours = true,
            (Some(_), Some(_)) => self.with_id(),
            _ => {}
        }
    }

    fn with_id(&mut self) {
        if !self.slug_with_id.is_empty() {
            self.slug.clone_from(&self.slug_with_id);
        }
        self.ours = true;
    }

    /// Gives the path as it is to be shown. A file of that name that is not known to be this
    /// report's stays, unless it is the same.
    pub fn put(&mut self, part: &Part) -> Result<String> {
        let length = part.content.len() as u64;
        let there = |name: &str| self.folder.read(name, length + 1);
        let is_other = there(&self.free(part)).is_some_and(|there| there != part.content);
        if is_other && !self.ours {
            self.with_id();
        }
        let name = self.free(part);
        let path = self.folder.put(&name, &part.content)?;
        self.taken.insert(name);
        Ok(path)
    }

    /// A name that no other part of this report has.
    fn free(&self, part: &Part) -> String {
        let mut names = (1..).map(|number| part.file_name(&self.slug, number));
        names
            .find(|name| !self.taken.contains(name))
            .unwrap_or_default()
    }
}
