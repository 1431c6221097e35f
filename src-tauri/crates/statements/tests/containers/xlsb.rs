//! Binary Excel workbooks, record by record.

use super::{RELS, zipped};

pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = match u8::try_from(kind) {
        Ok(kind @ 0..=0x7f) => vec![kind],
        _ => vec![(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8],
    };
    let mut length = data.len();
    loop {
        let low = (length & 0x7f) as u8;
        length >>= 7;
        bytes.push(if length > 0 { low | 0x80 } else { low });
        if length == 0 {
            break;
        }
    }
    bytes.extend(data);
    bytes
}

pub fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

pub fn row(number: u32, hidden: bool) -> Vec<u8> {
    let mut data = [0_u8; 17];
    data[..4].copy_from_slice(&number.to_le_bytes());
    data[11] = if hidden { 0x10 } else { 0 };
    record(0, &data)
}

/// A cell with its column and format.
pub fn cell(kind: u16, column: u32, format: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes()[..], &format.to_le_bytes(), value].concat())
}

/// A cell that stands right of the one before it.
pub fn short_cell(kind: u16, value: &[u8]) -> Vec<u8> {
    record(kind, &[&0_u32.to_le_bytes()[..], value].concat())
}

/// A workbook of one sheet whose second cell format is `dd/mm/yyyy`.
pub fn xlsb(texts: &[&str], from_1904: bool, rows: &[Vec<u8>]) -> Vec<u8> {
    let shared: Vec<u8> = texts.iter().flat_map(|one| record(19, &[&[0][..], &text(one)].concat())).collect();
    let format = [&[200, 0][..], &text("dd/mm/yyyy")].concat();
    let xf = |number: u16| record(47, &[&[0, 0][..], &number.to_le_bytes(), &[0; 12]].concat());
    // A format of styles, which are no cells, comes first.
    let styles = [record(44, &format), xf(14), record(617, &[2, 0, 0, 0]), xf(0), xf(200), record(618, &[])].concat();
    let sheet = [&[0; 4][..], &[1, 0, 0, 0], &text("rId1"), &text("May")].concat();
    let workbook =
        [record(153, &[u8::from(from_1904), 0, 0, 0]), record(143, &[]), record(156, &sheet), record(144, &[])]
            .concat();
    let rels =
        r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let data = [&record(145, &[])[..], &rows.concat(), &record(146, &[])].concat();
    zipped(&[
        ("_rels/.rels", RELS.replace("workbook.xml", "workbook.bin").as_bytes()),
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", rels.as_bytes()),
        ("xl/styles.bin", &styles),
        ("xl/sharedStrings.bin", &shared),
        ("xl/worksheets/sheet1.bin", &data),
    ])
}
