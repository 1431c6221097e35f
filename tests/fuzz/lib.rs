//! What every target does with its bytes: read them as the importer would, and hold the reading to its promises.

use std::ops::ControlFlow;

use tieout_domain::{Digest, Side};
use tieout_statements::{DecodeOptions, Defaults, Detail, Document, Limits, Records, Table};

/// Small limits, so that no input is slow for being large.
pub fn options() -> DecodeOptions {
    let limits = Limits {
        file_bytes: 1 << 20,
        rows: 20_000,
        text_cells: 200_000,
        sheet_cells: 100_000,
        line_bytes: 1 << 18,
        inflated_bytes: 8 << 20,
        ..Limits::default()
    };
    DecodeOptions { limits, ..DecodeOptions::default() }
}

/// Reads bytes of any kind to the end. Where the file is text, every amount must stand in it.
pub fn read(bytes: &[u8], streamed: bool) {
    let mut options = options();
    if streamed {
        (options.whole_bytes, options.block_bytes) = (0, 97);
    }
    let source = bytes.to_vec();
    let Ok(document) = Document::open(&source, &options) else { return };
    check_pipe(document.sample());
    for side in [Side::Statement, Side::Ledger] {
        let found = document.recognise(Some(side));
        let _ = found.detected(document.sample());
        let defaults = Defaults { file: Digest::from_bytes([0; 32]), currency: None, detail: Detail::Full };
        let literal = Literal::of(bytes);
        let go_on = |_, _| ControlFlow::Continue(());
        let mut records = 0;
        let reading = document.read(&source, side, &found.mapping, &defaults, &go_on, &mut |read| {
            records += read.len() as u64;
            literal.check(&read);
            Ok(())
        });
        if let Ok(reading) = reading {
            let counted = records + u64::from(reading.rows_rejected) + u64::from(reading.rows_skipped);
            assert_eq!(u64::from(reading.rows_read), counted, "rows are lost");
            assert!(reading.proof().proved <= reading.proof().of, "more is proved than there is");
        }
    }
}

/// What a child process would send comes through unchanged.
fn check_pipe(table: &Table) {
    let mut bytes = Vec::new();
    table.write_to(&mut bytes).expect("memory takes everything");
    assert_eq!(Table::read_from(bytes.as_slice()).as_ref(), Ok(table));
}

/// The digits of a text, without what may stand between them.
struct Literal(Option<String>);

impl Literal {
    fn of(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).ok();
        Self(text.map(|text| text.chars().filter(char::is_ascii_digit).collect()))
    }

    /// An amount that is not in the file was invented.
    fn check(&self, records: &Records) {
        let Some(digits) = &self.0 else { return };
        let check = |minor: i64| {
            let amount = minor.unsigned_abs().to_string();
            let significant = amount.trim_end_matches('0');
            assert!(digits.contains(significant), "{minor} does not stand in the file");
        };
        match records {
            Records::Statement(lines) => lines.iter().for_each(|line| check(line.amount.minor_units())),
            Records::Ledger(entries) => entries.iter().for_each(|entry| check(entry.amount.minor_units())),
        }
    }
}
