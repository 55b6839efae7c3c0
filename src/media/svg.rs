//! SVG: what makes it active (SVG 2, chapters on scripting and linking), and what it says without showing it.

use super::markup;
use super::report::{Block, Finder, Reason};
use super::words;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// How an SVG acts or reaches outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Active {
    /// A `script` element.
    Script,
    /// An attribute `on…`.
    Handler,
    /// HTML inside: `foreignObject`, `iframe`, `object`, `embed`, `audio`, `video`, `canvas`.
    Foreign,
    /// An address that is a program: `javascript:`, `vbscript:`, `data:text/html`, `data:image/svg+xml`.
    Program,
    /// An address outside of the file.
    External,
    /// `@import`, `url(…)` or `expression(…)` of a style that leads outside or runs.
    Style,
    /// An animation of an address or a handler.
    Animation,
    /// A document type with declarations of its own, or an instruction that asks for a style sheet.
    Declaration,
    /// No well-formed XML: browsers and this reader may see different things.
    Malformed,
}

impl Active {
    /// The name in Chinese.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Active::Script => "脚本",
            Active::Handler => "事件处理",
            Active::Foreign => "嵌入的网页内容",
            Active::Program => "可执行的地址",
            Active::External => "外部引用",
            Active::Style => "样式中的外部引用",
            Active::Animation => "改写地址的动画",
            Active::Declaration => "文档类型声明或样式表指令",
            Active::Malformed => "XML 格式错误",
        }
    }

    /// The name in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Active::Script => "script",
            Active::Handler => "event handler",
            Active::Foreign => "embedded web content",
            Active::Program => "address that runs",
            Active::External => "reference to outside",
            Active::Style => "style that reaches outside",
            Active::Animation => "animation of an address",
            Active::Declaration => "document type or style-sheet instruction",
            Active::Malformed => "malformed XML",
        }
    }
}

/// One finding in an SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SvgFinding {
    /// What it is.
    pub active: Active,
    /// The byte of the text at which its element begins.
    pub at: usize,
    /// The name or address that was found.
    pub text: String,
}

/// Whether the first element is `svg` in any namespace prefix.
pub(super) fn has_root(start: &str) -> bool {
    let mut reader = Reader::from_str(start.trim_start_matches('\u{FEFF}').trim_start());
    loop {
        match reader.read_event() {
            Ok(Event::Start(first) | Event::Empty(first)) => return local(first.name().as_ref()) == "svg",
            Ok(Event::Text(text)) if !text.trim().is_empty() => return false,
            Ok(Event::Eof | Event::End(_) | Event::CData(_)) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Everything that makes an SVG more than a drawing. An empty list means that it neither runs nor loads anything.
#[must_use]
pub fn svg_findings(text: &str) -> Vec<SvgFinding> {
    let mut reader = Reader::from_str(text);
    let (mut found, mut open, mut style) = (Vec::new(), 0usize, None::<(usize, String)>);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(0);
        let mut add = |active, text: &str| found.push(SvgFinding { active, at, text: text.to_owned() });
        match reader.read_event() {
            Ok(Event::Eof) if open == 0 => break,
            Ok(Event::Eof) | Err(_) => {
                add(Active::Malformed, "");
                break;
            }
            Ok(Event::Start(start)) => {
                open += 1;
                element(&start, &mut add);
                if local(start.name().as_ref()) == "style" {
                    style = Some((at, String::new()));
                }
            }
            Ok(Event::Empty(start)) => element(&start, &mut add),
            Ok(Event::End(end)) => {
                open = open.saturating_sub(1);
                if local(end.name().as_ref()) == "style"
                    && let Some((at, sheet)) = style.take()
                {
                    found.extend(styles(&sheet).into_iter().map(|text| SvgFinding { active: Active::Style, at, text }));
                }
            }
            Ok(Event::DocType(kind)) if kind.contains('[') => add(Active::Declaration, kind.trim()),
            Ok(Event::PI(instruction)) => add(Active::Declaration, instruction.target()),
            Ok(other) => {
                if let Some((_, sheet)) = &mut style {
                    sheet.push_str(&words_of(&other));
                }
            }
        }
    }
    found
}

/// The text of an event inside of an element.
fn words_of(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => text.to_string(),
        Event::CData(text) => text.to_string(),
        // Comments in old style sheets hide their content from older browsers only.
        Event::Comment(text) => text.to_string(),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(c)) => c.to_string(),
            _ => unescape(&format!("&{};", &**name)).unwrap_or_default().into_owned(),
        },
        _ => String::new(),
    }
}

fn element(start: &BytesStart<'_>, add: &mut impl FnMut(Active, &str)) {
    let name = start.name();
    let name = local(name.as_ref()).to_ascii_lowercase();
    match name.as_str() {
        "script" | "handler" | "listener" => add(Active::Script, &name),
        "foreignobject" | "iframe" | "object" | "embed" | "audio" | "video" | "canvas" | "html" | "body" | "link" | "meta" | "base" | "form"
        | "img" | "input" => add(Active::Foreign, &name),
        _ => {}
    }
    for attribute in start.attributes().with_checks(false) {
        let Ok(attribute) = attribute else {
            add(Active::Malformed, &name);
            continue;
        };
        let key = attribute.key.as_ref().to_ascii_lowercase();
        // An entity that the file declares itself may stand for anything.
        let Ok(value) = unescape(&attribute.value) else {
            add(Active::Declaration, &attribute.value);
            continue;
        };
        attribute_of(&name, &key, &value, add);
    }
}

fn attribute_of(element: &str, key: &str, value: &str, add: &mut impl FnMut(Active, &str)) {
    let is_animation = matches!(element, "animate" | "set" | "animatetransform" | "animatemotion" | "animatecolor" | "discard");
    if key.starts_with("xmlns") {
        return;
    }
    if local(key).starts_with("on") {
        add(Active::Handler, key);
    } else if is_animation && key == "attributename" {
        let named = local(value).trim().to_ascii_lowercase();
        if named.starts_with("on") || matches!(named.as_str(), "href" | "src" | "style" | "class") {
            add(Active::Animation, value);
        }
    } else if matches!(local(key), "href" | "src" | "base" | "action" | "formaction" | "data" | "ping" | "srcset" | "codebase" | "content")
        || is_animation
    {
        address(value, is_animation, add);
    } else {
        // Presentation attributes take `url(…)` as styles do.
        for text in styles(value) {
            add(Active::Style, &text);
        }
    }
}

/// An address as browsers read it: without control characters and spaces, in small letters.
fn plain(address: &str) -> String {
    address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_ascii_lowercase()
}

fn address(value: &str, is_animation: bool, add: &mut impl FnMut(Active, &str)) {
    let address = plain(value);
    let runs = ["javascript:", "vbscript:", "data:text/", "data:application/", "data:image/svg", "livescript:", "mocha:"];
    if runs.iter().any(|scheme| address.starts_with(scheme) || (is_animation && address.contains(scheme))) {
        add(Active::Program, value);
    } else if !is_animation && is_outside(&address) {
        add(Active::External, value);
    }
}

/// Whether an address leads out of the file: all but fragments and pixels in `data:`.
fn is_outside(address: &str) -> bool {
    let pixels = ["data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp", "data:font/", "data:image/avif"];
    !address.is_empty() && !address.starts_with('#') && !pixels.iter().any(|kind| address.starts_with(kind))
}

/// What of a style leads outside or runs. Escapes of CSS are undone first.
fn styles(style: &str) -> Vec<String> {
    let style = without_comments(&undo_escapes(style)).to_ascii_lowercase();
    let mut found = Vec::new();
    for word in ["@import", "expression(", "-moz-binding", "behavior:", "javascript:"] {
        if style.contains(word) {
            found.push(word.to_owned());
        }
    }
    for word in ["url(", "src(", "image(", "image-set("] {
        for (at, _) in style.match_indices(word) {
            let inner = style.get(at + word.len()..).unwrap_or_default();
            let inner = inner.split(')').next().unwrap_or_default();
            let address = plain(inner.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\''));
            if is_outside(&address) {
                found.push(format!("{word}{address})"));
            }
        }
    }
    found
}

fn without_comments(style: &str) -> String {
    let mut kept = String::new();
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, behind)| behind);
    }
    kept.push_str(rest);
    kept
}

/// `\75 rl(` is `url(` to a browser (CSS Syntax 3, §4.3.7).
fn undo_escapes(style: &str) -> String {
    let mut plain = String::with_capacity(style.len());
    let mut rest = style.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        let (mut number, mut digits) = (0u32, 0);
        while let (Some(digit), true) = (rest.peek().and_then(|c| c.to_digit(16)), digits < 6) {
            number = number << 4 | digit;
            digits += 1;
            rest.next();
        }
        if digits == 0 {
            plain.extend(rest.next());
        } else {
            plain.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
            if rest.peek().is_some_and(|c| c.is_whitespace()) {
                rest.next();
            }
        }
    }
    plain
}

/// What an SVG says without showing it: comments, metadata, and what drawing programs note down about their user's files.
pub(super) fn look(finder: &mut Finder, bytes: &[u8]) {
    if !finder.spend(bytes.len().saturating_mul(2)) {
        return;
    }
    let text = words::guess(bytes);
    let mut found = Vec::new();
    let whole = markup::leaves(text.trim_start_matches('\u{FEFF}'), |leaf| {
        let is_note = |name: &str| {
            ["inkscape:", "sodipodi:", "rdf:", "cc:", "dc:", "xmp", "sketch:", "serif:", "i:", "x:", "figma:", "data-"]
                .iter()
                .any(|prefix| name.starts_with(prefix))
        };
        let is_said = match leaf.attribute {
            Some(name) => is_note(name) || is_note(leaf.element) || matches!(name, "id" | "class" | "aria-label") && !leaf.text.is_ascii(),
            None => leaf.element.starts_with('<') || is_note(leaf.element) || matches!(local(leaf.element), "metadata" | "desc" | "title"),
        };
        if is_said {
            let name = leaf.attribute.unwrap_or(leaf.element).trim_start_matches('<').to_owned();
            found.push((leaf.element == "<!--", name, leaf.text.to_owned()));
        }
    });
    for (is_comment, name, text) in found {
        let (block, name) = if is_comment { (Block::Comment, "") } else { (Block::Svg, name.as_str()) };
        finder.text(block, name, text);
    }
    if !whole {
        finder.unread(Block::Svg, "", Reason::Damaged);
    }
}
