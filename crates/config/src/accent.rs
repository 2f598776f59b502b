//! Accent colour of a deployment. White text stands on it on light pages, so it must be dark enough; on
//! dark pages it is the colour of text, so it is lightened there.

/// An accent colour: red, green and blue, 0 to 255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// Minimum contrast of text by WCAG 2.2, success criterion 1.4.3.
const ENOUGH: f32 = 4.5;
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
        (contrast(colour, [255; 3]) >= ENOUGH).then_some(Self(colour))
    }

    /// The colour as `#rrggbb`.
    pub fn to_css(self) -> String {
        css(self.0)
    }

    /// The colour mixed with white until text in it has enough contrast on a dark page.
    fn on_dark(self) -> [u8; 3] {
        (0..=16_u16)
            .map(|step| {
                self.0.map(|part| {
                    let part = u16::from(part);
                    u8::try_from(part + (255 - part) * step / 16).unwrap_or(u8::MAX)
                })
            })
            .find(|colour| contrast(*colour, DARK_SURFACE) >= ENOUGH)
            .unwrap_or([255; 3])
    }

    /// Names and values of the CSS custom properties made from the accent.
    ///
    /// ```
    /// let [(name, value), ..] = config::Accent::parse("#0b5f66").unwrap().tokens();
    /// assert_eq!(name, "--accent");
    /// assert!(value.starts_with("light-dark(#0b5f66,"));
    /// ```
    pub fn tokens(self) -> [(&'static str, String); 3] {
        let (light, dark) = (css(self.0), css(self.on_dark()));
        let mixed = |to_light: &str, to_dark: &str| {
            [
                "light-dark(color-mix(in srgb,",
                &light,
                to_light,
                "),color-mix(in srgb,",
                &dark,
                to_dark,
                "))",
            ]
            .concat()
        };
        [
            (
                "--accent",
                ["light-dark(", &light, ",", &dark, ")"].concat(),
            ),
            ("--accent-strong", mixed(",#000 25%", ",#fff 35%")),
            ("--accent-wash", mixed(" 12%,#fff", " 20%,#152225")),
        ]
    }
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
    fn accent_is_lightened_to_enough_contrast_on_dark_pages() {
        for colour in ["#000000", "#7a0019", "#0000ff", "#0b5f66"] {
            let accent = Accent::parse(colour).expect("dark enough");
            assert!(
                contrast(accent.on_dark(), DARK_SURFACE) >= ENOUGH,
                "{colour}"
            );
        }
    }
}
