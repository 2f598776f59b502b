//! Functions that are alike, side by side. The compiler makes one for each type that a library's code is
//! used with, and they differ in a few numbers; a compressor says "as just before" in fewer bits than
//! "as a while ago". What is in the program stays the same, to the byte.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::{Result, anyhow};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{FunctionBody, Operator, Parser, Payload, TypeRef};

/// The program with its functions in another order.
pub fn side_by_side(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut imported: u32 = 0;
    let mut looks = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => looks.push(look(&body)?),
            _ => {}
        }
    }
    let order = chain(&looks);
    let mut new = HashMap::new();
    for (now, &before) in order.iter().enumerate() {
        new.insert(
            imported + u32::try_from(before)?,
            imported + u32::try_from(now)?,
        );
    }
    let mut module = Module::new();
    Moving { order, new }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow!("the program cannot be read: {error}"))?;
    Ok(module.finish())
}

/// What a function looks like: every four instructions in a row, as numbers, in order. The names of what
/// it calls or keeps are left out.
type Look = Vec<u64>;

fn look(body: &FunctionBody<'_>) -> Result<Look> {
    let mut instructions = Vec::new();
    for operator in body.get_operators_reader()? {
        let operator = operator?;
        let told = format!("{operator:?}");
        instructions.push(match operator {
            Operator::Call { .. }
            | Operator::LocalGet { .. }
            | Operator::LocalSet { .. }
            | Operator::LocalTee { .. } => told.split(' ').next().unwrap_or_default().to_owned(),
            _ => told,
        });
    }
    let mut look: Look = instructions
        .windows(instructions.len().min(4))
        .map(|four| {
            let mut hash = DefaultHasher::new();
            four.hash(&mut hash);
            hash.finish()
        })
        .collect();
    look.sort_unstable();
    look.dedup();
    Ok(look)
}

/// The shortest function first, and after each the one that looks most like it.
fn chain(looks: &[Look]) -> Vec<usize> {
    let mut left: Vec<usize> = (0..looks.len()).collect();
    let size = |at: usize| looks.get(at).map_or(0, Vec::len);
    left.sort_by_key(|&at| size(at));
    let mut order: Vec<usize> = Vec::new();
    while !left.is_empty() {
        let last = order.last().and_then(|&last| looks.get(last));
        let likeness = |at: usize| {
            let (Some(last), Some(look)) = (last, looks.get(at)) else {
                return 0;
            };
            let common = common(last, look);
            // In thousandths of all that is in either.
            common * 1000 / (last.len() + look.len() - common).max(1)
        };
        // Of several, the shortest.
        let best = (0..left.len())
            .rev()
            .max_by_key(|&place| left.get(place).map(|&at| likeness(at)));
        order.push(left.remove(best.unwrap_or_default()));
    }
    order
}

/// How many numbers are in both of two ordered lists.
fn common(one: &[u64], other: &[u64]) -> usize {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut common = 0;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        match a.cmp(b) {
            Ordering::Less => drop(one.next()),
            Ordering::Greater => drop(other.next()),
            Ordering::Equal => {
                common += 1;
                one.next();
                other.next();
            }
        }
    }
    common
}

struct Moving {
    /// Where each function stood.
    order: Vec<usize>,
    /// From the old index to the new one.
    new: HashMap<u32, u32>,
}

impl Moving {
    /// The same in the new order.
    fn moved<T: Clone>(&self, all: &[T]) -> Vec<T> {
        let at = |&before: &usize| all.get(before).cloned();
        self.order.iter().filter_map(at).collect()
    }
}

impl Reencode for Moving {
    type Error = Infallible;

    fn function_index(&mut self, func: u32) -> Result<u32, reencode::Error<Infallible>> {
        Ok(self.new.get(&func).copied().unwrap_or(func))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: wasmparser::FunctionSectionReader<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        let types: Vec<u32> = section.into_iter().collect::<Result<_, _>>()?;
        for kind in self.moved(&types) {
            functions.function(self.type_index(kind)?);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: wasmparser::CodeSectionReader<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        let bodies: Vec<FunctionBody<'_>> = section.into_iter().collect::<Result<_, _>>()?;
        for body in self.moved(&bodies) {
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, ExportKind, ExportSection, Function, FunctionSection, Instruction, Module,
        TypeSection, ValType,
    };
    use wasmparser::{Parser, Payload};

    use super::{chain, side_by_side};

    /// Functions that return a number each, the last of which is exported and calls the first.
    fn module(numbers: &[i64]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I64]);
        types.ty().function([], [ValType::I32]);
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for number in numbers {
            functions.function(0);
            let mut function = Function::new([]);
            function.instruction(&Instruction::I64Const(*number));
            function.instruction(&Instruction::End);
            code.function(&function);
        }
        functions.function(1);
        let mut caller = Function::new([]);
        for instruction in [
            Instruction::Call(0),
            Instruction::I32WrapI64,
            Instruction::End,
        ] {
            caller.instruction(&instruction);
        }
        code.function(&caller);
        let mut exports = ExportSection::new();
        let last = u32::try_from(numbers.len()).unwrap();
        exports.export("last", ExportKind::Func, last);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&exports)
            .section(&code);
        module.finish()
    }

    /// The instructions of each function, and the function that is exported.
    fn contents(wasm: &[u8]) -> (Vec<String>, u32) {
        let (mut bodies, mut exported) = (Vec::new(), u32::MAX);
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.unwrap() {
                Payload::CodeSectionEntry(body) => {
                    let told = body.get_operators_reader().unwrap().into_iter();
                    let told: Vec<_> = told.map(|it| format!("{:?}", it.unwrap())).collect();
                    bodies.push(told.join(" "));
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        exported = export.unwrap().index;
                    }
                }
                _ => {}
            }
        }
        (bodies, exported)
    }

    #[test]
    fn like_stands_by_like() {
        let looks = [
            vec![1, 2, 3, 4],
            vec![7],
            vec![7, 8, 9],
            vec![1, 2, 3, 5, 6],
        ];
        assert_eq!(chain(&looks), [1, 2, 0, 3]);
        assert_eq!(chain(&[]), [0; 0]);
    }

    #[test]
    fn functions_change_places_and_are_still_found() {
        let before = module(&[30, 10, 30]);
        let after = side_by_side(&before).unwrap();
        let (bodies, exported) = contents(&after);
        let numbers: Vec<_> = bodies.iter().map(|body| body.contains("30")).collect();
        assert_eq!(numbers, [true, true, false, false]);
        let caller = bodies.get(usize::try_from(exported).unwrap()).unwrap();
        assert!(caller.contains("I32WrapI64"));
        let called: usize = caller
            .split(|c: char| !c.is_ascii_digit())
            .find_map(|word| word.parse().ok())
            .unwrap();
        assert!(bodies.get(called).unwrap().contains("30"));
        assert_eq!(after.len(), before.len());
    }
}
