//! Files for offline use: those of `offlineStart` (`public/sw.js` and the page shown when the portal cannot be
//! reached), and the web app manifests for home screens.

use std::fs;
use std::path::Path;

use anyhow::Result;
use config::{Accent, Config};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::files::{hashed, hex, integrity, is_hashed, names};
use crate::release::Release;

/// Placeholder in `public/offline.html` for its style and its script.
const PLACEHOLDER: &str = "<!-- style and script -->";

/// File name of the manifest in a language. English has no suffix, as with pages.
pub fn manifest_name(language: &str) -> String {
    match language {
        "en" => "manifest.webmanifest".to_owned(),
        other => format!("manifest.{other}.webmanifest"),
    }
}

/// Writes a manifest for each language.
pub fn manifests(release: &Release) -> Result<()> {
    let config = release.config;
    let languages = config.languages.iter();
    let languages = languages.map(|language| logistration::i18n::of(*language, config.digits));
    for (index, words) in languages.enumerate() {
        let text = manifest(release.config, release.base, words.code, words.dir).to_string() + "\n";
        if index == 0 {
            // Pages outside the portal's routes name the manifest without a suffix, in every configuration.
            fs::write(release.folder.join(manifest_name("en")), &text)?;
        }
        fs::write(release.folder.join(manifest_name(words.code)), text)?;
    }
    Ok(())
}

fn manifest(config: &Config, base: &str, language: &str, direction: &str) -> Value {
    let name = config.brand.name_in(language);
    let start = format!("{base}/");
    json!({
        "name": name,
        "short_name": name,
        "lang": language,
        "dir": direction,
        "id": start,
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "theme_color": config.brand.accent.map_or_else(|| "#0b5f66".to_owned(), Accent::to_css),
        "background_color": "#ffffff",
        "icons": [{ "src": format!("{base}/icon.svg"), "sizes": "any", "type": "image/svg+xml" }],
    })
}

/// Completes `offline.html`, and `sw.js` with the list of files that it may cache. Trunk has copied both
/// files and the page's script.
pub fn write(release: &Release, style: &str) -> Result<()> {
    let folder = &release.folder;
    let script = hashed(&folder.join("offline.js"), "offline", "js")?;
    let head = format!(
        "<style>{style}</style><script type=module src={}/{script} integrity={}></script>",
        release.base,
        integrity(&fs::read(folder.join(&script))?)
    );
    let page = fs::read_to_string(folder.join("offline.html"))?;
    // Indentation is removed.
    let page: String = page.lines().map(str::trim_start).collect();
    fs::write(
        folder.join("offline.html"),
        page.replace(PLACEHOLDER, &head),
    )?;

    let mut kept = names(folder)?;
    kept.retain(|name| is_hashed(name) || name == "offline.html");
    let worker = folder.join("sw.js");
    let script = fs::read_to_string(&worker)?;
    fs::write(&worker, build_line(folder, &kept, &script)? + &script)?;
    Ok(())
}

/// The constant `BUILD` of `public/sw.js`. The version is a hash of the script and of its lists.
fn build_line(folder: &Path, kept: &[String], script: &str) -> Result<String> {
    let files = kept
        .iter()
        .map(|name| {
            Ok((
                name.clone(),
                integrity(&fs::read(folder.join(name))?).into(),
            ))
        })
        .collect::<Result<Map<_, _>>>()?;
    let files = Value::Object(files).to_string();
    let pages = Value::from(page_paths(&names(folder)?)).to_string();
    let version = hex(&Sha256::digest([script, &files, &pages].concat()), 8);
    Ok(format!(
        "const BUILD={{version:\"{version}\",pages:{pages},files:{files}}};\n"
    ))
}

/// Paths of the prerendered pages, relative to the portal's folder.
fn page_paths(files: &[String]) -> Vec<&str> {
    let stems = files.iter().filter_map(|name| name.strip_suffix(".html"));
    stems
        .filter(|stem| !stem.contains('.') && !matches!(*stem, "404" | "offline"))
        .map(|stem| if stem == "index" { "" } else { stem })
        .collect()
}

#[cfg(test)]
mod tests {
    use config::Config;

    use super::{manifest, page_paths};

    #[test]
    fn worker_knows_the_portal_s_own_pages() {
        let files = [
            "404.html",
            "index.ar.html",
            "index.html",
            "offline.html",
            "staff.html",
            "sw.js",
        ];
        assert_eq!(page_paths(&files.map(str::to_owned)), ["", "staff"]);
    }

    #[test]
    fn manifest_has_the_hospital_s_name_in_its_language() {
        let json =
            r##"{ "brand": { "name": "Al Noor", "nameAr": "النور", "accent": "#123456" } }"##;
        let config = Config::parse(json.as_bytes()).unwrap();
        let arabic = manifest(&config, "/portal", "ar", "rtl");
        assert_eq!(arabic["name"], "النور");
        assert_eq!(arabic["dir"], "rtl");
        assert_eq!(arabic["start_url"], "/portal/");
        assert_eq!(arabic["theme_color"], "#123456");
        let plain = manifest(&Config::default(), "", "ar", "rtl");
        assert_eq!(plain["name"], "Logistration");
        assert_eq!(plain["scope"], "/");
    }
}
