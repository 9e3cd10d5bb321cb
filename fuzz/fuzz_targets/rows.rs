//! Whatever file is enriched: no panic, and its rows come out byte for byte, none lost, none made.
#![cfg_attr(fuzzing, no_main)]

use std::io::Cursor;

use ti::input::{Packing, RowArgs};

fn args(column: Option<&str>, field: Option<&str>) -> RowArgs {
    RowArgs {
        file: "-".into(),
        column: column.map(str::to_string),
        field: field.map(|path| path.parse().expect("a path")),
        delimiter: None,
        encoding: None,
        bom: false,
        any_name: false,
    }
}

fn same(args: &RowArgs, bytes: &[u8]) {
    let Ok(inputs) = args.read(Cursor::new(bytes.to_vec()), "f") else {
        return;
    };
    let mut back = Vec::new();
    if let Some(header) = &inputs.header {
        back.extend_from_slice(&header.text);
        back.extend_from_slice(&header.ending);
    }
    for input in inputs {
        // The end: a field that no row has.
        let Ok(input) = input else { break };
        let row = input.row.expect("a row");
        back.extend_from_slice(&row.text);
        back.extend_from_slice(&row.ending);
    }
    // UTF-16 comes out as UTF-8, what is packed comes out unpacked.
    let is_packed = Packing::of(bytes).is_some();
    if !is_packed
        && !bytes.contains(&0)
        && !bytes.starts_with(b"\xff\xfe")
        && !bytes.starts_with(b"\xfe\xff")
    {
        assert_eq!(back, bytes);
    }
}

pub fn check(bytes: &[u8]) {
    same(&args(None, Some(".h[0].x")), bytes);
    let header = [&b"h,x\n"[..], bytes].concat();
    same(&args(Some("h"), None), &header);
    let header = [&b"h;x\r"[..], bytes].concat();
    same(&args(Some("h"), None), &header);
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| check(bytes));
