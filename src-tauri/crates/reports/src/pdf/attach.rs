//! Files inside the PDF (ISO 32000-2, 7.11.4 and 14.13): an embedded file tree, and the catalogue's associated files.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, text_string};
use md5::{Digest as _, Md5};
use rayon::prelude::*;

use super::{
    Context, ReportError,
    assemble::{packed, pdf_date, written},
};
use crate::twin::TwinFile;

/// Attaches the report's data to the document.
pub(super) fn files(document: &mut Document, context: &Context<'_>) -> Result<(), ReportError> {
    let mut files: Vec<&TwinFile<'_>> = context.twin.files.iter().collect();
    if files.is_empty() {
        return Ok(());
    }
    // A name tree is in the order of its names.
    files.sort_unstable_by_key(|file| file.name);
    let made = pdf_date(context.data.generated_at);
    let streams = files.par_iter().map(|file| packed(embedded(file, &made), file.bytes.to_vec()));
    let streams = streams.collect::<Result<Vec<_>, _>>()?;
    let (mut names, mut associated) = (Vec::new(), Vec::new());
    for (file, stream) in files.into_iter().zip(streams) {
        let stream = document.add_object(stream);
        let specification = document.add_object(specification(file.name, stream));
        names.extend([text_string(file.name), Object::Reference(specification)]);
        associated.push(Object::Reference(specification));
    }
    let mut tree = Dictionary::new();
    tree.set("Names", names);
    let tree = document.add_object(tree);
    let mut trees = Dictionary::new();
    trees.set("EmbeddedFiles", Object::Reference(tree));
    let catalog = document.catalog_mut().map_err(written)?;
    catalog.set("Names", trees);
    catalog.set("AF", associated);
    Ok(())
}

/// What is said of a file where its bytes are.
fn embedded(file: &TwinFile<'_>, made: &str) -> Dictionary {
    let mut parameters = Dictionary::new();
    parameters.set("Size", Object::Integer(i64::try_from(file.bytes.len()).unwrap_or(i64::MAX)));
    parameters.set("CheckSum", checksum(file.bytes));
    parameters.set("CreationDate", text_string(made));
    parameters.set("ModDate", text_string(made));
    let kind: &[u8] = if file.name.ends_with(".json") { b"application/json" } else { b"text/csv" };
    let mut stream = Dictionary::new();
    stream.set("Type", Object::Name(b"EmbeddedFile".to_vec()));
    stream.set("Subtype", Object::Name(kind.to_vec()));
    stream.set("Params", parameters);
    stream
}

/// MD5, as the format asks for it; what binds the bytes is the signature and the manifest's SHA-256.
pub(crate) fn checksum(bytes: &[u8]) -> Object {
    Object::String(Md5::digest(bytes).to_vec(), StringFormat::Hexadecimal)
}

fn specification(name: &str, stream: ObjectId) -> Dictionary {
    let mut bytes = Dictionary::new();
    bytes.set("F", Object::Reference(stream));
    bytes.set("UF", Object::Reference(stream));
    let mut specification = Dictionary::new();
    specification.set("Type", Object::Name(b"Filespec".to_vec()));
    specification.set("F", text_string(name));
    specification.set("UF", text_string(name));
    specification.set("AFRelationship", Object::Name(b"Data".to_vec()));
    specification.set("EF", bytes);
    specification
}
