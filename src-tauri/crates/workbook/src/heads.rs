//! A second witness of the audit chain's head beside the keychain: a file in a folder of this machine, with a line for each
//! head that was anchored. Also where no keychain answers it tells that a workbook was put back to an older copy.
//!
//! Lines are `812 <hash> 2026-11-28T08:00:00Z`; the newest is the last. A line that was cut off is skipped.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use tieout_domain::{AuditHead, Digest};

use crate::key::Salt;

/// Beyond it, only the newest lines are kept.
const BYTES_MAX: u64 = 64 * 1024;
const LINES_KEPT: usize = 200;

/// The file of a workbook.
#[derive(Debug)]
pub(crate) struct Heads {
    path: PathBuf,
}

impl Heads {
    pub(crate) fn of(folder: &Path, salt: Salt) -> Self {
        Self { path: folder.join(salt.to_string()) }
    }

    /// The newest head; `None` where none was written.
    pub(crate) fn newest(&self) -> io::Result<Option<AuditHead>> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).lines().rev().find_map(read_line)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Adds a head.
    pub(crate) fn add(&self, head: AuditHead) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&self.path)?;
        let mut line = format!("{} {} {:.0}\n", head.sequence, head.hash, Timestamp::now());
        if is_cut_off(&mut file)? {
            line.insert(0, '\n');
        }
        file.write_all(line.as_bytes())?;
        if file.metadata()?.len() > BYTES_MAX { self.shorten() } else { Ok(()) }
    }

    fn shorten(&self) -> io::Result<()> {
        let text = fs::read_to_string(&self.path)?;
        let lines: Vec<&str> = text.lines().collect();
        let kept = lines.get(lines.len().saturating_sub(LINES_KEPT)..).unwrap_or_default();
        let partial = self.path.with_extension("partial");
        let mut file = File::create(&partial)?;
        file.write_all((kept.join("\n") + "\n").as_bytes())?;
        file.sync_all()?;
        fs::rename(&partial, &self.path)
    }
}

/// Whether the last line does not end.
fn is_cut_off(file: &mut File) -> io::Result<bool> {
    let mut last = [b'\n'];
    if file.metadata()?.len() > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    Ok(last != [b'\n'])
}

fn read_line(line: &str) -> Option<AuditHead> {
    let mut words = line.split(' ');
    let head = AuditHead { sequence: words.next()?.parse().ok()?, hash: words.next()?.parse::<Digest>().ok()? };
    // A line that was cut off within its time lacks its end.
    words.next().filter(|time| time.ends_with('Z')).map(|_| head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(sequence: u64) -> AuditHead {
        AuditHead { sequence, hash: Digest::from_bytes([u8::try_from(sequence % 256).unwrap(); 32]) }
    }

    #[test]
    fn the_newest_head_is_the_last_whole_line() {
        let folder = tempfile::tempdir().unwrap();
        let heads = Heads::of(&folder.path().join("heads"), Salt::random().unwrap());
        assert_eq!(heads.newest().unwrap(), None);
        heads.add(head(1)).unwrap();
        heads.add(head(2)).unwrap();
        let whole = fs::read(&heads.path).unwrap();
        for length in [whole.len() - 1, whole.len() - 2, whole.len() - 30, whole.len() / 2 + 1] {
            fs::write(&heads.path, &whole[..length]).unwrap();
            let told = if length == whole.len() - 1 { 2 } else { 1 };
            assert_eq!(heads.newest().unwrap(), Some(head(told)), "{length}");
            heads.add(head(3)).unwrap();
            assert_eq!(heads.newest().unwrap(), Some(head(3)), "{length}");
        }
        fs::write(&heads.path, [0xff, 0, b'\n', b' ']).unwrap();
        assert_eq!(heads.newest().unwrap(), None);
    }

    #[test]
    fn the_file_does_not_grow_without_end() {
        let folder = tempfile::tempdir().unwrap();
        let heads = Heads::of(folder.path(), Salt::random().unwrap());
        for sequence in 1..3_000 {
            heads.add(head(sequence)).unwrap();
        }
        assert_eq!(heads.newest().unwrap(), Some(head(2_999)));
        assert!(fs::metadata(&heads.path).unwrap().len() <= BYTES_MAX);
    }
}
