//! A row of an OpenDocument sheet.

use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use crate::{
    ReadError,
    decode::sheets::{
        cell::{number_text, truth_text},
        grid::Grid,
        xml::{Xml, attribute, push_reference},
    },
};

pub(super) struct Row {
    repeated: u32,
    hidden: bool,
}

/// A run of equal cells.
#[derive(Default)]
struct Run {
    column: u32,
    repeated: u32,
    text: String,
    is_number: bool,
    unresolved: bool,
}

impl Row {
    pub(super) fn begin(element: &BytesStart<'_>) -> Self {
        let visibility = attribute(element, "visibility");
        let hidden = matches!(visibility.as_deref(), Some("collapse" | "filter"));
        Self { repeated: times(element, "number-rows-repeated"), hidden }
    }

    /// Reads the cells up to the row's end and answers whether more rows are wanted.
    pub(super) fn read<R: Read>(
        self,
        xml: &mut Xml<R>,
        next_row: &mut u32,
        grid: &mut Grid<'_, '_>,
    ) -> Result<bool, ReadError> {
        let runs = read_runs(xml, grid)?;
        let first = *next_row;
        *next_row = first.saturating_add(self.repeated);
        if runs.is_empty() {
            return Ok(true);
        }
        grid.repeat(self.repeated.saturating_sub(1))?;
        for row in first..*next_row {
            if self.hidden {
                grid.hide(row)?;
            }
            for run in &runs {
                for column in run.column..run.column.saturating_add(run.repeated) {
                    if run.unresolved {
                        grid.unresolved(row, column)?;
                    } else if !grid.push(row, column, &run.text, run.is_number)? {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }
}

/// The cells that hold something.
fn read_runs<R: Read>(xml: &mut Xml<R>, grid: &Grid<'_, '_>) -> Result<Vec<Run>, ReadError> {
    let (mut runs, mut column) = (Vec::new(), 0_u32);
    let mut bytes_left = grid.row_bytes();
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => {
                let name = element.local_name();
                // A covered cell lies under a merged one, which shows its own value only.
                if !matches!(name.as_ref(), "table-cell" | "covered-table-cell") {
                    continue;
                }
                let covered = name.as_ref() == "covered-table-cell";
                let value = Value::of(&element);
                let repeated = times(&element, "number-columns-repeated");
                let text = read_texts(xml, bytes_left, grid)?;
                let run = value.run(column, repeated, text);
                column = column.saturating_add(repeated);
                if !covered && (run.unresolved || !run.text.trim().is_empty()) {
                    bytes_left = bytes_left.saturating_sub(run.text.len() + size_of::<Run>());
                    runs.push(run);
                }
                if bytes_left == 0 {
                    return Err(grid.row_too_large());
                }
            }
            Event::End(element) if element.local_name().as_ref() == "table-row" => break,
            _ => {}
        }
    }
    Ok(runs)
}

/// What a cell's element says of its value.
struct Value {
    kind: String,
    value: Option<String>,
    is_error: bool,
    is_formula: bool,
}

impl Value {
    fn of(element: &BytesStart<'_>) -> Self {
        let (mut kind, mut is_error) = (String::new(), false);
        for one in element.attributes().with_checks(false).flatten() {
            // Both `office:value-type` and `calcext:value-type`; only the latter knows errors.
            if one.key.local_name().as_ref() == "value-type" {
                match one.value.as_ref() {
                    "error" => is_error = true,
                    other => kind = other.to_owned(),
                }
            }
        }
        let name = match kind.as_str() {
            "date" => "date-value",
            "time" => "time-value",
            "boolean" => "boolean-value",
            "string" => "string-value",
            _ => "value",
        };
        Self { value: attribute(element, name), is_error, is_formula: attribute(element, "formula").is_some(), kind }
    }

    /// The cell as text: its stored value, or what it shows where it has none.
    fn run(self, column: u32, repeated: u32, shown: String) -> Run {
        let Self { kind, value, is_error, is_formula } = self;
        let value = value.filter(|_| !is_error);
        let (text, is_number) = match (kind.as_str(), value) {
            ("float" | "currency" | "percentage", Some(value)) => match value.trim().parse::<f64>() {
                Ok(number) => (number_text(number), true),
                Err(_) => (value, false),
            },
            ("date", Some(value)) => (day(&value), false),
            ("time", Some(value)) => (time_of_day(&value).unwrap_or(value), false),
            ("boolean", Some(value)) => (truth_text(value.trim() == "true").to_owned(), false),
            (_, Some(value)) if !value.is_empty() => (value, false),
            _ => (shown, false),
        };
        let unresolved = is_formula && kind.is_empty() && text.trim().is_empty();
        Run { column, repeated, text, is_number, unresolved }
    }
}

/// A date without a time that says nothing, and a time without fractions of a second.
fn day(value: &str) -> String {
    let value = value.trim();
    let whole = value.split_once('.').map_or(value, |(whole, _)| whole);
    whole.trim_end_matches("T00:00:00").to_owned()
}

/// `PT09H05M00S` as `09:05:00`.
fn time_of_day(value: &str) -> Option<String> {
    let (hours, rest) = value.trim().strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let seconds = seconds.split_once(['.', ',']).map_or(seconds, |(whole, _)| whole);
    let two = |part: &str| part.parse::<u8>().ok().filter(|number| *number < 60);
    Some(format!("{:02}:{:02}:{:02}", two(hours)?, two(minutes)?, two(seconds)?))
}

/// What a cell shows, up to its end: its paragraphs, one a line. Remarks and drawings are no part of it.
fn read_texts<R: Read>(xml: &mut Xml<R>, bytes_most: usize, grid: &Grid<'_, '_>) -> Result<String, ReadError> {
    let (mut text, mut paragraphs) = (String::new(), 0_usize);
    let (mut depth, mut inside) = (0_usize, false);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => {
                match (element.local_name().as_ref(), depth) {
                    ("p", 0) => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        inside = true;
                    }
                    ("s", _) if inside => {
                        let count = (times(&element, "c") as usize).min(bytes_most.saturating_add(1));
                        text.extend(std::iter::repeat_n(' ', count));
                    }
                    ("tab", _) if inside => text.push('\t'),
                    ("line-break", _) if inside => text.push('\n'),
                    _ => {}
                }
                depth += 1;
            }
            Event::End(_) => match depth.checked_sub(1) {
                Some(0) => (depth, inside) = (0, false),
                Some(less) => depth = less,
                None => break,
            },
            Event::Text(piece) if inside => text.push_str(&piece.xml10_content()),
            Event::CData(piece) if inside => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) if inside => push_reference(&reference, &mut text)?,
            _ => {}
        }
        if text.len() > bytes_most {
            return Err(grid.row_too_large());
        }
    }
    Ok(text)
}

/// How often something is repeated; once where nothing sensible is said.
fn times(element: &BytesStart<'_>, name: &str) -> u32 {
    let count = attribute(element, name).and_then(|count| count.trim().parse::<u64>().ok());
    count.map_or(1, |count| u32::try_from(count).unwrap_or(u32::MAX))
}
