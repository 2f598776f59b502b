//! Files for offline use: those of `offlineStart` (`public/sw.js` and the page shown when the portal cannot be
//! reached), and the web app manifests for home screens.

use std::fs;
use std::path::Path;

use anyhow::Result;
use config::Config;
use logistration::prerender::PrerenderedPage;
use logistration::router::Audience;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::files::{hashed, hex, integrity, is_hashed, names};
use crate::icons::{APPLE, ICONS};
use crate::release::{Release, accent};

/// Placeholder in `public/offline.html` for its style and its script.
const PLACEHOLDER: &str = "<!-- style and script -->";

/// Writes a manifest for each of the release's pages, so that the portal is installed as the page that is open.
pub fn manifests(release: &Release, pages: &[PrerenderedPage]) -> Result<()> {
    for page in pages {
        let others = pages.iter().any(|other| other.audience != page.audience);
        let text = manifest(release.config, release.base, page, others).to_string() + "\n";
        fs::write(release.folder.join(manifest_of(page)), text)?;
    }
    Ok(())
}

/// File name of a page's manifest.
pub fn manifest_of(page: &PrerenderedPage) -> String {
    page.audience.manifest_name(page.messages.code)
}

/// The manifest of a page. Where there are `others`, for another audience, the staff's has a name of its own.
fn manifest(config: &Config, base: &str, page: &PrerenderedPage, others: bool) -> Value {
    let brand = config.brand.name_in(page.messages.code);
    let (name, short_name) = match page.audience {
        Audience::Staff if others => (page.title.as_str(), page.messages.staff_sign_in),
        _ => (brand, brand),
    };
    let icons = ICONS.iter().filter(|icon| icon.file != APPLE);
    let mut icons: Vec<Value> = icons
        .map(|icon| {
            json!({
                "src": format!("{base}/{}", icon.file),
                "sizes": format!("{0}x{0}", icon.size),
                "type": "image/png",
                "purpose": if icon.full { "maskable" } else { "any" },
            })
        })
        .collect();
    icons.push(
        json!({ "src": format!("{base}/icon.svg"), "sizes": "any", "type": "image/svg+xml" }),
    );
    let [theme, _] = accent(config).browser_colours();
    json!({
        "name": name,
        "short_name": short_name,
        "lang": page.messages.code,
        "dir": page.messages.dir,
        "id": page.path,
        "start_url": page.path,
        "scope": format!("{base}/"),
        "display": "standalone",
        "theme_color": theme,
        "background_color": "#ffffff",
        "icons": icons,
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
    use std::collections::BTreeMap;

    use config::Config;
    use logistration::prerender::{PrerenderedPage, pages};
    use serde_json::Value;

    use super::{manifest, manifest_of, page_paths};

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

    /// The manifests of a configuration, by audience and language.
    fn manifests(json: &str) -> BTreeMap<String, Value> {
        let config = Box::leak(Box::new(Config::parse(json.as_bytes()).unwrap()));
        let pages = pages("/portal", config);
        let others = |page: &PrerenderedPage| pages.iter().any(|it| it.audience != page.audience);
        pages
            .iter()
            .map(|page| {
                (
                    manifest_of(page),
                    manifest(config, "/portal", page, others(page)),
                )
            })
            .collect()
    }

    #[test]
    fn manifest_has_the_hospital_s_name_in_its_language() {
        let all = manifests(
            r##"{ "brand": { "name": "Al Noor", "nameAr": "النور", "accent": "#123456" } }"##,
        );
        let arabic = &all["patient.ar.webmanifest"];
        assert_eq!(arabic["name"], "النور");
        assert_eq!(arabic["dir"], "rtl");
        assert_eq!(arabic["theme_color"], "#123456");
        assert_eq!(arabic["scope"], "/portal/");
        assert_eq!(
            manifests("{}")["patient.en.webmanifest"]["name"],
            "Logistration"
        );
    }

    #[test]
    fn portal_is_installed_as_the_page_of_an_audience() {
        let all = manifests("{}");
        assert_eq!(all.len(), 4);
        let staff = &all["staff.en.webmanifest"];
        assert_eq!(staff["id"], "/portal/staff");
        assert_eq!(staff["start_url"], "/portal/staff");
        assert_eq!(staff["name"], "Staff sign in – Logistration");
        assert_eq!(all["patient.en.webmanifest"]["id"], "/portal/");
        let only = manifests(r#"{ "patient": { "enabled": false }, "languages": ["ar"] }"#);
        assert_eq!(only.keys().collect::<Vec<_>>(), ["staff.ar.webmanifest"]);
        assert_eq!(only["staff.ar.webmanifest"]["name"], "Logistration");
    }
}
