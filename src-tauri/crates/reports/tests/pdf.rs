//! What a reader of the PDF sees, as text extraction gives it.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail

mod fixture;

use std::{path::Path, process::Command};

use jiff::civil::date;
use tieout_domain::{Confidence, Currency, MatchKind, Money, RootCause, Side};
use tieout_reports::{
    ExceptionRow, LISTED_MAX, Layout, MatchRow, Paper, Parts, RecordRow, ReportError, RowStatus, SignatureNote,
    SignedPeriod, SignerNote, Tables, render_pdf, sha256,
};

/// The text of a PDF with runs of blanks made one; none without poppler.
fn text_of(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    std::fs::write(&file, pdf).unwrap();
    let Ok(answer) = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(&file).arg("-").output() else {
        fixture::skipped("pdftotext is not installed (poppler-utils)");
        return None;
    };
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let text = String::from_utf8(answer.stdout).unwrap();
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    Some(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n") + "\n")
}

fn pages(pdf: &[u8]) -> usize {
    lopdf::Document::load_mem(pdf).unwrap().get_pages().len()
}

/// Set `TIEOUT_BLESS=1` to write the golden files anew, then read the difference.
#[test]
fn a_small_report_reads_as_agreed() {
    let mut data = fixture::report(fixture::tables(12, 4));
    data.single_user = true;
    data.signer = Some(SignerNote { name: "Anna Nowak".into(), fingerprint: sha256(b"certificate"), one_time: true });
    for (name, paper, parts) in [
        ("report", Paper::A4, Parts::Full),
        ("report-letter", Paper::Letter, Parts::Full),
        ("statement", Paper::A4, Parts::Statement),
        ("management", Paper::Letter, Parts::Management),
    ] {
        data.layout = Layout { paper, parts, ..Layout::default() };
        let Some(text) = text_of(&render_pdf(&data, &fixture::outputs()).unwrap()) else { return };
        as_agreed(name, &text);
    }
}

fn as_agreed(name: &str, text: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.txt"));
    if std::env::var_os("TIEOUT_BLESS").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        std::fs::write(&golden, text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(&golden).unwrap());
}

#[test]
fn names_of_many_languages_are_printed_and_can_be_searched() {
    let Some(text) = text_of(&render_pdf(&fixture::report(fixture::tables(16, 8)), &[]).unwrap()) else { return };
    for name in ["Ελληνικά Τρόφιμα", "Łódź", "Žluťoučký kůň", "ООО «Кириллица»", "d’Électricité", "İstanbul Gıda"]
    {
        assert!(text.contains(name), "{name}\n{text}");
    }
    assert!(text.contains("□□ Trading Ltd"), "a character the typeface lacks is replaced visibly");
    assert!(text.contains("U+4E2D, U+6587"), "and the report says which");
}

#[test]
fn a_long_reference_is_printed_in_full() {
    let reference = "ÜBERWEISUNGSGUTSCHRIFT Rechnung RE-2025-0042 abzüglich Skonto, Kunde 10007 und Auftrag 88-4711";
    let mut tables = Tables::new();
    let mut matched = fixture::matches(1).pop().unwrap();
    matched.parts[0].record.reference = reference.into();
    tables.add_match(matched);
    tables.add_exception(fixture::exception(Side::Statement, 900, "Müller & Söhne GmbH", reference, 4_711));
    let mut data = fixture::report(tables);
    for parts in [Parts::Full, Parts::Statement] {
        data.layout.parts = parts;
        let Some(text) = text_of(&render_pdf(&data, &[]).unwrap()) else { return };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(reference), "{text}");
        // Beside its ledger entry a line of a match is broken.
        assert_eq!(text.matches("Auftrag 88-4711").count(), if parts == Parts::Full { 2 } else { 1 }, "{text}");
    }
}

#[test]
fn a_one_time_identity_is_told_once_and_the_evidence_stands_with_the_signature() {
    for name in ["Anna Nowak", "Tieout (one-time identity)"] {
        for unmatched in 0..12 {
            let mut data = fixture::report(fixture::tables(12, unmatched));
            data.signer = Some(SignerNote { name: name.into(), fingerprint: sha256(b"certificate"), one_time: true });
            let Some(text) = text_of(&render_pdf(&data, &fixture::outputs()).unwrap()) else { return };
            let (_, after) = text.split_once("Digitally signed by\n").unwrap();
            let signer = after.lines().next().unwrap();
            assert_eq!(signer, format!("{} (one-time identity)", name.trim_end_matches(" (one-time identity)")));
            let evidence = text.rsplit_once(" Evidence\n").unwrap().1;
            assert_eq!(evidence.lines().filter(|line| line.contains(" page ")).count(), 1, "{evidence}");
        }
    }
}

#[test]
fn an_empty_report_says_that_it_is_empty() {
    let mut data = fixture::report(Tables::new());
    data.company.clear();
    data.accounts.clear();
    data.period = None;
    data.prepared_by.clear();
    data.approved_by = None;
    data.proofs.clear();
    data.files.clear();
    data.configuration.clear();
    data.audit_head = None;
    let Some(text) = text_of(&render_pdf(&data, &[]).unwrap()) else { return };
    for words in
        ["Company not named", "not approved yet", "No matches.", "No records in no match.", "n/a", "No file was read."]
    {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn a_proof_that_does_not_hold_says_so_on_the_first_page() {
    let mut data = fixture::report(Tables::new());
    data.proofs[0].proof.closing = Some(fixture::eur(1_250_000));
    data.proofs[0].proof.entries_outstanding = fixture::eur(20_000);
    let Some(text) = text_of(&render_pdf(&data, &[]).unwrap()) else { return };
    for words in [
        "The balance proof of Main account does NOT hold",
        "does NOT hold: difference 0.50 EUR",
        "does NOT hold: -35.00 EUR unexplained",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

/// A locked period with a balance by hand and something that came later.
fn signed(difference: Option<&str>) -> SignedPeriod {
    let note = |act, name: &str, at: &str| SignatureNote {
        act,
        name: name.to_owned(),
        at: at.parse().unwrap(),
        single_user: false,
    };
    SignedPeriod {
        state: "locked",
        content: sha256(b"content"),
        signatures: vec![
            note("Prepared", "Anna Nowak", "2024-02-02T08:00:00Z"),
            note("Reviewed", "Jiří Dvořák", "2024-02-03T09:00:00Z"),
            note("Locked", "Jiří Dvořák", "2024-02-03T09:01:00Z"),
        ],
        by_hand: vec!["The closing balance, 12500.50 EUR, was stated by the preparer: letter of the bank.".to_owned()],
        since: vec!["Settled later: 1 line outstanding at 2024-01-31, -150.00 EUR.".to_owned()],
        difference: difference.map(str::to_owned),
    }
}

#[test]
fn a_signed_period_says_who_signed_what_and_what_came_later() {
    let mut data = fixture::report(fixture::tables(12, 4));
    data.signed = Some(signed(None));
    let content = sha256(b"content").to_string();
    let json = String::from_utf8(tieout_reports::report_json(&data, &[]).unwrap()).unwrap();
    for fact in [r#""state": "locked""#, &content, r#""act": "reviewed""#, "letter of the bank", "Settled later"] {
        assert!(json.contains(fact), "{fact}");
    }
    let Some(text) = text_of(&render_pdf(&data, &[]).unwrap()) else { return };
    for words in [
        "Signatures of the period",
        "The period is locked.",
        "Prepared Anna Nowak 2024-02-02",
        "Locked Jiří Dvořák 2024-02-03",
        &content,
        "was stated by the preparer: letter of the bank.",
        "Settled later: 1 line outstanding at 2024-01-31, -150.00 EUR.",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains("no longer what was signed"));
    data.signed = Some(signed(Some("of the line of 2024-01-05, 1.00 EUR was outstanding")));
    let text = text_of(&render_pdf(&data, &[]).unwrap()).unwrap();
    assert!(text.contains("The records are no longer what was signed: of the line of 2024-01-05"), "{text}");
}

#[test]
fn what_a_payment_settles_in_another_currency_is_printed_with_its_code() {
    for (settled, words) in [(108_500, "settles 1,085.00 USD"), (50_000, "settles 500.00 USD of 1,085.00 USD")] {
        let mut tables = Tables::new();
        tables.add_match(fixture::converted(settled));
        let Some(text) = text_of(&render_pdf(&fixture::report(tables), &[]).unwrap()) else { return };
        assert!(text.contains(words), "{words}\n{text}");
        assert!(text.contains("-2.00"), "what the exchange left over\n{text}");
        assert!(text.contains("1,000.00"), "what is applied of it\n{text}");
    }
}

#[test]
fn huge_amounts_are_printed_in_full_and_impossible_sums_are_an_error() {
    let mut tables = Tables::new();
    for minor in [i64::MAX, i64::MIN, i64::MIN] {
        tables.add_exception(fixture::exception(Side::Statement, 1, "Whale", "BIG", minor));
    }
    let mut data = fixture::report(tables);
    if let Some(text) = text_of(&render_pdf(&data, &[]).unwrap()) {
        assert!(text.contains("92,233,720,368,547,758.07"), "{text}");
        assert!(text.contains("-92,233,720,368,547,758.09 EUR"), "the sum does not overflow\n{text}");
    }
    data.proofs[0].proof.opening = Some(fixture::eur(i64::MAX));
    assert!(matches!(render_pdf(&data, &[]), Err(ReportError::Amount(_))));
}

#[test]
fn several_currencies_are_named_beside_each_amount() {
    let mut tables = fixture::tables(1, 1);
    let yen = Money::from_minor(1_234_567, Currency::parse("JPY").unwrap());
    let mut row = fixture::exception(Side::Statement, 9, "日本", "JP", 0);
    row.record.amount = yen;
    row.impact = yen;
    tables.add_exception(row);
    let Some(text) = text_of(&render_pdf(&fixture::report(tables), &[]).unwrap()) else { return };
    assert!(text.contains("1,234,567 JPY") && text.contains("985.00 EUR"), "{text}");
}

#[test]
fn long_and_odd_texts_neither_fail_nor_run_out_of_the_page() {
    let long = "Überlanger Text ohne Ende ".repeat(500) + &"x".repeat(5_000);
    let odd = "tab\there\r\nnew\u{202e}line \u{0} e\u{301} 🧾";
    let mut tables = Tables::new();
    let record = RecordRow {
        side: Side::Ledger,
        source_file: long.as_str().into(),
        source_row: u32::MAX,
        record_id: odd.into(),
        date: Some(date(-9999, 1, 1)),
        counterparty: long.as_str().into(),
        reference: odd.into(),
        amount: fixture::eur(-1),
    };
    tables.add_match(MatchRow {
        id: odd.into(),
        kind: MatchKind::ManyToMany,
        status: RowStatus::Ambiguous,
        confidence: Confidence::from_ppm(0),
        cause: RootCause::ReferenceError,
        impact: fixture::eur(0),
        adjustments: Vec::new(),
        parts: vec![fixture::part(record.clone()); 200],
        explanation: long.as_str().into(),
    });
    tables.add_exception(ExceptionRow {
        record,
        cause: RootCause::Transposition,
        impact: fixture::eur(1),
        confidence: None,
        fix: long.as_str().into(),
        explanation: long.as_str().into(),
    });
    let mut data = fixture::report(tables);
    data.company = long.clone();
    data.configuration.push((long.clone(), long.clone()));
    let pdf = render_pdf(&data, &[]).unwrap();
    assert!(pages(&pdf) < 15);
    if let Some(text) = text_of(&pdf) {
        assert!(text.contains("é"), "a composed letter\n{text}");
        assert!(text.contains("160 further records are not listed here"), "{text}");
        assert!(text.contains("U+202E"), "a control for text direction is shown, not obeyed\n{text}");
    }
}

#[test]
fn a_large_run_lists_the_rows_of_greatest_impact_and_says_where_the_rest_is() {
    let data = fixture::report(fixture::tables(3_000, 1_500));
    let pdf = render_pdf(&data, &fixture::outputs()).unwrap();
    let Some(text) = text_of(&pdf) else { return };
    assert!(text.contains("The 1,000 matches of greatest impact, of 2,402. All of them stand in matches.csv."));
    assert!(text.contains("records in no match of greatest impact, of 1,500. All of them stand in exceptions.csv."));
    let total = pages(&pdf);
    assert!(text.contains(&format!("page 1 of {total}")) && text.contains(&format!("page {total} of {total}")));
    assert!(text.contains("9 Matched (continued)"));
    let listed = text.lines().filter(|line| line.starts_with("one to one · auto")).count();
    assert_eq!(listed, LISTED_MAX - 2, "the fee and the deposit are the other two");
}

#[test]
fn sections_are_found_beside_the_pages() {
    let pdf = render_pdf(&fixture::report(fixture::tables(3_000, 1_500)), &fixture::outputs()).unwrap();
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let outline = document.get_toc().unwrap();
    let sections: Vec<_> = outline.toc.iter().map(|entry| (entry.title.trim(), entry.page)).collect();
    assert_eq!(sections.len(), 16, "{sections:?}");
    assert_eq!(sections[0], ("1  Balance proof", 1));
    assert!(sections.is_sorted_by_key(|(_, page)| *page) && sections[15].1 > 20, "{sections:?}");
}

#[test]
fn equal_data_give_equal_bytes() {
    let render = || render_pdf(&fixture::report(fixture::tables(40, 20)), &fixture::outputs()).unwrap();
    let first = render();
    assert!(first == render());
    let mut other = fixture::report(fixture::tables(40, 20));
    other.prepared_by = "Somebody Else".into();
    assert!(first != render_pdf(&other, &fixture::outputs()).unwrap());
}

#[test]
fn the_typeface_is_embedded_in_part() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    let pdf = render_pdf(&fixture::report(fixture::tables(8, 8)), &[]).unwrap();
    assert!(pdf.len() < 150_000, "{} bytes: the whole typeface is in it", pdf.len());
    std::fs::write(&file, pdf).unwrap();
    let Ok(answer) = Command::new("pdffonts").arg(&file).output() else {
        fixture::skipped("pdffonts is not installed (poppler-utils)");
        return;
    };
    let text = String::from_utf8_lossy(&answer.stdout);
    let fonts: Vec<_> = text.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "{text}");
    for font in fonts {
        assert!(font.contains("SourceSans3") && font.contains("yes yes yes"), "{font}");
    }
}
