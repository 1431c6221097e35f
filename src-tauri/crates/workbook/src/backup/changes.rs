//! A backup of changes: the pages that are not as in a full backup.
//!
//! A line that names the format, a line of JSON, then the pages in ascending order, each after its number from 1 (u32,
//! little endian); at last the number 0, how many pages came (u32), and the SHA-256 of all before it. The full backup
//! is known by its fingerprint: the SHA-256 of the authentication codes of all its pages.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tieout_domain::said;

use super::{BLOCK, BackupError, PAGE, snapshot::Snapshot};
use crate::Progress;

const FORMAT: &[u8] = b"tieout changes 1\n";
/// Bytes of a page's authentication code (HMAC-SHA512), which stand at its end.
const CODE: usize = 64;
/// The JSON has a name and a hash.
const HEADER_BYTES_MAX: u64 = 4_096;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    /// Name of the full backup, which lies beside.
    pub(super) base: String,
    /// Its fingerprint, in hexadecimal.
    base_fingerprint: String,
    /// How many pages the file has.
    pages: u64,
    /// The workbook's salt, in hexadecimal.
    pub(super) workbook: String,
}

/// What writing changes came to.
pub(super) enum Written {
    /// So many pages changed.
    Changes(u64),
    /// So many did that a full backup is no larger matter.
    TooMany,
}

/// A file that does not begin as one of changes does.
pub(super) fn first_lines(path: &Path) -> BackupError {
    BackupError::damaged(path, said!("damage.firstLines", "its first lines are not as they were written"))
}

/// The fingerprint of a full backup: the SHA-256 of the last bytes of each page, SQLCipher's authentication codes.
pub(super) fn fingerprint(full: &Path, progress: &mut Progress<'_>) -> Result<String, BackupError> {
    let mut file = File::open(full).map_err(BackupError::io(full))?;
    let total = file.metadata().map_err(BackupError::io(full))?.len();
    let (mut hash, mut block, mut done) = (Sha256::new(), Vec::with_capacity(BLOCK * PAGE), 0);
    loop {
        if progress(done, total) == ControlFlow::Break(()) {
            return Err(BackupError::Cancelled);
        }
        block.clear();
        (&mut file).take((BLOCK * PAGE) as u64).read_to_end(&mut block).map_err(BackupError::io(full))?;
        if block.is_empty() {
            return Ok(hex::encode(hash.finalize()));
        }
        for page in block.chunks(PAGE) {
            hash.update(&page[page.len().saturating_sub(CODE)..]);
        }
        done += block.len() as u64;
    }
}

/// Writes and hashes at once.
struct Hashed<W> {
    out: W,
    hash: Sha256,
}

impl<W: Write> Hashed<W> {
    fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.hash.update(bytes);
        self.out.write_all(bytes)
    }
}

fn begin(snapshot: &Snapshot, base: &Path, fingerprint: &str, out: &Path) -> std::io::Result<Hashed<BufWriter<File>>> {
    let header = Header {
        base: base.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        base_fingerprint: fingerprint.to_owned(),
        pages: snapshot.pages(),
        workbook: snapshot.salt.to_string(),
    };
    let mut line = serde_json::to_vec(&header)?;
    line.push(b'\n');
    let file = File::create_new(out)?;
    let mut to = Hashed { out: BufWriter::with_capacity(BLOCK * PAGE, file), hash: Sha256::new() };
    to.put(FORMAT)?;
    to.put(&line)?;
    Ok(to)
}

/// Writes what changed since the full backup `base`, whose fingerprint is known.
pub(super) fn write(
    snapshot: &Snapshot,
    base: &Path,
    fingerprint: &str,
    out: &Path,
    progress: &mut Progress<'_>,
) -> Result<Written, BackupError> {
    let mut full = File::open(base).map_err(BackupError::io(base))?;
    let mut to = begin(snapshot, base, fingerprint, out).map_err(BackupError::io(out))?;
    let mut changed: u32 = 0;
    let most = snapshot.pages() / 2;
    let (mut known, mut too_many) = (Vec::new(), false);
    let walked = snapshot.each_block(progress, |first, bytes| {
        known.clear();
        let read = (&mut full).take(bytes.len() as u64).read_to_end(&mut known);
        read.map_err(BackupError::io(base))?;
        for (at, page) in bytes.chunks_exact(PAGE).enumerate() {
            if known.get(at * PAGE..(at + 1) * PAGE) == Some(page) {
                continue;
            }
            changed += 1;
            too_many = u64::from(changed) > most;
            if too_many {
                return Err(BackupError::Cancelled);
            }
            let number = u32::try_from(first + at as u64 + 1).unwrap_or(u32::MAX);
            to.put(&number.to_le_bytes()).and_then(|()| to.put(page)).map_err(BackupError::io(out))?;
        }
        Ok(())
    });
    if too_many {
        return Ok(Written::TooMany);
    }
    walked?;
    finish(to, changed).map_err(BackupError::io(out))?;
    Ok(Written::Changes(u64::from(changed)))
}

fn finish(mut to: Hashed<BufWriter<File>>, changed: u32) -> std::io::Result<()> {
    to.put(&0_u32.to_le_bytes())?;
    to.put(&changed.to_le_bytes())?;
    let hash = to.hash.finalize();
    to.out.write_all(&hash)?;
    to.out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
}

/// A backup of changes that was begun to be read.
pub(super) struct Reader {
    path: PathBuf,
    from: BufReader<File>,
    hash: Sha256,
    pub(super) header: Header,
}

impl Reader {
    /// Reads how it begins; `None` where it is no backup of changes.
    pub(super) fn open(path: &Path) -> Result<Option<Self>, BackupError> {
        let file = File::open(path).map_err(BackupError::io(path))?;
        let mut from = BufReader::with_capacity(BLOCK * PAGE, file);
        let mut format = Vec::new();
        from.by_ref().take(FORMAT.len() as u64).read_to_end(&mut format).map_err(BackupError::io(path))?;
        if format != FORMAT {
            return Ok(None);
        }
        let mut line = Vec::new();
        let mut limited = from.by_ref().take(HEADER_BYTES_MAX);
        std::io::BufRead::read_until(&mut limited, b'\n', &mut line).map_err(BackupError::io(path))?;
        let header = serde_json::from_slice(&line).map_err(|_| first_lines(path))?;
        let mut hash = Sha256::new();
        hash.update(&format);
        hash.update(&line);
        Ok(Some(Self { path: path.to_owned(), from, hash, header }))
    }

    /// The full backup beside it.
    pub(super) fn base(&self) -> Result<PathBuf, BackupError> {
        // A name and no path: what is read must lie beside it.
        let name = Path::new(&self.header.base).file_name().ok_or_else(|| self.no_base())?;
        let base = self.path.with_file_name(name);
        if base.is_file() { Ok(base) } else { Err(self.no_base()) }
    }

    /// Refuses another file in its place.
    fn check_base(&self, base: &Path, progress: &mut Progress<'_>) -> Result<(), BackupError> {
        let found = fingerprint(base, progress)?;
        if found == self.header.base_fingerprint { Ok(()) } else { Err(self.no_base()) }
    }

    fn no_base(&self) -> BackupError {
        BackupError::NoBase { path: self.path.clone(), base: self.header.base.clone() }
    }

    fn take(&mut self, bytes: &mut [u8]) -> Result<(), BackupError> {
        self.from.read_exact(bytes).map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => {
                BackupError::damaged(&self.path, said!("damage.endsEarly", "it ends too early"))
            }
            _ => BackupError::Io { path: self.path.clone(), source: error },
        })?;
        self.hash.update(&*bytes);
        Ok(())
    }

    fn number(&mut self) -> Result<u32, BackupError> {
        let mut bytes = [0; 4];
        self.take(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    /// Puts the pages into a copy of the full backup, and gives that its length. Refuses what is not as it was written;
    /// `out` is worth nothing then.
    pub(super) fn apply(mut self, out: &mut File, out_path: &Path) -> Result<(), BackupError> {
        self.each_page(|number, page| {
            out.seek(SeekFrom::Start((u64::from(number) - 1) * PAGE as u64))
                .and_then(|_| out.write_all(page))
                .map_err(BackupError::io(out_path))
        })?;
        out.set_len(self.header.pages.saturating_mul(PAGE as u64)).map_err(BackupError::io(out_path))
    }

    /// Hands over every page with its number, to the end. Refuses what is not as it was written.
    fn each_page(&mut self, mut take: impl FnMut(u32, &[u8]) -> Result<(), BackupError>) -> Result<(), BackupError> {
        let (mut page, mut last, mut count) = (vec![0; PAGE], 0, 0_u32);
        loop {
            let number = self.number()?;
            if number == 0 {
                break;
            }
            if number <= last || u64::from(number) > self.header.pages {
                let place = said!("damage.after", "what follows page {page} is not as it was written", page = last);
                return Err(BackupError::damaged(&self.path, place));
            }
            self.take(&mut page)?;
            (last, count) = (number, count + 1);
            take(number, &page)?;
        }
        let told = self.number()?;
        let hash = std::mem::take(&mut self.hash).finalize();
        let mut stored = [0; 32];
        self.take(&mut stored)?;
        let is_at_end = self.from.read(&mut [0]).map_err(BackupError::io(&self.path))? == 0;
        if told != count || hash[..] != stored || !is_at_end {
            let place = said!("damage.bytes", "its bytes are not those that were written");
            return Err(BackupError::damaged(&self.path, place));
        }
        Ok(())
    }
}

/// Whether the bytes of a backup of changes are those that were written.
pub(super) fn check(path: &Path, progress: &mut Progress<'_>) -> Result<(), BackupError> {
    let mut reader = Reader::open(path)?.ok_or_else(|| first_lines(path))?;
    let total = reader.header.pages;
    reader.each_page(|number, _| match progress(u64::from(number), total) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(BackupError::Cancelled),
    })
}

/// Makes the workbook's file at `out` from a full backup and, if there is one, a backup of changes since.
pub(super) fn rebuild(
    full: &Path,
    changes: Option<&Path>,
    out: &Path,
    progress: &mut Progress<'_>,
) -> Result<(), BackupError> {
    let reader = match changes {
        None => None,
        Some(path) => Some(Reader::open(path)?.ok_or_else(|| first_lines(path))?),
    };
    if let Some(reader) = &reader {
        reader.check_base(full, progress)?;
    }
    let mut from = File::open(full).map_err(BackupError::io(full))?;
    let total = from.metadata().map_err(BackupError::io(full))?.len();
    let mut to = File::create_new(out).map_err(BackupError::io(out))?;
    let (mut block, mut done) = (vec![0; BLOCK * PAGE], 0);
    loop {
        if progress(done, total) == ControlFlow::Break(()) {
            return Err(BackupError::Cancelled);
        }
        let read = from.read(&mut block).map_err(BackupError::io(full))?;
        if read == 0 {
            break;
        }
        to.write_all(&block[..read]).map_err(BackupError::io(out))?;
        done += read as u64;
    }
    if let Some(reader) = reader {
        reader.apply(&mut to, out)?;
    }
    to.sync_all().map_err(BackupError::io(out))
}
