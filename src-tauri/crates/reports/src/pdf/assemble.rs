//! Puts pages, typeface and metadata together into the bytes of a PDF.

use jiff::{Timestamp, tz::TimeZone};
use lopdf::{Dictionary, Document, Object, StringFormat, text_string};
use printpdf::{PageAnnotId, PageAnnotation, PdfDocument, PdfPage, PdfSaveOptions, PdfWarnMsg};

use super::{Context, ReportError, closing::SignaturePlace, font::Fonts};
use crate::manifest::{INFO_KEY, Manifest};

/// Writes the document. printpdf lays down pages and typeface; what it cannot say (the manifest, an empty signature
/// field, an identifier that depends on the content alone) is added with lopdf.
pub(super) fn document(
    context: &Context<'_>,
    fonts: Fonts,
    pages: Vec<PdfPage>,
    bookmarks: &[(String, usize)],
    signature: Option<SignaturePlace>,
) -> Result<Vec<u8>, ReportError> {
    let mut source = PdfDocument::new("Reconciliation report");
    fonts.embed(&mut source);
    source.pages = pages;
    for (at, (title, page)) in bookmarks.iter().enumerate() {
        let bookmark = PageAnnotation { name: title.clone(), page: *page };
        source.bookmarks.map.insert(PageAnnotId(format!("{at:04}")), bookmark);
    }
    let mut warnings: Vec<PdfWarnMsg> = Vec::new();
    let mut document = printpdf::to_lopdf_doc(&source, &PdfSaveOptions::default(), &mut warnings);
    document.version = "1.7".to_owned();
    let info = information(context)?;
    let info = document.add_object(info);
    let catalog = document.catalog_mut().map_err(written)?;
    catalog.set("Lang", text_string("en"));
    catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", preferences);
    if let Some(place) = signature {
        signature_field(&mut document, place)?;
    }
    if let Ok(Object::Reference(unused)) = document.trailer.get(b"Info").cloned() {
        document.objects.remove(&unused);
    }
    document.trailer.set("Info", Object::Reference(info));
    document.trailer.remove(b"ID");
    document.compress();
    let identifier = crate::sha256(&saved(&mut document)?).as_bytes()[..16].to_vec();
    let identifier = Object::String(identifier, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    saved(&mut document)
}

fn saved(document: &mut Document) -> Result<Vec<u8>, ReportError> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(written)?;
    Ok(bytes)
}

fn written(error: impl std::fmt::Display) -> ReportError {
    ReportError::Write(error.to_string())
}

/// The information dictionary, with the digests of the files beside the report.
fn information(context: &Context<'_>) -> Result<Dictionary, ReportError> {
    let data = context.data;
    let manifest = Manifest { files: context.outputs.to_vec(), audit_head: data.audit_head };
    let made = pdf_date(data.generated_at);
    let mut info = Dictionary::new();
    info.set("Title", text_string(&format!("Reconciliation report · {}", super::front::footer(context))));
    info.set("Author", text_string(&data.prepared_by));
    info.set("Creator", text_string(&format!("Tieout {}", data.engine_version)));
    info.set("Producer", text_string("Tieout"));
    info.set("CreationDate", text_string(&made));
    info.set("ModDate", text_string(&made));
    info.set(INFO_KEY, text_string(&manifest.to_ascii().map_err(written)?));
    Ok(info)
}

/// `D:20261121041554+00'00'`
pub(crate) fn pdf_date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("D:%Y%m%d%H%M%S+00'00'").to_string()
}

/// An empty signature field over the block on the last page, for the signature to fill.
fn signature_field(document: &mut Document, place: SignaturePlace) -> Result<(), ReportError> {
    let number = u32::try_from(place.page).unwrap_or(u32::MAX);
    let page = document.get_pages().get(&number).copied().ok_or_else(|| written("the signature's page is missing"))?;
    let mut field = Dictionary::new();
    field.set("Type", Object::Name(b"Annot".to_vec()));
    field.set("Subtype", Object::Name(b"Widget".to_vec()));
    field.set("FT", Object::Name(b"Sig".to_vec()));
    field.set("T", text_string("Signature"));
    field.set("F", 132);
    field.set("P", Object::Reference(page));
    field.set("Rect", place.rectangle.map(Object::Real).to_vec());
    let mut appearances = Dictionary::new();
    appearances.set("N", Object::Reference(empty_appearance(document, place.rectangle)));
    field.set("AP", appearances);
    let field = document.add_object(field);
    let mut form = Dictionary::new();
    form.set("Fields", vec![Object::Reference(field)]);
    form.set("SigFlags", 1);
    let form = document.add_object(form);
    document.catalog_mut().map_err(written)?.set("AcroForm", Object::Reference(form));
    let page = document.get_dictionary_mut(page).map_err(written)?;
    page.set("Annots", vec![Object::Reference(field)]);
    Ok(())
}

/// The block itself is drawn on the page; the field over it adds nothing.
fn empty_appearance(document: &mut Document, [left, bottom, right, top]: [f32; 4]) -> lopdf::ObjectId {
    let mut form = Dictionary::new();
    form.set("Type", Object::Name(b"XObject".to_vec()));
    form.set("Subtype", Object::Name(b"Form".to_vec()));
    form.set("BBox", [0.0, 0.0, right - left, top - bottom].map(Object::Real).to_vec());
    form.set("Resources", Dictionary::new());
    document.add_object(lopdf::Stream::new(form, Vec::new()))
}
