//! Layouts that are there from the beginning.

use super::{DatePattern, JournalColumn, JournalEncoding, JournalLayout, JournalLines, JournalValue};
use crate::MessageLanguage;

/// Words of the ready-made layouts.
pub const READY_LAYOUTS: [&str; 4] = ["generic", "datev", "xero", "quickbooks"];

type Columns = &'static [(&'static str, JournalValue, Option<u16>)];

/// One line an entry, everything that is known of it.
const GENERIC: Columns = &[
    ("number", JournalValue::Number, None),
    ("date", JournalValue::Date, None),
    ("debit_account", JournalValue::DebitAccount, None),
    ("credit_account", JournalValue::CreditAccount, None),
    ("amount", JournalValue::Amount, None),
    ("currency", JournalValue::Currency, None),
    ("base_amount", JournalValue::BaseAmount, None),
    ("base_currency", JournalValue::BaseCurrency, None),
    ("text", JournalValue::Text, None),
    ("cause", JournalValue::Cause, None),
    ("counterparty", JournalValue::Counterparty, None),
    ("reference", JournalValue::Reference, None),
    ("bank_reference", JournalValue::BankReference, None),
    ("line_reference", JournalValue::LineReference, None),
    ("match", JournalValue::Match, None),
    ("approved_by", JournalValue::ApprovedBy, None),
];

/// The columns that DATEV's ASCII import maps to a `Buchungsstapel`, with its lengths. Without DATEV's own head line, which
/// names the adviser and the client.
const DATEV: Columns = &[
    ("Umsatz (ohne Soll/Haben-Kz)", JournalValue::Amount, None),
    ("Soll/Haben-Kennzeichen", JournalValue::Letter, None),
    ("WKZ Umsatz", JournalValue::Currency, None),
    ("Konto", JournalValue::AccountNumber, None),
    ("Gegenkonto (ohne BU-Schlüssel)", JournalValue::ContraAccountNumber, None),
    ("Belegdatum", JournalValue::Date, None),
    ("Belegfeld 1", JournalValue::Number, Some(36)),
    ("Buchungstext", JournalValue::Text, Some(60)),
];

/// Xero's template for manual journals: lines of the same narration and date make one journal, above zero is debit. Xero
/// takes the amounts in the organisation's own currency; no column can name another.
const XERO: Columns = &[
    ("*Narration", JournalValue::Number, None),
    ("*Date", JournalValue::Date, None),
    ("Description", JournalValue::Text, None),
    ("*AccountCode", JournalValue::Account, None),
    ("*TaxRate", JournalValue::Constant, None),
    ("*Amount", JournalValue::SignedAmount, None),
    ("TrackingName1", JournalValue::Constant, None),
    ("TrackingOption1", JournalValue::Constant, None),
    ("TrackingName2", JournalValue::Constant, None),
    ("TrackingOption2", JournalValue::Constant, None),
];

/// The columns of QuickBooks Online's import of journal entries: lines of the same number make one entry.
const QUICKBOOKS: Columns = &[
    ("JournalNo", JournalValue::Number, Some(21)),
    ("JournalDate", JournalValue::Date, None),
    ("AccountName", JournalValue::Account, None),
    ("Debits", JournalValue::Debit, None),
    ("Credits", JournalValue::Credit, None),
    ("Description", JournalValue::Text, None),
    ("Name", JournalValue::Counterparty, None),
    ("Currency", JournalValue::Currency, None),
];

impl JournalLayout {
    /// The ready-made layout of that word.
    pub fn ready(word: &str) -> Option<Self> {
        let layout = |name: &str, lines, columns, dates: &str| {
            Some(Self {
                name: name.to_owned(),
                lines,
                headings: true,
                separator: ',',
                decimal_mark: '.',
                dates: dates.parse().unwrap_or_else(|_| DatePattern::iso()),
                encoding: JournalEncoding::Utf8,
                letters: ["D".to_owned(), "C".to_owned()],
                language: MessageLanguage::English,
                columns: made(columns),
            })
        };
        match word {
            "generic" => layout("generic", JournalLines::PerEntry, GENERIC, "yyyy-MM-dd"),
            "datev" => layout("datev", JournalLines::PerEntry, DATEV, "ddMM").map(|layout| Self {
                separator: ';',
                decimal_mark: ',',
                encoding: JournalEncoding::Windows1252,
                letters: ["S".to_owned(), "H".to_owned()],
                language: MessageLanguage::German,
                ..layout
            }),
            "xero" => layout("xero", JournalLines::PerSide, XERO, "dd/MM/yyyy").map(|mut layout| {
                // The rate without tax has this name in Xero's global edition; elsewhere it is changed in a copy of the layout.
                if let Some(tax) = layout.columns.iter_mut().find(|column| column.heading == "*TaxRate") {
                    tax.constant = "Tax Exempt".to_owned();
                }
                layout
            }),
            "quickbooks" => layout("quickbooks", JournalLines::PerSide, QUICKBOOKS, "MM/dd/yyyy"),
            _ => None,
        }
    }
}

fn made(columns: Columns) -> Vec<JournalColumn> {
    let column = |(heading, value, chars_max): &(&str, JournalValue, Option<u16>)| JournalColumn {
        heading: (*heading).to_owned(),
        value: *value,
        constant: String::new(),
        chars_max: *chars_max,
    };
    columns.iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::JournalLayoutError;

    #[test]
    fn every_ready_made_layout_holds_its_own_rules() {
        for word in READY_LAYOUTS {
            let layout = JournalLayout::ready(word).unwrap();
            assert_eq!(layout.clone().checked(), Ok(layout));
        }
        assert_eq!(JournalLayout::ready("sage"), None);
    }

    #[track_caller]
    fn check(change: impl FnOnce(&mut JournalLayout), refused: JournalLayoutError) {
        let mut layout = JournalLayout::ready("datev").unwrap();
        change(&mut layout);
        assert_eq!(layout.checked(), Err(refused));
    }

    #[test]
    fn a_file_that_would_not_say_all_is_refused() {
        check(|of| of.name = " ".to_owned(), JournalLayoutError::Name);
        check(|of| of.columns.clear(), JournalLayoutError::Columns(0));
        check(|of| of.columns[1].heading = "a\nb".to_owned(), JournalLayoutError::Words(2));
        check(|of| of.columns[7].chars_max = Some(0), JournalLayoutError::Cut(8));
        check(|of| of.columns[3].chars_max = Some(3), JournalLayoutError::Whole { column: 4, word: "account_number" });
        check(|of| of.columns[2].chars_max = Some(3), JournalLayoutError::Whole { column: 3, word: "currency" });
        check(|of| of.columns[6].chars_max = Some(20), JournalLayoutError::NumberCut(7));
        check(|of| drop(of.columns.remove(5)), JournalLayoutError::NoDate);
        check(|of| drop(of.columns.remove(0)), JournalLayoutError::NoAmount);
        check(|of| of.separator = '.', JournalLayoutError::Separator('.'));
        check(|of| of.decimal_mark = ';', JournalLayoutError::DecimalMark(';'));
        check(|of| of.letters[1] = "S".to_owned(), JournalLayoutError::Letters);
        let mut layout = JournalLayout::ready("datev").unwrap();
        layout.columns.remove(4);
        assert!(matches!(layout.checked(), Err(JournalLayoutError::NoSides(_))));
        let mut layout = JournalLayout::ready("quickbooks").unwrap();
        layout.columns.remove(4);
        layout.columns[3].value = JournalValue::Amount;
        assert!(matches!(layout.checked(), Err(JournalLayoutError::NoSides(_))));
    }

    #[test]
    fn no_layout_has_two_lines_that_are_each_the_whole_entry() {
        for word in ["generic", "datev"] {
            let layout = JournalLayout { lines: JournalLines::PerSide, ..JournalLayout::ready(word).unwrap() };
            assert_eq!(layout.checked(), Err(JournalLayoutError::Twice), "{word}");
        }
    }
}
