//! Lines of delimited text that split without more than a look at the line itself, which are nearly all: no cell runs over
//! lines or holds a doubled quotation mark. The others are left to the `csv` crate.

use std::ops::Range;

/// The cells of a line that has no quotation mark.
pub(super) fn split_unquoted(line: &str, delimiter: u8, mut take: impl FnMut(Range<usize>)) {
    let mut start = 0;
    for end in memchr::memchr_iter(delimiter, line.as_bytes()) {
        take(start..end);
        start = end + 1;
    }
    take(start..line.len());
}

/// The cells of a line without its end, or `false` where the line alone does not tell them; then `take` may have been
/// called all the same.
pub(super) fn split(line: &str, delimiter: u8, mut take: impl FnMut(Range<usize>)) -> bool {
    let bytes = line.as_bytes();
    let mut start = 0;
    loop {
        let rest = bytes.get(start..).unwrap_or_default();
        // A quotation mark opens a cell only where the cell begins; elsewhere it is a letter.
        let end = if rest.first() == Some(&b'"') {
            let Some(length) = memchr::memchr(b'"', rest.get(1..).unwrap_or_default()) else { return false };
            let closed = start + 1 + length;
            if bytes.get(closed + 1).is_some_and(|byte| *byte != delimiter) {
                return false;
            }
            take(start + 1..closed);
            closed + 1
        } else {
            let end = memchr::memchr(delimiter, rest).map_or(bytes.len(), |length| start + length);
            take(start..end);
            end
        };
        if end >= bytes.len() {
            return true;
        }
        start = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(line: &str) -> Option<Vec<&str>> {
        let mut cells = Vec::new();
        split(line, b';', |cell| cells.push(&line[cell])).then_some(cells)
    }

    #[test]
    fn quotation_marks_around_cells_are_no_part_of_them() {
        assert_eq!(cells("a;\"b; c\";;\"\""), Some(vec!["a", "b; c", "", ""]));
        assert_eq!(cells("\"a\";"), Some(vec!["a", ""]));
        assert_eq!(cells("a \"b\";c\""), Some(vec!["a \"b\"", "c\""]));
    }

    #[test]
    fn what_one_line_does_not_tell_is_left() {
        for line in ["\"open;1", "\"a \"\"b\"\"\";1", "\"a\"b;1"] {
            assert_eq!(cells(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn cells_are_those_of_the_csv_crate(line in "[ab\";ü ]{0,16}") {
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(line.as_bytes());
            let mut record = csv::StringRecord::new();
            if let Some(cells) = cells(&line) && reader.read_record(&mut record).unwrap() {
                let expected: Vec<&str> = record.iter().collect();
                if !line.contains('"') {
                    let mut unquoted = Vec::new();
                    split_unquoted(&line, b';', |cell| unquoted.push(&line[cell]));
                    prop_assert_eq!(&unquoted, &expected);
                }
                prop_assert_eq!(cells, expected);
            }
        }
    }
}
