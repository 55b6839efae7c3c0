//! English words → stems: the Snowball English stemmer (Porter2) in its revision of 2025, so that one form finds the others.

/// A word in work; `y` that sounds as a consonant is written `Y`.
struct Word {
    letters: Vec<u8>,
    /// Where region R1 begins: behind the first consonant that follows a vowel.
    r1: usize,
    /// Where region R2 begins: the same once more inside R1.
    r2: usize,
}

/// Words that the rules would spoil, with their stems.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("skis", "ski"),
    ("skies", "sky"),
    ("idly", "idl"),
    ("gently", "gentl"),
    ("ugly", "ugli"),
    ("early", "earli"),
    ("only", "onli"),
    ("singly", "singl"),
    ("sky", "sky"),
    ("news", "news"),
    ("howe", "howe"),
    ("atlas", "atlas"),
    ("cosmos", "cosmos"),
    ("bias", "bias"),
    ("andes", "andes"),
];
/// Beginnings behind which R1 begins at once, so that unrelated words do not fall together.
const R1_PREFIXES: &[&[u8]] = &[b"gener", b"commun", b"arsen", b"past", b"univers", b"later", b"emerg", b"organ", b"inter"];
/// Beginnings that keep their `-eed` and their `-ing`.
const EED_KEPT: &[&[u8]] = &[b"proc", b"exc", b"succ"];
const ING_KEPT: &[&[u8]] = &[b"inn", b"out", b"cann", b"herr", b"earr", b"even"];

const STEP_2: &[(&[u8], &[u8])] = &[
    (b"ization", b"ize"),
    (b"ational", b"ate"),
    (b"fulness", b"ful"),
    (b"ousness", b"ous"),
    (b"iveness", b"ive"),
    (b"tional", b"tion"),
    (b"biliti", b"ble"),
    (b"lessli", b"less"),
    (b"entli", b"ent"),
    (b"ation", b"ate"),
    (b"alism", b"al"),
    (b"aliti", b"al"),
    (b"ousli", b"ous"),
    (b"iviti", b"ive"),
    (b"fulli", b"ful"),
    (b"ogist", b"og"),
    (b"enci", b"ence"),
    (b"anci", b"ance"),
    (b"abli", b"able"),
    (b"izer", b"ize"),
    (b"ator", b"ate"),
    (b"alli", b"al"),
    (b"bli", b"ble"),
    (b"ogi", b"og"),
    (b"li", b""),
];
const STEP_3: &[(&[u8], &[u8])] = &[
    (b"ational", b"ate"),
    (b"tional", b"tion"),
    (b"alize", b"al"),
    (b"icate", b"ic"),
    (b"iciti", b"ic"),
    (b"ative", b""),
    (b"ical", b"ic"),
    (b"ness", b""),
    (b"ful", b""),
];
const STEP_4: &[&[u8]] = &[
    b"ement", b"ance", b"ence", b"able", b"ible", b"ment", b"ant", b"ent", b"ism", b"ate", b"iti", b"ous", b"ive", b"ize", b"ion", b"al", b"er",
    b"ic",
];

/// The stem of a word; words that are not `[a-z]{3,}` are their own.
#[must_use]
pub fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    if let Some((_, stem)) = EXCEPTIONS.iter().find(|(exception, _)| *exception == word) {
        return (*stem).to_owned();
    }
    let mut word = Word::new(word);
    word.plural();
    word.past();
    word.final_y();
    word.derivation();
    word.second_derivation();
    word.last_suffix();
    word.final_letter();
    word.letters.make_ascii_lowercase();
    String::from_utf8(word.letters).unwrap_or_default()
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Behind the first consonant that follows a vowel, from a place on.
fn region(letters: &[u8], from: usize) -> usize {
    let rest = letters.get(from..).unwrap_or_default();
    let pair = rest.windows(2).position(|pair| matches!(pair, [a, b] if is_vowel(*a) && !is_vowel(*b)));
    pair.map_or(letters.len(), |at| from + at + 2)
}

impl Word {
    fn new(word: &str) -> Word {
        let mut letters = word.as_bytes().to_vec();
        let mut after_vowel = true;
        for letter in &mut letters {
            if *letter == b'y' && after_vowel {
                *letter = b'Y';
            }
            after_vowel = is_vowel(*letter);
        }
        let prefix = R1_PREFIXES.iter().find(|prefix| letters.starts_with(prefix));
        let r1 = prefix.map_or_else(|| region(&letters, 0), |prefix| prefix.len());
        let r2 = region(&letters, r1);
        Word { letters, r1, r2 }
    }

    /// What stands before a suffix, if the word ends in it.
    fn before(&self, suffix: &[u8]) -> Option<&[u8]> {
        self.letters.strip_suffix(suffix)
    }

    fn replace(&mut self, suffix: usize, with: &[u8]) {
        self.letters.truncate(self.letters.len().saturating_sub(suffix));
        self.letters.extend_from_slice(with);
    }

    /// Step 1a.
    fn plural(&mut self) {
        if self.before(b"sses").is_some() {
            self.replace(2, b"");
        } else if let Some(before) = self.before(b"ied").or_else(|| self.before(b"ies")) {
            let cut = if before.len() > 1 { 2 } else { 1 };
            self.replace(cut, b"");
        } else if self.before(b"us").is_none()
            && self.before(b"ss").is_none()
            && self.before(b"s").is_some_and(|before| before.split_last().is_some_and(|(_, rest)| rest.iter().any(|letter| is_vowel(*letter))))
        {
            self.replace(1, b"");
        }
    }

    /// Step 1b.
    fn past(&mut self) {
        for suffix in [b"eedly".as_slice(), b"eed"] {
            let Some(before) = self.before(suffix) else { continue };
            if before.len() >= self.r1 && !EED_KEPT.contains(&before) {
                self.replace(suffix.len(), b"ee");
            }
            return;
        }
        for suffix in [b"ingly".as_slice(), b"edly", b"ing", b"ed"] {
            let Some(before) = self.before(suffix) else { continue };
            if suffix == b"ing" && ING_KEPT.contains(&before) {
                return;
            }
            if suffix == b"ing"
                && let [first, b'y' | b'Y'] = before
                && !is_vowel(*first)
            {
                return self.replace(4, b"ie");
            }
            if before.iter().any(|letter| is_vowel(*letter)) {
                self.replace(suffix.len(), b"");
                self.restore();
            }
            return;
        }
    }

    /// After `-ed` and `-ing`: an `e` comes back, or a doubled letter goes.
    fn restore(&mut self) {
        if [b"at", b"bl", b"iz"].iter().any(|end| self.letters.ends_with(*end)) {
            self.letters.push(b'e');
        } else if let [rest @ .., a, b] = self.letters.as_slice()
            && a == b
            && b"bdfgmnprt".contains(a)
        {
            if !matches!(rest, [b'a' | b'e' | b'o']) {
                self.letters.pop();
            }
        } else if self.letters.len() <= self.r1 && ends_short(&self.letters) {
            self.letters.push(b'e');
        }
    }

    /// Step 1c.
    fn final_y(&mut self) {
        if let [_, .., before, last @ (b'y' | b'Y')] = self.letters.as_mut_slice()
            && !is_vowel(*before)
        {
            *last = b'i';
        }
    }

    /// Step 2.
    fn derivation(&mut self) {
        let Some((suffix, with)) = STEP_2.iter().find(|(suffix, _)| self.letters.ends_with(suffix)) else { return };
        let before = self.before(suffix).unwrap_or_default();
        let allowed = match *suffix {
            b"ogi" => before.ends_with(b"l"),
            b"li" => before.last().is_some_and(|letter| b"cdeghkmnrt".contains(letter)),
            _ => true,
        };
        if before.len() >= self.r1 && allowed {
            self.replace(suffix.len(), with);
        }
    }

    /// Step 3.
    fn second_derivation(&mut self) {
        let Some((suffix, with)) = STEP_3.iter().find(|(suffix, _)| self.letters.ends_with(suffix)) else { return };
        let before = self.before(suffix).unwrap_or_default().len();
        if before >= self.r1 && (*suffix != b"ative" || before >= self.r2) {
            self.replace(suffix.len(), with);
        }
    }

    /// Step 4.
    fn last_suffix(&mut self) {
        let Some(suffix) = STEP_4.iter().find(|suffix| self.letters.ends_with(suffix)) else { return };
        let before = self.before(suffix).unwrap_or_default();
        if before.len() >= self.r2 && (*suffix != b"ion" || before.ends_with(b"s") || before.ends_with(b"t")) {
            self.replace(suffix.len(), b"");
        }
    }

    /// Step 5.
    fn final_letter(&mut self) {
        let Some((last, before)) = self.letters.split_last() else { return };
        let goes = match last {
            b'e' => before.len() >= self.r2 || before.len() >= self.r1 && !ends_short(before),
            b'l' => before.len() >= self.r2 && before.ends_with(b"l"),
            _ => false,
        };
        if goes {
            self.letters.pop();
        }
    }
}

/// Whether letters end in a short syllable.
fn ends_short(letters: &[u8]) -> bool {
    match letters {
        [vowel, end] => is_vowel(*vowel) && !is_vowel(*end),
        [.., before, vowel, end] => {
            !is_vowel(*before) && is_vowel(*vowel) && !is_vowel(*end) && !matches!(end, b'w' | b'x' | b'Y') || letters.ends_with(b"past")
        }
        _ => false,
    }
}
