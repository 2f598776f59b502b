//! The glue (wasm-bindgen's script between program and browser) inside the boot script.
//!
//! The page names the integrity of the boot script, and each browser checks it. An `import` has none of its own:
//! that of `<link rel=modulepreload>` is checked by new browsers only, and an import map's by newer ones still.
//! <https://developer.mozilla.org/docs/Web/Security/Subresource_Integrity>

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::files::{integrity, names};

/// Puts the glue in the place of its import in the boot script, and takes its file and the link to it away.
/// Returns the page.
pub fn bundle(folder: &Path, shell: &str) -> Result<String> {
    let all = names(folder)?;
    let named = |stem: &str| {
        let is = |name: &&String| {
            let rest = name
                .strip_prefix(stem)
                .and_then(|rest| rest.strip_suffix(".js"));
            rest.is_some_and(|hash| !hash.contains('.'))
        };
        let found: Vec<&String> = all.iter().filter(is).collect();
        match found.as_slice() {
            [name] => Ok(folder.join(name)),
            _ => bail!("expected one {stem}*.js, found {}", found.len()),
        }
    };
    let (boot, glue) = (named("boot-")?, named("logistration-")?);
    let script = fs::read_to_string(&boot)?;
    let bundled = in_place_of_import(&script, &fs::read_to_string(&glue)?)?;
    fs::write(&boot, &bundled)?;
    fs::remove_file(&glue)?;
    let link = glue.file_name().and_then(|name| name.to_str());
    let shell = without_tag(shell, link.context("the glue's name is not UTF-8")?)?;
    let [old, new] = [script, bundled].map(|text| integrity(text.as_bytes()));
    if !shell.contains(&old) {
        bail!("index.html has no integrity of the boot script");
    }
    Ok(shell.replace(&old, &new))
}

/// The boot script with a function in the place of its only `import(…)`: each call is another instance of the glue,
/// which keeps its state in variables and starts once.
fn in_place_of_import(boot: &str, glue: &str) -> Result<String> {
    const END: &str = "export{initSync,__wbg_init as default};";
    let (before, after) = boot
        .split_once("import(")
        .context("the boot script has no import")?;
    let (_, after) = after.split_once(')').context("its import has no end")?;
    if after.contains("import(") {
        bail!("the boot script has more than one import");
    }
    let body = glue
        .trim_end()
        .strip_suffix(END)
        .with_context(|| format!("the glue does not end in {END}"))?
        .replace("export function ", "function ")
        .replace("export class ", "class ");
    if body.contains("export ") || body.contains("export{") || body.contains("import ") {
        bail!("the glue has an import, or an export of another kind");
    }
    Ok([
        before,
        "(()=>{",
        &body,
        "return{default:__wbg_init,start};})()",
        after,
    ]
    .concat())
}

/// The page without the tag that names a file.
fn without_tag(page: &str, file: &str) -> Result<String> {
    let parts = page
        .split_once(file)
        .and_then(|(before, after)| before.rsplit_once('<').zip(after.split_once('>')));
    let ((before, _), (_, after)) = parts.context("index.html does not name the glue")?;
    Ok([before, after].concat())
}

#[cfg(test)]
mod tests {
    use super::{in_place_of_import, without_tag};

    const GLUE: &str = "let wasm;export class A{}export function start(){}async function __wbg_init(){}export{initSync,__wbg_init as default};\n";

    #[test]
    fn glue_is_a_function_in_the_place_of_its_import() {
        assert_eq!(
            in_place_of_import("a=async b=>{let{start:c}=await import(b)}", GLUE).unwrap(),
            "a=async b=>{let{start:c}=await (()=>{let wasm;class A{}function start(){}\
             async function __wbg_init(){}return{default:__wbg_init,start};})()}"
        );
    }

    #[test]
    fn unexpected_script_is_an_error() {
        for boot in ["", "import(a", "import(a),import(b)"] {
            assert!(in_place_of_import(boot, GLUE).is_err(), "{boot}");
        }
        for glue in [
            "",
            "export{initSync,__wbg_init};",
            "import x from'y';export{initSync,__wbg_init as default};",
            "export const a=1;export{initSync,__wbg_init as default};",
        ] {
            assert!(in_place_of_import("import(a)", glue).is_err(), "{glue}");
        }
    }

    #[test]
    fn link_to_the_glue_is_removed() {
        let page = "<link href=a><link rel=modulepreload href=/b.js crossorigin><p>";
        assert_eq!(without_tag(page, "b.js").unwrap(), "<link href=a><p>");
        assert!(without_tag(page, "c.js").is_err());
    }
}
