//! Icons of the browser and of home screens, drawn from the hospital's logo, or from the portal's mark in the
//! hospital's colour. A logo stands on white, as in the portal.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use base64::{Engine, engine::general_purpose::STANDARD};
use resvg::tiny_skia::{FilterQuality, Pixmap, PixmapPaint, Transform};
use resvg::usvg::{Options, Tree, roxmltree::Document};

use crate::release::{ACCENT, Release, accent};

/// An icon: a PNG, square.
pub struct Icon {
    /// File name.
    pub file: &'static str,
    /// Width and height in pixels.
    pub size: u16,
    /// `true` for one that the system cuts to a shape of its own: it has no transparent corner.
    pub full: bool,
}

/// The icons of a release, beside `icon.svg`. The page names Apple's, a web app manifest the others.
pub const ICONS: [Icon; 4] = [
    icon("icon-192.png", 192, false),
    icon("icon-512.png", 512, false),
    icon("icon-maskable-512.png", 512, true),
    icon(APPLE, 180, true),
];

/// The file name of Apple's icon.
pub const APPLE: &str = "apple-touch-icon.png";

const fn icon(file: &'static str, size: u16, full: bool) -> Icon {
    Icon { file, size, full }
}

/// Writes `icon.svg`, which has the portal's mark until then, and the others.
pub fn write(release: &Release, logo: Option<&Path>) -> Result<()> {
    let file = release.folder.join("icon.svg");
    let logo = logo
        .map(|path| Logo::read(path).with_context(|| format!("{}", path.display())))
        .transpose()?;
    let mark = fs::read_to_string(&file)?;
    ensure!(mark.contains(ACCENT), "icon.svg has no {ACCENT}");
    let mark = mark.replace(ACCENT, &accent(release.config).to_css());
    for icon in &ICONS {
        let picture = match &logo {
            Some(logo) => logo.icon(icon.size, icon.full)?,
            None if icon.full => drawn(&mark.replace("rx=\"9\"", ""), icon.size)?,
            None => drawn(&mark, icon.size)?,
        };
        fs::write(release.folder.join(icon.file), picture.encode_png()?)?;
    }
    fs::write(file, logo.map_or(Ok(mark), |logo| logo.svg())?)?;
    Ok(())
}

fn drawn(svg: &str, size: u16) -> Result<Pixmap> {
    let tree = Tree::from_str(svg, &Options::default())?;
    let mut picture = empty(size)?;
    let scale = f32::from(size) / tree.size().width();
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut picture.as_mut(),
    );
    Ok(picture)
}

fn empty(size: u16) -> Result<Pixmap> {
    Pixmap::new(size.into(), size.into()).context("an icon has no size")
}

/// A hospital's logo.
enum Logo {
    Svg(Box<Tree>, Vec<u8>),
    Png(Pixmap),
}

impl Logo {
    fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path)?;
        if path.extension().is_some_and(|end| end == "png") {
            return Ok(Self::Png(
                Pixmap::decode_png(&bytes).context("this is no PNG")?,
            ));
        }
        let text = std::str::from_utf8(&bytes)?;
        let document = Document::parse(text).context("this is no SVG")?;
        if !document.root_element().has_attribute("viewBox") {
            bail!("it has no viewBox, so browsers cannot scale it");
        }
        if document
            .descendants()
            .any(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        {
            bail!(
                "it has text, which differs with the fonts of a device: change its letters to paths"
            );
        }
        let tree = Tree::from_data(&bytes, &Options::default()).context("this is no SVG")?;
        Ok(Self::Svg(Box::new(tree), bytes))
    }

    #[allow(clippy::cast_precision_loss, reason = "sizes of pictures are small")]
    fn size(&self) -> (f32, f32) {
        match self {
            Self::Svg(tree, _) => (tree.size().width(), tree.size().height()),
            Self::Png(picture) => (picture.width() as f32, picture.height() as f32),
        }
    }

    /// Its place in a square with sides of 1: left, top and scale. In a full icon it stays within the circle of 0.8
    /// that a system may cut it to.
    fn place(&self, full: bool) -> (f32, f32, f32) {
        let (width, height) = self.size();
        let (circle, side) = if full { (0.78, 0.8) } else { (1.0, 0.86) };
        let scale = (circle / width.hypot(height)).min(side / width.max(height));
        (
            (1.0 - width * scale) / 2.0,
            (1.0 - height * scale) / 2.0,
            scale,
        )
    }

    /// The logo on white: on all of a square, within the circle of a maskable icon, or on one with round corners.
    fn icon(&self, size: u16, full: bool) -> Result<Pixmap> {
        let mut picture = drawn(&ground(if full { 0 } else { 9 }, ""), size)?;
        let size = f32::from(size);
        let (left, top, scale) = self.place(full);
        let mut scale = scale * size;
        let place = |scale| Transform::from_row(scale, 0.0, 0.0, scale, left * size, top * size);
        match self {
            Self::Svg(tree, _) => resvg::render(tree, place(scale), &mut picture.as_mut()),
            Self::Png(logo) => {
                let mut logo = logo.clone();
                // The filter looks at four pixels: halving takes each into account.
                while scale < 0.5 && logo.width() > 1 && logo.height() > 1 {
                    logo = halved(&logo)?;
                    scale *= 2.0;
                }
                draw(&logo, place(scale), &mut picture);
            }
        }
        Ok(picture)
    }

    /// The icon as an SVG: a logo of lines stays one, of pixels is as small as an icon.
    fn svg(&self) -> Result<String> {
        let (width, height) = self.size();
        let (left, top, scale) = self.place(false);
        let (kind, bytes, place) = match self {
            Self::Svg(_, bytes) => (
                "svg+xml",
                bytes.clone(),
                [left, top, width * scale, height * scale],
            ),
            Self::Png(_) => (
                "png",
                self.icon(192, false)?.encode_png()?,
                [0.0, 0.0, 1.0, 1.0],
            ),
        };
        let [left, top, width, height] = place.map(|part| part * 32.0);
        let bytes = STANDARD.encode(bytes);
        Ok(ground(
            9,
            &format!(
                "<image x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" \
                 href=\"data:image/{kind};base64,{bytes}\"/>"
            ),
        ))
    }
}

/// A white square with corners of a radius, in 32nds of its size, and what stands on it.
fn ground(radius: u8, on_it: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">\
         <rect width=\"32\" height=\"32\" rx=\"{radius}\" fill=\"#fff\"/>{on_it}</svg>\n"
    )
}

fn draw(logo: &Pixmap, place: Transform, picture: &mut Pixmap) {
    let paint = PixmapPaint {
        quality: FilterQuality::Bilinear,
        ..PixmapPaint::default()
    };
    picture.draw_pixmap(0, 0, logo.as_ref(), &paint, place, None);
}

/// A picture at half its size.
fn halved(logo: &Pixmap) -> Result<Pixmap> {
    let size = (logo.width().div_ceil(2), logo.height().div_ceil(2));
    let mut half = Pixmap::new(size.0, size.1).context("a logo has no size")?;
    draw(logo, Transform::from_scale(0.5, 0.5), &mut half);
    Ok(half)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};

    use super::Logo;

    /// Reads a logo from a file with these contents.
    fn logo(name: &str, bytes: &[u8]) -> anyhow::Result<Logo> {
        let file: PathBuf = std::env::temp_dir().join(format!("{}-{name}", std::process::id()));
        fs::write(&file, bytes)?;
        let logo = Logo::read(&file);
        fs::remove_file(file)?;
        logo
    }

    /// The columns and rows of a picture that have a red pixel: first and last.
    fn red(picture: &Pixmap) -> [u32; 4] {
        let is_red = |pixel: Option<PremultipliedColorU8>| {
            pixel.is_some_and(|it| it.red() > 250 && it.green() < 5 && it.alpha() == 255)
        };
        let (mut columns, mut rows) = (Vec::new(), Vec::new());
        for y in 0..picture.height() {
            for x in (0..picture.width()).filter(|x| is_red(picture.pixel(*x, y))) {
                columns.push(x);
                rows.push(y);
            }
        }
        [
            columns.iter().min(),
            columns.iter().max(),
            rows.iter().min(),
            rows.iter().max(),
        ]
        .map(|it| *it.unwrap())
    }

    const WIDE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path fill="red" d="M0 0h40v10H0z"/></svg>"#;

    #[test]
    fn logo_keeps_its_shape_and_stays_in_the_circle_of_a_maskable_icon() {
        let wide = logo("wide.svg", WIDE.as_bytes()).unwrap();
        for maskable in [false, true] {
            let [left, right, top, bottom] = red(&wide.icon(512, maskable).unwrap());
            let (width, height) = (f64::from(right - left), f64::from(bottom - top));
            assert!((width / height - 4.0).abs() < 0.1, "{width} {height}");
            assert!(width.hypot(height) < if maskable { 0.8 } else { 0.9 } * 512.0);
            // In the middle.
            assert!(
                (f64::from(left + right) - 511.0).abs() < 2.0,
                "{left} {right}"
            );
            assert!(
                (f64::from(top + bottom) - 511.0).abs() < 2.0,
                "{top} {bottom}"
            );
        }
    }

    #[test]
    fn large_logo_of_pixels_is_scaled_down() {
        let mut pixels = Pixmap::new(1600, 400).unwrap();
        pixels.fill(resvg::tiny_skia::Color::from_rgba8(255, 0, 0, 255));
        let png = logo("wide.png", &pixels.encode_png().unwrap()).unwrap();
        let svg = logo("wide.svg", WIDE.as_bytes()).unwrap();
        let (png, svg) = (png.icon(192, false).unwrap(), svg.icon(192, false).unwrap());
        for (one, other) in red(&png).into_iter().zip(red(&svg)) {
            assert!(one.abs_diff(other) <= 1, "{:?} {:?}", red(&png), red(&svg));
        }
    }

    #[test]
    fn icon_is_opaque_unless_it_has_round_corners() {
        let wide = logo("wide.svg", WIDE.as_bytes()).unwrap();
        let corner = |full| wide.icon(180, full).unwrap().pixel(0, 0).unwrap().alpha();
        assert_eq!((corner(true), corner(false)), (255, 0));
    }

    #[test]
    fn logo_that_browsers_or_this_program_cannot_draw_is_an_error() {
        for (name, text, problem) in [
            ("a.svg", WIDE.replace("viewBox", "box"), "viewBox"),
            ("b.svg", WIDE.replace("path", "text"), "letters"),
            ("c.svg", "GIF89a".to_owned(), "no SVG"),
            ("d.png", WIDE.to_owned(), "no PNG"),
        ] {
            let error = logo(name, text.as_bytes()).err().unwrap();
            assert!(error.to_string().contains(problem), "{error:#}");
        }
    }
}
