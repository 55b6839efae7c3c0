//! Relationships between the parts of a package (ECMA-376 part 2, §9.3): which part belongs to which.

use super::Reason;
use super::xml::{self, Attribute, Visit};
use std::collections::BTreeMap;

/// A relationship of a part.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The path of the part in lower case, or the address if it is external.
    pub(super) target: String,
    pub(super) is_external: bool,
}

/// The relationships of every part, by its path in lower case.
#[derive(Debug, Default)]
pub(super) struct Relations(BTreeMap<String, Vec<Relation>>);

impl Relations {
    /// Adds those of one `.rels` part.
    pub(super) fn add(&mut self, path: &str, text: &str) {
        let Some(source) = source(path) else { return };
        let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let mut list = List { folder, relations: Vec::new() };
        xml::walk(text, &mut list);
        self.0.entry(source).or_default().append(&mut list.relations);
    }

    pub(super) fn of(&self, part: &str) -> &[Relation] {
        self.0.get(&part.to_lowercase()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The path of the part that a relationship of another leads to.
    pub(super) fn target(&self, part: &str, id: &str) -> Option<&str> {
        self.of(part).iter().find(|relation| relation.id == id && !relation.is_external).map(|relation| relation.target.as_str())
    }
}

/// The part that a `.rels` part speaks of: `xl/_rels/workbook.xml.rels` → `xl/workbook.xml`.
fn source(path: &str) -> Option<String> {
    let path = path.to_lowercase();
    let (folder, name) = path.rsplit_once('/')?;
    let folder = folder.strip_suffix("_rels")?;
    Some(format!("{folder}{}", name.strip_suffix(".rels")?))
}

/// Puts a relative target behind its folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.to_lowercase().replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').filter(|step| !step.is_empty()).collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

struct List {
    folder: String,
    relations: Vec<Relation>,
}

impl Visit for List {
    fn start(&mut self, name: &str, attributes: &[Attribute]) {
        if name != "Relationship" {
            return;
        }
        let get = |name| xml::get(attributes, name).unwrap_or_default();
        let is_external = get("TargetMode") == "External";
        let target = if is_external { get("Target").to_owned() } else { resolve(&self.folder, get("Target")) };
        self.relations.push(Relation { id: get("Id").to_owned(), target, is_external });
    }

    fn text(&mut self, _: &str) {}
    fn end(&mut self, _: &str) {}
    fn aside(&mut self, _: &str) {}
    fn fault(&mut self, _: Reason) {}
}

#[cfg(test)]
mod tests {
    use super::{resolve, source};

    #[test]
    fn targets_are_found_from_the_folder_of_their_part() {
        assert_eq!(source("xl/worksheets/_rels/Sheet1.xml.rels").as_deref(), Some("xl/worksheets/sheet1.xml"));
        assert_eq!(resolve("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolve("xl", "/xl/a.xml"), "xl/a.xml");
        assert_eq!(resolve("", "../../etc"), "etc");
    }
}
