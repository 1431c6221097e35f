//! Puts pages, typeface and metadata together into the bytes of a PDF.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use jiff::{Timestamp, tz::TimeZone};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, content::Content, text_string};
use printpdf::{Codepoint, Mm, Op, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, PdfWarnMsg, Pt, TextItem};
use rayon::prelude::*;

use super::{
    Context, ReportError, attach,
    closing::SignaturePlace,
    font::{Fonts, Weight},
    marks::{Codes, Page, Used},
};
use crate::{
    manifest::{INFO_KEY, Manifest},
    text::MINUS,
};

/// Writes the document. printpdf embeds the typeface, from one page with a specimen of it; the pages, the outline and
/// what it cannot say (the manifest, an empty signature field, an identifier that depends on the content alone) are added
/// with lopdf.
pub(super) fn document(
    context: &Context<'_>,
    fonts: Fonts,
    pages: &[Page],
    bookmarks: &[(String, usize)],
    signature: Option<SignaturePlace>,
) -> Result<Vec<u8>, ReportError> {
    let used = Used::on(pages);
    let (width, height) = context.data.layout.paper.millimetres();
    let specimen = PdfPage::new(Mm(width), Mm(height), specimen(&fonts, &used));
    let mut codes = Codes::new(FACES.map(|face| fonts.id(face).0));
    let mut source = PdfDocument::new(context.data.layout.parts.title());
    fonts.embed(&mut source);
    source.pages.push(specimen);
    let mut warnings: Vec<PdfWarnMsg> = Vec::new();
    let mut document = printpdf::to_lopdf_doc(&source, &PdfSaveOptions::default(), &mut warnings);
    document.version = "1.7".to_owned();
    let specimen = document.page_iter().next().ok_or_else(|| written("the first page is missing"))?;
    read_codes(&document, specimen, &used, &mut codes)?;
    let contents = pages.par_iter().map(|page| packed(Dictionary::new(), page.content(&codes)));
    let contents = contents.collect::<Result<Vec<_>, _>>()?;
    let page_ids = place_pages(&mut document, specimen, contents)?;
    outline(&mut document, &page_ids, bookmarks)?;
    let info = information(context)?;
    let info = document.add_object(info);
    let catalog = document.catalog_mut().map_err(written)?;
    catalog.set("Lang", text_string("en"));
    catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", preferences);
    attach::files(&mut document, context)?;
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

/// How hard streams are packed: the usual 6 takes 1.7 times as long for a twentieth less.
const PACKING: u32 = 4;

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
    let content = document.get_page_content(specimen);
    let content = Content::decode(&content).map_err(written)?;
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

/// Puts the pages where the specimen stood. Size and typeface are said once, of all of them.
fn place_pages(
    document: &mut Document,
    specimen: ObjectId,
    contents: Vec<Stream>,
) -> Result<Vec<ObjectId>, ReportError> {
    let page = document.get_dictionary(specimen).map_err(written)?.clone();
    let value = |key: &[u8]| page.get(key).map_err(written);
    let tree = value(b"Parent").and_then(|tree| tree.as_reference().map_err(written))?;
    let mut first = Some((specimen, value(b"Contents").and_then(|content| content.as_reference().map_err(written))?));
    let mut ids = Vec::with_capacity(contents.len());
    for content in contents {
        let (id, place) = first.take().unwrap_or_else(|| (document.new_object_id(), document.new_object_id()));
        let mut page = Dictionary::new();
        page.set("Type", Object::Name(b"Page".to_vec()));
        page.set("Parent", Object::Reference(tree));
        page.set("Contents", Object::Reference(place));
        document.set_object(id, page);
        document.set_object(place, content);
        ids.push(id);
    }
    let (size, resources) = (value(b"MediaBox")?.clone(), value(b"Resources")?.clone());
    let tree = document.get_dictionary_mut(tree).map_err(written)?;
    tree.set("MediaBox", size);
    tree.set("Resources", resources);
    tree.set("Count", Object::Integer(i64::try_from(ids.len()).map_err(written)?));
    tree.set("Kids", ids.iter().copied().map(Object::Reference).collect::<Vec<_>>());
    Ok(ids)
}

/// The sections, to be found beside the pages.
fn outline(document: &mut Document, pages: &[ObjectId], bookmarks: &[(String, usize)]) -> Result<(), ReportError> {
    let root = document.new_object_id();
    let ids: Vec<_> = bookmarks.iter().map(|_| document.new_object_id()).collect();
    for (at, (title, page)) in bookmarks.iter().enumerate() {
        let page = pages.get(page.saturating_sub(1)).ok_or_else(|| written("a section's page is missing"))?;
        let place = [Object::Reference(*page), Object::Name(b"XYZ".to_vec()), Object::Null, Object::Null, Object::Null];
        let mut entry = Dictionary::new();
        entry.set("Title", text_string(title));
        entry.set("Parent", Object::Reference(root));
        entry.set("Dest", place.to_vec());
        if let Some(previous) = at.checked_sub(1).and_then(|at| ids.get(at)) {
            entry.set("Prev", Object::Reference(*previous));
        }
        if let Some(next) = ids.get(at + 1) {
            entry.set("Next", Object::Reference(*next));
        }
        document.set_object(ids[at], entry);
    }
    let (Some(first), Some(last)) = (ids.first(), ids.last()) else { return Ok(()) };
    let mut outlines = Dictionary::new();
    outlines.set("Type", Object::Name(b"Outlines".to_vec()));
    outlines.set("First", Object::Reference(*first));
    outlines.set("Last", Object::Reference(*last));
    outlines.set("Count", Object::Integer(i64::try_from(ids.len()).map_err(written)?));
    document.set_object(root, outlines);
    document.catalog_mut().map_err(written)?.set("Outlines", Object::Reference(root));
    Ok(())
}

/// Packs the streams that are not packed yet.
fn compress(document: &mut Document) -> Result<(), ReportError> {
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.allows_compression
            && !stream.dict.has(b"Filter")
        {
            *stream = packed(std::mem::take(&mut stream.dict), std::mem::take(&mut stream.content))?;
        }
    }
    Ok(())
}

/// A stream, packed where that makes it smaller.
pub(super) fn packed(mut dictionary: Dictionary, content: Vec<u8>) -> Result<Stream, ReportError> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(content.len() / 4), Compression::new(PACKING));
    encoder.write_all(&content).map_err(written)?;
    let smaller = encoder.finish().map_err(written)?;
    if smaller.len() >= content.len() {
        return Ok(Stream::new(dictionary, content));
    }
    dictionary.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    Ok(Stream::new(dictionary, smaller))
}

fn saved(document: &mut Document) -> Result<Vec<u8>, ReportError> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(written)?;
    Ok(bytes)
}

pub(super) fn written(error: impl std::fmt::Display) -> ReportError {
    ReportError::Write(error.to_string())
}

/// The information dictionary, with the digests of the files beside the report and inside it.
fn information(context: &Context<'_>) -> Result<Dictionary, ReportError> {
    let data = context.data;
    let manifest =
        Manifest { files: context.outputs.to_vec(), attached: context.twin.facts(), audit_head: data.audit_head };
    let made = pdf_date(data.generated_at);
    let mut info = Dictionary::new();
    info.set("Title", text_string(&format!("{} · {}", data.layout.parts.title(), super::front::footer(context))));
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
