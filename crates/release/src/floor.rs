//! The oldest browsers that the portal works in, for the program: it has no WebAssembly that they lack. Scripts and
//! style are checked by e2e/floor/.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasmparser::{Validator, WasmFeatures};

use crate::files::names;

/// What WebAssembly has in Chrome 96, Firefox 79 and Safari 15.2: version 2 of the standard without SIMD, which
/// Safari has since 16.4. <https://webassembly.org/features/>
const FEATURES: WasmFeatures = WasmFeatures::WASM2.difference(WasmFeatures::SIMD);

/// Fails when the program of a release uses other features.
pub fn check(folder: &Path) -> Result<()> {
    let all = names(folder)?;
    let programs: Vec<_> = all.iter().filter(|name| is_program(name)).collect();
    let [program] = programs.as_slice() else {
        bail!("expected one .wasm, found {}", programs.len());
    };
    works_in_old_browsers(&fs::read(folder.join(program))?).with_context(|| (*program).clone())
}

fn is_program(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "wasm")
}

fn works_in_old_browsers(program: &[u8]) -> Result<()> {
    Validator::new_with_features(FEATURES)
        .validate_all(program)
        .context("old browsers cannot run the program")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::works_in_old_browsers;

    /// A program with one function, whose body is these instructions.
    fn program(body: &[u8]) -> Vec<u8> {
        let mut program =
            b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x05\x03\x01\0\x01".to_vec();
        let length = u8::try_from(body.len()).unwrap();
        program.extend([10, length + 4, 1, length + 2, 0]);
        program.extend(body);
        program.push(0x0b);
        program
    }

    #[test]
    fn a_program_has_no_feature_that_came_after_the_oldest_browsers() {
        let zero = [0x41, 0];
        let bulk_memory = [&zero[..], &zero, &zero, &[0xfc, 11, 0]].concat();
        for (name, body) in [("a call", &[0x10, 0][..]), ("memory.fill", &bulk_memory)] {
            let checked = works_in_old_browsers(&program(body));
            assert!(checked.is_ok(), "{name}: {checked:?}");
        }
        let simd = [&[0xfd, 12][..], &[0; 16], &[0x1a]].concat();
        let atomics = [0xfe, 3, 0];
        for (name, body) in [
            ("a tail call", &[0x12, 0][..]),
            ("SIMD", &simd),
            ("atomics", &atomics),
        ] {
            assert!(works_in_old_browsers(&program(body)).is_err(), "{name}");
        }
    }
}
