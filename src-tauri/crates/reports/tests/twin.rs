//! The data inside a report are its data: whoever changes them, or the pages, is found out, whoever signs it then.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail

mod fixture;

use std::process::Command;

use lopdf::{Document, Object, dictionary};
use serde_json::Value;
use tieout_reports::{
    Layout, OutputFact, Parts, ReportData, SigningIdentity, TWIN_BYTES_MAX, Twin, TwinFile, attached_files,
    render_pdf_with, report_json, sign_pdf, verify_pdf, write_exceptions_csv, write_matches_csv,
};

const MADE: &str = "2024-02-03T09:15:00Z";

/// A report's data as files: `matches.csv`, `exceptions.csv`, `report.json`.
type Files = [(&'static str, Vec<u8>); 3];

fn files(data: &ReportData<'_>) -> Files {
    let (mut matches, mut exceptions) = (Vec::new(), Vec::new());
    write_matches_csv(&mut matches, fixture::matches(12)).unwrap();
    write_exceptions_csv(&mut exceptions, fixture::exceptions(4)).unwrap();
    let outputs = [OutputFact::of("matches.csv", &matches), OutputFact::of("exceptions.csv", &exceptions)];
    let json = report_json(data, &outputs).unwrap();
    [("matches.csv", matches), ("exceptions.csv", exceptions), ("report.json", json)]
}

fn data(parts: Parts) -> ReportData<'static> {
    let mut data = fixture::report(fixture::tables(12, 4));
    data.layout = Layout { parts, ..Layout::default() };
    data
}

fn unsigned<'f>(data: &ReportData<'_>, files: impl IntoIterator<Item = &'f (&'static str, Vec<u8>)>) -> Vec<u8> {
    let files = files.into_iter().map(|(name, bytes)| TwinFile { name, bytes }).collect();
    render_pdf_with(data, &[], &Twin { files, left_out: Vec::new() }).unwrap()
}

/// Signed by somebody whom nobody knows.
fn signed(unsigned: &[u8]) -> Vec<u8> {
    let stranger = SigningIdentity::generate("Anna Nowak", fixture::at(MADE)).unwrap();
    sign_pdf(unsigned, &stranger, fixture::at(MADE), "Reconciliation report").unwrap()
}

#[track_caller]
fn refused(pdf: &[u8], because: &str) {
    let found = verify_pdf(pdf);
    assert!(!found.valid, "accepted, though it should be refused because {because}");
    assert!(found.findings.iter().any(|finding| finding.contains(because)), "{because}: {:?}", found.findings);
}

#[test]
fn a_report_carries_its_data_and_they_agree_with_its_pages() {
    for parts in Parts::ALL {
        let data = data(parts);
        let files = files(&data);
        let pdf = signed(&unsigned(&data, &files));
        let found = verify_pdf(&pdf);
        assert_eq!(found.findings, Vec::<String>::new(), "{parts:?}");
        assert!(found.notes.iter().any(|note| note.contains("exceptions.csv, matches.csv, report.json")), "{found:?}");
        let mut inside = attached_files(&pdf).unwrap();
        inside.sort_by_key(|(name, _)| files.iter().position(|(own, _)| own == name));
        let own: Vec<_> = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect();
        assert_eq!(inside, own, "byte for byte");
    }
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let data = data(Parts::Full);
    assert_eq!(unsigned(&data, &files(&data)), unsigned(&data, &files(&data)));
}

#[test]
fn other_programs_take_the_data_out_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report.pdf");
    let data = data(Parts::Full);
    let files = files(&data);
    std::fs::write(&report, signed(&unsigned(&data, &files))).unwrap();
    let Ok(listed) = Command::new("pdfdetach").arg("-list").arg(&report).output() else {
        return fixture::skipped("pdfdetach is not installed (poppler-utils)");
    };
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(listed.starts_with("3 embedded files"), "{listed}");
    let saved = Command::new("pdfdetach").arg("-saveall").arg("-o").arg(folder.path()).arg(&report).output().unwrap();
    assert!(saved.status.success(), "{}", String::from_utf8_lossy(&saved.stderr));
    for (name, bytes) in &files {
        assert!(listed.contains(name), "{listed}");
        assert_eq!(&std::fs::read(folder.path().join(name)).unwrap(), bytes, "{name}");
    }
}

/// Other data of the same report: whoever attaches them has to sign anew.
#[track_caller]
fn refused_with(parts: Parts, change: impl FnOnce(&mut Files), because: &str) {
    let data = data(parts);
    let mut files = files(&data);
    change(&mut files);
    refused(&signed(&unsigned(&data, &files)), because);
}

/// Changes the first digit of a text in a JSON value.
fn another(value: &mut Value) {
    match value {
        Value::Number(number) => *value = (number.as_u64().unwrap() + 1).into(),
        Value::String(text) => {
            let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
            let digit = if &text[at..=at] == "7" { "3" } else { "7" };
            text.replace_range(at..=at, digit);
        }
        other => panic!("{other}"),
    }
}

#[test]
fn every_figure_of_the_data_that_the_pages_print_is_compared() {
    for pointer in [
        "/report_metadata/generated_at",
        "/report_metadata/audit_head/hash",
        "/report_metadata/files/1/sha256",
        "/reconciliation_summary/match_rate",
        "/reconciliation_summary/automatic_rate",
        "/reconciliation_summary/matches/auto/rows",
        "/reconciliation_summary/matches/auto/statement_lines",
        "/reconciliation_summary/matches/approved/ledger_entries",
        "/reconciliation_summary/matches/suggested/rows",
        "/reconciliation_summary/matches/suggested/ledger_amount/0/amount",
        "/reconciliation_summary/matches/auto/statement_amount/0/amount",
        "/reconciliation_summary/unmatched_statement_lines/rows",
        "/reconciliation_summary/unmatched_ledger_entries/ledger_amount/0/amount",
        "/reconciliation_summary/balance_proofs/0/opening/amount",
        "/reconciliation_summary/balance_proofs/0/lines_total/amount",
        "/reconciliation_summary/balance_proofs/0/closing/amount",
        "/reconciliation_summary/balance_proofs/0/entries_total/amount",
        "/reconciliation_summary/balance_proofs/0/lines_outstanding/amount",
        "/reconciliation_summary/balance_proofs/0/entries_outstanding/amount",
        "/reconciliation_summary/balance_proofs/0/adjustments/amount",
        "/missing_transactions/unmatched_statement_lines/amount/0/amount",
        "/missing_transactions/unmatched_ledger_entries/amount/0/amount",
        "/financial_impact/exceptions_by_cause/0/rows",
        "/financial_impact/exceptions_by_cause/0/impact/0/amount",
        "/financial_impact/adjustments_by_cause/0/impact/0/amount",
        "/financial_impact/unexplained/0/amount",
    ] {
        let data = data(Parts::Full);
        // Only the pages can tell: no table is inside.
        let [.., mut json] = files(&data);
        let mut value: Value = serde_json::from_slice(&json.1).unwrap();
        another(value.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")));
        json.1 = serde_json::to_vec_pretty(&value).unwrap();
        let found = verify_pdf(&signed(&unsigned(&data, [&json])));
        assert!(found.findings.iter().any(|finding| finding.starts_with("the pages say")), "{pointer}: {found:?}");
    }
}

#[test]
fn a_table_that_comes_to_something_else_is_found() {
    let replaced = |files: &mut Files, at: usize, from: &str, to: &str| {
        let text = String::from_utf8(files[at].1.clone()).unwrap();
        assert!(text.contains(from), "{from}\n{text}");
        files[at].1 = text.replacen(from, to, 1).into_bytes();
        let fact = OutputFact::of(files[at].0, &files[at].1);
        let mut json: Value = serde_json::from_slice(&files[2].1).unwrap();
        // As somebody would do it who knows how it is checked.
        json["report_metadata"]["outputs"][at]["sha256"] = fact.sha256.to_string().into();
        files[2].1 = serde_json::to_vec_pretty(&json).unwrap();
    };
    let change = |at, from: &'static str, to: &'static str| move |files: &mut Files| replaced(files, at, from, to);
    refused_with(Parts::Full, change(0, ",12345.67,12345.67,", ",12345.67,12345.66,"), "come to another sum");
    refused_with(Parts::Full, change(0, ",auto,", ",approved,"), "matches");
    refused_with(Parts::Full, change(0, ",auto,", ",certain,"), "unknown status");
    refused_with(Parts::Full, change(1, "statement,", "ledger,"), "unmatched statement lines");
    refused_with(Parts::Full, change(1, ",timing,", ",fee,"), "other causes");
    let cut = |files: &mut Files| {
        files[1].1.truncate(files[1].1.len() - 3);
    };
    refused_with(Parts::Management, cut, "exceptions.csv inside the report is not the file that report.json names");
}

#[test]
fn data_of_another_report_are_found_out() {
    let data = data(Parts::Full);
    let mut other = fixture::report(fixture::tables(9, 3));
    other.generated_at = fixture::at("2024-02-04T09:15:00Z");
    refused(&signed(&unsigned(&data, &files(&other))), "the pages say “2024-02-03 09:15:00 UTC” for “Generated at”");
    let [matches, exceptions, _] = files(&data);
    refused(&signed(&unsigned(&data, [&matches, &exceptions])), "report.json is not inside the report");
    let files = files(&data);
    let twice = [&files[0], &files[1], &files[2], &files[2]];
    refused(&signed(&unsigned(&data, twice)), "report.json is inside the report twice");
    let odd = [&files[2], &("notes.txt", b"read me".to_vec())];
    refused(&signed(&unsigned(&data, odd)), "“notes.txt” is inside the report, and is no file of a report");
}

/// A report whose objects were changed before a stranger signed it.
fn changed(change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let data = data(Parts::Full);
    let mut document = Document::load_mem(&unsigned(&data, &files(&data))).unwrap();
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    signed(&bytes)
}

/// Numbers of the objects of this type.
fn typed(document: &Document, kind: &[u8]) -> Vec<lopdf::ObjectId> {
    let is_of = |object: &Object| match object {
        Object::Dictionary(own) => own.has_type(kind),
        Object::Stream(own) => own.dict.has_type(kind),
        _ => false,
    };
    document.objects.iter().filter(|(_, object)| is_of(object)).map(|(id, _)| *id).collect()
}

#[test]
fn attachments_are_those_that_the_report_names_and_no_others() {
    assert!(verify_pdf(&changed(|_| ())).valid, "saved again without a change");
    let digit = changed(|document| {
        let [first, ..] = typed(document, b"EmbeddedFile")[..] else { panic!("files") };
        let stream = document.get_object_mut(first).unwrap().as_stream_mut().unwrap();
        let mut content = stream.decompressed_content().unwrap();
        let at = content.iter().rposition(u8::is_ascii_digit).unwrap();
        content[at] = if content[at] == b'7' { b'3' } else { b'7' };
        stream.dict.remove(b"Filter");
        stream.set_content(content);
    });
    refused(&digit, "its size or checksum is another than stated");
    let missing = changed(|document| {
        let [tree] = document
            .objects
            .iter()
            .filter(|(_, object)| object.as_dict().is_ok_and(|own| own.has(b"Names") && own.len() == 1))
            .map(|(id, _)| *id)
            .collect::<Vec<_>>()[..]
        else {
            panic!("one tree")
        };
        let names = document.get_dictionary_mut(tree).unwrap().get_mut(b"Names").unwrap().as_array_mut().unwrap();
        names.drain(..2);
        document.catalog_mut().unwrap().get_mut(b"AF").unwrap().as_array_mut().unwrap().remove(0);
        let [first, ..] = typed(document, b"Filespec")[..] else { panic!("files") };
        document.delete_object(first);
        let [first, ..] = typed(document, b"EmbeddedFile")[..] else { panic!("files") };
        document.delete_object(first);
    });
    refused(&missing, "exceptions.csv is missing inside the report");
    let none = changed(|document| {
        let catalog = document.catalog_mut().unwrap();
        catalog.remove(b"AF");
        catalog.remove(b"Names");
        for id in typed(document, b"Filespec").into_iter().chain(typed(document, b"EmbeddedFile")) {
            document.delete_object(id);
        }
    });
    refused(&none, "report.json is missing inside the report");
    let added = changed(|document| {
        let [stream, ..] = typed(document, b"EmbeddedFile")[..] else { panic!("files") };
        document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "FileAttachment", "FS" => dictionary! {
        "Type" => "Filespec", "EF" => dictionary! { "F" => stream } } });
    });
    refused(&added, "holds a file that the report does not name");
    let unlinked = changed(|document| {
        document.catalog_mut().unwrap().get_mut(b"AF").unwrap().as_array_mut().unwrap().pop();
    });
    refused(&unlinked, "are not attached as Tieout does it");
}

#[test]
fn a_file_larger_than_a_report_may_carry_is_refused_before_it_is_unfolded() {
    let bomb = changed(|document| {
        let [first, ..] = typed(document, b"EmbeddedFile")[..] else { panic!("files") };
        let stream = document.get_object_mut(first).unwrap().as_stream_mut().unwrap();
        stream.dict.remove(b"Filter");
        stream.set_content(vec![b'0'; usize::try_from(TWIN_BYTES_MAX).unwrap() + 1]);
        stream.compress().unwrap();
    });
    assert!(bomb.len() < 1 << 20);
    refused(&bomb, "exceptions.csv inside the report cannot be read");
}

#[test]
fn a_report_says_which_data_were_too_large_for_it() {
    assert!(Twin::has_room([TWIN_BYTES_MAX - 1, 1]));
    assert!(!Twin::has_room([TWIN_BYTES_MAX, 1]) && !Twin::has_room([u64::MAX, u64::MAX]));
    let data = data(Parts::Full);
    let [matches, exceptions, json] = files(&data);
    let twin = Twin { files: vec![TwinFile { name: json.0, bytes: &json.1 }], left_out: vec![matches.0, exceptions.0] };
    let pdf = signed(&render_pdf_with(&data, &[], &twin).unwrap());
    let found = verify_pdf(&pdf);
    assert!(found.valid, "{found:?}");
    let pages: Vec<u32> = Document::load_mem(&pdf).unwrap().get_pages().into_keys().collect();
    let text = Document::load_mem(&pdf).unwrap().extract_text(&pages).unwrap();
    assert!(text.contains("carries at most 32 MiB of data: matches.csv, exceptions.csv."), "{text}");
}
