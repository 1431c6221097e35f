//! Bytes → text: byte order mark, else UTF-8, else what the letters look like.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use tieout_domain::{Said, retold};

use crate::{ReadError, Source};

/// Bytes that are looked at to tell an encoding without a byte order mark.
const SAMPLE: usize = 1 << 20;

/// How a file's bytes become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextEncoding {
    pub(crate) encoding: &'static Encoding,
    /// Bytes of the byte order mark.
    pub(crate) mark_length: usize,
}

/// UTF-8, which nearly all files are. Whoever goes through a file under this looks whether it holds ([`survey`] if not).
pub(crate) const PRESUMED: TextEncoding = TextEncoding { encoding: encoding_rs::UTF_8, mark_length: 0 };

/// The encoding that the beginning of a file tells; nothing where all of it has to be looked at.
pub(crate) fn at_start(source: &dyn Source) -> Result<Option<TextEncoding>, ReadError> {
    let mut start = Vec::new();
    open(source)?.take(SAMPLE as u64).read_to_end(&mut start).map_err(|error| unreadable(&error))?;
    if let Some((encoding, mark_length)) = Encoding::for_bom(&start) {
        return Ok(Some(TextEncoding { encoding, mark_length }));
    }
    if let Some(encoding) = utf16_without_mark(&start, source.len()) {
        return Ok(Some(TextEncoding { encoding, mark_length: 0 }));
    }
    match too_many_controls(&start) {
        Some(position) => Err(ReadError::Binary { position }),
        None => Ok(None),
    }
}

/// Finds the encoding of a file whose beginning does not tell it: all of it is looked at, none of it is kept.
pub(crate) fn survey(source: &dyn Source) -> Result<TextEncoding, ReadError> {
    let found = look_through(source)?;
    if let Some(position) = found.zero {
        return Err(ReadError::Binary { position });
    }
    let encoding = if found.is_utf8 { encoding_rs::UTF_8 } else { guess(&found.sample) };
    Ok(TextEncoding { encoding, mark_length: 0 })
}

pub(super) fn open(source: &dyn Source) -> Result<Box<dyn Read + Send + '_>, ReadError> {
    source.open().map_err(|error| unreadable(&error))
}

/// Why the system did not hand the bytes over, as far as its error tells a kind.
pub(crate) fn unreadable(error: &std::io::Error) -> ReadError {
    use std::io::ErrorKind;
    if let Some(own) = error.get_ref().and_then(|own| own.downcast_ref::<Said>()) {
        return ReadError::Unreadable(own.clone());
    }
    ReadError::Unreadable(match error.kind() {
        ErrorKind::NotFound => retold!(error, "io.notFound"),
        ErrorKind::PermissionDenied => retold!(error, "io.permission"),
        ErrorKind::UnexpectedEof => retold!(error, "io.ends"),
        ErrorKind::TimedOut | ErrorKind::NetworkDown | ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => {
            retold!(error, "io.drive")
        }
        _ => retold!(error, "io.other"),
    })
}

struct Looked {
    zero: Option<usize>,
    is_utf8: bool,
    /// Text around the first letters beyond ASCII.
    sample: Vec<u8>,
}

fn look_through(source: &dyn Source) -> Result<Looked, ReadError> {
    let mut looked = Looked { zero: None, is_utf8: true, sample: Vec::new() };
    let mut reader = open(source)?;
    let (mut block, mut kept, mut passed, mut letters) = (vec![0_u8; SAMPLE], 0, 0, false);
    loop {
        let read = reader.read(block.get_mut(kept..).unwrap_or_default()).map_err(|error| unreadable(&error))?;
        let filled = block.get(..kept + read).unwrap_or_default();
        if looked.zero.is_none() {
            looked.zero = filled.iter().position(|byte| *byte == 0).map(|at| passed + at);
        }
        if looked.sample.is_empty()
            && let Some(first) = filled.iter().position(|byte| !byte.is_ascii())
        {
            let from = first.saturating_sub(4096);
            looked.sample = filled.get(from..).unwrap_or_default().to_vec();
        }
        let valid = match std::str::from_utf8(filled) {
            Ok(_) => filled.len(),
            // A character may be cut off at the end of the block, but not at the end of the file.
            Err(error) if error.error_len().is_none() && (read > 0 || letters) => error.valid_up_to(),
            Err(_) => {
                looked.is_utf8 = false;
                filled.len()
            }
        };
        if read == 0 {
            return Ok(looked);
        }
        letters |= !filled.get(..valid).is_none_or(<[u8]>::is_ascii);
        passed += valid;
        let end = filled.len();
        block.copy_within(valid..end, 0);
        kept = end - valid;
    }
}

fn guess(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The text and the name of its encoding.
///
/// Zeros and end-of-file marks (Ctrl-Z) after the text, as old programs leave them, belong to no text.
pub(super) fn to_text(bytes: &[u8]) -> Result<(String, String), ReadError> {
    if let Some((encoding, mark_length)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark_length..).unwrap_or_default();
        return finish(body, encoding);
    }
    if let Some(encoding) = utf16_without_mark(bytes, bytes.len() as u64) {
        return finish(bytes, encoding);
    }
    let end = bytes.iter().rposition(|byte| !matches!(byte, 0 | 0x1a)).map_or(0, |last| last + 1);
    let bytes = bytes.get(..end).unwrap_or_default();
    if let Some(position) = bytes.iter().position(|byte| *byte == 0).or_else(|| too_many_controls(bytes)) {
        return Err(ReadError::Binary { position });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), encoding_rs::UTF_8.name().to_owned())),
        // A file that was cut off within its last letter is still what all letters before say.
        Err(error) if error.error_len().is_none() && !bytes.get(..error.valid_up_to()).is_none_or(<[u8]>::is_ascii) => {
            return finish(bytes, encoding_rs::UTF_8);
        }
        Err(_) => {}
    }
    finish(bytes, detect(bytes))
}

fn finish(bytes: &[u8], encoding: &'static Encoding) -> Result<(String, String), ReadError> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    match text.find('\0') {
        Some(position) => Err(ReadError::Binary { position }),
        None => Ok((text.into_owned(), encoding.name().to_owned())),
    }
}

/// A stray control character is forgiven; more than one in fifty make no text.
fn too_many_controls(bytes: &[u8]) -> Option<usize> {
    let sample = bytes.get(..bytes.len().min(4096))?;
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a);
    let first = sample.iter().position(is_control)?;
    let count = sample.iter().filter(|byte| is_control(byte)).count();
    (count * 50 > sample.len()).then_some(first)
}

/// What is no UTF-8 is what it says it is, as long as it says something else; what says nothing looks like something.
fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some(declared) = declared(bytes) {
        return declared;
    }
    // The letters that tell may stand far down a long file.
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(SAMPLE / 2);
    guess(bytes.get(start..bytes.len().min(start + SAMPLE)).unwrap_or(bytes))
}

/// The encoding that an XML declaration or an OFX header names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(512))?).into_owned();
    let after = |mark: &str| start.split_once(mark).map(|(_, rest)| rest);
    let label = if start.trim_start().starts_with("<?xml") {
        after("encoding=")?.trim_start_matches(['"', '\'']).split(['"', '\'', '?', ' ']).next()?.to_owned()
    } else {
        let charset = after("CHARSET:")?.split_whitespace().next()?;
        if charset.bytes().all(|byte| byte.is_ascii_digit()) {
            format!("windows-{charset}")
        } else {
            charset.to_owned()
        }
    };
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| *encoding != encoding_rs::UTF_8 && encoding.is_single_byte())
}

/// Western text in UTF-16 has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8], length: u64) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(256))?;
    if sample.len() < 4 || !length.is_multiple_of(2) {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let half = sample.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 10 >= half * 9 => Some(UTF_16LE),
        (even, 0) if even * 10 >= half * 9 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_survive_every_encoding() {
        let text = "Datum;Empfänger;Betrag\n01.02.2024;Müller & Söhne GmbH;-12,50\n02.02.2024;Bäckerei Größ;-3,20\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (western, ..) = encoding_rs::WINDOWS_1252.encode(text);
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8"),
            (western.into_owned(), "windows-1252"),
            ([b"\xff\xfe", utf16.as_slice()].concat(), "UTF-16LE"),
            (utf16, "UTF-16LE"),
        ] {
            assert_eq!(to_text(&bytes), Ok((text.to_owned(), name.to_owned())), "{name}");
        }
    }

    #[test]
    fn a_file_may_say_what_it_is() {
        let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><a>Łódź</a>";
        let (bytes, ..) = encoding_rs::ISO_8859_2.encode(text);
        assert_eq!(to_text(&bytes), Ok((text.to_owned(), "ISO-8859-2".to_owned())));
        let lie = "OFXHEADER:100\nCHARSET:1252\n<NAME>Müller";
        assert_eq!(to_text(lie.as_bytes()).map(|(_, name)| name), Ok("UTF-8".to_owned()));
    }

    #[test]
    fn a_zero_byte_is_no_text() {
        assert_eq!(to_text(b"Date,Am\0ount"), Err(ReadError::Binary { position: 7 }));
    }
}
