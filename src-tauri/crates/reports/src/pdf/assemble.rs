//! Puts pages, typeface and metadata together into the bytes of a PDF.

use jiff::{Timestamp, tz::TimeZone};
use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, content::Content, text_string};
use printpdf::{
    Codepoint, Mm, Op, PageAnnotId, PageAnnotation, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, PdfWarnMsg,
    Pt, TextItem,
};
use rayon::prelude::*;

use super::{
    Context, ReportError,
    closing::SignaturePlace,
    font::{Fonts, Weight},
    marks::{Codes, Page, Used},
};
use crate::{
    manifest::{INFO_KEY, Manifest},
    text::MINUS,
};

/// Writes the document. printpdf lays down empty pages, outline and typeface; the pages' content and what it cannot say
/// (the manifest, an empty signature field, an identifier that depends on the content alone) is added with lopdf.
pub(super) fn document(
    context: &Context<'_>,
    fonts: Fonts,
    pages: &[Page],
    bookmarks: &[(String, usize)],
    signature: Option<SignaturePlace>,
) -> Result<Vec<u8>, ReportError> {
    let used = Used::on(pages);
    let specimen = specimen(&fonts, &used);
    let mut codes = Codes::new(FACES.map(|face| fonts.id(face).0));
    let mut source = PdfDocument::new("Reconciliation report");
    fonts.embed(&mut source);
    source.pages = vec![PdfPage::new(Mm(210.0), Mm(297.0), Vec::new()); pages.len()];
    if let Some(first) = source.pages.first_mut() {
        first.ops = specimen;
    }
    for (at, (title, page)) in bookmarks.iter().enumerate() {
        let bookmark = PageAnnotation { name: title.clone(), page: *page };
        source.bookmarks.map.insert(PageAnnotId(format!("{at:04}")), bookmark);
    }
    let mut warnings: Vec<PdfWarnMsg> = Vec::new();
    let mut document = printpdf::to_lopdf_doc(&source, &PdfSaveOptions::default(), &mut warnings);
    document.version = "1.7".to_owned();
    let places = document.get_pages().into_values().map(|page| content_of(&document, page));
    let places = places.collect::<Result<Vec<_>, _>>()?;
    if let Some(first) = places.first() {
        read_codes(&document, *first, &used, &mut codes)?;
    }
    let contents: Vec<_> = pages.par_iter().map(|page| page.content(&codes)).collect();
    for (place, content) in places.into_iter().zip(contents) {
        document.set_object(place, Stream::new(Dictionary::new(), content));
    }
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
    compress(&mut document)?;
    let identifier = crate::sha256(&saved(&mut document)?).as_bytes()[..16].to_vec();
    let identifier = Object::String(identifier, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    saved(&mut document)
}

const FACES: [Weight; 2] = [Weight::Regular, Weight::Semibold];

/// Every character that is used, once: from it printpdf learns which glyphs to embed, and we what it calls them. Of
/// characters that share a glyph the last is what a reader copies, so the plainest comes last.
fn specimen(fonts: &Fonts, used: &Used) -> Vec<Op> {
    let mut ops = vec![Op::StartTextSection];
    for face in FACES {
        ops.push(Op::SetFont { font: PdfFontHandle::External(fonts.id(face)), size: Pt(1.0) });
        for c in used.of(face).into_iter().rev() {
            let item = if c == MINUS {
                // Drawn as a minus sign, but copied and searched as a hyphen, so that amounts paste as numbers.
                TextItem::GlyphIds(vec![Codepoint::with_cid(fonts.glyph(face, c), 0.0, "-".to_owned())])
            } else {
                TextItem::Text(c.to_string())
            };
            ops.push(Op::ShowText { items: vec![item] });
        }
    }
    ops.push(Op::EndTextSection);
    ops
}

/// The codes that the specimen was written with.
fn read_codes(document: &Document, specimen: ObjectId, used: &Used, codes: &mut Codes) -> Result<(), ReportError> {
    let content = document.get_object(specimen).and_then(Object::as_stream).map_err(written)?;
    let content = Content::decode(&content.content).map_err(written)?;
    let mut shown = content.operations.iter().filter_map(|operation| match operation.operator.as_str() {
        "Tj" => operation.operands.first(),
        "TJ" => operation.operands.first().and_then(|items| items.as_array().ok()).and_then(|items| items.first()),
        _ => None,
    });
    for face in FACES {
        for c in used.of(face).into_iter().rev() {
            let code = shown.next().and_then(|code| code.as_str().ok()).and_then(|code| <[u8; 2]>::try_from(code).ok());
            codes.set(face, c, code.ok_or_else(|| written("the typeface's codes cannot be told"))?);
        }
    }
    Ok(())
}

/// The content stream of a page.
fn content_of(document: &Document, page: ObjectId) -> Result<ObjectId, ReportError> {
    let page = document.get_dictionary(page).map_err(written)?;
    page.get(b"Contents").and_then(Object::as_reference).map_err(written)
}

/// Packs all streams, on all cores.
fn compress(document: &mut Document) -> Result<(), ReportError> {
    let mut streams: Vec<&mut Stream> = document
        .objects
        .values_mut()
        .filter_map(|object| object.as_stream_mut().ok())
        .filter(|stream| stream.allows_compression && !stream.dict.has(b"Filter"))
        .collect();
    streams.par_iter_mut().try_for_each(|stream| {
        let mut encoder = ZlibEncoder::new(Vec::with_capacity(stream.content.len() / 4), Compression::default());
        encoder.write_all(&stream.content).map_err(written)?;
        let packed = encoder.finish().map_err(written)?;
        if packed.len() < stream.content.len() {
            stream.dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
            stream.set_content(packed);
        }
        Ok(())
    })
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
fn empty_appearance(document: &mut Document, [left, bottom, right, top]: [f32; 4]) -> ObjectId {
    let mut form = Dictionary::new();
    form.set("Type", Object::Name(b"XObject".to_vec()));
    form.set("Subtype", Object::Name(b"Form".to_vec()));
    form.set("BBox", [0.0, 0.0, right - left, top - bottom].map(Object::Real).to_vec());
    form.set("Resources", Dictionary::new());
    document.add_object(Stream::new(form, Vec::new()))
}
