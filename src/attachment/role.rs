//! What the elements and attributes of office formats mean for their text. A name that is not here still has its text
//! read: on a line of its own, and hidden.

use super::mark::Mark;

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Holds runs that a reader sees as one text.
    Block,
    /// A text beside the one that it stands in: a phonetic guide.
    Beside,
    /// Text of the block around it.
    Text,
    /// Text of the block around it that was taken out.
    DeletedText,
    /// The code of a field.
    Instruction,
    /// Stands for a character.
    Break(char),
    /// A character of a symbol font by its number.
    Symbol,
    /// Begins a run: what was hidden before is not any more.
    Run,
    /// Says that its run is hidden.
    Vanish,
    Inserted,
    Deleted,
    /// A place of its own.
    Context(Mark),
    /// Text of its own.
    Leaf(Mark),
    /// Anything else.
    Other,
}

/// The role of an element by its local name, whatever its namespace: prefixes are free, and a name that means text in one
/// namespace means nothing else in the others.
pub(super) fn of(name: &str) -> Role {
    match name {
        // Paragraphs of Word, DrawingML and ODF; shared and inline strings; texts of comments.
        "p" | "h" | "si" | "is" | "text" | "div" | "Data" => Role::Block,
        "rPh" | "rt" => Role::Beside,
        "t" | "span" | "tspan" | "a" | "font" | "b" | "i" | "u" | "B" | "I" | "U" | "Font" => Role::Text,
        "delText" => Role::DeletedText,
        "instrText" | "delInstrText" => Role::Instruction,
        "tab" | "ptab" => Role::Break('\t'),
        "br" | "cr" | "line-break" => Role::Break('\n'),
        "s" => Role::Break(' '),
        "noBreakHyphen" => Role::Break('-'),
        "sym" => Role::Symbol,
        "r" => Role::Run,
        "vanish" | "webHidden" | "specVanish" => Role::Vanish,
        "ins" | "moveTo" => Role::Inserted,
        "del" | "moveFrom" => Role::Deleted,
        "comment" | "threadedComment" | "cm" | "annotation" => Role::Context(Mark::Comment),
        "footnote" => Role::Context(Mark::Footnote),
        "endnote" => Role::Context(Mark::Endnote),
        "hdr" | "header" => Role::Context(Mark::Header),
        "ftr" | "footer" => Role::Context(Mark::Footer),
        "txbxContent" | "textbox" | "sp" | "text-box" => Role::Context(Mark::TextBox),
        "tracked-changes" => Role::Context(Mark::Revision),
        "oddHeader" | "evenHeader" | "firstHeader" => Role::Leaf(Mark::Header),
        "oddFooter" | "evenFooter" | "firstFooter" => Role::Leaf(Mark::Footer),
        "f" | "formula" | "formula1" | "formula2" | "calculatedColumnFormula" => Role::Leaf(Mark::Formula),
        "author" => Role::Leaf(Mark::Author),
        _ => Role::Other,
    }
}

/// The kind of text that an attribute holds by its own name and that of its element, where it is known.
pub(super) fn of_attribute(element: &str, name: &str) -> Option<Mark> {
    match (element, name) {
        ("docPr" | "cNvPr" | "shape", "name" | "descr" | "title" | "alt") | (_, "descr" | "alt") => Some(Mark::AltText),
        (_, "author" | "initials" | "displayName" | "userId" | "userName") | ("cmAuthor" | "author", "name") => Some(Mark::Author),
        (_, "instr") => Some(Mark::Field),
        (_, "prompt" | "promptTitle" | "error" | "errorTitle") => Some(Mark::Validation),
        ("hyperlink" | "hlinkClick", "tooltip" | "display" | "location") | (_, "href") => Some(Mark::Link),
        ("s" | "n" | "d" | "e" | "b", "v") | ("cacheField", "name") => Some(Mark::PivotCache),
        _ => None,
    }
}

/// Beginnings of addresses that only name a vocabulary.
const VOCABULARIES: &[&str] = &["http://schemas.", "http://purl.", "http://www.w3.org/", "urn:schemas-microsoft-com:", "urn:oasis:"];

/// Whether the value of an attribute has a form that no text about a person has: short numbers, colours, GUIDs, vocabularies.
pub(super) fn is_harmless(value: &str) -> bool {
    let value = value.trim();
    let is_number = value.len() <= 10 && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'%'));
    let is_hex = matches!(value.len(), 4 | 6 | 8) && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_guid =
        value.len() == 38 && value.starts_with('{') && value.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'{' | b'}' | b'-'));
    value.len() <= 1 && value.is_ascii() || is_number || is_hex || is_guid || VOCABULARIES.iter().any(|address| value.starts_with(address))
}
