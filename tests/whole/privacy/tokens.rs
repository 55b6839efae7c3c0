//! Tokens: words that stand nowhere else, each put into one place of an archive, and the archive that `tests/canary/` describes.

use super::super::Site;
use super::super::case::{Section, parse};
use super::{Chance, data};
use std::collections::BTreeMap;

/// Han that nobody writes, so that any of them in an output comes from a token.
const RARE: &str = "龘靐齉爩鱻麤龗灪厵滟爨癵籱饢驫鲡鹂麣鸙韊虋豔讟钃驡鱺鸞灩龤糶籲釁爧蠿鬱齾齼齺齹齷龖龕龔龠鼇鼈鼉鼊鼷鼹齄齇齟齠齦齧齬齪麞麠麢麶黀黌黐黲黵黶黷鼂鼟鼱鹺鹼鷾鷿鸀鸂鸇鸑鸓鶼鷙鷫鰵鱟鱣鱭魖魘魋髏髐驨驖騺馫饛飌頀韥韽鞿霵霴靁";
/// Letters of which no word is made.
pub(super) const CONSONANTS: &[u8] = b"bcdfghjklmnpqrstvwxz";

/// Who may see what stands beside a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Closed to the public; the internal edition must show it.
    Shown,
    /// In no edition.
    Never,
    /// Closed to the public; where else it is printed does not matter.
    Quiet,
}

/// A word that stands in one place only.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) fate: Fate,
    /// The file and the line that it was put into.
    pub(super) place: String,
    /// Whether it names a file or an address; findings name files.
    pub(super) is_name: bool,
}

/// A picture of one colour.
#[derive(Debug)]
pub(super) struct Painted {
    pub(super) path: String,
    pub(super) colour: [u8; 3],
    /// None where everybody may see it.
    pub(super) fate: Option<Fate>,
}

/// An archive with its tokens.
#[derive(Default)]
pub(super) struct Canaries {
    pub(super) files: Vec<(String, String)>,
    pub(super) pictures: Vec<Painted>,
    pub(super) tokens: Vec<Token>,
    named: BTreeMap<String, String>,
}

impl Canaries {
    /// The archive of `tests/canary/` with the tokens of a seed.
    pub(super) fn of(seed: u64) -> Canaries {
        let mut chance = Chance::new(seed);
        let mut made = Canaries::default();
        let (_, shared) = parse(&data("canary/archive.txt"));
        made.lay(&shared, &mut chance);
        let (_, record) = parse(&data("canary/record.txt"));
        for (number, line) in data("canary/closings.txt").lines().filter(|line| !line.starts_with('#')).enumerate() {
            let mut words = line.splitn(2, ' ');
            let fate = words.next().unwrap();
            let line = made.fill(words.next().unwrap(), "closings.txt", "", &mut chance);
            let (collection, closing) = line.split_once(' ').unwrap_or((&line, ""));
            let own = |text: &str| {
                let text = text.replace("FATE", fate).replace("COLLECTION", collection);
                text.replace("CLOSING\n", &if closing.is_empty() { String::new() } else { format!("{}\n", closing.replace('↵', "\n")) })
            };
            let sections: Vec<Section> = record.iter().map(|section| Section { words: own(&section.words), text: own(&section.text) }).collect();
            made.lay_for(&sections, &number.to_string(), &mut chance);
        }
        made
    }

    fn lay(&mut self, sections: &[Section], chance: &mut Chance) {
        self.lay_for(sections, "", chance);
    }

    fn lay_for(&mut self, sections: &[Section], scope: &str, chance: &mut Chance) {
        for Section { words, text } in sections {
            let (verb, rest) = words.split_once(' ').unwrap();
            let rest = self.fill(rest, words, scope, chance);
            match verb {
                "file" => {
                    let text = self.fill(text, &rest, scope, chance);
                    self.files.push((rest, text));
                }
                "picture" => {
                    let (path, fate) = rest.split_once(' ').unwrap();
                    let at = self.pictures.len();
                    let step = |power: u32| u8::try_from(at / 5usize.pow(power) % 5 * 55 + 15).unwrap();
                    let fate = if fate == "open" { None } else { Some(fate_of(fate)) };
                    self.pictures.push(Painted { path: path.to_owned(), colour: [step(0), step(1), step(2)], fate });
                }
                other => panic!("no such verb: {other}"),
            }
        }
    }

    /// Puts a token into every `<<KIND FATE NAME>>` of a text; the same name in the same scope is the same token.
    fn fill(&mut self, text: &str, file: &str, scope: &str, chance: &mut Chance) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("<<") {
            out.push_str(&rest[..at]);
            let end = at + rest[at..].find(">>").unwrap();
            let words: Vec<&str> = rest[at + 2..end].split(' ').collect();
            let place = format!("{file}:{} <<{}>>", out.matches('\n').count() + 1, words.join(" "));
            out.push_str(&self.token(&words, place, scope, chance));
            rest = &rest[end + 2..];
        }
        out + rest
    }

    fn token(&mut self, words: &[&str], place: String, scope: &str, chance: &mut Chance) -> String {
        let name = words.get(2);
        if let Some(known) = name.and_then(|name| self.named.get(*name).or_else(|| self.named.get(&format!("{scope}/{name}")))) {
            return known.clone();
        }
        // Tokens are told apart by any three Han of theirs.
        let text = std::iter::repeat_with(|| spell(words[0], chance)).find(|text| !self.tokens.iter().any(|token| share(&token.text, text))).unwrap();
        if let Some(name) = name {
            self.named.insert(if scope.is_empty() { (*name).to_owned() } else { format!("{scope}/{name}") }, text.clone());
        }
        self.tokens.push(Token { text: text.clone(), fate: fate_of(words[1]), place, is_name: words[0] == "id" });
        text
    }

    /// Lays the archive; `change` may alter a text on its way.
    pub(super) fn site(&self, change: impl Fn(&str) -> String) -> Site {
        let changed: Vec<(&str, String)> = self.files.iter().map(|(path, text)| (path.as_str(), change(text))).collect();
        let given: Vec<(&str, &str)> = changed.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let site = Site::new(&given);
        for picture in &self.pictures {
            site.write(&picture.path, &picture.bytes(self));
        }
        site
    }
}

impl Painted {
    /// A PNG with a text chunk, and something behind its end, that hold a token of the archive.
    fn bytes(&self, canaries: &Canaries) -> Vec<u8> {
        let painted = image::RgbImage::from_pixel(24, 18, image::Rgb(self.colour));
        let mut png = std::io::Cursor::new(Vec::new());
        painted.write_to(&mut png, image::ImageFormat::Png).unwrap();
        let mut png = png.into_inner();
        let hidden = canaries.tokens.iter().find(|token| token.fate == Fate::Quiet && !token.is_name).unwrap().text.clone();
        let mut chunk = b"iTXtComment\0\0\0\0\0".to_vec();
        chunk.extend_from_slice(hidden.as_bytes());
        let mut whole = u32::try_from(chunk.len() - 4).unwrap().to_be_bytes().to_vec();
        whole.extend_from_slice(&chunk);
        whole.extend_from_slice(&checksum(&chunk).to_be_bytes());
        // Behind the header, which is 8 + 25 bytes long.
        png.splice(33..33, whole);
        png.extend_from_slice(hidden.as_bytes());
        png
    }
}

/// CRC-32 as PNG wants it.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 });
    !bytes.iter().fold(!0, step)
}

/// Whether two words have a part in common by which a search would take one for the other.
fn share(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    a.windows(3).any(|part| is_rare(part[0]) && b.windows(3).any(|other| other == part)) || a == b
}

fn fate_of(word: &str) -> Fate {
    match word {
        "shown" => Fate::Shown,
        "never" => Fate::Never,
        "quiet" => Fate::Quiet,
        other => panic!("no such fate: {other}"),
    }
}

/// A new word of a kind.
pub(super) fn spell(kind: &str, chance: &mut Chance) -> String {
    let rare: Vec<char> = RARE.chars().collect();
    let mut letters = |count: usize| -> String { (0..count).map(|_| char::from(CONSONANTS[chance.below(CONSONANTS.len())])).collect() };
    match kind {
        "latin" => {
            let word = letters(11);
            word[..1].to_uppercase() + &word[1..]
        }
        "id" => letters(13),
        "code" => letters(6).to_uppercase(),
        "han" => (0..7).map(|_| rare[chance.below(rare.len())]).collect(),
        other => panic!("no such kind: {other}"),
    }
}

/// Whether a character stands in tokens only.
pub(super) fn is_rare(c: char) -> bool {
    RARE.contains(c)
}
