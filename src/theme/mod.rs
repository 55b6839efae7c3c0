//! Templates, stylesheet and words of the site. The built-in theme stands behind every other: a file of the same name
//! overrides it. Knows views only as values that serialise; reads no file.

mod builtin;
mod fault;
mod gallery;
mod ready;
mod style;
#[cfg(test)]
mod tests;
mod words;

pub use fault::ThemeFault;
pub use ready::{Ready, ReadyHtml};

use crate::lang::{Lang, PerLang};
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Tera, Value};
use words::Words;

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    words: PerLang<Words>,
    /// The words of both languages under `zh` and `en`, for pages in both at once.
    both: Value,
    style: Vec<u8>,
    script: Option<Vec<u8>>,
    search: Vec<u8>,
}

/// The files of a theme by their names inside its folder, `/` between the parts.
/// Name inside a folder and bytes of each file.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Theme {
    /// The names of the built-in themes.
    #[must_use]
    pub fn known() -> &'static [&'static str] {
        &[builtin::NAME]
    }

    /// Loads a theme: the built-in files with those of the site over them. Templates, stylesheets and scripts are replaced file
    /// by file, words key by key. Files outside the folders of a theme are left alone.
    ///
    /// # Errors
    /// Every fault that is found, at least one. A theme that is not built in and has no files is a fault too.
    pub fn load(name: &str, overrides: &[(String, Vec<u8>)]) -> Result<Theme, Vec<ThemeFault>> {
        if overrides.is_empty() && !Theme::known().contains(&name) {
            return Err(vec![ThemeFault::whole_file("", &format!("unknown theme {name}"))]);
        }
        let own: Files = overrides.iter().cloned().collect();
        let mut files: Files = builtin::files();
        files.extend(own.clone());
        let mut faults = Vec::new();
        let words = PerLang::build(|lang| words::load(lang, &own, &mut faults));
        words::compare(&words, &mut faults);
        let tera = templates(&files, &mut faults);
        let style = style::stylesheet(&files, &mut faults);
        let script = style::script(&files, &mut faults);
        let search = style::search(&files, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        let both = Value::from_serializable(&BTreeMap::from([("zh", words.zh.value.clone()), ("en", words.en.value.clone())]));
        Ok(Theme { tera, words, both, style, script, search })
    }

    /// The theme in the binary.
    ///
    /// # Panics
    /// Never in a released program: its own tests load and render this theme.
    #[must_use]
    pub fn builtin() -> Theme {
        Theme::load(builtin::NAME, &[]).unwrap_or_else(|faults| unreachable!("the built-in theme is at fault: {faults:?}"))
    }

    /// Renders `layout/<layout>.html`. A template sees `page` (the frame), `view` (the page's own view), `t` (the words of the
    /// language), `both` (the words of both) and nothing else. What is `ready` goes in where the template prints a [`Ready`].
    ///
    /// # Errors
    /// The template uses what does not exist, or uses it wrongly.
    pub fn render<F: Serialize, V: Serialize>(
        &self,
        layout: &str,
        lang: Lang,
        frame: Option<&F>,
        view: &V,
        ready: &ReadyHtml,
    ) -> Result<String, ThemeFault> {
        let name = format!("layout/{layout}.html");
        let value = |error: tera::Error| ThemeFault::of_render(&name, &error);
        let mut context = Context::new();
        if let Some(frame) = frame {
            context.insert_value("page", Value::try_from_serializable(frame).map_err(value)?);
        }
        context.insert_value("view", Value::try_from_serializable(view).map_err(value)?);
        context.insert_value("t", self.words.get(lang).value.clone());
        context.insert_value("both", self.both.clone());
        self.tera.render(&name, &context).map_err(value).map(|page| ready.fill(page))
    }

    /// The one stylesheet, the same for all pages and both languages.
    #[must_use]
    pub fn style(&self) -> &[u8] {
        &self.style
    }

    /// The one classic script, if the theme has any.
    #[must_use]
    pub fn script(&self) -> Option<&[u8]> {
        self.script.as_deref()
    }

    /// The script of the search page.
    #[must_use]
    pub fn search(&self) -> &[u8] {
        &self.search
    }

    /// A word of the theme for Rust code, with its places unfilled. A test holds that every key asked for exists;
    /// a missing one shows as `?`.
    #[must_use]
    pub fn string(&self, lang: Lang, key: &str) -> &str {
        self.words.get(lang).texts.get(key).map_or("?", String::as_str)
    }
}

/// The engine with all templates of a theme. On a fault it is left empty.
fn templates(files: &Files, faults: &mut Vec<ThemeFault>) -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([".html"]);
    tera.register_filter("fill", words::fill);
    let mut sources = Vec::new();
    for (name, bytes) in files.iter().filter(|(name, _)| is_template(name)) {
        match std::str::from_utf8(bytes) {
            Ok(text) => sources.push((name.as_str(), text)),
            Err(error) => faults.push(ThemeFault::not_utf8(name, bytes, error)),
        }
    }
    if let Err(error) = tera.add_raw_templates(sources.iter().copied()) {
        faults.extend(fault::of_templates(&sources, &error));
    }
    tera
}

fn is_template(name: &str) -> bool {
    name.ends_with(".html") && (name.starts_with("layout/") || name.starts_with("component/"))
}
