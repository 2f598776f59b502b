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

/// The boot script with a function call in the place of its only `import(…)`. The glue keeps its state in variables
/// and can be started once, so each call runs all of it again and returns exports with a state of their own.
fn in_place_of_import(boot: &str, glue: &str) -> Result<String> {
    const END: &str = "export{initSync,__wbg_init as default};";
    let (before, after) = boot
        .split_once("import(")
        .context("the boot script has no import")?;
    let (argument, after) = after.split_once(')').context("its import has no end")?;
    if argument.contains('(') {
        bail!("the argument of the boot script's import has a call: import({argument})");
    }
    if after.contains("import(") {
        bail!("the boot script has more than one import");
    }
    let body = glue
        .trim_end()
        .strip_suffix(END)
        .with_context(|| format!("the glue does not end in {END}"))?
        .replace("export function ", "function ")
        .replace("export class ", "class ");
    if has_word(&body, "export") || has_word(&body.replace("import.meta", ""), "import") {
        bail!("the glue has an import, or an export of another kind");
    }
    if !body.contains("function start(") {
        bail!("the glue has no function `start`");
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

/// Whether a script has a word that is not a part of a longer name. Before and after a keyword minified scripts have
/// any other character: `import{a}from"b"`, `import*as a from"b"`, `import"b"`, `export*from"b"`.
fn has_word(script: &str, word: &str) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    script.match_indices(word).any(|(at, _)| {
        let before = script.get(..at).and_then(|text| text.chars().next_back());
        let after = script
            .get(at + word.len()..)
            .and_then(|text| text.chars().next());
        !before.is_some_and(in_name) && !after.is_some_and(in_name)
    })
}

/// The page without the only tag that names a file.
fn without_tag(page: &str, file: &str) -> Result<String> {
    let parts = page
        .split_once(file)
        .and_then(|(before, after)| before.rsplit_once('<').zip(after.split_once('>')));
    let ((before, _), (_, after)) = parts.context("index.html does not name the glue")?;
    let rest = [before, after].concat();
    if rest.contains(file) {
        bail!("index.html names the glue more than once");
    }
    Ok(rest)
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
        for boot in ["", "import(a", "import(a),import(b)", "import(a(b))"] {
            assert!(in_place_of_import(boot, GLUE).is_err(), "{boot}");
        }
        for glue in [
            "",
            "export{initSync,__wbg_init};",
            "function begin(){}export{initSync,__wbg_init as default};",
        ] {
            assert!(in_place_of_import("import(a)", glue).is_err(), "{glue}");
        }
    }

    #[test]
    fn glue_with_an_import_or_another_export_is_an_error() {
        for statement in [
            "import x from'y';",
            "import{a}from\"y\";",
            "import*as a from\"y\";",
            "import\"y\";",
            "import('y');",
            "import(`y`);",
            "import/**/{a}from'y';",
            "import\n'y';",
            "export const a=1;",
            "export{a};",
            "export*from\"y\";",
            "export*as a from\"y\";",
            "export default 1;",
        ] {
            for glue in [
                format!("{statement}{GLUE}"),
                GLUE.replace("async", &format!("{statement}async")),
            ] {
                assert!(in_place_of_import("import(a)", &glue).is_err(), "{glue}");
            }
        }
    }

    #[test]
    fn names_that_contain_a_keyword_and_the_address_of_the_script_are_accepted() {
        let text = "const import0=imports,a=wasm.exports,$import=__wbg_get_imports;new URL('a.wasm',import.meta.url);";
        assert!(in_place_of_import("import(a)", &format!("{text}{GLUE}")).is_ok());
    }

    #[test]
    fn link_to_the_glue_is_removed() {
        let page = "<link href=a><link rel=modulepreload href=/b.js crossorigin><p>";
        assert_eq!(without_tag(page, "b.js").unwrap(), "<link href=a><p>");
        assert!(without_tag(page, "c.js").is_err());
    }

    #[test]
    fn page_that_names_the_glue_again_is_an_error() {
        for again in ["<link href=/b.js>", "<script>import('/b.js')</script>"] {
            let page = format!("<link rel=modulepreload href=/b.js>{again}");
            assert!(without_tag(&page, "b.js").is_err(), "{page}");
        }
    }
}
