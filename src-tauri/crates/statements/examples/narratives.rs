//! What normalisation makes of the texts in a file, one a line: `cargo run -p tieout-statements --example narratives -- FILE`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::{ops::ControlFlow, path::PathBuf};

use tieout_domain::{Digest, Side};
use tieout_statements::{ColumnRole, DecodeOptions, Defaults, Mapping, Records, decode, interpret};

fn main() {
    let file = std::env::args().nth(1).map(PathBuf::from).unwrap();
    let texts = std::fs::read_to_string(file).unwrap();
    let mut table = "Date,Description,Amount\n".to_owned();
    for text in texts.lines().filter(|text| !text.trim().is_empty()) {
        table.push_str(&format!("2024-05-02,\"{}\",1.00\n", text.replace('"', "\"\"")));
    }
    let table = decode(table.as_bytes(), &DecodeOptions::default()).unwrap();
    let mapping = Mapping {
        roles: vec![ColumnRole::Date, ColumnRole::Description, ColumnRole::Amount],
        date_order: tieout_statements::DateOrder::YearMonthDay,
        decimal_mark: tieout_statements::DecimalMark::Point,
        invert_sign: false,
    };
    let defaults = Defaults { file: Digest::from_bytes([0; 32]), currency: None };
    let reading = interpret(&table, Side::Statement, &mapping, &defaults, &|_, _| ControlFlow::Continue(())).unwrap();
    let Records::Statement(lines) = reading.records else { return };
    for line in lines {
        println!("{}", line.description);
        let said = [
            ("clean", line.normalised.clean.clone()),
            ("references", line.normalised.references.join(" | ")),
            ("remittance", line.normalised.remittance.clone()),
            ("counterparty", line.counterparty.clone()),
            ("account", line.counterparty_account.clone()),
        ];
        for (what, text) in said.iter().filter(|(_, text)| !text.is_empty()) {
            println!("    {what}: {text}");
        }
    }
}
