//! ZIP archives, which most spreadsheets are: what they hold, counted before anything of it is interpreted.
//!
//! What an archive's directory says may lie, so every entry is decompressed once into nothing ([`Archive::survey`]).

mod members;

use std::{
    collections::HashMap,
    io::{self, Cursor, Read},
};

use zip::{ZipArchive, read::ZipFile, result::ZipError};

use tieout_domain::{Said, retold, said};

use crate::{Limits, ReadError, Spot, limit};

pub use members::{Member, archive_members};

/// One entry while it is read.
pub(super) type Part<'p, 'b> = ZipFile<'p, Cursor<&'b [u8]>>;

/// An archive whose directory holds together.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    packed_bytes: u64,
    /// Position of each entry by its name in small letters, as programs look parts up.
    places: HashMap<String, usize>,
}

/// What an archive is, by the names in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Ods,
    /// A document of another program: what it is, and what to do.
    Foreign(&'static str, &'static str),
    /// No document: files packed together.
    Files,
}

const SAVE_SHEET: &str = "open it in a spreadsheet program and save it as XLSX or CSV";
const EXPORT: &str = "export the statement as CSV or XLSX";

impl<'b> Archive<'b> {
    /// Reads the directory.
    ///
    /// # Errors
    /// It is broken, has too many entries, names one twice, or lets two share their bytes.
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(reason(&error)))?;
        if zip.len() > limits.archive_entries {
            return Err(too_large(limit::entries(limits.archive_entries)));
        }
        if zip.has_duplicate_names() {
            return Err(damaged(said!("damaged.twice", "two of its entries have the same name")));
        }
        if zip.has_overlapping_files().map_err(|error| damaged(reason(&error)))? {
            return Err(damaged(said!("damaged.overlap", "its entries share the same bytes")));
        }
        let mut places = HashMap::new();
        for place in 0..zip.len() {
            let entry = zip.by_index_data(place).map_err(|error| damaged(reason(&error)))?;
            places.insert(entry_name(entry.name_raw(), entry.name()).replace('\\', "/").to_lowercase(), place);
        }
        Ok(Self { zip, packed_bytes: bytes.len() as u64, places })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.places.contains_key(&name.to_lowercase())
    }

    /// What kind of document it is.
    pub(super) fn kind(&mut self) -> Kind {
        const OPEN_DOCUMENT: &str = "application/vnd.oasis.opendocument.";
        let mut mimetype = String::new();
        if let Ok(Some(part)) = self.part("mimetype") {
            // Where it is no text it says nothing.
            let _ = part.take(128).read_to_string(&mut mimetype);
        }
        match mimetype.trim().strip_prefix(OPEN_DOCUMENT) {
            Some(kind) if kind.starts_with("spreadsheet") => Kind::Ods,
            Some(_) => Kind::Foreign("an OpenDocument text or drawing", EXPORT),
            None if self.has("xl/workbook.bin") => Kind::Xlsb,
            None if self.has("xl/workbook.xml") => Kind::Xlsx,
            None if self.has("word/document.xml") => Kind::Foreign("a Word document", EXPORT),
            None if self.has("ppt/presentation.xml") => Kind::Foreign("a PowerPoint presentation", EXPORT),
            None if self.has("index/document.iwa") || self.has("index.zip") => {
                Kind::Foreign("a document of Apple Numbers, Pages or Keynote", SAVE_SHEET)
            }
            None if self.has("[content_types].xml") && self.has("_rels/.rels") => Kind::Xlsx,
            None if self.has("content.xml") && self.has("meta-inf/manifest.xml") => Kind::Ods,
            None => Kind::Files,
        }
    }

    /// Decompresses every entry into nothing and counts.
    ///
    /// # Errors
    /// An entry is damaged or encrypted, one or all hold more than the limits allow, or one declares a document type.
    pub(super) fn survey(&mut self, limits: &Limits) -> Result<(), ReadError> {
        let plausible = self.packed_bytes.saturating_mul(RATIO_MAX).saturating_add(RATIO_FREE_BYTES);
        let mut left = limits.inflated_bytes.min(plausible);
        for place in 0..self.zip.len() {
            let part = self.zip.by_index(place).map_err(|error| damaged(reason(&error)))?;
            let name = entry_name(part.name_raw(), part.name());
            let most = left.min(limits.inflated_entry_bytes);
            let mut head = Vec::new();
            let size = count(part, most, &mut head).map_err(|error| damaged(not_unpacked(&name, &error)))?;
            if size > most {
                return Err(too_large(limit::inflated(most)));
            }
            left -= size;
            if head.windows(DOCTYPE.len()).any(|window| window == DOCTYPE) {
                return Err(damaged(said!(
                    "damaged.partDoctype",
                    "its part '{name}' declares a document type, which no spreadsheet does",
                    name = &name
                )));
            }
        }
        Ok(())
    }

    /// The entry of that name, whatever its capitals.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Part<'_, 'b>>, ReadError> {
        match self.places.get(&name.to_lowercase()) {
            Some(place) => self.zip.by_index(*place).map(Some).map_err(|error| damaged(reason(&error))),
            None => Ok(None),
        }
    }
}

/// How much larger a spreadsheet may become: those of programs become ten to sixty times as large. It keeps the time that
/// a file takes in proportion to its size.
const RATIO_MAX: u64 = 100;
/// Bytes that any spreadsheet may have, however well it is packed.
const RATIO_FREE_BYTES: u64 = 128 << 20;

const DOCTYPE: &[u8] = b"<!DOCTYPE";
/// Bytes of an entry that are searched for a document type: one beyond them is not resolved either.
const HEAD_BYTES: usize = 4096;

/// Counts at most a buffer more than `most`; keeps the first bytes.
fn count(mut part: impl Read, most: u64, head: &mut Vec<u8>) -> io::Result<u64> {
    let (mut buffer, mut total) = (vec![0_u8; 64 << 10], 0_u64);
    loop {
        match part.read(&mut buffer) {
            Ok(0) => return Ok(total),
            Ok(count) => {
                let wanted = HEAD_BYTES.saturating_sub(head.len());
                head.extend(buffer.iter().take(count.min(wanted)));
                total += count as u64;
                if total > most {
                    return Ok(total);
                }
            }
            Err(error) => return Err(error),
        }
    }
}

/// The name as it was meant: many programs write UTF-8 without saying so; what is not, is in the old DOS letters.
fn entry_name(raw: &[u8], decoded: Result<std::borrow::Cow<'_, str>, ZipError>) -> String {
    match (std::str::from_utf8(raw), decoded) {
        (Ok(name), _) => name.to_owned(),
        (Err(_), Ok(name)) => name.into_owned(),
        (Err(_), Err(_)) => String::from_utf8_lossy(raw).into_owned(),
    }
}

/// What is wrong with an archive. The library's own words go to the terminal: they are for those who know the format.
pub(super) fn reason(error: &ZipError) -> Said {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => {
            said!("damaged.encrypted", "a part is encrypted")
        }
        ZipError::UnsupportedArchive(text) => {
            let told = format!("it is packed in a way that is not read ({text})");
            retold!(told, "damaged.packed")
        }
        ZipError::InvalidArchive(text) => {
            let told = format!("its directory is broken ({text})");
            retold!(told, "damaged.directory")
        }
        ZipError::CompressionMethodNotSupported(_) => retold!(error, "damaged.packed"),
        ZipError::FileNotFound => retold!(error, "damaged.parts"),
        ZipError::InvalidPassword => retold!(error, "damaged.encrypted"),
        // The library may come to know more of them.
        _ => retold!(error, "damaged.unpack"),
    }
}

fn not_unpacked(name: &str, error: &io::Error) -> Said {
    let told = format!("its part '{name}' cannot be decompressed ({error})");
    retold!(told, "damaged.partUnpack", name = name)
}

fn damaged(detail: Said) -> ReadError {
    ReadError::Damaged { what: "the spreadsheet or archive", place: Spot::default(), detail }
}

fn too_large(limit: Said) -> ReadError {
    ReadError::TooLarge { what: "the spreadsheet or archive", limit, place: Spot::default() }
}
