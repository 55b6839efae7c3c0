//! Radicals → characters. Fonts for Chinese use one shape for 山 (U+5C71) and the radical ⼭ (U+2F2D), and programs that make
//! PDF name the radical, so that no search finds the name of a person or place. Normalising by NFKC would not do: it leaves
//! the simplified ones (⻢ U+2EE2 for 马) as they are.

/// The characters of U+2F00 to U+2FD5 in their order (the Kangxi radicals, by their compatibility decompositions;
/// but 户, which Unicode takes for 戶).
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日\
    曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行\
    衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠\
    ";

/// Radicals of the supplement (U+2E80 to U+2EFF) that are a character of their own.
const SUPPLEMENT: &[(char, char)] = &[
    ('⺠', '民'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
    ('⺟', '母'),
    ('⻄', '西'),
    ('⻁', '虎'),
    ('⺅', '亻'),
    ('⻌', '辶'),
    ('⺾', '艹'),
    ('⺡', '氵'),
    ('⺮', '竹'),
    ('⺀', '冫'),
    ('⻎', '辶'),
    ('⻏', '阝'),
    ('⻖', '阝'),
    ('⺩', '王'),
    ('⻫', '斉'),
    ('⻲', '亀'),
    ('⻯', '竜'),
    ('⻭', '歯'),
    ('⻪', '黾'),
];

/// A text with characters for the radicals in it, and letters for ligatures.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2F00}'..='\u{2FD5}' => out.push(usize::try_from(u32::from(c) - 0x2F00).ok().and_then(|at| KANGXI.chars().nth(at)).unwrap_or(c)),
            '\u{2E80}'..='\u{2EFF}' => out.push(SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, character)| *character)),
            '\u{FB00}' => out.push_str("ff"),
            '\u{FB01}' => out.push_str("fi"),
            '\u{FB02}' => out.push_str("fl"),
            '\u{FB03}' => out.push_str("ffi"),
            '\u{FB04}' => out.push_str("ffl"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{KANGXI, fold};

    #[test]
    fn radicals_are_characters() {
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(fold("光\u{2F2D}县 \u{2EE2}某 \u{2FD5} \u{2F00} ﬁn"), "光山县 马某 龠 一 fin");
    }
}
