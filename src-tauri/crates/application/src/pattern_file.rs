//! The file with category patterns: `pattern,category`.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    io,
    path::Path,
};

use tieout_classify::{PATTERN_BYTES_MAX, PatternListError};
use tieout_domain::{CATEGORY_LETTERS_MAX, CategoryPattern, Said, retold, said};
use tieout_reports::is_formula_like;

use crate::ApplicationError;

/// Most bytes of such a file.
const BYTES_MAX: u64 = 64 << 20;

/// So much of a name is quoted in a message.
const TOLD_CHARS_MAX: usize = 60;

/// A pattern with the name of its category.
pub(crate) type NamedPattern = (CategoryPattern, String);

/// Reads a file of patterns in their order; one given again for the same category is left out.
pub(crate) fn read(path: &Path) -> Result<Vec<NamedPattern>, ApplicationError> {
    let refused = |what: Said| {
        ApplicationError::Unreadable(said!(
            "pattern.file",
            "the category patterns {path}: {why}",
            path = path.display(),
            why = what
        ))
    };
    let metadata = std::fs::metadata(path).map_err(|source| ApplicationError::file(path, source))?;
    if !metadata.is_file() {
        return Err(refused(said!("pattern.file.none", "this is no file")));
    }
    if metadata.len() > BYTES_MAX {
        return Err(refused(said!(
            "pattern.file.large",
            "more than {most} MiB are too large for patterns",
            most = BYTES_MAX >> 20
        )));
    }
    let bytes = crate::foreign::read(path).map_err(|source| ApplicationError::file(path, source))?;
    parse(&bytes).map_err(refused)
}

/// Writes patterns with the names of their categories, so that [`read`] reads the same: what a spreadsheet would take for a
/// formula gets a leading apostrophe, which is dropped again there.
pub(crate) fn write<'a>(
    out: &mut dyn io::Write,
    patterns: impl Iterator<Item = (&'a CategoryPattern, &'a str)>,
) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["pattern", "category"])?;
    for (pattern, category) in patterns {
        rows.write_record([guarded(pattern.as_str()).as_ref(), guarded(category).as_ref()])?;
    }
    rows.flush()
}

/// Texts that begin with an apostrophe and a formula's sign are guarded too, or they would lose theirs.
fn guarded(text: &str) -> Cow<'_, str> {
    let plain = text.trim_start_matches('\'');
    if is_formula_like(plain) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula_like(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// Refuses more patterns than can be used at once. Those that are equal but for letter case are one.
pub(crate) fn check_size<'a>(patterns: impl IntoIterator<Item = &'a CategoryPattern>) -> Result<(), ApplicationError> {
    let different: HashSet<&str> = patterns.into_iter().map(CategoryPattern::folded).collect();
    let bytes: usize = different.into_iter().map(str::len).sum();
    if bytes > PATTERN_BYTES_MAX {
        let error = PatternListError::TooMany { bytes };
        return Err(ApplicationError::Invalid(list_fault(&error)));
    }
    Ok(())
}

/// Why patterns cannot be used together.
pub(crate) fn list_fault(error: &PatternListError) -> Said {
    match error {
        PatternListError::TwoCategories { pattern, .. } => retold!(error, "pattern.twoCategories", pattern = pattern),
        PatternListError::TooMany { bytes } => said!(
            "pattern.tooMany",
            "the patterns are {bytes} bytes together: at most {most} can be used at once; remove some that are of no use",
            bytes = *bytes,
            most = PATTERN_BYTES_MAX
        ),
        PatternListError::Automaton(detail) => {
            retold!(error, "pattern.compile", detail = Said::in_english(detail.clone()))
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Vec<NamedPattern>, Said> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
        .map_err(|_| said!("pattern.file.encoding", "it is not in UTF-8: save it as 'CSV UTF-8'"))?;
    // Spreadsheets of many countries separate by semicolons.
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') && !header.contains(',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| retold!(error, "pattern.file.columns"))?;
    let lower: csv::StringRecord = headers.iter().map(str::to_lowercase).collect();
    let place = |name: &str| lower.iter().position(|header| header == name);
    let (Some(pattern_at), Some(category_at)) = (place("pattern"), place("category")) else {
        return Err(said!("pattern.file.columns", "expected the columns pattern,category in its first row"));
    };
    let mut list = List::default();
    for (index, row) in reader.records().enumerate() {
        let wrong = |what: Said| said!("inRow", "row {row}: {why}", row = index + 1, why = what);
        let no_pair = || wrong(said!("pattern.file.pair", "expected a pattern and a category"));
        let row = row.map_err(|_| no_pair())?;
        if row.iter().enumerate().any(|(at, field)| !field.is_empty() && lower.get(at).is_none_or(str::is_empty)) {
            return Err(wrong(said!(
                "pattern.file.fields",
                "it has more fields than the first row has columns: put a text with the separator in it in quotes"
            )));
        }
        let (Some(pattern), Some(category)) = (row.get(pattern_at), row.get(category_at)) else {
            return Err(no_pair());
        };
        list.add(unguarded(pattern), unguarded(category), index + 1).map_err(wrong)?;
    }
    if list.patterns.is_empty() { Err(said!("pattern.file.empty", "it holds no pattern")) } else { Ok(list.patterns) }
}

/// What was read so far.
#[derive(Default)]
struct List {
    patterns: Vec<NamedPattern>,
    /// Folded pattern to its place and its row.
    known: HashMap<String, (usize, usize)>,
    /// Folded name of a category to the name as it was first written.
    names: HashMap<String, String>,
}

impl List {
    fn add(&mut self, pattern: &str, category: &str, number: usize) -> Result<(), Said> {
        let pattern = CategoryPattern::parse(pattern)?;
        if category.is_empty() {
            return Err(said!(
                "pattern.file.noCategory",
                "the pattern '{pattern}' has no category",
                pattern = pattern.to_string()
            ));
        }
        let mut folded = String::new();
        let letters = tieout_domain::fold_text(category, &mut folded);
        if letters > CATEGORY_LETTERS_MAX {
            let begins: String = category.chars().take(TOLD_CHARS_MAX).collect();
            return Err(said!(
                "pattern.file.category",
                "the category '{begins}…' has {letters} letters: at most {most} are a name",
                begins = begins,
                letters = letters,
                most = CATEGORY_LETTERS_MAX
            ));
        }
        // One category, however its letters are written: as in a workbook, the first spelling is its name.
        let category = self.names.entry(folded).or_insert_with(|| category.to_owned());
        match self.known.get(pattern.folded()) {
            None => {
                self.known.insert(pattern.folded().to_owned(), (self.patterns.len(), number));
                self.patterns.push((pattern, category.clone()));
            }
            Some((place, first)) => {
                let before = self.patterns.get(*place).map_or("", |(_, name)| name.as_str());
                if before != category {
                    return Err(said!(
                        "pattern.file.twice",
                        "the pattern '{pattern}' is for '{category}', and in row {first} for '{before}': keep one of them",
                        pattern = pattern.to_string(),
                        category = category.as_str(),
                        first = *first,
                        before = before
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Letter case makes no difference between names of categories.
pub(crate) fn is_same_name(left: &str, right: &str) -> bool {
    let fold = |text: &str| {
        let mut folded = String::new();
        tieout_domain::fold_text(text, &mut folded);
        folded
    };
    left == right || fold(left) == fold(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, read: &[(&str, &str)]) {
        let patterns = parse(text.as_bytes()).unwrap();
        let patterns: Vec<_> = patterns.iter().map(|(pattern, name)| (pattern.as_str(), name.as_str())).collect();
        assert_eq!(patterns, read, "{text}");
    }

    #[track_caller]
    fn refused(text: &[u8], why: &str) {
        assert_eq!(parse(text).unwrap_err(), why);
    }

    #[test]
    fn patterns_are_read_in_their_order_whatever_the_spreadsheet() {
        let both = [("Shell", "Fuel"), ("Lidl, Berlin", "Groceries")];
        check("pattern,category\nShell,Fuel\n\"Lidl, Berlin\",Groceries\n", &both);
        check("\u{feff}Category;Pattern\r\nFuel;Shell\r\nGroceries;Lidl, Berlin\r\n", &both);
        check("pattern,category\nShell,Fuel\nSHELL,fuel\n", &both[..1]);
        check("pattern,category,note,\nShell,Fuel,since May,\n\"Lidl, Berlin\",Groceries,\n", &both);
        check("Pattern;Category\nShell;Fuel;;\nLidl, Berlin;Groceries\n", &both);
    }

    #[test]
    fn a_category_is_one_however_its_letters_are_written() {
        let both = [("Shell", "Fuel"), ("Aral", "Fuel")];
        check("pattern,category\nShell,Fuel\nAral,fuel\n", &both);
        check("pattern,category\nShell,Fuel\nAral,FUEL\nshell,FuEl\n", &both);
    }

    #[test]
    fn patterns_that_are_there_already_take_no_more_room() {
        let long = |letter: &str| CategoryPattern::parse(&letter.repeat(1_000)).unwrap();
        let list: Vec<CategoryPattern> = (0..PATTERN_BYTES_MAX / 1_000)
            .map(|number| CategoryPattern::parse(&format!("{number:0>1000}")).unwrap())
            .collect();
        check_size(list.iter().chain(&list)).unwrap();
        check_size(list.iter().chain([&long("x")])).unwrap_err();
    }

    #[test]
    fn what_was_written_reads_the_same_and_no_spreadsheet_takes_it_for_a_formula() {
        let patterns: Vec<NamedPattern> =
            [("=SUM Ltd", "+ Extra"), ("'=quoted", "Food"), ("Lidl, \"Berlin\"", "Groceries"), ("'Plain", "Food")]
                .into_iter()
                .map(|(pattern, name)| (CategoryPattern::parse(pattern).unwrap(), name.to_owned()))
                .collect();
        let mut text = Vec::new();
        write(&mut text, patterns.iter().map(|(pattern, name)| (pattern, name.as_str()))).unwrap();
        let written = String::from_utf8(text.clone()).unwrap();
        assert!(written.starts_with("pattern,category\n'=SUM Ltd,'+ Extra\n''=quoted,Food\n"), "{written}");
        assert_eq!(parse(&text).unwrap(), patterns);
    }

    #[test]
    fn mistakes_are_named_with_their_row() {
        refused(b"", "expected the columns pattern,category in its first row");
        refused(b"name,group\na,b\n", "expected the columns pattern,category in its first row");
        refused(b"pattern,category\n", "it holds no pattern");
        refused(b"pattern,category\nShell\n", "row 1: expected a pattern and a category");
        refused(b"pattern,category\nShell,\n", "row 1: the pattern 'Shell' has no category");
        refused(b"pattern,category\nShell,Fuel\n ,Fuel\n", "row 2: a pattern is empty: it would fit every transaction");
        refused(b"pattern,category\nCaf\xe9,Food\n", "it is not in UTF-8: save it as 'CSV UTF-8'");
        let more = "it has more fields than the first row has columns: put a text with the separator in it in quotes";
        refused(b"pattern,category\nShell,Fuel\nLidl, Berlin,Groceries\n", &format!("row 2: {more}"));
        refused(b"category,pattern,\nGroceries,Lidl,Berlin\n", &format!("row 1: {more}"));
        refused(b"pattern;category\nLidl; Berlin;Groceries\n", &format!("row 1: {more}"));
        let name = "n".repeat(CATEGORY_LETTERS_MAX + 1);
        refused(
            format!("pattern,category\nShell,{name}\n").as_bytes(),
            &format!("row 1: the category '{}…' has 201 letters: at most 200 are a name", &name[..60]),
        );
        refused(
            b"pattern,category\nShell,Fuel\nAral,Fuel\nSHELL,Food\n",
            "row 3: the pattern 'SHELL' is for 'Food', and in row 1 for 'Fuel': keep one of them",
        );
    }
}
