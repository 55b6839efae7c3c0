//! Single characters: which digit one stands for, what may separate the digits of a number, what hides them.

/// Which kind of signs a number is written in. Two numbers that touch in different signs are two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// 0–9 in half and full width and the mathematical letters.
    Plain,
    /// ① ⑴ ⒈ ⓵ and their like.
    Circled,
    /// 一 〇 幺 and the banker's 壹.
    Han,
}

/// What may stand between two digits of one number, as bits.
pub(super) mod gap {
    /// Cannot be seen: zero width, markup.
    pub(in super::super) const UNSEEN: u8 = 1;
    /// A space that does not break.
    pub(in super::super) const FIXED: u8 = 2;
    pub(in super::super) const SPACE: u8 = 4;
    pub(in super::super) const HYPHEN: u8 = 8;
    pub(in super::super) const MIDDLE: u8 = 16;
    pub(in super::super) const POINT: u8 = 32;
    pub(in super::super) const BRACKET: u8 = 64;
    /// Two asterisks: the emphasis of Markdown, or a mask.
    pub(in super::super) const STARS: u8 = 128;
    /// Those that a reader sees.
    pub(in super::super) const SEEN: u8 = SPACE | HYPHEN | MIDDLE | POINT | BRACKET;
}

/// The digit that a character stands for.
pub(super) fn digit(c: char) -> Option<(Family, u8)> {
    let plain = |zero: u32| u8::try_from(u32::from(c) - zero).ok().map(|value| (Family::Plain, value));
    let circled = |one: u32| u8::try_from(u32::from(c) - one + 1).ok().map(|value| (Family::Circled, value));
    match c {
        '0'..='9' => plain(0x30),
        '０'..='９' => plain(0xFF10),
        '\u{1D7CE}'..='\u{1D7FF}' => u8::try_from((u32::from(c) - 0x1D7CE) % 10).ok().map(|value| (Family::Plain, value)),
        '①'..='⑨' => circled(0x2460),
        '⑴'..='⑼' => circled(0x2474),
        '⒈'..='⒐' => circled(0x2488),
        '⓵'..='⓽' => circled(0x24F5),
        '⓪' | '⓿' => Some((Family::Circled, 0)),
        c => han_digit(c).map(|value| (Family::Han, value)),
    }
}

/// The digit that a Han character stands for when numbers are read out sign by sign.
pub(super) fn han_digit(c: char) -> Option<u8> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '幺' | '壹' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// What a character between two digits is, as a bit of [`gap`]; none if it ends the number.
pub(super) fn gap_of(c: char) -> Option<u8> {
    Some(match c {
        ' ' | '\u{3000}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{205F}' => gap::SPACE,
        '\u{A0}' | '\u{2007}' | '\u{202F}' => gap::FIXED,
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '﹣' => gap::HYPHEN,
        '·' | '•' | '・' | '‧' | '∙' | '⋅' | '･' => gap::MIDDLE,
        '.' | '．' => gap::POINT,
        '(' | ')' | '（' | '）' => gap::BRACKET,
        // Zero-width characters, soft hyphen, marks of direction, variation selectors and the key of keycap emoji.
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}' | '\u{34F}' | '\u{180E}' => gap::UNSEEN,
        '\u{FE00}'..='\u{FE0F}' | '\u{20E3}' => gap::UNSEEN,
        _ => return None,
    })
}

/// Whether a character hides a digit, and how many of them in a row it takes to believe it.
pub(super) fn mask_of(c: char) -> Option<usize> {
    Some(match c {
        '*' | '＊' | '﹡' | '✱' | '█' | '▇' | '■' | '□' | '●' | '○' | '◯' | '×' => 2,
        'x' | 'X' | 'Ｘ' | 'ｘ' | '#' | '＃' | '•' | '·' | '?' | '？' => 3,
        _ => return None,
    })
}

/// Whether a character is the check character X in one of its shapes.
pub(super) fn is_check_x(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'Ｘ' | 'ｘ' | 'Ⅹ' | 'ⅹ' | 'Х' | 'х')
}

/// The character in half width.
pub(super) fn fold(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        c => c,
    }
}

/// Whether a character is Han.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{323AF}' | '\u{F900}'..='\u{FAFF}' | '〇' | '々')
}
