//! Small text files that people write: a policy, a configuration, a mapping of columns.

use std::{io::Read, path::Path};

use tieout_domain::said;

use crate::{ApplicationError, foreign};

/// Most bytes of such a file: thousands of lines.
const BYTES_MAX: u64 = 1024 * 1024;

/// Reads a file that is text in UTF-8 and of a size that a person writes.
pub fn read(path: &Path) -> Result<String, ApplicationError> {
    let failed = |source| ApplicationError::file(path, source);
    let mut text = String::new();
    let mut file = foreign::open(path).map_err(failed)?.take(BYTES_MAX + 1);
    let read = file.read_to_string(&mut text);
    // A character that the limit cuts through is no mistake of whoever wrote it.
    if file.limit() == 0 {
        return Err(ApplicationError::TooLarge(said!(
            "file.largerThanSmall",
            "{path}: larger than 1 MiB, which no file of this kind is: check that it is the right one",
            path = path.display()
        )));
    }
    read.map_err(failed)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_and_what_is_none_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let told = |path: &Path| read(path).unwrap_err().to_string();
        assert_eq!(read(&at("fine.toml", "a = \"ä\"".as_bytes())).unwrap(), "a = \"ä\"");
        let most = vec![b'#'; 1024 * 1024];
        assert!(read(&at("most.toml", &most)).is_ok());
        let larger = [most.as_slice(), "ä".as_bytes()].concat();
        assert!(told(&at("larger.toml", &larger)).contains("larger than 1 MiB"));
        let latin = at("latin.toml", b"owner = \"J\xfcrgen\"");
        assert_eq!(
            told(&latin),
            format!("{}: this is not text in UTF-8: save it as UTF-8 (Unicode) and try again", latin.display())
        );
        let gone = folder.path().join("gone.toml");
        assert_eq!(
            told(&gone),
            format!("{}: there is no such file or folder: check its name and place", gone.display())
        );
        assert!(told(folder.path()).contains("this is a folder"), "{}", told(folder.path()));
    }
}
