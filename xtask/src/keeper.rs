//! What a device may keep of the portal: the files behind `offlineStart` (`public/sw.js` and the page
//! for when the portal cannot be reached), and the manifests by which it can be put on a home screen.

use std::fs;
use std::path::Path;

use anyhow::Result;
use config::{Accent, Config};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::arguments;
use crate::finish::{hashed, hex, integrity, minify};
use crate::places;
use crate::portal::Release;
use crate::tools::Toolbox;

/// Where `public/offline.html` wants its style and its script.
const PLACE: &str = "<!-- style and script -->";

/// The manifest's file in a language. English has no suffix, as with pages.
pub fn manifest_name(language: &str) -> String {
    match language {
        "en" => "manifest.webmanifest".to_owned(),
        other => format!("manifest.{other}.webmanifest"),
    }
}

/// Writes a manifest for each of the languages, given with the way it is written.
pub fn manifests(release: &Release, languages: &[(String, String)]) -> Result<()> {
    let config = match &release.config {
        Some(file) => arguments::read_config(file)?,
        None => Config::default(),
    };
    for (language, direction) in languages {
        let text = manifest(&config, &release.base, language, direction).to_string() + "\n";
        fs::write(release.dist.join(manifest_name(language)), text)?;
    }
    // Pages for no place of the portal's name the English one, whatever the languages are.
    let fallback = release.dist.join(manifest_name("en"));
    if !fallback.exists()
        && let Some((first, _)) = languages.first()
    {
        fs::copy(release.dist.join(manifest_name(first)), fallback)?;
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

/// Writes `offline.html` with its script, and `sw.js`, which knows every file it may keep.
pub fn offline(tools: &Toolbox, release: &Release, style: &str) -> Result<()> {
    let dist = &release.dist;
    let public = places::root().join("public");
    let script = dist.join("offline.js");
    fs::copy(public.join("offline.js"), &script)?;
    minify(tools, &script)?;
    let script = hashed(&script, "offline", "js")?;
    let page = fs::read_to_string(public.join("offline.html"))?;
    let head = format!(
        "<style>{style}</style><script type=module src={}/{script} integrity={}></script>",
        release.base,
        integrity(&dist.join(&script))?
    );
    fs::write(
        dist.join("offline.html"),
        lines_joined(&page).replace(PLACE, &head),
    )?;

    let mut kept = vec!["offline.html".to_owned()];
    for entry in fs::read_dir(dist)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_hashed(&name) {
            kept.push(name);
        }
    }
    kept.sort();
    let keeper = dist.join("sw.js");
    fs::copy(public.join("sw.js"), &keeper)?;
    minify(tools, &keeper)?;
    let script = fs::read_to_string(&keeper)?;
    fs::write(&keeper, build_line(dist, &kept, &script)? + &script)?;
    Ok(())
}

/// `BUILD`, as `public/sw.js` reads it. The version is made of all that the script does and keeps.
fn build_line(dist: &Path, kept: &[String], script: &str) -> Result<String> {
    let files = kept
        .iter()
        .map(|name| Ok((name.clone(), Value::String(integrity(&dist.join(name))?))))
        .collect::<Result<serde_json::Map<_, _>>>()?;
    let files = Value::Object(files).to_string();
    let version = hex(&Sha256::digest(script.to_owned() + &files), 8);
    Ok(format!(
        "const BUILD={{version:\"{version}\",files:{files}}};"
    ))
}

/// Whether a file is named after its contents: `STEM-HASH.END`.
pub fn is_hashed(name: &str) -> bool {
    let Some((_, rest)) = name.rsplit_once('-') else {
        return false;
    };
    let hash = |text: &str| {
        text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    matches!(rest.split_once('.'), Some((text, end)) if hash(text) && !end.contains('.'))
}

/// A page without the white space at the beginning of its lines, which only people need.
fn lines_joined(page: &str) -> String {
    page.lines().map(str::trim_start).collect()
}

#[cfg(test)]
mod tests {
    use config::Config;

    use super::{is_hashed, manifest};

    #[test]
    fn only_what_is_named_after_its_contents_is_kept() {
        assert!(is_hashed("boot-0123456789abcdef.js"));
        for other in [
            "boot-0123456789abcdef.js.br",
            "sw.js",
            "index.html",
            "config.json",
            "a-0123456789abcde.js",
        ] {
            assert!(!is_hashed(other), "{other}");
        }
    }

    #[test]
    fn a_manifest_has_the_hospital_s_name_in_its_language() {
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
