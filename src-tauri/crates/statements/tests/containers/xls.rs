//! Old Excel workbooks, record by record.

use std::io::{Cursor, Write};

/// A record of BIFF.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
}

pub fn begin(kind: u16) -> Vec<u8> {
    record(0x0809, &[&0x0600_u16.to_le_bytes()[..], &kind.to_le_bytes(), &[0; 12]].concat())
}

pub fn end() -> Vec<u8> {
    record(0x000a, &[])
}

fn place(row: u16, column: u16, format: u16) -> Vec<u8> {
    [row, column, format].iter().flat_map(|number| number.to_le_bytes()).collect()
}

pub fn number(row: u16, column: u16, format: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[&place(row, column, format)[..], &value.to_le_bytes()].concat())
}

pub fn rk(row: u16, column: u16, bits: u32) -> Vec<u8> {
    record(0x027e, &[&place(row, column, 0)[..], &bits.to_le_bytes()].concat())
}

pub fn shared(row: u16, column: u16, text: u32) -> Vec<u8> {
    record(0x00fd, &[&place(row, column, 0)[..], &text.to_le_bytes()].concat())
}

pub fn bool_err(row: u16, column: u16, value: u8, is_error: bool) -> Vec<u8> {
    record(0x0205, &[&place(row, column, 0)[..], &[value, u8::from(is_error)]].concat())
}

/// A formula with its eight bytes of result and its flags.
pub fn formula(row: u16, column: u16, result: [u8; 8], flags: u16) -> Vec<u8> {
    record(0x0006, &[&place(row, column, 0)[..], &result, &flags.to_le_bytes(), &[0; 6]].concat())
}

/// The text that a formula results in.
pub fn result(text: &str) -> Vec<u8> {
    record(0x0207, &[&u16::try_from(text.len()).unwrap().to_le_bytes()[..], &[0], text.as_bytes()].concat())
}

pub fn hidden_row(row: u16) -> Vec<u8> {
    let mut data = [0_u8; 16];
    data[..2].copy_from_slice(&row.to_le_bytes());
    data[12] = 0x20;
    record(0x0208, &data)
}

/// A text as the shared table has it, with two bytes a letter.
pub fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut data = u16::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    data.push(1);
    data.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    data
}

/// The shared table, of pieces that fit into one record each.
pub fn shared_table(count: u32, pieces: &[Vec<u8>]) -> Vec<u8> {
    let mut table = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        match number {
            0 => {
                let head = [count.to_le_bytes(), count.to_le_bytes()].concat();
                table.extend(record(0x00fc, &[&head[..], piece].concat()));
            }
            _ => table.extend(record(0x003c, piece)),
        }
    }
    table
}

/// Records of the workbook as a whole besides the list of sheets.
pub fn stream(globals: &[Vec<u8>], sheets: &[(&str, u8, Vec<Vec<u8>>)]) -> Vec<u8> {
    let formats = [record(0x00e0, &[0; 20]), record(0x00e0, &[&[0, 0, 14, 0][..], &[0; 16]].concat())].concat();
    let globals = [&begin(5)[..], &formats, &globals.concat()].concat();
    let list_bytes: usize = sheets.iter().map(|(name, ..)| 4 + 8 + name.len()).sum();
    let mut start = globals.len() + list_bytes + 4;
    let (mut list, mut bodies) = (Vec::new(), Vec::new());
    for (name, hidden, cells) in sheets {
        let body = [&begin(0x10)[..], &cells.concat(), &end()].concat();
        let head = [&u32::try_from(start).unwrap().to_le_bytes()[..], &[*hidden, 0]].concat();
        let name = [&[u8::try_from(name.len()).unwrap(), 0][..], name.as_bytes()].concat();
        list.extend(record(0x0085, &[head, name].concat()));
        start += body.len();
        bodies.extend(body);
    }
    [globals, list, end(), bodies].concat()
}

/// A compound file with these streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A workbook of one sheet.
pub fn xls(globals: &[Vec<u8>], cells: Vec<Vec<u8>>) -> Vec<u8> {
    compound(&[("Workbook", &stream(globals, &[("Sheet1", 0, cells)]))])
}
