//! What Trunk leaves to do after a release build: the sign-in pages as HTML, the style in them, the
//! glue made small, integrity on what is loaded, everything compressed beside itself.
//!
//! Text in, text out wherever that is possible, so that it can be tested without a build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};

use crate::portal::{BASE, Release};
use crate::tools::Toolbox;
use crate::{keeper, places, process};

/// Finishes what Trunk has built of `release`.
pub fn finish(tools: &Toolbox, release: &Release) -> Result<()> {
    let dist = &release.dist;
    let base = release.base.as_str();
    // Trunk keeps the lock of a build among what it has built, and leaves it there.
    fs::remove_file(dist.join(".trunk-lock")).context("Trunk left no lock file")?;
    let shell = fs::read_to_string(dist.join("index.html")).context("Trunk made no index.html")?;
    let shell = addresses(shell, base)?;
    let shell = scripts(tools, dist, base, shell)?;
    let (shell, style, style_hash) = style(dist, shell)?;
    fs::write(
        dist.join("policy.json"),
        format!("{{\"styleHashes\":[\"'sha256-{style_hash}'\"]}}\n"),
    )?;
    // For addresses that are no page of the portal's: the program renders what there is to say.
    fs::write(dist.join("404.html"), &shell)?;
    let fragments = fragments(release)?;
    keeper::manifests(release, &languages(&fragments))?;
    for fragment in &fragments {
        let page = fragment.page(&shell, base)?;
        for name in fragment.file_names(base) {
            fs::write(dist.join(name), &page)?;
        }
    }
    keeper::offline(tools, release, &style)?;
    compress(dist)
}

/// The languages of the pages, each once, and the way each is written.
fn languages(fragments: &[Fragment]) -> Vec<(String, String)> {
    let mut all: Vec<_> = fragments
        .iter()
        .map(|page| (page.language.clone(), page.direction.clone()))
        .collect();
    all.sort();
    all.dedup();
    all
}

/// The page with the addresses in it that nobody else writes moved below `base`.
fn addresses(mut shell: String, base: &str) -> Result<String> {
    for name in ["config.json", "icon.svg", "manifest.webmanifest"] {
        let link = tag(&shell, "<link", |tag| {
            attribute(tag, "href").is_some_and(|href| href.strip_prefix('/') == Some(name))
        })
        .with_context(|| format!("index.html has no link to /{name}"))?
        .to_owned();
        let moved = link.replace(&format!("/{name}"), &format!("{base}/{name}"));
        shell = shell.replace(&link, &moved);
    }
    Ok(shell)
}

/// Makes the scripts small, names them and the program after what is in them, and writes down what
/// each of them must be.
fn scripts(tools: &Toolbox, dist: &Path, base: &str, mut shell: String) -> Result<String> {
    let boot_tag = tag(&shell, "<script", |tag| {
        attribute(tag, "data-wasm").is_some()
    })
    .context("index.html has no boot script")?
    .to_owned();
    let glue = file(dist, attribute(&boot_tag, "data-js"))?;
    minify(tools, &glue)?;
    let glue = hashed(&glue, "logistration", "js")?;
    let wasm = file(dist, attribute(&boot_tag, "data-wasm"))?;
    let wasm = hashed(&wasm, "logistration", "wasm")?;
    let boot = dist.join("boot.js");
    minify(tools, &boot)?;
    let boot = hashed(&boot, "boot", "js")?;
    let finished = format!(
        "<script type=module src={base}/{boot} integrity={} data-js={base}/{glue} data-wasm={base}/{wasm} data-integrity={}></script>",
        integrity(&dist.join(&boot))?,
        integrity(&dist.join(&wasm))?,
    );
    let glue_preload = tag(&shell, "<link", |tag| {
        attribute(tag, "rel") == Some("modulepreload")
    })
    .context("index.html does not preload the glue")?
    .to_owned();
    let trusted = format!(
        "<link rel=modulepreload href={base}/{glue} integrity={}>",
        integrity(&dist.join(&glue))?
    );
    let wasm_preload = tag(&shell, "<link", |tag| {
        attribute(tag, "type") == Some("application/wasm")
    })
    .context("index.html does not preload the program")?
    .to_owned();
    let wasm_named = wasm_preload.replace(
        attribute(&wasm_preload, "href").unwrap_or_default(),
        &format!("{base}/{wasm}"),
    );
    shell = shell.replace(&format!("{boot_tag}</script>"), &finished);
    shell = shell
        .replace(&glue_preload, &trusted)
        .replace(&wasm_preload, &wasm_named);
    Ok(shell)
}

/// Takes out of a script what only people need.
pub fn minify(tools: &Toolbox, script: &Path) -> Result<()> {
    let mut esbuild = Command::new("esbuild");
    esbuild
        .args(["--minify", "--bundle", "--format=esm", "--target=es2022"])
        .args(["--allow-overwrite", "--log-level=warning"])
        .arg(format!("--outfile={}", script.display()))
        .arg(script);
    process::output(tools.lend(&mut esbuild)?).map(drop)
}

/// Names a file after what is in it, `STEM-HASH.END`, so that it can be kept forever.
pub fn hashed(file: &Path, stem: &str, end: &str) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = format!("{stem}-{}.{end}", hex(&Sha256::digest(bytes), 8));
    fs::rename(file, file.with_file_name(&name))?;
    Ok(name)
}

/// Puts all style sheets into the page, in their order; returns the page, the style, and the hash by
/// which a policy allows it.
fn style(dist: &Path, mut shell: String) -> Result<(String, String, String)> {
    let mut sheet = String::new();
    let mut first = None;
    while let Some(link) = tag(&shell, "<link", |tag| {
        attribute(tag, "rel") == Some("stylesheet")
    }) {
        let path = file(dist, attribute(link, "href"))?;
        let at = shell.find(link).unwrap_or_default();
        first.get_or_insert(at);
        shell = shell.replacen(&link.to_owned(), "", 1);
        sheet.push_str(fs::read_to_string(&path)?.trim_end());
        fs::remove_file(path)?;
    }
    if sheet.contains("</") {
        bail!("a style sheet has `</` in it, which would end it within a page");
    }
    let at = first.context("index.html has no style sheets")?;
    shell.insert_str(at, &format!("<style>{sheet}</style>"));
    let hash = STANDARD.encode(Sha256::digest(&sheet));
    Ok((shell, sheet, hash))
}

/// A sign-in page's markup, as the program `prerender` writes it.
struct Fragment {
    path: String,
    language: String,
    direction: String,
    title: String,
    made_from: String,
    html: String,
}

impl Fragment {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(6, '\n').map(str::to_owned);
        Some(Self {
            path: parts.next()?,
            language: parts.next()?,
            direction: parts.next()?,
            title: parts.next()?,
            made_from: parts.next()?,
            html: parts.next()?,
        })
    }

    /// The page in the shell. The markup goes in to the letter: the program takes it over node by node.
    fn page(&self, shell: &str, base: &str) -> Result<String> {
        let html = format!(
            "<html lang={} dir={} data-app-prerendered={} data-config={}>",
            self.language, self.direction, self.path, self.made_from
        );
        let old_html = tag(shell, "<html", |_| true).context("index.html has no <html>")?;
        let (before, rest) = shell
            .split_once("<title>")
            .context("index.html has no title")?;
        let (_, after) = rest
            .split_once("</title>")
            .context("its title has no end")?;
        let title = self.title.replace('&', "&amp;").replace('<', "&lt;");
        let page = format!("{before}<title>{title}</title>{after}").replacen(old_html, &html, 1);
        let root = tag(&page, "<div", |tag| attribute(tag, "id") == Some("portal"))
            .context("index.html has no element `portal`")?;
        let empty = format!("{root}</div>");
        if !page.contains(&empty) {
            bail!("the element `portal` in index.html must be empty");
        }
        let page = page.replacen(&empty, &format!("{root}{}</div>", self.html), 1);
        let own = keeper::manifest_name(&self.language);
        Ok(page.replacen(
            &format!("{base}/{}", keeper::manifest_name("en")),
            &format!("{base}/{own}"),
            1,
        ))
    }

    /// The page's own file, and those of the pages behind sign-in, where a guest gets to see it.
    /// English has no suffix: it is what a server that knows of no languages gives out.
    fn file_names(&self, base: &str) -> Vec<String> {
        let names: &[&str] = match self.path.strip_prefix(base).unwrap_or(&self.path) {
            "/" => &["index", "profile", "addresses"],
            _ => &["staff", "roles"],
        };
        let suffix = match self.language.as_str() {
            "en" => String::new(),
            other => format!(".{other}"),
        };
        names
            .iter()
            .map(|name| format!("{name}{suffix}.html"))
            .collect()
    }
}

fn fragments(release: &Release) -> Result<Vec<Fragment>> {
    let folder = places::target().join("prerendered");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut prerender = process::cargo();
    prerender
        .args(["run", "--quiet", "--package", "logistration"])
        .args(["--features", "ssr", "--bin", "prerender", "--"])
        .arg(&folder)
        .args(&release.config)
        .env(BASE, &release.base);
    process::run(&mut prerender)?;
    let mut fragments = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let text = fs::read_to_string(entry?.path())?;
        fragments.push(Fragment::read(&text).context("a prerendered page is incomplete")?);
    }
    Ok(fragments)
}

/// `FILE.br` and `FILE.gz` beside every file that gets smaller by it, through Node's own zlib.
fn compress(dist: &Path) -> Result<()> {
    const COMPRESS: &str = r#"
const fs = require("node:fs"), path = require("node:path"), zlib = require("node:zlib");
const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
for (const name of fs.readdirSync(process.argv[1])) {
  if (!/\.(html|js|css|wasm|json|svg|txt|webmanifest)$/.test(name) || name === "config.json") continue;
  const file = path.join(process.argv[1], name), bytes = fs.readFileSync(file);
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 22, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  for (const [end, small] of [["br", zlib.brotliCompressSync(bytes, { params })], ["gz", zlib.gzipSync(bytes, { level: 9 })]])
    if (small.length < bytes.length) fs.writeFileSync(`${file}.${end}`, small);
}
"#;
    process::output(Command::new("node").args(["-e", COMPRESS, "--"]).arg(dist)).map(drop)
}

/// The first tag that begins with `start` and that `fits`.
fn tag<'a>(html: &'a str, start: &str, fits: impl Fn(&str) -> bool) -> Option<&'a str> {
    html.match_indices(start).find_map(|(at, _)| {
        let rest = html.get(at..)?;
        let tag = rest.get(..=rest.find('>')?)?;
        fits(tag).then_some(tag)
    })
}

/// An attribute's value in a tag, quoted or not.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag.split_once(&format!(" {name}="))?.1;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split([' ', '>']).next(),
    }
}

/// The file in `dist` that an address names.
fn file(dist: &Path, address: Option<&str>) -> Result<PathBuf> {
    let address = address.context("a tag in index.html names no file")?;
    let name = address.rsplit('/').next().unwrap_or(address);
    Ok(dist.join(name))
}

/// A file's subresource integrity.
pub fn integrity(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes))))
}

pub fn hex(bytes: &[u8], length: usize) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .take(length)
        .fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::{Fragment, addresses, attribute, tag};

    const SHELL: &str = "<!doctype html><html dir=ltr lang=en><title>x</title>\
        <link href=/a.css rel=stylesheet><body><div id=portal></div>";

    #[test]
    fn an_attribute_is_read_with_and_without_quotes() {
        let link = tag(SHELL, "<link", |_| true).unwrap();
        assert_eq!(attribute(link, "href"), Some("/a.css"));
        assert_eq!(attribute(link, "rel"), Some("stylesheet"));
        assert_eq!(attribute("<a href=\"/b c\">", "href"), Some("/b c"));
        assert_eq!(attribute(link, "id"), None);
    }

    #[test]
    fn a_page_is_the_shell_with_the_markup_to_the_letter() {
        let text = "/staff\nar\nrtl\nA & <B>\n0f\n<p>one\ntwo</p><!>";
        let fragment = Fragment::read(text).unwrap();
        assert_eq!(
            fragment.page(SHELL, "").unwrap(),
            "<!doctype html><html lang=ar dir=rtl data-app-prerendered=/staff data-config=0f>\
             <title>A &amp; &lt;B></title><link href=/a.css rel=stylesheet><body>\
             <div id=portal><p>one\ntwo</p><!></div>"
        );
        assert_eq!(fragment.file_names(""), ["staff.ar.html", "roles.ar.html"]);
    }

    #[test]
    fn below_a_folder_every_address_is() {
        let shell = "<link href=/config.json rel=preload><link rel=icon href=\"/icon.svg\">\
            <link rel=manifest href=/manifest.webmanifest>";
        assert_eq!(
            addresses(shell.to_owned(), "/portal").unwrap(),
            "<link href=/portal/config.json rel=preload><link rel=icon href=\"/portal/icon.svg\">\
             <link rel=manifest href=/portal/manifest.webmanifest>"
        );
        assert!(addresses("<link href=/icon.svg>".to_owned(), "").is_err());
        let page = Fragment::read("/portal/\nar\nrtl\nt\n0\n<p>").unwrap();
        assert_eq!(page.file_names("/portal").first().unwrap(), "index.ar.html");
        let shell = SHELL.to_owned() + "<link rel=manifest href=/portal/manifest.webmanifest>";
        let page = page.page(&shell, "/portal").unwrap();
        assert!(page.contains("href=/portal/manifest.ar.webmanifest>"));
    }

    #[test]
    fn a_root_that_is_not_empty_is_refused() {
        let fragment = Fragment::read("/\nen\nltr\nt\n0\n<p>").unwrap();
        assert!(
            fragment
                .page(&SHELL.replace("></div>", "> </div>"), "")
                .is_err()
        );
    }
}
