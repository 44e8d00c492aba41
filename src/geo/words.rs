//! The words of names of places, spelled in one way.

const ABBREVIATIONS: [(&str, &str); 5] = [
    ("st", "saint"),
    ("ste", "sainte"),
    ("ft", "fort"),
    ("mt", "mount"),
    ("mtn", "mountain"),
];
/// What the first of several words may stand for.
const DIRECTIONS: [(&str, &str); 4] =
    [("n", "north"), ("s", "south"), ("e", "east"), ("w", "west")];

/// The words of a name: small letters without accents, and digits. `input/geo/convert.py` has the same rule.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// All of them, with nothing between.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

/// Some words of a name that follow one another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrase<'a> {
    /// The text of all words of the name.
    text: &'a str,
    /// Where the first of these words begins.
    begin: usize,
    /// Where each of them ends.
    ends: &'a [usize],
}

impl Words {
    /// The words of a name.
    pub(super) fn of(name: &str) -> Words {
        let mut words = Words::default();
        words.read(name);
        words
    }

    /// Takes the words of another name, in the memory of the last one's.
    pub(super) fn read(&mut self, name: &str) -> Phrase<'_> {
        self.text.clear();
        self.ends.clear();
        for letter in name.chars() {
            match letter.is_ascii() {
                true => self.add(letter.to_ascii_lowercase()),
                false => letter.to_lowercase().for_each(|letter| self.add(letter)),
            }
        }
        self.end_word();
        self.spell_out_direction();
        self.all()
    }

    /// All of them.
    pub(super) fn all(&self) -> Phrase<'_> {
        Phrase {
            text: &self.text,
            begin: 0,
            ends: &self.ends,
        }
    }

    fn add(&mut self, letter: char) {
        match letter {
            'a'..='z' | '0'..='9' => self.text.push(letter),
            // "St.Louis" is two words.
            '.' if spelled_out(&ABBREVIATIONS, self.last_word()).is_some() => self.end_word(),
            // In the middle of a word: O'Fallon, D.C., Nu‘uuli; or an accent as its own character.
            '.' | '\'' | '`' | '´' | '‘' | '’' | 'ʻ' | 'ʼ' | '\u{300}'..='\u{36f}' => {}
            _ => match without_accent(letter) {
                Some(plain) => self.text.push(plain),
                None => {
                    self.end_word();
                    if letter == '&' {
                        self.text.push_str("and");
                        self.end_word();
                    }
                }
            },
        }
    }

    /// What stands behind the last word that has ended.
    fn last_word(&self) -> &str {
        &self.text[self.ends.last().copied().unwrap_or(0)..]
    }

    fn end_word(&mut self) {
        let word = self.last_word();
        if word.is_empty() {
            return;
        }
        if let Some(full) = spelled_out(&ABBREVIATIONS, word) {
            self.text.truncate(self.text.len() - word.len());
            self.text.push_str(full);
        }
        self.ends.push(self.text.len());
    }

    fn spell_out_direction(&mut self) {
        let [end, _, ..] = *self.ends else {
            return;
        };
        if let Some(full) = spelled_out(&DIRECTIONS, &self.text[..end]) {
            self.text.replace_range(..end, full);
            for other in &mut self.ends {
                *other += full.len() - end;
            }
        }
    }
}

impl<'a> Phrase<'a> {
    /// Number of words.
    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    pub(super) fn is_empty(self) -> bool {
        self.ends.is_empty()
    }

    /// The words with nothing between.
    pub(super) fn joined(self) -> &'a str {
        &self.text[self.begin..self.ends.last().copied().unwrap_or(self.begin)]
    }

    /// Each word.
    pub(super) fn iter(self) -> impl DoubleEndedIterator<Item = &'a str> {
        (0..self.len()).map(move |index| self.word(index))
    }

    /// All but the last words.
    pub(super) fn without_last(self, words: usize) -> Phrase<'a> {
        Phrase {
            ends: &self.ends[..self.len().saturating_sub(words)],
            ..self
        }
    }

    /// Whether these words are the last.
    pub(super) fn ends_with<'b>(self, words: impl DoubleEndedIterator<Item = &'b str>) -> bool {
        let mut own = self.iter().rev();
        words.rev().all(|word| own.next() == Some(word))
    }

    /// Without a last "City", "Town", "Village" or "CDP".
    pub(super) fn without_kind_of_city(self) -> Phrase<'a> {
        let is_kind = |word| ["city", "town", "village", "cdp"].contains(&word);
        match self.iter().next_back() {
            Some(last) if self.len() > 1 && is_kind(last) => self.without_last(1),
            _ => self,
        }
    }

    /// The name without words that only say what sort of county it is, and whether it says "city".
    pub(super) fn without_kind_of_county(self) -> (Phrase<'a>, bool) {
        const KINDS: [&[&str]; 15] = [
            &["council", "of", "governments"],
            &["city", "and", "borough"],
            &["planning", "region"],
            &["census", "area"],
            &["county"],
            &["cnty"],
            &["co"],
            &["region"],
            &["parish"],
            &["borough"],
            &["municipality"],
            &["municipio"],
            &["district"],
            &["island"],
            &["city"],
        ];
        if self.len() > 2 && self.word(1) == "of" {
            match self.word(0) {
                "city" => return (self.without_first(2), true),
                "county" | "municipality" | "municipio" => return (self.without_first(2), false),
                _ => {}
            }
        }
        for kind in KINDS {
            if self.len() > kind.len() && self.ends_with(kind.iter().copied()) {
                return (self.without_last(kind.len()), kind == ["city"]);
            }
        }
        (self, false)
    }

    fn word(self, index: usize) -> &'a str {
        let begin = match index.checked_sub(1) {
            Some(before) => self.ends[before],
            None => self.begin,
        };
        &self.text[begin..self.ends[index]]
    }

    fn without_first(self, words: usize) -> Phrase<'a> {
        let (first, ends) = self.ends.split_at(words);
        Phrase {
            begin: first.last().copied().unwrap_or(self.begin),
            ends,
            ..self
        }
    }
}

fn spelled_out(short: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    let mut all = short.iter();
    all.find(|(short, _)| *short == word).map(|(_, full)| *full)
}

/// The letters of Spanish, French, Hawaiian, Samoan and Chamorro names.
fn without_accent(letter: char) -> Option<char> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ĭ' => 'i',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' | 'ŏ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ŭ' => 'u',
        'ý' | 'ÿ' => 'y',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_word_by_word_in_any_spelling() {
        for (name, expected) in [
            ("St.Louis", "saint louis"),
            ("N. Las Vegas", "north las vegas"),
            ("N", "n"),
            ("Stone & Co", "stone and co"),
            ("O’Fallon", "ofallon"),
            ("Washington D.C.", "washington dc"),
            ("DON\u{303}A ANA", "dona ana"),
            ("Tāfuna", "tafuna"),
            ("Mt", "mount"),
            ("St. Ste. Ft.", "saint sainte fort"),
            (" ,; ", ""),
        ] {
            let words = Words::of(name);
            let found: Vec<&str> = words.all().iter().collect();
            assert_eq!(found.join(" "), expected, "{name}");
            assert_eq!(words.all().joined(), expected.replace(' ', ""), "{name}");
        }
    }

    #[test]
    fn kinds_are_removed_and_names_are_kept() {
        for (name, city, county, is_city) in [
            ("Carson City", "carson", "carson", true),
            ("City of Baltimore", "cityofbaltimore", "baltimore", true),
            ("County of Kings", "countyofkings", "kings", false),
            (
                "Juneau City and Borough",
                "juneaucityandborough",
                "juneau",
                false,
            ),
            ("City", "city", "city", false),
            ("City and Borough", "cityandborough", "cityand", false),
            ("City of", "cityof", "cityof", false),
            ("", "", "", false),
        ] {
            let words = Words::of(name);
            let all = words.all();
            assert_eq!(all.without_kind_of_city().joined(), city, "{name}");
            let (short, found) = all.without_kind_of_county();
            assert_eq!((short.joined(), found), (county, is_city), "{name}");
        }
    }
}
