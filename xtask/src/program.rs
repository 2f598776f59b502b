//! The compiled program, from what the compiler leaves to the files a browser loads: taken apart
//! into what a guest needs and what is behind the door (`src/interior.rs`), given its glue, made small.
//!
//! Trunk cannot split a program; it does the rest of the build, and its own whole program is left
//! out of `dist/`.

use std::collections::HashSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{ExportSection, Module};

use crate::alike::side_by_side;
use crate::contents::{Contents, DATA};
use crate::finish::{hashed, integrity, minify};
use crate::short_names::shortened;
use crate::tools::Toolbox;
use crate::{places, process};

/// What the compiler must be told: to make the door between the two parts, and to leave in the
/// program which part refers to which.
pub const FLAGS: &str = "--cfg split -Clink-args=--emit-relocs";

const WASM_OPT: [&str; 12] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    // The last tenths of a percent, measured after brotli: docs/performance.md.
    "--flatten",
    "--rereloop",
    // Who made it, and by which of the features above.
    "--strip-producers",
    "--strip-target-features",
    "-Os",
    "-Os",
];

const GLUE: &str = "logistration.js";
const DOOR: &str = "./interior.js";

/// The names of the program's files in `dist/`.
pub struct Program {
    /// The JavaScript between the browser and the program.
    pub glue: String,
    /// What a guest needs.
    pub wasm: String,
    /// What is behind the door.
    pub interior: String,
}

/// The program in its parts, before it is named and put into place.
pub struct Parts {
    folder: PathBuf,
    /// What a guest needs, and what is behind the door.
    pub wasm: [PathBuf; 2],
}

/// Makes the program's files in `dist`.
pub fn make(tools: &Toolbox, dist: &Path) -> Result<Program> {
    let Parts { folder, wasm } = parts(tools, false)?;
    let [guest, interior] = wasm;
    let interior_integrity = integrity(&interior)?;
    let interior = moved(&interior, dist, "interior", "wasm")?;
    let guest = moved(&guest, dist, "logistration", "wasm")?;
    // The door fetches its part by a fixed name and asks no questions. A part that is gone is that of
    // a portal which has been replaced since; what comes of a failed check says nothing of it, so the
    // server is asked once more. What a failure means is for the portal to say, not for the console.
    let door = folder.join(DOOR);
    let mut script = fs::read_to_string(&door)?;
    for (as_made, ours) in [
        (
            "fetch(new URL(\"./split_interior.wasm\", import.meta.url))",
            format!(
                "(async (url) => {{ \
                   try {{ return await fetch(url, {{ integrity: \"{interior_integrity}\" }}); }} \
                   catch (problem) {{ \
                     if ((await fetch(url)).status === 404) \
                       document.documentElement.setAttribute(\"data-app-outdated\", \"\"); \
                     throw problem; \
                   }} \
                 }})(new URL(\"./{interior}\", import.meta.url))"
            ),
        ),
        ("console.error(e);", String::new()),
    ] {
        if !script.contains(as_made) {
            return Err(anyhow!(
                "the door to the interior is not as expected: {script}"
            ));
        }
        script = script.replace(as_made, &ours);
    }
    fs::write(&door, script)?;
    let glue = folder.join(GLUE);
    minify(tools, &glue)?;
    Ok(Program {
        glue: moved(&glue, dist, "logistration", "js")?,
        wasm: guest,
        interior,
    })
}

/// Takes the compiled program apart; `named` keeps the names of its functions.
pub fn parts(tools: &Toolbox, named: bool) -> Result<Parts> {
    let folder = places::target().join("program");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let compiled = places::target().join("wasm32-unknown-unknown/release/logistration.wasm");
    let whole = fs::read(&compiled)
        .with_context(|| format!("cannot read {}; was it built?", compiled.display()))?;
    let whole = hollowed(&whole)?;
    let guest = folder.join("logistration.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = &folder;
    options.main_out_path = &guest;
    options.main_module = "./logistration.js";
    options.link_name = DOOR;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("the program cannot be taken apart: {error:#}"))?;
    let [interior] = split.split_modules.as_slice() else {
        return Err(anyhow!("the program has another number of parts than two"));
    };

    let mut bindgen = Command::new("wasm-bindgen");
    bindgen
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        // The boot script says where the program is.
        .arg("--omit-default-module-path")
        .args(named.then_some("--keep-debug"))
        .arg("--out-dir")
        .arg(&folder)
        .arg(&guest);
    process::output(tools.lend(&mut bindgen)?)?;
    let glue = folder.join(GLUE);
    let script = without_dead_classes(&fs::read_to_string(&glue)?);
    let used = script.clone() + &fs::read_to_string(folder.join(DOOR))?;
    let bound = folder.join("logistration_bg.wasm");
    let program = exporting_only(&fs::read(&bound)?, &used)?;
    let (program, script) = shortened(&program, &script)?;
    fs::write(&bound, program)?;
    fs::write(&glue, script)?;
    Ok(Parts {
        wasm: [
            optimised(tools, &bound, named)?,
            optimised(tools, interior, named)?,
        ],
        folder,
    })
}

/// Whether a function's body can be left out. Two kinds can: what says why the program panics, for
/// a panic of a release build says nothing and ends in a trap, which the boot script answers; and
/// what Leptos exports for calls to a server of its own, which nobody calls.
fn is_dead_weight(name: &str) -> bool {
    const NEVER_RETURN: [&str; 12] = [
        "core::option::expect_failed",
        "core::option::unwrap_failed",
        "core::result::unwrap_failed",
        "core::cell::panic_already_borrowed",
        "core::cell::panic_already_mutably_borrowed",
        "core::slice::index::slice_index_fail",
        "core::slice::copy_from_slice_impl::len_mismatch_fail",
        "core::str::slice_error_fail",
        "std::thread::local::panic_access_error",
        "alloc::raw_vec::handle_error",
        "alloc::raw_vec::capacity_overflow",
        "alloc::alloc::handle_alloc_error",
    ];
    NEVER_RETURN.contains(&name)
        || name.starts_with("core::panicking::panic")
        || name.starts_with("core::panicking::assert_failed")
        || name.starts_with("std::panicking::begin_panic")
        || (name.starts_with("<alloc::vec::Vec<") && name.ends_with("::assert_failed"))
        || name.ends_with("::rust_begin_unwind")
        || name.starts_with("intounderlying")
        || name.starts_with("__wbg_intounderlying")
}

/// Whether a function says what a value looks like to a programmer.
fn is_for_programmers(name: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let Some(of) = name.strip_suffix(">::fmt") else {
        return false;
    };
    of.starts_with('<') && of.ends_with(" as core::fmt::Debug")
        || of.contains("::<impl core::fmt::Debug for ")
}

/// Of the functions that are [for programmers](is_for_programmers) those that nobody asks: they are
/// kept for panics, which say nothing.
fn unasked(contents: &Contents, wasm: &[u8]) -> Result<HashSet<usize>> {
    let those = |kind: fn(&str) -> bool| -> HashSet<usize> {
        let all = contents.functions.iter().enumerate();
        all.filter_map(|(place, (name, _))| kind(name).then_some(place))
            .collect()
    };
    let callers = contents.callers(wasm)?;
    Ok(asked_by_none(
        those(is_for_programmers),
        &those(is_dead_weight),
        &callers,
    ))
}

/// `some` without those that a function refers to by itself, and without all that these ask in turn:
/// the compiler may also have found one to be the same as somebody else's. The `dead` ask nothing.
fn asked_by_none(
    mut some: HashSet<usize>,
    dead: &HashSet<usize>,
    callers: &[(usize, usize)],
) -> HashSet<usize> {
    loop {
        let asked: Vec<usize> = (callers.iter())
            .filter(|(caller, _)| !some.contains(caller) && !dead.contains(caller))
            .filter_map(|(_, called)| some.contains(called).then_some(*called))
            .collect();
        if asked.is_empty() {
            return some;
        }
        some.retain(|place| !asked.contains(place));
    }
}

/// The program with the bodies of [dead weight](is_dead_weight) and of what [nobody
/// asks](unasked) emptied. Each keeps its length, since everything else is known by its
/// offset; what it referred to is forgotten, and is left out when the program is taken apart.
fn hollowed(wasm: &[u8]) -> Result<Vec<u8>> {
    const UNREACHABLE: u8 = 0x00;
    const NOP: u8 = 0x01;
    const END: u8 = 0x0b;
    // `Ok(())`
    const SAID: [u8; 3] = [0x41, 0x00, END];
    let contents = Contents::of(wasm)?;
    let mut hollow = wasm.to_vec();
    for (title, place) in &contents.sections {
        if *title == DATA
            && let Some(data) = hollow.get_mut(place.clone())
        {
            blank_source_paths(data);
            blank_last_words(data);
        }
    }
    let mut empty: Vec<Range<usize>> = Vec::new();
    let unasked = unasked(&contents, wasm)?;
    for (place, (name, body)) in contents.functions.iter().enumerate() {
        let Some([no_locals, code @ ..]) = hollow.get_mut(body.clone()) else {
            continue;
        };
        if is_dead_weight(name) {
            let [first, rest @ .., last] = code else {
                continue;
            };
            (*first, *last) = (UNREACHABLE, END);
            rest.fill(NOP);
        } else if unasked.contains(&place) {
            let Some((rest, said)) = code.split_last_chunk_mut() else {
                continue;
            };
            *said = SAID;
            rest.fill(NOP);
        } else {
            continue;
        }
        *no_locals = 0;
        empty.push(body.clone());
    }
    contents.without_references_in(&hollow, &empty)
}

/// What the names of source files are made to begin with, so that they can be told from the words
/// they are stored among.
pub const SOURCE: &str = "@@/";

/// Fills the names of source files with zeros, which compress to nothing: only a panic would say
/// them, and a release build's says nothing.
fn blank_source_paths(data: &mut [u8]) {
    // Rust's own source, where it is not installed, goes by the second name.
    for start in [SOURCE.as_bytes(), b"/rustc/"] {
        for from in places_of(start, data) {
            let rest = data.get_mut(from..).unwrap_or_default();
            let in_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"@/._-".contains(byte);
            let length = rest.iter().take_while(|byte| in_path(byte)).count();
            let path = rest.get_mut(..length).unwrap_or_default();
            if let Some(end) = path.windows(3).position(|three| three == b".rs") {
                path.get_mut(..end + 3).unwrap_or_default().fill(0);
            }
        }
    }
}

/// Where `wanted` stands in `data`.
fn places_of(wanted: &[u8], data: &[u8]) -> Vec<usize> {
    data.windows(wanted.len())
        .enumerate()
        .filter_map(|(at, found)| (found == wanted).then_some(at))
        .collect()
}

/// What libraries say when they panic, on the way to a form. A release says none of it, but whoever would
/// still has the sentence in hand. One that a library words anew stays in the program; the budget of bytes
/// is what notices.
const LAST_WORDS: [&str; 13] = [
    "Value is None because the `ssr` feature is active. When `ssr` is enabled, tachys skips creating \
     client-side values (event handlers, directives, properties) to avoid cross-thread panics on \
     multithreaded servers. If you are building a client-side (CSR or hydrate) target, this means the `ssr` \
     feature is being activated unintentionally via Cargo feature unification; another dependency in your \
     workspace is enabling it. Run `cargo tree -e features -i tachys` to identify the source.",
    "Executor::spawn called, but no global 'spawn' function is configured.",
    "Executor::spawn_local called, but no global 'spawn_local' function is configured.",
    "Tried to access a reactive value that has already been disposed.",
    "one-time initialization may not be performed recursively",
    "Attempted to initialize thread-local while it is being dropped",
    "failed to generate unique thread ID: bitspace exhausted",
    "the guard should always be in place until the Drop implementation",
    "attempt to join into collection with len > usize::MAX",
    "LazyCell instance has previously been poisoned",
    "Once instance has previously been poisoned",
    "Tried to shrink to a larger capacity",
    "a formatting trait implementation returned an error when the underlying stream did not.",
];

/// Fills [`LAST_WORDS`] with zeros, as [the names of source files](blank_source_paths).
fn blank_last_words(data: &mut [u8]) {
    for words in LAST_WORDS {
        for from in places_of(words.as_bytes(), data) {
            data.get_mut(from..from + words.len())
                .unwrap_or_default()
                .fill(0);
        }
    }
}

/// The glue without the classes that crates export and nobody here uses: Leptos brings streams of
/// bytes for calls to a server of its own. They are the only reason why their code is kept.
fn without_dead_classes(glue: &str) -> String {
    let mut kept = glue.to_owned();
    while let Some((name, from, to)) = kept.match_indices("export class ").find_map(
        |(from, found)| {
            let rest = kept.get(from..)?;
            let name = rest.strip_prefix(found)?.split(' ').next()?.to_owned();
            let last = format!(
                "if (Symbol.dispose) {name}.prototype[Symbol.dispose] = {name}.prototype.free;\n"
            );
            let to = from + rest.find(&last)? + last.len();
            Some((name, from, to))
        },
    ) {
        kept.replace_range(from..to, "");
        let start = format!("const {name}Finalization = ");
        if let Some(from) = kept.find(&start)
            && let Some(length) = kept.get(from..).and_then(|rest| rest.find(";\n"))
        {
            kept.replace_range(from..from + length + 2, "");
        }
    }
    kept
}

/// The program without the exports whose names `scripts` do not have: wasm-opt then drops what was
/// reached only through them.
fn exporting_only(wasm: &[u8], scripts: &str) -> Result<Vec<u8>> {
    struct Used<'a>(HashSet<&'a str>);
    impl Reencode for Used<'_> {
        type Error = std::convert::Infallible;
        fn parse_export(
            &mut self,
            exports: &mut ExportSection,
            export: wasmparser::Export<'_>,
        ) -> Result<(), reencode::Error<Self::Error>> {
            if self.0.contains(export.name) {
                reencode::utils::parse_export(self, exports, export)?;
            }
            Ok(())
        }
    }
    let names = scripts.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'));
    let mut module = Module::new();
    Used(names.collect())
        .parse_core_module(&mut module, wasmparser::Parser::new(0), wasm)
        .map_err(|error| anyhow!("the program cannot be read: {error}"))?;
    Ok(module.finish())
}

fn optimised(tools: &Toolbox, wasm: &Path, named: bool) -> Result<PathBuf> {
    let small = wasm.with_extension("small.wasm");
    let mut optimise = Command::new("wasm-opt");
    optimise
        .args(WASM_OPT)
        .args(named.then_some("--debuginfo"))
        .arg(wasm)
        .arg("--output")
        .arg(&small);
    process::output(tools.lend(&mut optimise)?)?;
    // Whoever looks at names looks at sizes before compression, which stay the same.
    if !named {
        fs::write(&small, side_by_side(&fs::read(&small)?)?)?;
    }
    Ok(small)
}

/// Moves a file to `dist`, named after what is in it.
fn moved(file: &Path, dist: &Path, stem: &str, end: &str) -> Result<String> {
    let here = dist.join(format!("{stem}.{end}"));
    fs::copy(file, &here).with_context(|| format!("cannot put {stem} into dist"))?;
    hashed(&here, stem, end)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{
        asked_by_none, blank_last_words, blank_source_paths, is_dead_weight, is_for_programmers,
        without_dead_classes,
    };

    #[test]
    fn a_source_file_s_name_goes_and_everything_else_stays() {
        let mut data = b"Sign in@@/src/ui/field.rscalled/rustc/0a/x-1/fn.rsOnce".to_vec();
        blank_source_paths(&mut data);
        let whole = data.len();
        data.retain(|byte| *byte != 0);
        let blanked = "@@/src/ui/field.rs/rustc/0a/x-1/fn.rs".len();
        assert_eq!(whole - data.len(), blanked);
        assert_eq!(data, b"Sign incalledOnce");
    }

    #[test]
    fn what_a_panic_would_say_goes_and_everything_else_stays() {
        let mut data = b"Sign inOnce instance has previously been poisonedOnce".to_vec();
        blank_last_words(&mut data);
        data.retain(|byte| *byte != 0);
        assert_eq!(data, b"Sign inOnce");
    }

    #[test]
    fn only_what_never_returns_or_is_never_called_is_dead_weight() {
        for name in [
            "core::panicking::panic_fmt",
            "core::panicking::panic_const::panic_const_div_by_zero",
            "core::panicking::assert_failed::<usize, usize>",
            "core::option::unwrap_failed",
            "__rustc::rust_begin_unwind",
            "std::panicking::begin_panic::<&str>",
            "<alloc::vec::Vec<_, _>>::remove::assert_failed",
            "intounderlyingsource_pull",
        ] {
            assert!(is_dead_weight(name), "{name}");
        }
        for name in [
            "std::panicking::panic_count::is_zero_slow_path",
            "<alloc::vec::Vec<T,A>>::remove",
            "core::panic::location::Location::caller",
            "core::option::Option<T>::unwrap_or",
            "logistration::start::start",
            "",
        ] {
            assert!(!is_dead_weight(name), "{name}");
        }
    }

    #[test]
    fn only_what_is_written_by_debug_is_for_programmers() {
        for name in [
            "<usize as core::fmt::Debug>::fmt",
            "<usize as core::fmt::Debug>::fmt.20",
            "<&T as core::fmt::Debug>::fmt",
            "<async_once_cell::QuickInitGuard as core::fmt::Debug>::fmt",
            "core::array::<impl core::fmt::Debug for [T; N]>::fmt",
        ] {
            assert!(is_for_programmers(name), "{name}");
        }
        for name in [
            "<usize as core::fmt::Display>::fmt",
            "<T as alloc::string::ToString>::to_string",
            "<T as core::fmt::Debug>::fmt::{{closure}}",
            "<<T as core::fmt::Debug>::X as core::fmt::Display>::fmt",
            "core::fmt::write",
            "",
        ] {
            assert!(!is_for_programmers(name), "{name}");
        }
    }

    #[test]
    fn what_is_asked_stays_with_all_that_it_asks() {
        let (some, dead) = (HashSet::from([1, 2, 3, 4]), HashSet::from([9]));
        let callers = [(0, 1), (1, 2), (2, 1), (3, 4), (9, 3), (0, 5)];
        assert_eq!(asked_by_none(some, &dead, &callers), HashSet::from([3, 4]));
    }

    #[test]
    fn classes_that_nobody_uses_go_with_their_finalisers() {
        let glue = "import a;\nexport class Stream {\n    free() {}\n}\n\
            if (Symbol.dispose) Stream.prototype[Symbol.dispose] = Stream.prototype.free;\n\
            let wasm;\nconst StreamFinalization = (typeof x)\n    ? { y } : z;\nexport default init;\n";
        assert_eq!(
            without_dead_classes(glue),
            "import a;\nlet wasm;\nexport default init;\n"
        );
    }
}
