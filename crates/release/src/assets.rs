//! The files that a configuration names: those of the folder `assets/` beside it go into the release.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::files::names;
use crate::release::Release;

/// A picture for the icons, where the logo itself is not the best for a small square. It is no file of the release.
const SYMBOLS: [&str; 2] = ["icon.svg", "icon.png"];

/// Copies them, and returns the picture for the icons: a symbol, else the logo; `None` for the portal's own.
pub fn copy(release: &Release, assets: &Path) -> Result<Option<PathBuf>> {
    let files = if assets.is_dir() {
        names(assets)?
    } else {
        vec![]
    };
    for name in files
        .iter()
        .filter(|name| !SYMBOLS.contains(&name.as_str()))
    {
        let to = release.folder.join(name);
        ensure!(
            !to.exists(),
            "{}: the portal has a file of this name",
            assets.join(name).display()
        );
        fs::copy(assets.join(name), to).with_context(|| format!("cannot copy {name}"))?;
    }
    let symbol = SYMBOLS
        .into_iter()
        .find(|name| files.iter().any(|it| it == name));
    let logo = match &release.config.brand.logo {
        Some(logo) => Some(logo_name(release.base, logo, assets, &files)?),
        None => None,
    };
    Ok(symbol.or(logo).map(|name| assets.join(name)))
}

/// The file name of `brand.logo`.
fn logo_name<'a>(base: &str, logo: &'a str, assets: &Path, files: &[String]) -> Result<&'a str> {
    let name = logo
        .strip_prefix(base)
        .and_then(|path| path.strip_prefix('/'));
    let name = name.with_context(|| format!("brand.logo is {logo}: it must begin with {base}/"))?;
    if !matches!(name.rsplit_once('.'), Some((_, "svg" | "png"))) {
        bail!("brand.logo is {logo}: it must be an SVG or a PNG");
    }
    if !files.iter().any(|file| file == name) {
        bail!(
            "brand.logo is {logo}: there is no file {}",
            assets.join(name).display()
        );
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::logo_name;

    #[test]
    fn logo_must_be_a_picture_in_the_folder_of_assets() {
        let files = ["logo.svg".to_owned(), "logo.gif".to_owned()];
        let name = |base, logo| logo_name(base, logo, Path::new("assets"), &files);
        assert_eq!(name("", "/logo.svg").unwrap(), "logo.svg");
        assert_eq!(name("/portal", "/portal/logo.svg").unwrap(), "logo.svg");
        for (base, logo, problem) in [
            ("/portal", "/logo.svg", "begin with /portal/"),
            ("", "/logo.gif", "SVG or a PNG"),
            ("", "/other.svg", "no file assets/other.svg"),
            ("", "/../logo.svg", "no file"),
        ] {
            let error = name(base, logo).unwrap_err().to_string();
            assert!(error.contains(problem), "{error}");
        }
    }
}
