//! What a device may keep of the portal: the files behind `offlineStart` (`public/sw.js` and the page
//! for when the portal cannot be reached), and the manifests by which it can be put on a home screen.

use std::fs;
use std::path::Path;

use anyhow::Result;
use config::{Accent, Config};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::files::{hashed, hex, integrity, is_hashed, names};
use crate::release::Release;

/// Where `public/offline.html` wants its style and its script.
const PLACE: &str = "<!-- style and script -->";

/// The manifest's file in a language. English has no suffix, as with pages.
pub fn manifest_name(language: &str) -> String {
    match language {
        "en" => "manifest.webmanifest".to_owned(),
        other => format!("manifest.{other}.webmanifest"),
    }
}

/// Writes a manifest for each of the languages.
pub fn manifests(release: &Release) -> Result<()> {
    let languages = release
        .config
        .languages
        .iter()
        .copied()
        .map(logistration::i18n::of);
    for (index, words) in languages.enumerate() {
        let text = manifest(release.config, release.base, words.code, words.dir).to_string() + "\n";
        if index == 0 {
            // Pages for no place of the portal's name the English one, whatever the languages are.
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

/// Writes `offline.html`, and `sw.js`, which knows every file it may keep. Trunk has copied both, and
/// the page's script.
pub fn write(release: &Release, style: &str) -> Result<()> {
    let folder = &release.folder;
    let script = hashed(&folder.join("offline.js"), "offline", "js")?;
    let head = format!(
        "<style>{style}</style><script type=module src={}/{script} integrity={}></script>",
        release.base,
        integrity(&fs::read(folder.join(&script))?)
    );
    let page = fs::read_to_string(folder.join("offline.html"))?;
    // White space at the beginning of lines is for people only.
    let page: String = page.lines().map(str::trim_start).collect();
    fs::write(folder.join("offline.html"), page.replace(PLACE, &head))?;

    let mut kept = names(folder)?;
    kept.retain(|name| is_hashed(name) || name == "offline.html");
    let worker = folder.join("sw.js");
    let script = fs::read_to_string(&worker)?;
    fs::write(&worker, build_line(folder, &kept, &script)? + &script)?;
    Ok(())
}

/// `BUILD`, as `public/sw.js` reads it. The version is made of all that the script does and keeps.
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
    let version = hex(&Sha256::digest(script.to_owned() + &files), 8);
    Ok(format!(
        "const BUILD={{version:\"{version}\",files:{files}}};\n"
    ))
}

#[cfg(test)]
mod tests {
    use config::Config;

    use super::manifest;

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
