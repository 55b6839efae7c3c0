//! OFD (GB/T 33190-2016): pages of placed text, properties, attachments and seals.

use super::flow::{self, Flow};
use super::harvest::Harvest;
use super::mark::Mark;
use super::package::Entry;
use super::span::{self, Span};
use super::xml::{self, Attribute, Visit};
use super::{Place, Reason, encoding, format};

/// Reads all entries of an OFD file.
pub(super) fn read(entries: Vec<Entry>, place: &Place, harvest: &mut Harvest) {
    let texts: Vec<Option<String>> = entries.iter().map(text).collect();
    let mut pages = Pages(Vec::new());
    for text in texts.iter().flatten().filter(|text| xml::root(text) == "Document") {
        xml::walk(text, &mut pages);
    }
    for (entry, text) in entries.iter().zip(&texts) {
        let part = place.named(Mark::Part, &entry.name);
        let Some(text) = text else {
            format::read(&entry.name, &entry.bytes, &place.named(Mark::Embedded, &entry.name), harvest);
            continue;
        };
        match xml::root(text) {
            "OFD" => flow::read_properties(text, place, &part, harvest),
            "Page" => {
                let path = entry.name.to_lowercase();
                let number = (1..).zip(&pages.0).find(|(_, page)| path.ends_with(page.as_str())).map(|(number, _)| number);
                let base = number.map_or_else(|| part.clone(), |number| place.counted(Mark::Page, number));
                read_page(text, &base, &part, harvest);
            }
            "PageAnnot" => read_page(text, &part.with(Mark::Annotation), &part, harvest),
            _ => flow::read(text, &part, &part, harvest),
        }
    }
}

fn text(entry: &Entry) -> Option<String> {
    let decoded = encoding::decode_xml(&entry.bytes)?;
    decoded.text.trim_start().starts_with('<').then_some(decoded.text)
}

/// The paths of the pages in their order, in lower case.
struct Pages(Vec<String>);

impl Visit for Pages {
    fn start(&mut self, name: &str, attributes: &[Attribute]) {
        if let ("Page", Some(path)) = (name, xml::get(attributes, "BaseLoc")) {
            self.0.push(path.trim_start_matches('/').to_lowercase());
        }
    }
    fn text(&mut self, _: &str) {}
    fn end(&mut self, _: &str) {}
    fn aside(&mut self, _: &str) {}
    fn fault(&mut self, _: Reason) {}
}

fn read_page(text: &str, base: &Place, part: &Place, harvest: &mut Harvest) {
    let mut page = Page { flow: Flow::new(base, part, harvest), corner: (0.0, 0.0), turn: UPRIGHT, size: 1.0, spans: Vec::new(), code: None };
    xml::walk(text, &mut page);
    let spans = std::mem::take(&mut page.spans);
    for line in span::lines(spans) {
        page.flow.harvest.piece(base.clone(), false, &line);
    }
    page.flow.finish();
}

/// The matrix that changes nothing.
const UPRIGHT: [f64; 6] = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

struct Page<'h> {
    flow: Flow<'h>,
    /// Where the box of the text object begins, in millimetres from the upper left.
    corner: (f64, f64),
    /// The matrix from the space of the text object to its box.
    turn: [f64; 6],
    size: f64,
    spans: Vec<Span>,
    /// The text code that is open: where it starts, its steps, its text.
    code: Option<Code>,
}

struct Code {
    start: f64,
    across: f64,
    steps: Option<f64>,
    text: String,
}

impl Visit for Page<'_> {
    fn start(&mut self, name: &str, attributes: &[Attribute]) {
        let number = |name| xml::get(attributes, name).and_then(|number| number.trim().parse::<f64>().ok()).filter(|number| number.is_finite());
        match name {
            "TextObject" => {
                let mut corner =
                    xml::get(attributes, "Boundary").unwrap_or_default().split_ascii_whitespace().map_while(|number| number.parse().ok());
                self.corner = (corner.next().unwrap_or(0.0), corner.next().unwrap_or(0.0));
                let turn: Vec<f64> =
                    xml::get(attributes, "CTM").unwrap_or_default().split_ascii_whitespace().map_while(|number| number.parse().ok()).collect();
                self.turn = turn.try_into().unwrap_or(UPRIGHT);
                self.size = number("Size").unwrap_or(1.0);
            }
            "TextCode" => {
                let (x, y) = (number("X").unwrap_or(0.0), number("Y").unwrap_or(0.0));
                let steps = xml::get(attributes, "DeltaX").map(steps);
                let [a, b, c, d, e, f] = self.turn;
                let (start, across) = (self.corner.0 + a * x + c * y + e, self.corner.1 + b * x + d * y + f);
                self.code = Some(Code { start, across, steps, text: String::new() });
                return;
            }
            _ => {}
        }
        self.flow.start(name, attributes);
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some(code) => code.text.push_str(text),
            None => self.flow.text(text),
        }
    }

    fn end(&mut self, name: &str) {
        match self.code.take() {
            Some(code) if name == "TextCode" => {
                let widths: f64 = code.text.chars().map(|c| if c.is_ascii() { self.size / 2.0 } else { self.size }).sum();
                let last = code.text.chars().last().map_or(0.0, |c| if c.is_ascii() { self.size / 2.0 } else { self.size });
                let [a, b, c, d, ..] = self.turn;
                let end = code.start + code.steps.map_or(widths, |steps| steps + last) * a.hypot(b);
                let size = self.size * c.hypot(d);
                self.spans.push(Span {
                    angle: 0,
                    start: code.start,
                    end,
                    across: code.across,
                    size,
                    text: code.text,
                    is_guess: code.steps.is_none(),
                });
            }
            code => {
                self.code = code;
                self.flow.end(name);
            }
        }
    }

    fn aside(&mut self, text: &str) {
        self.flow.aside(text);
    }

    fn fault(&mut self, reason: Reason) {
        self.flow.fault(reason);
    }
}

/// The sum of the steps from character to character: `3 g 5 2.5` is once 3 and five times 2.5.
fn steps(delta: &str) -> f64 {
    let mut numbers = delta.split_ascii_whitespace();
    let mut sum = 0.0;
    while let Some(word) = numbers.next() {
        let parse = |word: Option<&str>| word.and_then(|word| word.parse::<f64>().ok()).unwrap_or(0.0);
        sum += if word == "g" { parse(numbers.next()) * parse(numbers.next()) } else { parse(Some(word)) };
    }
    sum
}
