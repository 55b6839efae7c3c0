//! Writes HTML that is right by construction. What is asked for may come in any order, as tags in old articles do: an
//! element is opened only where HTML allows it, its missing parents are made, and what is left open is closed.

use super::grid::{Cell, Grid};

/// Stands for a piece that is known only when the whole text has been read: `MARK number MARK`.
pub(super) const LATE: char = '\u{FDD5}';

/// What may stand inside an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Blocks only; text gets a paragraph: the body, `blockquote`, `details`.
    Flow,
    /// Blocks or text: `li`, `td`, `dd`.
    Item,
    /// Text only, itself a block: `p`, headings, `dt`, `summary`.
    Line,
    /// Text only, inside of a line: `em`, `a`.
    Phrase,
    /// `li` only.
    List,
    /// `dt` and `dd` only.
    Terms,
    /// Rows only: `table` and its sections.
    Table,
    /// Cells only.
    Row,
}

/// Who opened an element: only raw tags close what raw tags opened, and they reach no further than their Markdown block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Markdown,
    Raw,
}

#[derive(Debug)]
struct Open {
    name: &'static str,
    kind: Kind,
    by: By,
    /// Where its opening tag begins in the buffer, and where its content does.
    start: usize,
    content: usize,
    /// Its closing tag where that is not `</name>`.
    close: Option<String>,
    /// The label that it must begin with, until it has one.
    summary: Option<&'static str>,
}

/// The writer.
#[derive(Debug, Default)]
pub(super) struct Builder {
    out: String,
    /// The texts around the cell or note that is being written.
    outer: Vec<String>,
    stack: Vec<Open>,
    /// The tables of raw HTML that are being read.
    grids: Vec<Grid>,
    /// A raw block ended inside an item: what follows begins a new line.
    broken: bool,
    /// How many elements are open that may not hold a link: `a` and `summary`.
    links: usize,
    /// Where a line break would stand that waits for what follows it.
    line_break: Option<usize>,
}

/// The list of what is open, to be gone back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Level(usize);

impl Builder {
    /// A writer with room for a text of about this many bytes.
    pub(super) fn with_room(length: usize) -> Builder {
        Builder { out: String::with_capacity(length), ..Builder::default() }
    }

    /// The text so far in the present buffer.
    pub(super) fn out(&mut self) -> &mut String {
        &mut self.out
    }

    /// A line of the source ends here; whether that is a space is decided by what follows.
    pub(super) fn await_break(&mut self) {
        self.line_break.get_or_insert(self.out.len());
    }

    pub(super) fn forget_break(&mut self) {
        self.line_break = None;
    }

    /// Takes the place of a waiting line break.
    pub(super) fn take_break(&mut self) -> Option<usize> {
        self.line_break.take()
    }

    /// Cuts the text off; a waiting break goes no further than what is left.
    fn cut(&mut self, to: usize) {
        self.out.truncate(to);
        self.line_break = self.line_break.map(|at| at.min(to));
    }

    /// Puts a space at a place that was taken before.
    pub(super) fn put_break(&mut self, at: usize) {
        self.out.insert(at, '\n');
    }

    pub(super) fn position(&self) -> usize {
        self.out.len()
    }

    pub(super) fn level(&self) -> Level {
        Level(self.stack.len())
    }

    fn top(&self) -> Kind {
        self.stack.last().map_or(Kind::Flow, |open| open.kind)
    }

    /// Whether a link is open, or something else that may not hold one.
    pub(super) fn is_in_link(&self) -> bool {
        self.links > 0
    }

    /// Whether an element of this name is open in the present block or around it.
    pub(super) fn is_inside(&self, name: &str) -> bool {
        self.stack.iter().any(|open| open.name == name)
    }

    fn push(&mut self, name: &'static str, kind: Kind, by: By, tag: &str) -> Level {
        if name != "summary" {
            self.settle_summary();
        }
        self.links += usize::from(is_link(name));
        let level = self.level();
        let start = self.out.len();
        self.out.push_str(tag);
        self.stack.push(Open { name, kind, by, start, content: self.out.len(), close: None, summary: None });
        level
    }

    /// The innermost element is a `details` that must begin with a label; `word` is the one that it gets for want of its own.
    pub(super) fn await_summary(&mut self, word: &'static str) {
        if let Some(open) = self.stack.last_mut() {
            open.summary = Some(word);
        }
    }

    /// Whether a label may stand here, which it then does.
    pub(super) fn takes_summary(&mut self) -> bool {
        self.stack.last_mut().is_some_and(|open| open.summary.take().is_some())
    }

    fn settle_summary(&mut self) {
        if let Some(word) = self.stack.last_mut().and_then(|open| open.summary.take()) {
            self.out.push_str("<summary>");
            self.out.push_str(word);
            self.out.push_str("</summary>\n");
        }
    }

    /// Makes a place where text may stand.
    pub(super) fn text_place(&mut self) {
        match self.top() {
            Kind::Phrase | Kind::Line => {}
            Kind::Item => {
                if std::mem::take(&mut self.broken) {
                    self.out.push_str("<br>");
                }
            }
            Kind::Flow => {
                self.push("p", Kind::Line, By::Raw, "<p>");
            }
            Kind::List => self.open_item(),
            Kind::Terms => {
                self.push("dd", Kind::Item, By::Raw, "<dd>");
            }
            Kind::Table => {
                self.open_row();
                self.open_cell("td", Cell::default());
            }
            Kind::Row => self.open_cell("td", Cell::default()),
        }
    }

    /// Makes a place where a block may stand: lines and phrases end.
    pub(super) fn block_place(&mut self) {
        while matches!(self.top(), Kind::Line | Kind::Phrase) {
            self.close_top();
        }
        if matches!(self.top(), Kind::List | Kind::Terms | Kind::Table | Kind::Row) {
            self.text_place();
        }
        self.settle_summary();
        self.broken = false;
    }

    /// Ends the phrases of the line.
    pub(super) fn end_phrases(&mut self) {
        while self.top() == Kind::Phrase {
            self.close_top();
        }
    }

    /// Ends the line, if one is open; inside an item what follows begins a new one.
    pub(super) fn end_line(&mut self) {
        while matches!(self.top(), Kind::Line | Kind::Phrase) {
            self.close_top();
        }
        self.broken = self
            .stack
            .last()
            .is_some_and(|open| open.kind == Kind::Item && self.out.len() > open.content && !self.out.ends_with('\n') && !self.out.ends_with("<br>"));
    }

    /// Opens a block of Markdown or of raw HTML; gives what its end goes back to.
    pub(super) fn open_block(&mut self, name: &'static str, kind: Kind, by: By, tag: &str) -> Level {
        if matches!(name, "dt" | "dd") {
            return self.open_in_terms(name, kind, by, tag);
        }
        match (self.top(), kind, name) {
            // Markdown's own structures come in the right order by themselves.
            (Kind::List, Kind::Item, _) | (Kind::Table, Kind::Table | Kind::Row, _) | (Kind::Row, Kind::Item, _) => {}
            _ if name == "summary" => {}
            _ => self.block_place(),
        }
        self.push(name, kind, by, tag)
    }

    /// Opens a term or a meaning in its list, whatever is open there; without a list it is a block like any other.
    fn open_in_terms(&mut self, name: &'static str, kind: Kind, by: By, tag: &str) -> Level {
        match self.stack.iter().rposition(|open| open.kind == Kind::Terms) {
            Some(at) if at + 1 >= self.barrier() => {
                self.close_to(Level(at + 1));
                self.push(name, kind, by, tag)
            }
            _ => {
                self.block_place();
                if kind == Kind::Line { self.push("p", kind, by, "<p>") } else { self.push("div", kind, by, "<div>") }
            }
        }
    }

    /// Opens something inside of a line.
    pub(super) fn open_phrase(&mut self, name: &'static str, by: By, tag: &str) {
        self.text_place();
        self.push(name, Kind::Phrase, by, tag);
    }

    /// Closes the nearest phrase of a name in the present line, with all it holds. False if there is none.
    pub(super) fn close_phrase(&mut self, name: &str, by: By) -> bool {
        let in_line = self.stack.iter().rposition(|open| open.kind != Kind::Phrase).map_or(0, |at| at + 1);
        let found = self.stack[in_line..].iter().rposition(|open| open.name == name && open.by == by);
        if let Some(at) = found {
            self.close_to(Level(in_line + at));
        }
        found.is_some()
    }

    /// Closes the nearest block of a name that raw HTML opened inside of the present Markdown block.
    pub(super) fn close_raw(&mut self, names: &[&str]) {
        let barrier = self.barrier();
        if let Some(at) = self.stack[barrier..].iter().rposition(|open| names.contains(&open.name) && open.by == By::Raw) {
            self.close_to(Level(barrier + at));
        }
    }

    /// Above this no raw tag reaches: the innermost block of Markdown that holds blocks.
    fn barrier(&self) -> usize {
        let holds = |open: &Open| open.by == By::Markdown && !matches!(open.kind, Kind::Line | Kind::Phrase);
        self.stack.iter().rposition(holds).map_or(0, |at| at + 1)
    }

    /// Closes everything opened since a level.
    pub(super) fn close_to(&mut self, level: Level) {
        while self.stack.len() > level.0 {
            self.close_top();
        }
    }

    fn close_top(&mut self) {
        self.settle_summary();
        let Some(open) = self.stack.pop() else { return };
        self.links -= usize::from(is_link(open.name));
        match open.name {
            // Whatever holds nothing says nothing: a paragraph, a link, emphasis.
            _ if matches!(open.kind, Kind::Line | Kind::Phrase)
                && self.out.len() == open.content
                && !matches!(open.name, "summary" | "dt")
                && open.close.is_none() =>
            {
                self.cut(open.start);
            }
            "ruby" if !is_ruby(&self.out[open.content..]) => {
                let plain = without_ruby(&self.out[open.content..]);
                self.cut(open.start);
                self.out.push_str(&plain);
            }
            "dl" => {
                // A term without meaning and a meaning without term: the list needs both.
                if !self.out[open.content..].contains("<dt>") {
                    self.out.insert_str(open.content, "<dt></dt>");
                }
                let end = if self.out[open.content..].contains("<dd>") { "</dl>\n" } else { "<dd></dd></dl>\n" };
                self.out.push_str(end);
            }
            "cell" => {
                let html = std::mem::replace(&mut self.out, self.outer.pop().unwrap_or_default());
                if let Some(grid) = self.grids.last_mut() {
                    grid.finish_cell(html);
                }
            }
            "row" => {}
            "grid" => {
                if let Some(grid) = self.grids.pop() {
                    grid.write(&mut self.out);
                }
            }
            name => match open.close {
                Some(close) => self.out.push_str(&close),
                None => {
                    self.out.push_str("</");
                    self.out.push_str(name);
                    self.out.push('>');
                    if !matches!(open.kind, Kind::Phrase) {
                        self.out.push('\n');
                    }
                }
            },
        }
        if open.kind != Kind::Phrase {
            self.broken = false;
        }
    }

    /// Gives the innermost element its own closing tag.
    pub(super) fn close_with(&mut self, close: String) {
        if let Some(open) = self.stack.last_mut() {
            open.close = Some(close);
        }
    }

    /// Where the innermost line begins, as the places of its tag and of its content.
    pub(super) fn line_start(&self) -> Option<(usize, usize)> {
        self.stack.last().filter(|open| open.kind == Kind::Line).map(|open| (open.start, open.content))
    }

    /// Whether text would stand straight inside of the block that was opened at a level, in a line of it or between two.
    pub(super) fn is_in_block(&self, level: Level) -> bool {
        let depth = self.stack.len().saturating_sub(level.0 + 1);
        depth == 0 || depth == 1 && self.top() == Kind::Line
    }

    /// Whether text would continue a line.
    pub(super) fn is_in_line(&self) -> bool {
        matches!(self.top(), Kind::Line | Kind::Phrase)
    }

    /// Forgets the innermost line and its tag; what it holds stays.
    pub(super) fn dissolve_line(&mut self) -> Option<String> {
        let open = self.stack.pop()?;
        self.links -= usize::from(is_link(open.name));
        let inner = self.out.split_off(open.content);
        self.cut(open.start);
        Some(inner)
    }

    /// Begins a text that is put elsewhere later.
    pub(super) fn begin_apart(&mut self) {
        let outside = std::mem::take(&mut self.out);
        self.outer.push(outside);
    }

    /// Ends such a text and hands it over.
    pub(super) fn end_apart(&mut self) -> String {
        std::mem::replace(&mut self.out, self.outer.pop().unwrap_or_default())
    }

    // What raw HTML opens.

    /// `<ul>` or `<ol>`.
    pub(super) fn open_list(&mut self, name: &'static str) {
        if self.top() == Kind::List {
            // A list straight inside a list belongs to the item before it.
            self.open_item();
        }
        self.open_block(name, Kind::List, By::Raw, &format!("<{name}>\n"));
    }

    /// `<li>`; outside of a list it only begins a line.
    pub(super) fn open_item(&mut self) {
        let barrier = self.barrier();
        match self.stack[barrier..].iter().rposition(|open| open.kind == Kind::List) {
            Some(at) => {
                self.close_to(Level(barrier + at + 1));
                self.push("li", Kind::Item, By::Raw, "<li>");
            }
            None => self.end_line(),
        }
    }

    /// `<table>`.
    pub(super) fn open_grid(&mut self) {
        self.block_place();
        self.grids.push(Grid::default());
        self.push("grid", Kind::Table, By::Raw, "");
    }

    fn raw_table(&self) -> Option<usize> {
        let barrier = self.barrier();
        self.stack[barrier..].iter().rposition(|open| open.name == "grid").map(|at| barrier + at)
    }

    /// `<thead>`, `<tbody>`, `<tfoot>` end the row before them.
    pub(super) fn open_section(&mut self) {
        match self.raw_table() {
            Some(at) => self.close_to(Level(at + 1)),
            None => self.end_line(),
        }
    }

    /// `<tr>`; outside of a table it only begins a line.
    pub(super) fn open_row(&mut self) {
        let Some(at) = self.raw_table() else { return self.end_line() };
        self.close_to(Level(at + 1));
        if let Some(grid) = self.grids.last_mut() {
            grid.begin_row();
        }
        self.push("row", Kind::Row, By::Raw, "");
    }

    /// `<td>` or `<th>`; outside of a table it only begins a line.
    pub(super) fn open_cell(&mut self, name: &'static str, cell: Cell) {
        let Some(at) = self.raw_table() else { return self.end_line() };
        let has_row = self.stack.get(at + 1).is_some_and(|open| open.name == "row");
        if !has_row {
            self.open_row();
        }
        self.close_to(Level(at + 2));
        if let Some(grid) = self.grids.last_mut() {
            grid.begin_cell(Cell { is_head: name == "th", ..cell });
        }
        self.begin_apart();
        self.push("cell", Kind::Item, By::Raw, "");
    }

    /// Everything closed; the whole text.
    pub(super) fn finish(mut self) -> String {
        self.close_to(Level(0));
        self.out
    }
}

fn is_link(name: &str) -> bool {
    matches!(name, "a" | "summary")
}

/// Whether this is what `ruby` may hold: a base first, a reading last.
fn is_ruby(html: &str) -> bool {
    html.contains("<rt>") && !html.starts_with("<rt>") && !html.starts_with("<rp>") && (html.ends_with("</rt>") || html.ends_with("</rp>"))
}

/// The reading in brackets behind its base, as old browsers show it.
fn without_ruby(html: &str) -> String {
    let (open, close) = if html.contains("<rp>") { ("", "") } else { ("（", "）") };
    html.replace("<rt>", open).replace("</rt>", close).replace("<rp>", "").replace("</rp>", "")
}
