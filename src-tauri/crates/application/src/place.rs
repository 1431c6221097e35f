//! Where files are written: never over the open workbook, and over another file only where somebody said so.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use tieout_domain::said;

use crate::{ApplicationError, Session, session::Open};

/// What happens to a file that lies where another is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Existing {
    /// It stays, and nothing is written.
    #[default]
    Keep,
    /// It is replaced: a person confirmed it, or it is an earlier result of the same work.
    Replace,
}

/// Names that are tried for a file until it is whole: those left behind when Tieout was killed are somebody's to remove.
const PARTIAL_MAX: u32 = 1_000;

/// A place that a file may be written to. The only way to a [`crate::results::NewFile`].
#[derive(Debug, Clone)]
pub(crate) struct Place {
    path: PathBuf,
    existing: Existing,
    /// The workbook that the file is of, where there is one.
    of: Option<PathBuf>,
}

impl Place {
    /// Where a command without a workbook writes its results: what it wrote before is replaced.
    pub(crate) fn of_results(path: &Path) -> Self {
        Self { path: path.to_owned(), existing: Existing::Replace, of: None }
    }

    /// Where no workbook is open. Refuses a file that is there unless it may be replaced.
    pub(crate) fn alone(path: &Path, existing: Existing) -> Result<Self, ApplicationError> {
        Self { path: path.to_owned(), existing, of: None }.unless_taken()
    }

    /// Refuses what belongs to the workbook, and a file that is there unless it may be replaced.
    pub(crate) fn beside(workbook: &Path, path: &Path, existing: Existing) -> Result<Self, ApplicationError> {
        let place = Self { path: path.to_owned(), existing, of: Some(workbook.to_owned()) };
        if is_of_workbook(path, workbook) || is_of_workbook(&place.partial(), workbook) {
            return Err(ApplicationError::Invalid(said!(
                "file.ofWorkbook",
                "{path} belongs to the open workbook: choose another place",
                path = path.display()
            )));
        }
        place.unless_taken()
    }

    fn unless_taken(self) -> Result<Self, ApplicationError> {
        // A link that leads nowhere is there as well.
        if self.existing == Existing::Keep && fs::symlink_metadata(&self.path).is_ok() {
            return Err(self.taken());
        }
        Ok(self)
    }

    /// The file's place.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Refuses where another workbook was opened since the place was chosen: it would be told of a file that is not its own.
    pub(crate) fn require_of(&self, workbook: &Path) -> Result<(), ApplicationError> {
        if self.of.as_deref().is_none_or(|of| of == workbook) {
            return Ok(());
        }
        Err(ApplicationError::Invalid(said!(
            "file.ofAnotherWorkbook",
            "another workbook was opened meanwhile: {path} was not written",
            path = self.path.display()
        )))
    }

    /// Where it is written until it is whole, unless another file is called so.
    pub(crate) fn partial(&self) -> PathBuf {
        let mut partial = self.path.as_os_str().to_owned();
        partial.push(".partial");
        PathBuf::from(partial)
    }

    /// A new file beside it, and where that lies: whatever is there already stays as it is.
    pub(crate) fn create_partial(&self) -> io::Result<(File, PathBuf)> {
        let mut path = self.partial();
        for number in 2..=PARTIAL_MAX {
            match File::create_new(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    path = self.partial();
                    path.as_mut_os_string().push(number.to_string());
                }
                created => return created.map(|file| (file, path)),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Gives the file that was written beside it its name.
    pub(crate) fn take(&self, partial: &Path) -> Result<(), ApplicationError> {
        let taken = match self.existing {
            Existing::Replace => fs::rename(partial, &self.path),
            Existing::Keep => self.take_free(partial),
        };
        taken.map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => self.taken(),
            _ => ApplicationError::file(&self.path, source),
        })
    }

    /// Another program may have put a file there since it was looked at: none of these replaces one.
    fn take_free(&self, partial: &Path) -> io::Result<()> {
        let mut failed = None;
        for way in WAYS {
            match way(partial, &self.path) {
                Ok(()) => return Ok(()),
                Err(_) if fs::symlink_metadata(&self.path).is_ok() => return Err(io::ErrorKind::AlreadyExists.into()),
                // Not every file system knows this way.
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(()), Err)
    }

    fn taken(&self) -> ApplicationError {
        ApplicationError::Open(tieout_workbook::OpenError::FileExists(self.path.clone()))
    }
}

/// How a file gets a name that is free, and only one that is free; what not every file system knows comes first.
const WAYS: [fn(&Path, &Path) -> io::Result<()>; 3] = [second_name, renamed, copied];

/// The file has both names until the one it was written under is removed.
fn second_name(partial: &Path, path: &Path) -> io::Result<()> {
    fs::hard_link(partial, path)
}

/// One call that renames or refuses.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn renamed(partial: &Path, path: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, partial, CWD, path, RenameFlags::NOREPLACE)?)
}

/// One call that renames or refuses: there is none here.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn renamed(_partial: &Path, _path: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Every file system can refuse to make a file that is there. What could not be written whole is removed again.
fn copied(partial: &Path, path: &Path) -> io::Result<()> {
    let mut from = File::open(partial)?;
    let mut to = File::create_new(path)?;
    let copied = io::copy(&mut from, &mut to).and_then(|_| to.sync_all());
    if copied.is_err() {
        drop(to);
        let _ = fs::remove_file(path);
    }
    copied
}

impl Session {
    /// Refuses a place that a file cannot be written to, before the work begins that it is for.
    pub fn check_place(&self, path: &Path, existing: Existing) -> Result<(), ApplicationError> {
        self.with_open(|open| open.place(path, existing).map(drop))
    }
}

impl Open {
    /// A place that a file may be written to while this workbook is open.
    pub(crate) fn place(&self, path: &Path, existing: Existing) -> Result<Place, ApplicationError> {
        Place::beside(self.workbook.path(), path, existing)
    }
}

/// Whether the path is the workbook, or what lies beside it while it is open (its log, its lock, a copy of it).
fn is_of_workbook(path: &Path, workbook: &Path) -> bool {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let same_folder = fs::canonicalize(folder).ok().as_deref() == workbook.parent();
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_link = fs::canonicalize(path).is_ok_and(|real| real == workbook);
    is_link || (same_folder && name(path).starts_with(&name(workbook)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = fs::canonicalize(folder.path()).unwrap();
        (folder, path)
    }

    #[test]
    fn the_workbooks_own_files_are_told_from_others() {
        let (_kept, folder) = folder();
        let workbook = folder.join("joinery.tieout");
        fs::write(&workbook, "x").unwrap();
        for own in ["joinery.tieout", "joinery.tieout-wal", "joinery.tieout.lock"] {
            assert!(is_of_workbook(&folder.join(own), &workbook), "{own}");
        }
        assert!(is_of_workbook(&folder.join("./joinery.tieout"), &workbook));
        assert!(!is_of_workbook(&folder.join("joinery.pdf"), &workbook));
        assert!(!is_of_workbook(&std::env::temp_dir().join("joinery.tieout"), &workbook));
    }

    #[test]
    fn nothing_is_written_over_the_workbook_even_if_somebody_says_so() {
        let (_kept, folder) = folder();
        let workbook = folder.join("journal.csv.partial");
        fs::write(&workbook, "x").unwrap();
        for path in [workbook.clone(), folder.join("journal.csv")] {
            let refused = Place::beside(&workbook, &path, Existing::Replace).unwrap_err().to_string();
            assert!(refused.ends_with("belongs to the open workbook: choose another place"), "{refused}");
        }
    }

    #[test]
    fn a_file_is_of_the_workbook_that_was_open_when_its_place_was_chosen() {
        let (_kept, folder) = folder();
        let place = Place::beside(&folder.join("joinery.tieout"), &folder.join("log.jsonl"), Existing::Keep).unwrap();
        place.require_of(&folder.join("joinery.tieout")).unwrap();
        let refused = place.require_of(&folder.join("bakery.tieout")).unwrap_err().to_string();
        assert!(refused.starts_with("another workbook was opened meanwhile"), "{refused}");
        Place::of_results(&folder.join("log.jsonl")).require_of(&folder.join("bakery.tieout")).unwrap();
    }

    #[test]
    fn a_file_that_is_there_stays_unless_it_may_be_replaced() {
        let (_kept, folder) = folder();
        let (workbook, path) = (folder.join("joinery.tieout"), folder.join("statement.csv"));
        fs::write(&path, "the bank's").unwrap();
        let refused = Place::beside(&workbook, &path, Existing::Keep).unwrap_err().to_string();
        assert_eq!(refused, format!("there is already a file at {}: choose another name", path.display()));
        // One that appears after the place was looked at stays too.
        let late = folder.join("late.csv");
        let place = Place::beside(&workbook, &late, Existing::Keep).unwrap();
        fs::write(place.partial(), "ours").unwrap();
        fs::write(&late, "theirs").unwrap();
        assert!(place.take(&place.partial()).is_err());
        assert_eq!(fs::read_to_string(&late).unwrap(), "theirs");
        let confirmed = Place::beside(&workbook, &late, Existing::Replace).unwrap();
        confirmed.take(&place.partial()).unwrap();
        assert_eq!(fs::read_to_string(&late).unwrap(), "ours");
    }

    #[test]
    fn a_file_that_only_looks_like_one_of_ours_stays_as_it_is() {
        let (_kept, folder) = folder();
        let place = Place::of_results(&folder.join("journal.csv"));
        fs::write(place.partial(), "theirs").unwrap();
        let (_, first) = place.create_partial().unwrap();
        let (_, second) = place.create_partial().unwrap();
        assert!(first != second && first != place.partial(), "{first:?} {second:?}");
        place.take(&first).unwrap();
        assert_eq!(fs::read_to_string(place.partial()).unwrap(), "theirs");
    }

    /// Each way alone, as on a file system that knows no other.
    #[test]
    fn no_way_of_naming_a_file_replaces_another() {
        for (number, way) in WAYS.into_iter().enumerate() {
            let (_kept, folder) = folder();
            let (partial, path) = (folder.join("ours.partial"), folder.join("late.csv"));
            fs::write(&partial, "ours").unwrap();
            fs::write(&path, "theirs").unwrap();
            let refused = way(&partial, &path).unwrap_err();
            assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists, "{number}");
            assert_eq!(fs::read_to_string(&path).unwrap(), "theirs", "{number}");
            fs::remove_file(&path).unwrap();
            way(&partial, &path).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "ours", "{number}");
        }
    }

    #[test]
    fn of_many_who_want_a_name_at_once_one_gets_it() {
        for way in WAYS {
            let (_kept, folder) = folder();
            let path = folder.join("late.csv");
            let start = std::sync::Barrier::new(8);
            let won: Vec<usize> = std::thread::scope(|scope| {
                let tried: Vec<_> = (0..8_usize)
                    .map(|number| {
                        let (start, path, partial) = (&start, &path, folder.join(format!("{number}.partial")));
                        fs::write(&partial, number.to_string()).unwrap();
                        scope.spawn(move || {
                            start.wait();
                            way(&partial, path).is_ok().then_some(number)
                        })
                    })
                    .collect();
                tried.into_iter().filter_map(|thread| thread.join().unwrap()).collect()
            });
            assert_eq!(won.iter().map(ToString::to_string).collect::<Vec<_>>(), [fs::read_to_string(&path).unwrap()]);
        }
    }

    #[test]
    fn what_could_not_be_copied_whole_leaves_nothing() {
        let (_kept, folder) = folder();
        let path = folder.join("late.csv");
        // A folder opens but cannot be read.
        assert!(copied(&folder, &path).is_err());
        assert!(!path.exists());
    }
}
