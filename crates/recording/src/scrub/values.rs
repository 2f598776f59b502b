//! The replacement of one value: another one of the same shape, the same one for each occurrence in a file.

use std::collections::{HashMap, HashSet};

use super::characters::{canonical, digit, is_replaced, random_like, render};
use super::dates::DateTime;
use super::random::Random;
use crate::constants;

/// The shortest text that must not occur in the output.
const MIN_ORIGINAL: usize = 4;

/// The attempts at a replacement that is new and contains no original.
const ATTEMPTS: usize = 2_000;

/// The replacements of one recording.
///
/// A first pass collects the originals, so that none of them is made as the replacement of another.
pub(super) struct Values {
    random: Random,
    /// Values of this installation that stay, such as its `client`.
    kept: Vec<String>,
    pub(super) collecting: bool,
    originals: HashSet<String>,
    /// What follows the zeros, the sign or the bracket of an original.
    cores: HashSet<String>,
    made: HashMap<String, String>,
    used: HashSet<String>,
}

/// The number of digits from which on the first one says what a number is, such as the 5 of a mobile number,
/// and stays.
const KIND_DIGITS: usize = 7;

impl Values {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self {
            random: Random::new(key),
            kept: Vec::new(),
            collecting: true,
            originals: HashSet::new(),
            cores: HashSet::new(),
            made: HashMap::new(),
            used: HashSet::new(),
        }
    }

    /// Keeps a value as it is.
    pub(super) fn keep(&mut self, value: &str) {
        self.kept.push(value.to_owned());
    }

    /// The replacement of a text.
    pub(super) fn text(&mut self, key: &str, whole: &str) -> String {
        let text = whole.trim();
        let is_constant = constants::is_status(key, text)
            || constants::is_code(key, text)
            || (constants::is_value(text) && !constants::is_of_a_person(key));
        if is_constant || self.is_kept(text) || !text.chars().any(is_replaced) {
            return whole.to_owned();
        }
        if self.collecting {
            self.collect(text);
            return whole.to_owned();
        }
        if constants::is_country(key, text) {
            let made = self.country(text);
            return whole.replacen(text, &made, 1);
        }
        let replaced = DateTime::parse(text, key)
            .map(|date| self.date(&date))
            .or_else(|| self.decimals(text))
            .or_else(|| self.digits(text))
            .unwrap_or_else(|| self.words(text));
        whole.replacen(text, &replaced, 1)
    }

    /// The replacement of a JSON number: one of the same length, sign and point.
    pub(super) fn number(&mut self, key: &str, number: &str) -> String {
        if !number.contains(['e', 'E']) {
            return self.text(key, number);
        }
        if self.collecting {
            self.collect(number);
            return number.to_owned();
        }
        let core: String = number.chars().map(canonical).collect();
        let made = self.make(&core, |random| {
            let one = |character: char| match character {
                '1'..='9' => random.digit(1, 9),
                other => other,
            };
            core.chars().map(one).collect()
        });
        let original = number.chars().zip(made.chars());
        original.map(|(old, new)| render(old, new)).collect()
    }

    /// The placeholder of a secret, with the same number for the same secret.
    pub(super) fn placeholder(&mut self, kind: &str, secret: &str) -> String {
        if self.collecting {
            self.collect(secret);
            return String::new();
        }
        let of_kind = format!("secret {kind} ");
        let count = self
            .made
            .keys()
            .filter(|key| key.starts_with(&of_kind))
            .count();
        self.made
            .entry(format!("secret {kind} {secret}"))
            .or_insert_with(|| format!("<{kind} {}>", count + 1))
            .clone()
    }

    fn stays(&self, text: &str) -> bool {
        constants::is_value(text) || self.is_kept(text) || !text.chars().any(is_replaced)
    }

    fn is_kept(&self, text: &str) -> bool {
        self.kept.iter().any(|kept| kept.eq_ignore_ascii_case(text))
    }

    fn collect(&mut self, text: &str) {
        if text.chars().count() < MIN_ORIGINAL {
            return;
        }
        let original: String = text.chars().map(canonical).collect();
        let unsigned = original.trim_start_matches(['+', '-', '(', ' ']);
        for core in [unsigned, unsigned.trim_start_matches('0')] {
            if core.len() < original.len() && core.starts_with(|first| digit(first).is_some()) {
                self.cores.insert(core.to_owned());
            }
        }
        self.originals.insert(original);
    }

    /// The replacement for a canonical value: made once, and then the same.
    fn make(&mut self, original: &str, mut candidate: impl FnMut(&mut Random) -> String) -> String {
        if let Some(made) = self.made.get(original) {
            return made.clone();
        }
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let one = candidate(&mut self.random);
            let is_new = !self.used.contains(&one);
            if one == original || self.repeats(&one) || self.stays(&one) {
                continue;
            }
            // Of one character there may be no new one left.
            last = Some(one);
            if is_new {
                break;
            }
        }
        let chosen = last.unwrap_or_else(|| blank(original));
        self.used.insert(chosen.clone());
        self.made.insert(original.to_owned(), chosen.clone());
        chosen
    }

    /// Returns `true` if a replacement contains an original, with zeros, a sign or a country code before it,
    /// too.
    fn repeats(&self, replacement: &str) -> bool {
        let abroad = format!("966{replacement}");
        self.originals
            .iter()
            .any(|one| abroad.contains(one.as_str()))
            || self
                .cores
                .iter()
                .any(|one| replacement.starts_with(one.as_str()))
    }

    fn date(&mut self, date: &DateTime<'_>) -> String {
        if date.is_extreme() {
            return date.text().to_owned();
        }
        self.make(date.text(), |random| date.other(random))
    }

    /// Another country, in the case of the original.
    fn country(&mut self, code: &str) -> String {
        let original = format!("country {}", code.to_ascii_lowercase());
        let countries: Vec<&str> = constants::COUNTRIES.split_ascii_whitespace().collect();
        let made = self.make(&original, |random| {
            let other = countries.get(random.below(countries.len()));
            other
                .filter(|other| !other.eq_ignore_ascii_case(code))
                .map_or_else(
                    || original.clone(),
                    |other| format!("country {}", other.to_ascii_lowercase()),
                )
        });
        let letters = made.chars().skip("country ".len());
        let pairs = code.chars().zip(letters);
        pairs.map(|(old, new)| render(old, new)).collect()
    }

    /// One or two decimal numbers: each stays within the degrees of a latitude or a longitude.
    fn decimals(&mut self, text: &str) -> Option<String> {
        let is_separator = |character: char| "(),; +-".contains(character);
        let numbers: Vec<&str> = text
            .split(is_separator)
            .filter(|number| !number.is_empty())
            .collect();
        let is_decimal = |number: &&str| {
            number.split_once('.').is_some_and(|(whole, fraction)| {
                let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
                all(whole) && all(fraction)
            })
        };
        if numbers.is_empty() || numbers.len() > 2 || !numbers.iter().all(is_decimal) {
            return None;
        }
        let mut replaced = String::new();
        let mut rest = text;
        for number in numbers {
            let at = rest.find(number)?;
            replaced += rest.get(..at)?;
            replaced += &self.decimal(number);
            rest = rest.get(at + number.len()..)?;
        }
        Some(replaced + rest)
    }

    fn decimal(&mut self, number: &str) -> String {
        if !number.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
            return number.to_owned();
        }
        let whole = number.find('.').unwrap_or(number.len());
        let is_unit = number.starts_with("0.");
        let is_longitude = whole == 3 && number.starts_with('1');
        self.make(number, |random| {
            let of = |(at, character): (usize, char)| match (at, whole) {
                _ if character == '.' || (at == 0 && is_unit) => character,
                (0, _) if is_longitude => '1',
                (1, 3) if is_longitude => random.digit(0, 7),
                (0, 2) => random.digit(1, 8),
                (0, _) => random.digit(1, 9),
                _ => random.digit(0, 9),
            };
            number.chars().enumerate().map(of).collect()
        })
    }

    /// A number in any form: leading zeros, the country code and the first digit of a long one stay.
    fn digits(&mut self, text: &str) -> Option<String> {
        let is_number =
            |character: char| digit(character).is_some() || " +-().".contains(character);
        if !text.chars().all(is_number) {
            return None;
        }
        let all: String = text
            .chars()
            .filter(|character| digit(*character).is_some())
            .map(canonical)
            .collect();
        let core = without_country(all.trim_start_matches('0'));
        if core.is_empty() {
            return Some(text.to_owned());
        }
        let made = self.make(core, |random| number_like(core, random));
        let kept = all.len() - core.len();
        let new: Vec<char> = all.chars().take(kept).chain(made.chars()).collect();
        let mut new = new.into_iter();
        let render_digit = |character: char| match digit(character) {
            Some(_) => new
                .next()
                .map_or(character, |other| render(character, other)),
            None => character,
        };
        Some(text.chars().map(render_digit).collect())
    }

    /// Any other text, character by character.
    fn words(&mut self, text: &str) -> String {
        let letters: String = text.chars().map(canonical).collect();
        let core = letters.trim_start_matches('0');
        let zeros = letters.len() - core.len();
        let made = self.make(core, |random| {
            let like = |character: char| {
                if is_replaced(character) {
                    other_than(character, || random_like(character, random))
                } else {
                    character
                }
            };
            core.chars().map(like).collect()
        });
        let made = std::iter::repeat_n('0', zeros).chain(made.chars());
        text.chars()
            .zip(made)
            .map(|(original, replacement)| render(original, replacement))
            .collect()
    }
}

/// A character that is not the original, so that no part of a text stays by chance.
fn other_than(original: char, mut random: impl FnMut() -> char) -> char {
    let mut attempts = std::iter::repeat_with(&mut random).take(100);
    attempts
        .find(|character| *character != original)
        .unwrap_or(original)
}

/// The replacement where no random one can be found.
fn blank(text: &str) -> String {
    let one = |character: char| match is_replaced(character) {
        true if digit(character).is_some() => '9',
        true => 'x',
        false => character,
    };
    text.chars().map(one).collect()
}

/// A Saudi mobile number without its country code; any other number as it is.
fn without_country(number: &str) -> &str {
    let national = number
        .strip_prefix("966")
        .map(|rest| rest.trim_start_matches('0'));
    national
        .filter(|national| national.len() == 9 && national.starts_with('5'))
        .unwrap_or(number)
}

/// A random number that passes the check of a national ID if the original does.
fn number_like(original: &str, random: &mut Random) -> String {
    let keeps_first = original.len() >= KIND_DIGITS;
    let one = |(at, character): (usize, char)| match at {
        0 if keeps_first => character,
        0 => other_than(character, || random.digit(1, 9)),
        _ => other_than(character, || random.digit(0, 9)),
    };
    let number: String = original.chars().enumerate().map(one).collect();
    if original.len() != 10 || check_sum(original) != 0 {
        return number;
    }
    let body: String = number.chars().take(9).collect();
    let check = (10 - check_sum(&format!("{body}0"))) % 10;
    format!("{body}{check}")
}

/// The Luhn sum of ten digits: the first and every other one is doubled.
fn check_sum(ten: &str) -> u32 {
    let digits = ten.chars().filter_map(|character| character.to_digit(10));
    let product = |(at, digit): (usize, u32)| match at % 2 {
        0 => digit * 2 / 10 + digit * 2 % 10,
        _ => digit,
    };
    digits.enumerate().map(product).sum::<u32>() % 10
}
