//! Files on the page, read block by block: they are never in memory as a whole.

use std::io::{self, Read};

use hotline_profile::failure::{Failure, Outcome};
use hotline_profile::make::Input;
use serde::Deserialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// Bytes that are read at a time.
const BLOCK: u64 = 1 << 20;

#[wasm_bindgen]
extern "C" {
    /// A block of the file with this number. Bytes are counted in floating point, as in JavaScript.
    #[wasm_bindgen(js_namespace = globalThis)]
    fn read_block(file: u32, from: f64, to: f64) -> Vec<u8>;
}

#[derive(Deserialize)]
struct Named {
    name: String,
    size: u64,
}

/// The files in a list of names and sizes.
pub fn inputs(list: &str) -> Outcome<Vec<Input>> {
    let list: Vec<Named> = serde_json::from_str(list).map_err(Failure::bug)?;
    let numbered = (0..).zip(list);
    Ok(numbered
        .map(|(file, Named { name, size })| {
            Input::new(name, move || Ok(Box::new(Blocks::of(file, size))))
        })
        .collect())
}

/// The bundled sample.
pub fn sample() -> Input {
    let bytes: &[u8] = include_bytes!("../../../input/signals.csv");
    Input::of_bytes("input/signals.csv", bytes)
}

/// A file, read from the beginning.
struct Blocks {
    file: u32,
    size: u64,
    /// How much of it has been requested.
    asked: u64,
    block: Vec<u8>,
    /// How much of the block has been passed on.
    used: usize,
}

impl Blocks {
    fn of(file: u32, size: u64) -> Self {
        Blocks {
            file,
            size,
            asked: 0,
            block: Vec::new(),
            used: 0,
        }
    }
}

impl Read for Blocks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.used == self.block.len() {
            let end = (self.asked + BLOCK).min(self.size);
            if end == self.asked {
                return Ok(0);
            }
            self.block = read_block(self.file, self.asked as f64, end as f64);
            self.used = 0;
            if self.block.len() as u64 != end - self.asked {
                return Err(io::Error::other("the file can't be read: did it change?"));
            }
            self.asked = end;
        }
        let rest = &self.block[self.used..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.used += count;
        Ok(count)
    }
}
