//! A signed report proves itself, and whatever is done to it afterwards is found.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail

mod fixture;

use std::process::Command;

use tieout_reports::{
    OutputFact, SignError, SignerNote, SigningIdentity, Tables, render_pdf, report_json, sha256, sign_pdf,
    verify_folder, verify_pdf, write_exceptions_csv, write_matches_csv,
};

const MADE: &str = "2024-02-03T09:15:00Z";

fn identity() -> SigningIdentity {
    SigningIdentity::generate("Anna Nowak", fixture::at(MADE)).unwrap()
}

fn signed_by(identity: &SigningIdentity) -> Vec<u8> {
    let mut data = fixture::report(Tables::new());
    data.signer =
        Some(SignerNote { name: identity.common_name(), fingerprint: identity.fingerprint(), one_time: false });
    let unsigned = render_pdf(&data, &fixture::outputs()).unwrap();
    sign_pdf(&unsigned, identity, fixture::at(MADE), "Reconciliation report").unwrap()
}

/// Position of the signature: from `<` to after `>`.
fn gap(pdf: &[u8]) -> std::ops::Range<usize> {
    let start = pdf.windows(11).position(|window| window.starts_with(b"/Contents<")).unwrap() + 9;
    let length = pdf[start..].iter().position(|byte| *byte == b'>').unwrap();
    start..start + length + 1
}

#[track_caller]
fn refused(pdf: &[u8], because: &str) {
    let found = verify_pdf(pdf);
    assert!(!found.valid, "accepted, though it should be refused because {because}");
    assert!(found.findings.iter().any(|finding| finding.contains(because)), "{:?}", found.findings);
}

#[test]
fn a_signed_report_is_valid_and_names_its_signer_and_files() {
    let identity = identity();
    let found = verify_pdf(&signed_by(&identity));
    assert_eq!(found.findings, Vec::<String>::new());
    assert!(found.valid && found.covers_whole_file);
    let [signer] = found.signers.as_slice() else { panic!("one signer") };
    assert_eq!((signer.name.as_str(), signer.fingerprint), ("Anna Nowak", identity.fingerprint()));
    assert_eq!(signer.signed_at, Some(fixture::at(MADE)));
    assert!(found.notes.iter().any(|note| note.contains("Unknown signer") && note.contains("self-signed")));
    let names: Vec<_> = found.file_digests.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["matches.csv", "exceptions.csv", "report.json"]);
    assert_eq!(found.audit_head.unwrap().sequence, 1_482);
}

#[test]
fn a_report_without_a_signature_block_is_signed_all_the_same() {
    let unsigned = render_pdf(&fixture::report(Tables::new()), &[]).unwrap();
    refused(&unsigned, "carries no signature");
    let signed = sign_pdf(&unsigned, &identity(), fixture::at(MADE), "").unwrap();
    assert!(verify_pdf(&signed).valid);
    assert!(matches!(sign_pdf(&signed, &identity(), fixture::at(MADE), ""), Err(SignError::UnsignablePdf(_))));
}

#[test]
fn a_changed_byte_is_found_wherever_it_is() {
    let pdf = signed_by(&identity());
    let gap = gap(&pdf);
    let outside = (0..pdf.len()).step_by(211).filter(|at| !gap.contains(at));
    let inside = gap.clone().step_by(17);
    for at in outside.chain(inside).chain([gap.start, gap.end - 1, pdf.len() - 1]) {
        for bit in [0x01, 0x20] {
            let mut changed = pdf.clone();
            changed[at] ^= bit;
            assert!(!verify_pdf(&changed).valid, "byte {at} of {} (signature at {gap:?}), bit {bit:#x}", pdf.len());
        }
    }
}

#[test]
fn what_is_added_after_signing_is_found() {
    let pdf = signed_by(&identity());
    refused(&[pdf.as_slice(), b"\n"].concat(), "1 bytes were added");
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let page = document.get_pages()[&1];
    let mut update = lopdf::IncrementalDocument::create_from(pdf, document);
    update.opt_clone_object_to_new_document(page).unwrap();
    let mut revised = Vec::new();
    update.save_to(&mut revised).unwrap();
    refused(&revised, "added after the file was signed");
}

#[test]
fn bytes_hidden_beside_the_signature_are_found() {
    let pdf = signed_by(&identity());
    let gap = gap(&pdf);
    let mut padded = pdf.clone();
    padded[gap.end - 3] = b'7';
    refused(&padded, "hidden in the room left for the signature");
    let mut blank = pdf;
    blank[gap.end - 2] = b' ';
    refused(&blank, "holds something else");
}

#[test]
fn a_signature_of_someone_else_is_not_taken_for_this_ones() {
    let unsigned = render_pdf(&fixture::report(Tables::new()), &[]).unwrap();
    let signed = |reason| sign_pdf(&unsigned, &identity(), fixture::at(MADE), reason).unwrap();
    let (one, other) = (signed("I agree"), signed("I doubt"));
    let (gap_one, gap_other) = (gap(&one), gap(&other));
    assert_eq!(gap_one, gap_other);
    let mut mixed = one.clone();
    mixed[gap_one].copy_from_slice(&other[gap_other]);
    refused(&mixed, "altered after it was signed");
}

#[test]
fn hostile_bytes_are_refused_without_a_panic() {
    let pdf = signed_by(&identity());
    for length in (0..pdf.len()).step_by(997) {
        assert!(!verify_pdf(&pdf[..length]).valid);
    }
    for bytes in [&b""[..], b"%PDF-", b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF", &b"[".repeat(200_000)] {
        refused(bytes, "not a PDF");
    }
}

#[test]
fn a_changed_or_missing_file_of_the_folder_is_found() {
    let tables = fixture::tables(6, 3);
    let (matches, exceptions) = (
        tables_rows(|out| write_matches_csv(out, fixture::matches(6)).unwrap()),
        tables_rows(|out| write_exceptions_csv(out, fixture::exceptions(3)).unwrap()),
    );
    let data = fixture::report(tables);
    let mut outputs = vec![OutputFact::of("matches.csv", &matches), OutputFact::of("exceptions.csv", &exceptions)];
    let json = report_json(&data, &outputs).unwrap();
    outputs.push(OutputFact::of("report.json", &json));
    let pdf = sign_pdf(&render_pdf(&data, &outputs).unwrap(), &identity(), fixture::at(MADE), "").unwrap();
    let folder = [("matches.csv", matches.as_slice()), ("exceptions.csv", exceptions.as_slice())];
    let found = verify_folder(&json, &pdf, &folder);
    assert!(found.valid, "{:?}", found.findings);

    let forged = String::from_utf8(matches.clone()).unwrap().replacen("auto", "AUTO", 1);
    let found = verify_folder(&json, &pdf, &[("matches.csv", forged.as_bytes()), folder[1]]);
    assert!(!found.valid && found.findings[0].starts_with("matches.csv was altered"), "{:?}", found.findings);
    let found = verify_folder(&json, &pdf, &folder[..1]);
    assert_eq!(found.findings, ["exceptions.csv is missing from the folder"]);
    let found = verify_folder(b"{}", &pdf, &folder);
    assert!(found.findings[0].starts_with("report.json was altered"), "{:?}", found.findings);
}

fn tables_rows(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(&mut bytes);
    bytes
}

#[test]
fn an_identity_survives_the_keychain_and_fits_into_it() {
    let identity = SigningIdentity::generate(
        "Ελένη Παπαδοπούλου-Łódź, Ján Čech und weitere Unterzeichner der Firma Beispiel GmbH",
        fixture::at(MADE),
    )
    .unwrap();
    assert_eq!(identity.common_name().chars().count(), 64);
    let bytes = identity.to_secret_bytes();
    assert!(bytes.len() * 2 < 1_280, "{} bytes do not fit a Windows keychain as hexadecimal text", bytes.len());
    let again = SigningIdentity::from_secret_bytes(&bytes).unwrap();
    assert_eq!((again.common_name(), again.fingerprint()), (identity.common_name(), identity.fingerprint()));
    assert!(verify_pdf(&signed_by(&again)).valid);
    for length in [0, 5, 36, 37, bytes.len() - 1] {
        assert!(SigningIdentity::from_secret_bytes(&bytes[..length]).is_err(), "{length}");
    }
    let mut other_key = bytes.to_vec();
    other_key[10] ^= 1;
    assert!(matches!(SigningIdentity::from_secret_bytes(&other_key), Err(SignError::DamagedIdentity)));
    assert!(matches!(SigningIdentity::generate(" \n", fixture::at(MADE)), Err(SignError::NoName)));
}

#[test]
fn an_issued_identity_is_imported_with_its_chain() {
    let file = include_bytes!("fixture/issued.p12");
    let identity = SigningIdentity::from_pkcs12(file, "tieout-test").unwrap();
    assert_eq!(identity.common_name(), "Jane Auditor");
    let unsigned = render_pdf(&fixture::report(Tables::new()), &[]).unwrap();
    let signed = sign_pdf(&unsigned, &identity, fixture::at("2030-01-01T00:00:00Z"), "").unwrap();
    let found = verify_pdf(&signed);
    assert!(found.valid, "{:?}", found.findings);
    assert!(found.notes.iter().any(|note| note.contains("issued by Example Issuing CA")), "{:?}", found.notes);
    let early = sign_pdf(&unsigned, &identity, fixture::at(MADE), "");
    assert!(matches!(early, Err(SignError::NotValidNow { .. })));
    assert!(matches!(SigningIdentity::from_pkcs12(file, "wrong"), Err(SignError::WrongPassphrase)));
    assert!(matches!(SigningIdentity::from_pkcs12(b"no p12", ""), Err(SignError::UnreadableIdentity(_))));
    let p521 = include_bytes!("fixture/p521.p12");
    assert!(matches!(SigningIdentity::from_pkcs12(p521, "tieout-test"), Err(SignError::UnsupportedKey)));
}

#[test]
fn pdfsig_agrees() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.pdf");
    let pdf = signed_by(&identity());
    std::fs::write(&file, &pdf).unwrap();
    let Ok(answer) = Command::new("pdfsig").arg("-nocert").arg(&file).output() else {
        fixture::skipped("pdfsig is not installed (poppler-utils)");
        return;
    };
    let text = String::from_utf8_lossy(&answer.stdout);
    assert!(text.contains("Signature is Valid") && text.contains("Total document signed"), "{text}");
    assert!(text.contains("ETSI.CAdES.detached"), "{text}");
    assert_ne!(sha256(&pdf), sha256(&[]));
}
