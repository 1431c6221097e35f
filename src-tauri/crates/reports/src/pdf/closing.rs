//! The last pages: configuration, the evidence that ties the report to its files, and how to check the signature.

use super::{
    Context,
    font::REPLACEMENT,
    scripts,
    sheet::{LEFT, Sheets, Style},
};
use crate::{text, twin::TWIN_BYTES_MAX};

/// How a signer is told whose key lives for one report.
const ONE_TIME: &str = " (one-time identity)";

/// Where the signature's field lies: page from 1, and its rectangle in PDF coordinates.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignaturePlace {
    pub(super) page: usize,
    pub(super) rectangle: [f32; 4],
}

/// The settings under which the engine worked.
pub(super) fn configuration(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    // The settings are read together, unless there are many of them.
    sheets.section("Configuration", (context.data.configuration.len() as f32 * 15.0).clamp(40.0, 240.0));
    if context.data.configuration.is_empty() {
        sheets.paragraph("The documented defaults of the profile.", Style::regular(9.0));
        return;
    }
    for (key, value) in &context.data.configuration {
        let lines = sheets.fonts.wrap(value, sheets.width() - 170.0, Style::regular(8.5), 6);
        sheets.need(15.0);
        sheets.text_fit(LEFT, sheets.y + 10.5, 160.0, key, Style::muted(8.5));
        for line in lines.iter().map(String::as_str).chain(lines.is_empty().then_some("–")) {
            sheets.need(14.0);
            sheets.text(LEFT + 170.0, sheets.y + 10.5, line, Style::regular(8.5));
            sheets.y += 13.0;
        }
        sheets.y += 1.5;
        sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
    }
}

/// Digests of the files beside the report, the audit chain's head, and what could not be printed.
pub(super) fn evidence(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    // Evidence and signature are read together.
    sheets.section("Evidence", 295.0);
    let data = context.data;
    data_files(sheets, context);
    match data.audit_head {
        Some(head) => {
            let words = format!("Head of the audit chain: event {}, SHA-256", text::count(head.sequence));
            sheets.paragraph(&words, Style::regular(9.0));
            sheets.need(14.0);
            sheets.text(LEFT, sheets.y + 8.0, &head.hash.to_string(), Style::muted(8.0));
            sheets.y += 16.0;
        }
        None => sheets
            .paragraph("There is no audit chain: this run worked on files, without a workbook.", Style::regular(9.0)),
    }
    sheets.paragraph(
        "To verify: run “tieout verify” on this file or on its folder. It demands that the signature covers every byte, \
         that nothing was added afterwards, and that the files inside and beside it are unchanged and agree with the \
         pages. Without Tieout: “pdfsig” (poppler-utils) and pyHanko check the same signature, “pdfdetach” takes the \
         files out, and “sha256sum” checks them.",
        Style::regular(9.0),
    );
    let missing = sheets.fonts.missing();
    if !missing.is_empty() {
        let kept = match (context.twin.files.is_empty(), context.outputs.is_empty()) {
            (false, _) => "The files inside this one hold",
            (true, false) => "The files beside this one hold",
            (true, true) => "The workbook holds",
        };
        let words = format!(
            "{REPLACEMENT} stands for characters that the typeface of this report does not have, by script: {}. {kept} \
             them unchanged.",
            scripts::named(&missing),
        );
        sheets.paragraph(&words, Style::regular(9.0));
    }
}

/// The report's data for machines: where they are, and their digests.
fn data_files(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let attached = context.twin.facts();
    let (words, files) = match (context.outputs.is_empty(), attached.is_empty()) {
        (true, true) => return,
        (true, false) => ("The data of this report are files inside it, by SHA-256:", attached.as_slice()),
        (false, true) => ("Files written with this report, by SHA-256:", context.outputs),
        (false, false) => ("Files written with this report and carried inside it, by SHA-256:", context.outputs),
    };
    sheets.paragraph(words, Style::regular(9.0));
    for file in files {
        sheets.need(14.0);
        sheets.text_fit(LEFT, sheets.y + 9.0, 150.0, &file.name, Style::regular(8.5));
        sheets.text(LEFT + 160.0, sheets.y + 9.0, &file.sha256.to_string(), Style::muted(8.0));
        sheets.y += 13.0;
    }
    sheets.y += 6.0;
    let left_out = context.twin.left_out.as_slice();
    if !left_out.is_empty() {
        let place = if context.outputs.is_empty() {
            "“tieout workbook export” writes them."
        } else {
            "They are beside it."
        };
        let words = format!(
            "Not inside it, for a report carries at most {} MiB of data: {}. {place}",
            TWIN_BYTES_MAX >> 20,
            left_out.join(", ")
        );
        sheets.paragraph(&words, Style::regular(9.0));
    }
}

/// The block that PDF readers tie to the signature. None where the data name no signer.
pub(super) fn signature(sheets: &mut Sheets<'_>, context: &Context<'_>) -> Option<SignaturePlace> {
    let signer = context.data.signer.as_ref()?;
    let height = 66.0;
    sheets.section("Signature", height + 6.0);
    let (x, y, width) = (LEFT, sheets.y, sheets.width());
    sheets.fill(x, y, width, height, 0.95);
    sheets.fill(x, y, 3.0, height, 0.25);
    // An identity that belongs to nobody has it in its name.
    let told = signer.name.ends_with(ONE_TIME);
    let kind = if signer.one_time && !told { ONE_TIME } else { "" };
    sheets.text(x + 14.0, y + 15.0, "Digitally signed by", Style::muted(8.0));
    sheets.text_fit(x + 14.0, y + 30.0, width - 28.0, &format!("{}{kind}", signer.name), Style::semibold(12.0));
    let at = format!("Report made {} · PAdES B-B, ECDSA P-256, SHA-256", text::moment(context.data.generated_at));
    sheets.text(x + 14.0, y + 44.0, &at, Style::regular(8.0));
    let certificate = format!("Certificate SHA-256 {}", signer.fingerprint);
    sheets.text_fit(x + 14.0, y + 56.0, width - 28.0, &certificate, Style::muted(7.5));
    sheets.y += height;
    let bottom = sheets.height() - y - height;
    Some(SignaturePlace { page: sheets.page(), rectangle: [x, bottom, x + width, bottom + height] })
}
