//! Puts a signature into a PDF: one appended revision, with room for the signature, which is then filled in.

use jiff::Timestamp;
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, StringFormat, text_string};

use super::{
    SignError, cms,
    identity::SigningIdentity,
    place::{Gap, signed_parts, sole_position},
};
use crate::pdf::pdf_date;

/// Room for a number of the byte range; wide enough for any file.
const RANGE_ROOM: i64 = 9_999_999_999;
/// Spare room: an ECDSA signature in DER varies by a few bytes.
const SPARE_BYTES: usize = 64;
/// Room grows in steps, so that the file's length does not depend on chance.
const ROOM_STEP_BYTES: usize = 512;

/// Signs a PDF: PAdES B-B (`ETSI.CAdES.detached`), as a certification that permits no change afterwards. An empty
/// signature field of the document is filled; where there is none, an invisible one is made. `at` is the time stated.
pub fn sign_pdf(
    unsigned: &[u8],
    identity: &SigningIdentity,
    at: Timestamp,
    reason: &str,
) -> Result<Vec<u8>, SignError> {
    identity.check_usable(at)?;
    let document = Document::load_mem(unsigned).map_err(unsignable)?;
    let room = (cms::sign(&[], identity)?.len() + SPARE_BYTES).next_multiple_of(ROOM_STEP_BYTES);
    let mut update = IncrementalDocument::create_from(unsigned.to_vec(), document);
    update.new_document.version = "1.7".to_owned();
    let signature = update.new_document.add_object(signature_dictionary(identity, at, reason, room));
    add_field(&mut update, signature)?;
    let mut bytes = Vec::with_capacity(unsigned.len() + 8 * room);
    update.save_to(&mut bytes).map_err(unsignable)?;
    let gap = write_byte_range(&mut bytes, unsigned.len(), room)?;
    let encoded = cms::sign(&signed_parts(&bytes, &gap), identity)?;
    if encoded.len() > room {
        return Err(SignError::Encoding("it is longer than the room left for it".into()));
    }
    let digits = hex::encode_upper(encoded);
    bytes[gap.from + 1..gap.from + 1 + digits.len()].copy_from_slice(digits.as_bytes());
    Ok(bytes)
}

fn unsignable(error: impl std::fmt::Display) -> SignError {
    SignError::UnsignablePdf(error.to_string())
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

fn signature_dictionary(identity: &SigningIdentity, at: Timestamp, reason: &str, room: usize) -> Dictionary {
    let mut parameters = Dictionary::new();
    parameters.set("Type", name("TransformParams"));
    parameters.set("P", 1);
    parameters.set("V", name("1.2"));
    let mut reference = Dictionary::new();
    reference.set("Type", name("SigRef"));
    reference.set("TransformMethod", name("DocMDP"));
    reference.set("TransformParams", parameters);
    let mut signature = Dictionary::new();
    signature.set("Type", name("Sig"));
    signature.set("Filter", name("Adobe.PPKLite"));
    signature.set("SubFilter", name("ETSI.CAdES.detached"));
    signature.set("ByteRange", vec![Object::Integer(0), RANGE_ROOM.into(), RANGE_ROOM.into(), RANGE_ROOM.into()]);
    signature.set("Contents", Object::String(vec![0; room], StringFormat::Hexadecimal));
    signature.set("M", text_string(&pdf_date(at)));
    signature.set("Name", text_string(&identity.common_name()));
    if !reason.is_empty() {
        signature.set("Reason", text_string(reason));
    }
    signature.set("Reference", vec![Object::Dictionary(reference)]);
    signature
}

/// Ties the signature to a field, the form, and the catalogue's permissions.
fn add_field(update: &mut IncrementalDocument, signature: ObjectId) -> Result<(), SignError> {
    let previous = update.get_prev_documents();
    let root = previous.trailer.get(b"Root").and_then(Object::as_reference).map_err(unsignable)?;
    let mut catalog = previous.catalog().map_err(unsignable)?.clone();
    if catalog.has(b"Perms") {
        return Err(SignError::UnsignablePdf("it is signed already".into()));
    }
    let empty = empty_field(previous)?;
    let mut form = Dictionary::new();
    let field = match empty {
        Some((id, mut field)) => {
            field.set("V", Object::Reference(signature));
            update.new_document.set_object(id, field);
            id
        }
        None => invisible_field(update, signature)?,
    };
    form.set("Fields", vec![Object::Reference(field)]);
    form.set("SigFlags", 3);
    let form = update.new_document.add_object(form);
    catalog.set("AcroForm", Object::Reference(form));
    let mut permissions = Dictionary::new();
    permissions.set("DocMDP", Object::Reference(signature));
    catalog.set("Perms", permissions);
    update.new_document.set_object(root, catalog);
    Ok(())
}

/// The document's one form field, if it is a signature field without signature. Other forms are not ours to sign.
fn empty_field(document: &Document) -> Result<Option<(ObjectId, Dictionary)>, SignError> {
    let catalog = document.catalog().map_err(unsignable)?;
    let Ok(form) = catalog.get(b"AcroForm") else { return Ok(None) };
    let form = document.dereference(form).and_then(|(_, form)| form.as_dict()).map_err(unsignable)?;
    let fields = form.get_deref(b"Fields", document).and_then(Object::as_array).map_err(unsignable)?;
    match fields.as_slice() {
        [] => Ok(None),
        [Object::Reference(id)] => {
            let field = document.get_dictionary(*id).map_err(unsignable)?;
            let is_signature = field.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig");
            if !is_signature || field.has(b"V") {
                return Err(SignError::UnsignablePdf("it is signed already, or holds a form".into()));
            }
            Ok(Some((*id, field.clone())))
        }
        _ => Err(SignError::UnsignablePdf("it holds a form".into())),
    }
}

fn invisible_field(update: &mut IncrementalDocument, signature: ObjectId) -> Result<ObjectId, SignError> {
    let previous = update.get_prev_documents();
    let page = *previous.get_pages().get(&1).ok_or_else(|| unsignable("it has no page"))?;
    let mut changed = previous.get_dictionary(page).map_err(unsignable)?.clone();
    let mut annotations = match changed.get_deref(b"Annots", previous).and_then(Object::as_array) {
        Ok(annotations) => annotations.clone(),
        Err(_) => Vec::new(),
    };
    let mut field = Dictionary::new();
    field.set("Type", name("Annot"));
    field.set("Subtype", name("Widget"));
    field.set("FT", name("Sig"));
    field.set("T", text_string("Signature"));
    field.set("F", 132);
    field.set("P", Object::Reference(page));
    field.set("Rect", [0, 0, 0, 0].map(Object::Integer).to_vec());
    field.set("V", Object::Reference(signature));
    let field = update.new_document.add_object(field);
    annotations.push(Object::Reference(field));
    changed.set("Annots", annotations);
    update.new_document.set_object(page, changed);
    Ok(field)
}

/// Fills the byte range in, now that positions are known; gives the gap.
fn write_byte_range(bytes: &mut [u8], from: usize, room: usize) -> Result<Gap, SignError> {
    let misplaced = || SignError::Encoding("the room left for it cannot be found again".into());
    let hollow = format!("<{}>", "00".repeat(room));
    let start = sole_position(bytes, from, hollow.as_bytes()).ok_or_else(misplaced)?;
    let gap = Gap { from: start, to: start + hollow.len() };
    let placeholder = format!("[0 {RANGE_ROOM} {RANGE_ROOM} {RANGE_ROOM}]");
    let at = sole_position(bytes, from, placeholder.as_bytes()).ok_or_else(misplaced)?;
    let range = format!("[0 {} {} {}]", gap.from, gap.to, bytes.len() - gap.to);
    let padded = format!("{range:<width$}", width = placeholder.len());
    bytes[at..at + placeholder.len()].copy_from_slice(padded.as_bytes());
    Ok(gap)
}
