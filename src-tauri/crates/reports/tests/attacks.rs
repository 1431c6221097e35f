//! What is known of attacks on signed PDFs, each done to a report of ours by somebody without the key: all are found.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail

mod fixture;

use std::ops::Range;

use tieout_reports::{SigningIdentity, Tables, render_pdf, sign_pdf, verify_pdf};

const MADE: &str = "2024-02-03T09:15:00Z";
const FLIPS: u64 = 1_000;

fn signed() -> Vec<u8> {
    let identity = SigningIdentity::generate("Anna Nowak", fixture::at(MADE)).unwrap();
    let unsigned = render_pdf(&fixture::report(Tables::new()), &fixture::outputs()).unwrap();
    sign_pdf(&unsigned, &identity, fixture::at(MADE), "Reconciliation report").unwrap()
}

fn position(pdf: &[u8], of: &[u8]) -> usize {
    pdf.windows(of.len()).rposition(|window| window == of).unwrap()
}

/// From `<` to after `>` of the signature.
fn gap(pdf: &[u8]) -> Range<usize> {
    let start = position(pdf, b"/Contents<") + 9;
    let length = pdf[start..].iter().position(|byte| *byte == b'>').unwrap();
    start..start + length + 1
}

/// The value of the byte range, with its brackets.
fn byte_range(pdf: &[u8]) -> Range<usize> {
    let start = position(pdf, b"/ByteRange") + 10;
    let length = pdf[start..].iter().position(|byte| *byte == b']').unwrap();
    start..start + length + 1
}

/// The file with other bytes in that place, filled up with spaces so that nothing after it moves.
fn with(pdf: &[u8], place: Range<usize>, value: &str) -> Vec<u8> {
    let mut changed = pdf.to_vec();
    let mut value = value.as_bytes().to_vec();
    assert!(value.len() <= place.len());
    value.resize(place.len(), b' ');
    changed[place].copy_from_slice(&value);
    changed
}

fn and(pdf: &[u8], more: &str) -> Vec<u8> {
    [pdf, more.as_bytes()].concat()
}

/// Universal signature forgery: the signature says nothing that could be checked.
fn forgeries(pdf: &[u8]) -> Vec<(String, Vec<u8>)> {
    let (gap, range) = (gap(pdf), byte_range(pdf));
    let mut forged = vec![
        ("no byte range".to_owned(), with(pdf, range.start - 10..range.start, "/ByteRangX")),
        ("no contents".to_owned(), with(pdf, gap.start - 9..gap.start, "/Contentz")),
    ];
    let length = pdf.len();
    let ranges = [
        "null",
        "[]",
        "[0 0 0 0]",
        "[0]",
        "[0 -1 -1 -1]",
        "[-1 -1 -1 -1]",
        "null null",
        "[0 1 2]",
        &format!("[0 {length} {length} 0]"),
    ];
    forged.extend(ranges.map(|value| (format!("byte range {value}"), with(pdf, range.clone(), value))));
    let zeros = format!("<{}>", "0".repeat(gap.len() - 2));
    let contents = ["null", "<>", "<00>", "()", zeros.as_str()];
    forged.extend(contents.map(|value| (format!("contents {value:.9}"), with(pdf, gap.clone(), value))));
    forged
}

/// Incremental saving, and what shadow attacks do with it: to hide, to replace, and to hide and replace.
fn revisions(pdf: &[u8]) -> Vec<(String, Vec<u8>)> {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let root = document.trailer.get(b"Root").unwrap().as_reference().unwrap();
    let pages = document.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let page = document.get_pages()[&1];
    let signature = position(pdf, b"/Type/Sig/");
    let copied = String::from_utf8_lossy(&pdf[signature..]).into_owned();
    let table = position(pdf, b"startxref");
    let blank = format!("\n{} 0 obj\n<</Type/Page/Parent {} 0 R/MediaBox[0 0 9 9]>>\nendobj\n", page.0, pages.0);
    let catalog = format!("\n999 0 obj\n<</Type/Catalog/Pages {} 0 R>>\nendobj\n", pages.0);
    let at = |body: &str| pdf.len() + body.len();
    let whole = |body: &str, id: u32, root: u32, previous: usize| {
        let (offset, size) = (pdf.len() + 1, id.max(1_000) + 1);
        format!(
            "{body}xref\n{id} 1\n{offset:010} 00000 n \ntrailer\n<</Size {size}/Root {root} 0 R/Prev {previous}>>\n\
             startxref\n{}\n%%EOF\n",
            at(body)
        )
    };
    let own = pdf[table..].split(|byte| *byte == b'\n').nth(1).unwrap();
    let own: usize = std::str::from_utf8(own).unwrap().trim().parse().unwrap();
    let gap = gap(pdf).start;
    [
        ("a revision that replaces a page", whole(&blank, page.0, root.0, own)),
        ("a revision with a second catalogue", whole(&catalog, 999, 999, own)),
        ("a catalogue under the old number", whole(&catalog.replace("999", &root.0.to_string()), root.0, root.0, own)),
        ("a revision whose previous one is itself", whole(&blank, page.0, root.0, at(&blank))),
        ("a revision whose previous one is in the gap", whole(&blank, page.0, root.0, gap)),
        ("an object without table and trailer", blank.clone()),
        ("an object twice", format!("{blank}{blank}")),
        ("an object and a trailer without table", format!("{blank}trailer\n<</Root {} 0 R>>\n%%EOF\n", root.0)),
        ("an object and a false end", format!("{blank}%%EOF\n")),
        ("a table's place in the gap", format!("startxref\n{gap}\n%%EOF\n")),
        ("an old table's place said again", format!("startxref\n{own}\n%%EOF\n")),
        ("a copy of the signature", format!("\n998 0 obj\n<<{copied}\nendobj\n%%EOF\n")),
        ("a comment", "% seen\n".to_owned()),
        ("a zero byte", "\0".to_owned()),
    ]
    .map(|(name, more)| (name.to_owned(), and(pdf, &more)))
    .into()
}

/// Signature wrapping: what was signed is moved, and something stands where it was.
fn wrappings(pdf: &[u8]) -> Vec<(String, Vec<u8>)> {
    let gap = gap(pdf);
    let (before, contents, after) = (&pdf[..gap.start], &pdf[gap.clone()], &pdf[gap.end..]);
    let wrap = |more: &str, ranges: usize| {
        let moved = |range: &str| format!("{range}{more}");
        // The new range stands in the gap whose length it tells: again, until it is as long as it says.
        let mut said = String::new();
        for _ in 0..3 {
            let to = gap.end + moved(&said).len();
            said = format!("/ByteRange[0 {} {to} {}]", gap.start, after.len()).repeat(ranges);
        }
        [before, contents, moved(&said).as_bytes(), after].concat()
    };
    let object = ">>\nendobj\n997 0 obj\n<</Type/Catalog";
    vec![
        ("a second byte range in the gap".to_owned(), wrap("", 1)),
        ("two more byte ranges in the gap".to_owned(), wrap("", 2)),
        ("a moved end with padding".to_owned(), wrap(&" ".repeat(500), 1)),
        ("a moved end with another object".to_owned(), wrap(object, 1)),
        ("a second signature in the gap".to_owned(), wrap(&String::from_utf8_lossy(contents), 1)),
    ]
}

#[test]
fn every_known_attack_on_a_signed_pdf_is_found() {
    let pdf = signed();
    assert!(verify_pdf(&pdf).valid);
    let attacks: Vec<_> = [forgeries(&pdf), revisions(&pdf), wrappings(&pdf)].into_iter().flatten().collect();
    let missed: Vec<_> =
        attacks.iter().filter(|(_, changed)| verify_pdf(changed).valid).map(|(name, _)| name).collect();
    println!("attacks on a signed report: {} of {} found", attacks.len() - missed.len(), attacks.len());
    assert!(missed.is_empty(), "not found: {missed:?}");
}

#[test]
fn a_thousand_flips_of_a_signed_report_are_found() {
    let pdf = signed();
    let mut mixed = 7_u64;
    let mut missed = Vec::new();
    for _ in 0..FLIPS {
        mixed = mixed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = usize::try_from(mixed >> 33).unwrap() % pdf.len();
        let mut changed = pdf.clone();
        changed[at] ^= 1 << (mixed >> 29 & 7);
        if verify_pdf(&changed).valid {
            missed.push(at);
        }
    }
    println!("flips of a signed report: {} of {FLIPS} found", FLIPS as usize - missed.len());
    assert!(missed.is_empty(), "not found at {missed:?} of {} (signature at {:?})", pdf.len(), gap(&pdf));
}
