//! Files of a release: names by content hash, the style inside the pages, compressed copies.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use sha2::{Digest, Sha256, Sha384};

/// Renames scripts, style and program by their content hash, in the page as well, so that they can be
/// cached forever. Trunk computes its names before `wasm-opt` runs, so that a change by `wasm-opt` keeps the
/// name; see <https://github.com/trunk-rs/trunk/pull/1081>. The integrity of the program is added to the
/// page for the boot script, and that of the glue script and the style where Trunk's differs.
pub fn named_by_content(folder: &Path, mut shell: String) -> Result<String> {
    for name in names(folder)? {
        let Some((stem, end)) = name.split_once('-').zip(name.rsplit_once('.')) else {
            continue;
        };
        let (stem, end) = (stem.0, end.1);
        if !matches!(end, "js" | "css" | "wasm") || !shell.contains(&name) {
            continue;
        }
        let file = folder.join(&name);
        let trusted = integrity(&fs::read(&file)?);
        let named = hashed(&file, stem, end)?;
        if end == "wasm" {
            shell = with_attribute(&shell, &name, &format!("data-integrity={trusted}"))?;
        } else if !shell.contains(&trusted) {
            shell = with_attribute(&shell, &name, &format!("integrity={trusted}"))?;
        }
        shell = shell.replace(&name, &named);
    }
    Ok(shell)
}

/// Adds an attribute to the tag that names the file.
fn with_attribute(shell: &str, file: &str, attribute: &str) -> Result<String> {
    let (before, after) = shell
        .split_once(file)
        .context("index.html does not name the file")?;
    let (tag, rest) = after
        .split_once('>')
        .context("a tag of index.html has no end")?;
    Ok(format!("{before}{file}{tag} {attribute}>{rest}"))
}

/// Renames a file by its content hash, `STEM-HASH.END`.
pub fn hashed(file: &Path, stem: &str, end: &str) -> Result<String> {
    let name = format!("{stem}-{}.{end}", hex(&Sha256::digest(fs::read(file)?), 8));
    fs::rename(file, file.with_file_name(&name))?;
    Ok(name)
}

/// `true` if a file is named by its content hash.
pub fn is_hashed(name: &str) -> bool {
    let Some((_, rest)) = name.rsplit_once('-') else {
        return false;
    };
    let hash = |text: &str| {
        text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    matches!(rest.split_once('.'), Some((text, end)) if hash(text) && !end.contains('.'))
}

/// Merges the style elements that Trunk has put into the page, and writes the hashes of the style and of the
/// script inside the page, which the content security policy allows. Returns the page and the style.
pub fn one_style(folder: &Path, shell: String) -> Result<(String, String)> {
    let shell = shell.replace("</style><style>", "");
    let style = inlined(&shell, "style")?.to_owned();
    let script = without_comments(inlined(&shell, "script")?);
    let shell = shell.replace(inlined(&shell, "script")?, &script);
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let policy = json!({ "styleHashes": [hash(&style)], "scriptHashes": [hash(&script)] });
    fs::write(folder.join("policy.json"), format!("{policy}\n"))?;
    Ok((shell, style))
}

/// A minified script without the comments that Trunk keeps in inline scripts, each on a line of its own.
fn without_comments(script: &str) -> String {
    let lines = script.lines().filter(|line| !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Contents of the only element of a kind without attributes.
fn inlined<'a>(shell: &'a str, element: &str) -> Result<&'a str> {
    let parts: Vec<&str> = shell.split(&format!("<{element}>")).collect();
    let [_, rest] = parts.as_slice() else {
        bail!(
            "index.html has {} separate {element} elements inline, expected one",
            parts.len() - 1
        );
    };
    let (text, _) = rest
        .split_once(&format!("</{element}>"))
        .with_context(|| format!("the {element} has no end"))?;
    Ok(text)
}

/// Writes `FILE.br` and `FILE.gz` for every file that compression makes smaller.
pub fn compress(folder: &Path) -> Result<()> {
    const ENDS: [&str; 8] = [
        "html",
        "js",
        "css",
        "wasm",
        "json",
        "svg",
        "txt",
        "webmanifest",
    ];
    for name in names(folder)? {
        let end = name.rsplit_once('.').map(|(_, end)| end);
        // A deployment edits this file, and the compressed copies would be stale.
        if name == "config.json" || !end.is_some_and(|end| ENDS.contains(&end)) {
            continue;
        }
        let bytes = fs::read(folder.join(&name))?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&bytes)?;
        for (end, small) in [("br", brotli(&bytes)?), ("gz", gzip.finish()?)] {
            if small.len() < bytes.len() {
                fs::write(folder.join(format!("{name}.{end}")), small)?;
            }
        }
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut small, &params)?;
    Ok(small)
}

/// The names of the files in a folder, sorted.
pub fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Value of an `integrity` attribute (Subresource Integrity).
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The first `length` of the bytes, in hexadecimal.
pub fn hex(bytes: &[u8], length: usize) -> String {
    let digits = bytes.iter().take(length).map(|byte| format!("{byte:02x}"));
    digits.collect()
}

#[cfg(test)]
mod tests {
    use super::{inlined, is_hashed, with_attribute, without_comments};

    #[test]
    fn content_hash_in_a_file_name_is_recognised() {
        assert!(is_hashed("boot-0123456789abcdef.js"));
        for other in [
            "sw.js",
            "boot-0123456789abcdef.js.br",
            "a-012345678.js",
            "index.ar.html",
        ] {
            assert!(!is_hashed(other), "{other}");
        }
    }

    #[test]
    fn comments_of_an_inline_script_are_removed() {
        assert_eq!(without_comments("// a\nb();\n// c\nd()"), "b();\nd()");
    }

    #[test]
    fn second_or_missing_inline_element_is_an_error() {
        let page = "<style>a{}</style><script src=x></script><script>b()</script>";
        assert_eq!(inlined(page, "script").unwrap(), "b()");
        assert!(inlined(&page.repeat(2), "script").is_err());
        assert!(inlined("<script src=x></script>", "script").is_err());
        assert!(inlined("<script>b()", "script").is_err());
    }

    #[test]
    fn attribute_is_added_to_the_tag_that_names_the_file() {
        assert_eq!(
            with_attribute(
                "<link href=a><link href=/b.js rel=x><p>",
                "b.js",
                "integrity=y"
            )
            .unwrap(),
            "<link href=a><link href=/b.js rel=x integrity=y><p>"
        );
        assert!(with_attribute("<link href=a>", "b.js", "c").is_err());
    }
}
