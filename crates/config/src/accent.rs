//! Accent colour of a deployment, and the colours made from it. White text stands on it on light pages, so it must
//! be dark enough; on dark pages it is the colour of text, so it is lightened there.

/// An accent colour: red, green and blue, 0 to 255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// Minimum contrast of text by WCAG 2.2, success criterion 1.4.3.
const ENOUGH: f32 = 4.5;
/// What `linear` may add to a contrast.
const INEXACT: f32 = 0.1;
const BLACK: [u8; 3] = [0; 3];
const WHITE: [u8; 3] = [255; 3];
/// `--surface` of dark pages, in style/page/tokens.css.
const DARK_SURFACE: [u8; 3] = [0x15, 0x22, 0x25];

impl Accent {
    /// Description of what [`Accent::parse`] accepts, to follow "must be".
    pub const EXPECTED: &str = "a colour such as \"#0b5f66\", dark enough for white text: a contrast of \
        4.5 to 1 at least";

    /// Parses `#rrggbb`. `None` for anything else, and for a colour with too little contrast to white
    /// text.
    ///
    /// ```
    /// use config::Accent;
    ///
    /// assert_eq!(Accent::parse("#0b5f66").unwrap().to_css(), "#0b5f66");
    /// assert_eq!(Accent::parse("#ffcc00"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, colour @ ..] = number.to_be_bytes();
        (contrast(colour, WHITE) >= ENOUGH).then_some(Self(colour))
    }

    /// The colour as `#rrggbb`.
    pub fn to_css(self) -> String {
        css(self.0)
    }

    /// The colour on light pages and on dark ones, each readable on the accent's wash, the ground nearest to it.
    fn on_pages(self) -> [[u8; 3]; 2] {
        // White alone would make a dark colour grey: half of what is added is the colour itself, as bright as it can be.
        let brightest = u16::from(self.0.into_iter().fold(1, u8::max));
        let bright = self
            .0
            .map(|part| u8::try_from(u16::from(part) * 255 / brightest).unwrap_or(u8::MAX));
        [
            self.readable(BLACK, wash_on_light),
            self.readable(mixed(bright, WHITE, 8), wash_on_dark),
        ]
    }

    /// The colour mixed with another one until it has enough contrast to its wash; else white.
    fn readable(self, other: [u8; 3], wash: fn([u8; 3]) -> [u8; 3]) -> [u8; 3] {
        (0..=16)
            .map(|sixteenths| mixed(self.0, other, sixteenths))
            .find(|colour| contrast(*colour, wash(*colour)) >= ENOUGH + INEXACT)
            .unwrap_or(WHITE)
    }

    /// The colours of the browser around light and dark pages, as `#rrggbb`.
    pub fn browser_colours(self) -> [String; 2] {
        let [light, dark] = self.on_pages();
        [css(light), css(wash_on_dark(dark))]
    }

    /// Names and values of the CSS custom properties made from the accent.
    ///
    /// ```
    /// let [(name, value), ..] = config::Accent::parse("#0b5f66").unwrap().tokens();
    /// assert_eq!(name, "--accent");
    /// assert!(value.starts_with("light-dark(#0b5f66,"));
    /// ```
    pub fn tokens(self) -> [(&'static str, String); 3] {
        let [light, dark] = self.on_pages();
        let both = |light, dark| ["light-dark(", &css(light), ",", &css(dark), ")"].concat();
        [
            ("--accent", both(light, dark)),
            (
                "--accent-strong",
                both(mixed(light, BLACK, 4), mixed(dark, WHITE, 6)),
            ),
            (
                "--accent-wash",
                both(wash_on_light(light), wash_on_dark(dark)),
            ),
        ]
    }
}

fn wash_on_light(accent: [u8; 3]) -> [u8; 3] {
    mixed(WHITE, accent, 2)
}

fn wash_on_dark(accent: [u8; 3]) -> [u8; 3] {
    mixed(DARK_SURFACE, accent, 3)
}

/// A colour with so many sixteenths of another one.
fn mixed(one: [u8; 3], other: [u8; 3], sixteenths: u16) -> [u8; 3] {
    let mut mixed = one;
    for (part, other) in mixed.iter_mut().zip(other) {
        let sum = u16::from(*part) * (16 - sixteenths) + u16::from(other) * sixteenths;
        *part = u8::try_from(sum / 16).unwrap_or(u8::MAX);
    }
    mixed
}

fn css(colour: [u8; 3]) -> String {
    colour
        .into_iter()
        .flat_map(|part| [part >> 4, part & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .fold("#".to_owned(), |mut text, digit| {
            text.push(digit);
            text
        })
}

/// Contrast ratio by WCAG 2.2, 1 to 21.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance([red, green, blue]: [u8; 3]) -> f32 {
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// Linear light of an sRGB component. A polynomial within 0.002 of the curve: `powf` would add its tables
/// to the program.
fn linear(part: u8) -> f32 {
    let part = f32::from(part) / 255.0;
    part * (part * (part * 0.305_306 + 0.682_171_1) + 0.012_522_88)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test")]
mod tests {
    use super::*;

    #[test]
    fn contrast_matches_wcag_reference_values() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.1);
        // The lightest grey that passes on white.
        assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.06);
        assert!((contrast([0xff, 0, 0], [255; 3]) - 4.0).abs() < 0.1);
    }

    #[test]
    fn accent_too_light_for_white_text_is_rejected() {
        for good in ["#0b5f66", "#7A0019", "#000000"] {
            assert!(Accent::parse(good).is_some(), "{good}");
        }
        for bad in [
            "#ffcc00", "#ffffff", "teal", "#0b5", "0b5f66", "#0b5f6g", "#+b5f66", "",
        ] {
            assert_eq!(Accent::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn accent_is_readable_on_its_wash_and_on_each_ground() {
        // `--ground` and `--on-accent` are the nearest to it in style/page/tokens.css, after its wash.
        const GROUND: [u8; 3] = [0xf2, 0xf6, 0xf7];
        const ON_ACCENT: [u8; 3] = [0x04, 0x28, 0x2b];
        for colour in [
            "#000000", "#010101", "#0a1f44", "#7a0019", "#c2007a", "#0000ff", "#0b5f66", "#767676",
            "#078640",
        ] {
            let [light, dark] = Accent::parse(colour).expect("dark enough").on_pages();
            for ground in [WHITE, GROUND, wash_on_light(light)] {
                assert!(contrast(light, ground) >= ENOUGH, "{colour} {ground:?}");
            }
            for ground in [DARK_SURFACE, ON_ACCENT, wash_on_dark(dark)] {
                assert!(contrast(dark, ground) >= ENOUGH, "{colour} {ground:?}");
            }
        }
    }

    #[test]
    fn accent_stays_as_it_is_on_light_pages_and_keeps_its_hue_on_dark_ones() {
        let navy = Accent::parse("#0a1f44").expect("dark enough");
        let [light, dark @ [red, _, blue]] = navy.on_pages();
        assert_eq!(light, navy.0);
        assert!(blue - red > 70, "{dark:?}");
    }

    #[test]
    fn dark_surface_is_that_of_the_style() {
        let style = include_str!("../../../style/page/tokens.css");
        let surface = ["--surface: light-dark(#ffffff, ", &css(DARK_SURFACE)].concat();
        assert!(style.contains(&surface), "{surface}");
    }
}
