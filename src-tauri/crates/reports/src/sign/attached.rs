//! The files inside a report: exactly those that its manifest names, as it names them.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream, decode_text_string};

use super::verify::PdfVerification;
use crate::{
    data::OutputFact,
    manifest::Manifest,
    pdf::checksum,
    twin::{self, NAMES, TWIN_BYTES_MAX},
};

/// A file inside a PDF.
type File = (String, Vec<u8>);

/// Checks the files inside a report against its manifest, its pages and each other.
pub(super) fn check(document: &Document, manifest: &Manifest, found: &mut PdfVerification) {
    let files = match files(document) {
        Ok(files) => files,
        Err(finding) => {
            found.findings.push(finding);
            return;
        }
    };
    let wrong = found.findings.len();
    for wanted in &manifest.attached {
        match files.iter().find(|(name, _)| *name == wanted.name) {
            None => found.findings.push(format!("{} is missing inside the report", wanted.name)),
            Some((name, bytes)) if OutputFact::of(name, bytes).sha256 != wanted.sha256 => found.findings.push(format!(
                "{name} inside the report was altered: its SHA-256 is {}, the report says {}",
                crate::sha256(bytes),
                wanted.sha256
            )),
            Some(_) => {}
        }
    }
    for (name, _) in &files {
        if !manifest.attached.iter().any(|wanted| wanted.name == *name) {
            found.findings.push(format!("{name} is inside the report, which does not name it"));
        }
    }
    if files.is_empty() {
        return;
    }
    found.findings.extend(twin::disagreements(document, &files));
    if found.findings.len() == wrong {
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        found.notes.push(format!("The data inside ({}) are unchanged and agree with the pages.", names.join(", ")));
    }
}

/// The files inside a PDF, by name. Call it for a report that was found valid.
pub fn attached_files(pdf: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let limit = usize::try_from(TWIN_BYTES_MAX).unwrap_or(usize::MAX);
    let options = LoadOptions { max_decompressed_size: Some(limit), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(pdf, options).map_err(|_| "the PDF cannot be read".to_owned())?;
    files(&document)
}

fn files(document: &Document) -> Result<Vec<File>, String> {
    let catalog = document.catalog().map_err(|_| "the file is damaged: it has no catalogue".to_owned())?;
    let specifications = specifications(document, catalog)?;
    let mut files: Vec<File> = Vec::new();
    let (mut streams, mut room) = (BTreeSet::new(), usize::try_from(TWIN_BYTES_MAX).unwrap_or(usize::MAX));
    for (name, specification) in specifications {
        let (stream, bytes) = read(document, &name, specification, room)?;
        room -= bytes.len();
        if !streams.insert(stream) || files.iter().any(|(known, _)| *known == name) {
            return Err(format!("{name} is inside the report twice"));
        }
        files.push((name, bytes));
    }
    hidden(document, files.len(), &streams)?;
    Ok(files)
}

/// The names and specifications of the embedded file tree, which the catalogue's associated files must be, too.
fn specifications<'d>(
    document: &'d Document,
    catalog: &'d Dictionary,
) -> Result<Vec<(String, &'d Dictionary)>, String> {
    let odd = || "the files inside the report are not attached as Tieout does it".to_owned();
    let associated = catalog.get_deref(b"AF", document).and_then(Object::as_array).map(Vec::as_slice);
    let associated: Vec<&Object> = associated.unwrap_or_default().iter().collect();
    let Ok(trees) = catalog.get_deref(b"Names", document).and_then(Object::as_dict) else {
        return if catalog.has(b"AF") || catalog.has(b"Names") { Err(odd()) } else { Ok(Vec::new()) };
    };
    let tree = trees.get_deref(b"EmbeddedFiles", document).and_then(Object::as_dict).map_err(|_| odd())?;
    let names = tree.get_deref(b"Names", document).and_then(Object::as_array).map_err(|_| odd())?;
    let (pairs, rest) = names.as_chunks::<2>();
    let all_named = pairs.iter().map(|[_, specification]| specification).eq(associated);
    if !rest.is_empty() || tree.has(b"Kids") || trees.len() != 1 || !all_named {
        return Err(odd());
    }
    let mut specifications = Vec::with_capacity(pairs.len());
    for [name, specification] in pairs {
        let name = decode_text_string(name).map_err(|_| odd())?;
        let (_, specification) = document.dereference(specification).map_err(|_| odd())?;
        let specification = specification.as_dict().map_err(|_| odd())?;
        let same = [b"F".as_slice(), b"UF"]
            .iter()
            .all(|key| specification.get(key).and_then(decode_text_string).is_ok_and(|other| other == name));
        let relation = specification.get(b"AFRelationship").and_then(Object::as_name);
        if !same || relation.ok() != Some(b"Data") {
            return Err(odd());
        }
        if !NAMES.contains(&name.as_str()) {
            return Err(format!("“{name}” is inside the report, and is no file of a report"));
        }
        specifications.push((name, specification));
    }
    Ok(specifications)
}

/// A file's stream and bytes, at most so many, which its parameters must describe.
fn read(
    document: &Document,
    name: &str,
    specification: &Dictionary,
    room: usize,
) -> Result<(ObjectId, Vec<u8>), String> {
    let odd = || format!("{name} inside the report cannot be read");
    let bytes = specification.get_deref(b"EF", document).and_then(Object::as_dict).map_err(|_| odd())?;
    let id = bytes.get(b"F").and_then(Object::as_reference).map_err(|_| odd())?;
    if bytes.get(b"UF").and_then(Object::as_reference).ok() != Some(id) || bytes.len() != 2 {
        return Err(odd());
    }
    let stream = document.get_object(id).and_then(Object::as_stream).map_err(|_| odd())?;
    let content = unpacked(stream, room).ok_or_else(odd)?;
    let parameters = stream.dict.get_deref(b"Params", document).and_then(Object::as_dict).map_err(|_| odd())?;
    let size = parameters.get(b"Size").and_then(Object::as_i64).ok().and_then(|size| usize::try_from(size).ok());
    let checksum_told = parameters.get(b"CheckSum").and_then(Object::as_str).ok();
    if size != Some(content.len()) || checksum_told != checksum(&content).as_str().ok() {
        return Err(format!("{name} inside the report was altered: its size or checksum is another than stated"));
    }
    Ok((id, content))
}

fn unpacked(stream: &Stream, room: usize) -> Option<Vec<u8>> {
    if !stream.dict.has(b"Filter") {
        return (stream.content.len() <= room).then(|| stream.content.clone());
    }
    stream.decompressed_content_with_limit(room).ok().filter(|content| content.len() <= room)
}

/// Files that hang on something else than the tree.
fn hidden(document: &Document, named: usize, streams: &BTreeSet<ObjectId>) -> Result<(), String> {
    let found = || Err("the PDF holds a file that the report does not name".to_owned());
    let mut specifications = 0;
    for (id, object) in &document.objects {
        specifications += with_files(object, 0);
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Type").and_then(Object::as_name).is_ok_and(|kind| kind == b"EmbeddedFile")
            && !streams.contains(id)
        {
            return found();
        }
    }
    if specifications == named { Ok(()) } else { found() }
}

/// How many dictionaries in an object name an embedded file.
fn with_files(object: &Object, depth: u8) -> usize {
    if depth > 64 {
        return 1;
    }
    let of_dictionary = |dictionary: &Dictionary| {
        usize::from(dictionary.has(b"EF") || dictionary.has(b"RF"))
            + dictionary.iter().map(|(_, value)| with_files(value, depth + 1)).sum::<usize>()
    };
    match object {
        Object::Dictionary(dictionary) => of_dictionary(dictionary),
        Object::Stream(stream) => of_dictionary(&stream.dict),
        Object::Array(all) => all.iter().map(|value| with_files(value, depth + 1)).sum(),
        _ => 0,
    }
}
