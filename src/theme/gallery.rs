//! The samples of a theme as pages: each component and layout has a yaml file beside it with its parameters and examples, and
//! these examples are documentation, fixtures of the tests and the gallery of the preview at once.

use super::{Files, ReadyHtml, Theme, ThemeFault, builtin};
use crate::lang::Lang;
use crate::text::escape;
use crate::yaml::{self, Node, ScalarKind, Size};
use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use tera::Context;

/// A yaml node as templates see it.
pub(super) struct Sample<'n>(pub(super) &'n Node);

impl Serialize for Sample<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            yaml::Value::Null => serializer.serialize_none(),
            yaml::Value::Scalar(scalar) => match (scalar.kind, scalar.text.parse::<i64>()) {
                (ScalarKind::Number, Ok(number)) => serializer.serialize_i64(number),
                (ScalarKind::Truth, _) => serializer.serialize_bool(&*scalar.text == "true"),
                _ => serializer.serialize_str(&scalar.text),
            },
            yaml::Value::List(items) => serializer.collect_seq(items.iter().map(Sample)),
            yaml::Value::Map(entries) => serializer.collect_map(entries.iter().map(|(key, node)| (&*key.text, Sample(node)))),
        }
    }
}

/// The usual frame of a language with the keys of an example over it, and header and footer.
struct Framed<'n> {
    usual: &'n Node,
    own: Option<&'n Node>,
    header: String,
    footer: String,
}

impl Serialize for Framed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("header_html", &self.header)?;
        map.serialize_entry("footer_html", &self.footer)?;
        map.serialize_entry("head_html", "")?;
        for (key, node) in entries(self.usual) {
            let own = self.own.and_then(|own| own.get(key));
            map.serialize_entry(key, &Sample(own.unwrap_or(node)))?;
        }
        map.end()
    }
}

/// One example, rendered.
pub(super) struct Shown {
    /// Of which component or layout.
    pub(super) of: String,
    /// What it shows.
    pub(super) name: String,
    /// Its file in the gallery.
    pub(super) file: String,
    /// The whole page.
    pub(super) html: String,
}

impl Theme {
    /// The gallery, name and bytes of each file: all examples as pages, and an index that documents them.
    ///
    /// # Errors
    /// An example that the theme's own templates cannot render.
    pub fn gallery(&self) -> Result<Files, ThemeFault> {
        const PICTURE: &str =
            "<svg xmlns='http://www.w3.org/2000/svg' width='640' height='360'><rect width='640' height='360' fill='#cdbf9f'/></svg>";
        let (components, layouts) = (self.component_examples()?, self.layout_examples()?);
        let mut files = Files::new();
        files.insert("index.html".to_owned(), index(&components, &layouts).into_bytes());
        files.insert("assets/style.css".to_owned(), self.style.clone());
        files.insert("assets/sample.svg".to_owned(), PICTURE.into());
        files.extend(components.into_iter().chain(layouts).map(|shown| (shown.file, shown.html.into_bytes())));
        Ok(files)
    }

    /// Every example of every layout.
    pub(super) fn layout_examples(&self) -> Result<Vec<Shown>, ThemeFault> {
        let base = tree("layout/base.yaml")?;
        let mut shown = Vec::new();
        for layout in layouts().filter(|layout| !["base", "header", "footer"].contains(layout)) {
            let file = format!("layout/{layout}.yaml");
            let tree = tree(&file)?;
            for (number, example) in (1..).zip(examples(&tree)) {
                let lang = lang(example);
                let frame = Framed {
                    usual: of_language(&base, lang).and_then(|usual| usual.get("page")).ok_or_else(|| fault(&file, "page"))?,
                    own: example.get("page"),
                    header: self.around("header", lang)?,
                    footer: self.around("footer", lang)?,
                };
                let frame = Some(&frame).filter(|_| !["root", "not-found"].contains(&layout));
                let view = example.get("view").ok_or_else(|| fault(&file, "view"))?;
                let html = self.render(layout, lang, frame, &Sample(view), &ReadyHtml::default())?;
                let folder = if layout == "root" { "" } else { "pages/" };
                let file = format!("{folder}{layout}-{number}-{}.html", lang.code());
                shown.push(Shown { of: layout.to_owned(), name: name_of(example), file, html });
            }
        }
        Ok(shown)
    }

    fn around(&self, layout: &str, lang: Lang) -> Result<String, ThemeFault> {
        let file = format!("layout/{layout}.yaml");
        let tree = tree(&file)?;
        let view = of_language(&tree, lang).and_then(|example| example.get("view")).ok_or_else(|| fault(&file, "view"))?;
        self.render(layout, lang, None::<&()>, &Sample(view), &ReadyHtml::default())
    }

    /// Every example of every component, each in a page that holds nothing else.
    pub(super) fn component_examples(&self) -> Result<Vec<Shown>, ThemeFault> {
        let mut shown = Vec::new();
        for component in components() {
            let file = format!("component/{component}/{component}.yaml");
            let tree = tree(&file)?;
            for (number, example) in (1..).zip(examples(&tree)) {
                let lang = lang(example);
                let html = self.component(component, example, lang).map_err(|error| fault(&file, &error.to_string()))?;
                let name = name_of(example);
                let html = alone(&format!("{component}: {name}"), lang, &html);
                shown.push(Shown {
                    of: component.to_owned(),
                    name,
                    file: format!("pages/component-{component}-{number}-{}.html", lang.code()),
                    html,
                });
            }
        }
        Ok(shown)
    }

    fn component(&self, component: &str, example: &Node, lang: Lang) -> Result<String, tera::Error> {
        let mut arguments = Context::new();
        if let Some(node) = example.get("arguments") {
            entries(node).for_each(|(key, node)| arguments.insert(key.to_owned(), &Sample(node)));
        }
        let mut around = Context::new();
        around.insert_value("t", self.words.get(lang).value.clone());
        self.tera.render_component_with_implicits(component, &arguments, &around, None, true)
    }
}

fn fault(file: &str, message: &str) -> ThemeFault {
    ThemeFault::whole_file(file, message)
}

/// The tree of a sample file of the built-in theme.
pub(super) fn tree(name: &str) -> Result<Node, ThemeFault> {
    let text = builtin::file(name).and_then(|bytes| std::str::from_utf8(bytes).ok()).ok_or_else(|| fault(name, "missing"))?;
    yaml::parse(text, Size::File).map_err(|marks| fault(name, &format!("{marks:?}")))
}

pub(super) fn entries(node: &Node) -> impl Iterator<Item = (&str, &Node)> {
    let entries = if let yaml::Value::Map(entries) = &node.value { entries.as_slice() } else { &[] };
    entries.iter().map(|(key, node)| (&*key.text, node))
}

pub(super) fn examples(tree: &Node) -> &[Node] {
    match tree.get("examples").map(|node| &node.value) {
        Some(yaml::Value::List(examples)) => examples,
        _ => &[],
    }
}

pub(super) fn of_language(tree: &Node, wanted: Lang) -> Option<&Node> {
    examples(tree).iter().find(|example| lang(example) == wanted)
}

fn text_of<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    if let yaml::Value::Scalar(scalar) = &node.get(key)?.value { Some(&scalar.text) } else { None }
}

pub(super) fn lang(example: &Node) -> Lang {
    text_of(example, "lang").and_then(Lang::parse).unwrap_or(Lang::Zh)
}

fn name_of(example: &Node) -> String {
    text_of(example, "name").unwrap_or_default().to_owned()
}

/// The names of all layouts.
pub(super) fn layouts() -> impl Iterator<Item = &'static str> {
    builtin::FILES.iter().filter_map(|(name, _)| name.strip_prefix("layout/")?.strip_suffix(".html"))
}

/// The names of all component folders.
pub(super) fn components() -> BTreeSet<&'static str> {
    builtin::FILES.iter().filter_map(|(name, _)| Some(name.strip_prefix("component/")?.split_once('/')?.0)).collect()
}

/// What a sample file says of itself: its first lines of comment.
fn comment(name: &str) -> String {
    let text = builtin::file(name).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().map_while(|line| line.strip_prefix('#')).map(str::trim).collect();
    lines.join(" ")
}

fn push_head(out: &mut String, title: &str, lang: Lang, style: &str) {
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body>\n",
        lang.tag(),
        escape(title)
    );
}

/// A component in a page of its own.
fn alone(title: &str, lang: Lang, html: &str) -> String {
    let mut out = String::new();
    push_head(&mut out, title, lang, "../assets/style.css");
    let _ = write!(out, "<div class=\"site\">\n<main class=\"page\" id=\"main\">\n{html}\n</main>\n</div>\n</body>\n</html>\n");
    out
}

/// The index: what each piece is for, what it takes, and how its examples look.
fn index(components: &[Shown], layouts: &[Shown]) -> String {
    let mut out = String::new();
    push_head(&mut out, "图样 Gallery", Lang::En, "assets/style.css");
    out.push_str(
        "<div class=\"site\">\n<main class=\"page\" id=\"main\">\n<div class=\"title\"><h1><span lang=\"zh-CN\">图样</span> Gallery</h1></div>\n",
    );
    for (title, kind, all) in [("Components", "component", components), ("Pages", "layout", layouts)] {
        let _ = writeln!(out, "<section class=\"section\">\n<h2 class=\"section__title\">{title}</h2>");
        for examples in all.chunk_by(|a, b| a.of == b.of) {
            push_piece(&mut out, kind, &examples[0].of, examples);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</div>\n</body>\n</html>\n");
    out
}

fn push_piece(out: &mut String, kind: &str, piece: &str, examples: &[Shown]) {
    let file = if kind == "component" { format!("component/{piece}/{piece}.yaml") } else { format!("layout/{piece}.yaml") };
    let _ = writeln!(out, "<h3 id=\"{kind}-{piece}\">{piece}</h3>\n<p>{}</p>", escape(&comment(&file)));
    if let Some(parameters) = tree(&file).ok().as_ref().and_then(|tree| tree.get("parameters")) {
        out.push_str("<dl class=\"facts__list\">\n");
        for (key, node) in entries(parameters) {
            let said = if let yaml::Value::Scalar(scalar) = &node.value { &*scalar.text } else { "" };
            let _ = writeln!(
                out,
                "<div class=\"facts__row\"><dt class=\"facts__label\">{}</dt><dd class=\"facts__value\">{}</dd></div>",
                escape(key),
                escape(said)
            );
        }
        out.push_str("</dl>\n");
    }
    for shown in examples {
        let name = escape(&shown.name);
        let _ = writeln!(
            out,
            "<figure class=\"specimen\"><iframe class=\"specimen__frame\" src=\"{}\" title=\"{piece}: {name}\" loading=\"lazy\"></iframe>\n\
             <figcaption><a href=\"{}\">{name}</a></figcaption></figure>",
            shown.file, shown.file
        );
    }
}
