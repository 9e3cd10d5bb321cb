//! Whatever the Master IOC is made of: no panic, an end, and the same rows however it arrives.
#![cfg_attr(fuzzing, no_main)]

use std::io::{self, Read};

use ti::providers::kaspersky::rows::{Next, Rows};

/// Gives as much at a time as a network might.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (now, later) = self.0.split_at(self.1.min(self.0.len()));
        let read = { now }.read(buffer)?;
        self.0 = match read == now.len() {
            true => later,
            false => &self.0[read..],
        };
        Ok(read)
    }
}

fn rows(text: &[u8], step: usize) -> Vec<String> {
    let mut rows = Rows::new(Trickle(text, step));
    let mut read = Vec::new();
    loop {
        match rows.next_row() {
            Ok(Some(Next::Row(row))) => read.push(format!("{row:?}")),
            Ok(Some(Next::Unreadable { line, why })) => read.push(format!("{line}: {why}")),
            Ok(None) => return read,
            Err(error) => {
                read.push(error.to_string());
                return read;
            }
        }
    }
}

pub fn check(text: &[u8]) {
    let whole = rows(text, text.len().max(1));
    assert_eq!(rows(text, 1), whole);
    // Each costs a line at least.
    let lines = 1 + text.iter().filter(|byte| **byte == b'\n').count();
    assert!(whole.len() <= lines, "{whole:?}");
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
