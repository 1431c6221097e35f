//! The chosen lists of a JSON text → rows: one for each object, a column for each of its fields.

use std::borrow::Cow;

use tieout_domain::{Currency, Severity};

use super::{
    choose::{Chosen, list_key},
    context::Context,
    scan::{Kind, Scan, Token, unescape},
    survey::{Places, Track, name_of},
    values::{self, Way},
};
use crate::{
    Fault, Format, Limits, Note, ReadError, Table,
    interpret::direction,
    table::{NUMBER, RowSpan, Span},
    value::{currency::parse_currency, words::cut},
};

/// One cell: bytes of the text where it stands as it is, else a text of its own.
#[derive(Debug, Clone)]
enum Cell {
    There { start: usize, end: usize, is_number: bool },
    Own(String, bool),
}

/// The record that is being read.
#[derive(Debug)]
struct Record {
    start: usize,
    line: u32,
    list: usize,
    cells: Vec<Option<Cell>>,
    doubled: Option<usize>,
    /// Names and accounts of creditor and debtor, as [`values::party_part`] counts them.
    parties: [Option<String>; 4],
}

/// A value that is passed over whole: a list inside a record that is kept as its text.
#[derive(Debug, Clone, Copy)]
struct Passed {
    depth: usize,
    start: usize,
    column: usize,
}

struct Reading<'t, 'p> {
    text: &'t str,
    places: &'p Places,
    chosen: &'p Chosen,
    limits: &'p Limits,
    table: Table,
    extra: String,
    /// Column of each place; the places of columns in order.
    columns: Vec<Option<usize>>,
    ways: Vec<Way>,
    /// For each place, which part of which party it holds.
    parties: Vec<Option<usize>>,
    noted: Vec<&'static str>,
    direction: Option<usize>,
    context: Context,
    record: Option<Record>,
    passed: Option<Passed>,
    depth: usize,
    record_depth: usize,
    section_due: bool,
    counted: (usize, u32),
}

/// Makes the table.
pub(super) fn read(
    text: &str,
    encoding: String,
    places: &Places,
    chosen: &Chosen,
    limits: &Limits,
) -> Result<Table, ReadError> {
    let mut reading = Reading {
        text,
        places,
        chosen,
        limits,
        table: Table::new(Format::Json, encoding),
        extra: String::new(),
        columns: vec![None; places.nodes.len()],
        ways: Vec::new(),
        parties: party_places(places, chosen),
        noted: Vec::new(),
        direction: None,
        context: Context::default(),
        record: None,
        passed: None,
        depth: 0,
        record_depth: 0,
        section_due: false,
        counted: (0, 1),
    };
    reading.name_directions();
    let mut scan = Scan::new(text, limits.line_bytes);
    let mut track = Track::default();
    loop {
        let token = scan.next()?;
        if token.kind == Kind::End {
            return Ok(reading.finish());
        }
        let place = track.follow(token, |parent, key| {
            let name = key.map(|key| name_of(scan.slice(key))).transpose()?;
            Ok(places.find(parent, name.as_deref()).unwrap_or(0))
        })?;
        if let Some(place) = place {
            reading.token(token, place)?;
        }
    }
}

impl<'t> Reading<'t, '_> {
    /// Where debits and credits stand in lists of their own, the names of the lists are the rows' directions.
    fn name_directions(&mut self) {
        let names: Vec<&str> = self.chosen.records.iter().filter_map(|place| list_key(self.places, *place)).collect();
        if names.len() > 1 && names.iter().all(|name| direction::parse(name).is_some()) {
            self.direction = Some(0);
            self.table.header.push("direction".to_owned());
            self.ways.push(Way::default());
        }
    }

    fn token(&mut self, token: Token, place: usize) -> Result<(), ReadError> {
        let starts = matches!(token.kind, Kind::ObjectStart | Kind::ListStart);
        let ends = matches!(token.kind, Kind::ObjectEnd | Kind::ListEnd);
        if starts {
            self.depth += 1;
        }
        if let Some(passed) = self.passed {
            if ends && self.depth == passed.depth {
                self.passed = None;
                self.set(passed.column, Cell::There { start: passed.start, end: token.end, is_number: false });
            }
        } else if self.record.is_some() {
            self.inside(token, place)?;
        } else {
            self.outside(token, place)?;
        }
        if ends {
            self.depth -= 1;
        }
        Ok(())
    }

    /// A token that is in no record.
    fn outside(&mut self, token: Token, place: usize) -> Result<(), ReadError> {
        if self.chosen.records.contains(&place) {
            match token.kind {
                Kind::ObjectStart => self.begin(token, place),
                // A closed list of lists, which is no record.
                Kind::ObjectEnd | Kind::ListEnd => {}
                _ => self.no_object(token)?,
            }
            return Ok(());
        }
        let node = self.places.node(place);
        match token.kind {
            Kind::ObjectStart | Kind::ListStart => {
                self.context.open();
                self.section_due |= token.kind == Kind::ListStart && self.is_list_of_records(place);
            }
            Kind::ObjectEnd | Kind::ListEnd => {
                let name =
                    node.filter(|node| !node.is_item && token.kind == Kind::ObjectEnd).map(|node| node.name.as_str());
                let list = if name.is_none() { list_key(self.places, place) } else { None };
                self.context.close(name, list);
            }
            Kind::Text | Kind::Number | Kind::Word => {
                if let Some(node) = node.filter(|node| !node.is_item) {
                    let value = unescape(self.slice(token.start, token.end)).unwrap_or_default();
                    self.note_more(&node.name, &value, token.start);
                    self.context.value(&node.name, &value);
                }
            }
            Kind::Key | Kind::Null | Kind::End => {}
        }
        Ok(())
    }

    /// Answers in pages say that there are more.
    fn note_more(&mut self, name: &str, value: &str, at: usize) {
        if value == "true"
            && matches!(crate::value::words::fold_name(name).as_str(), "has more" | "has next page" | "more")
        {
            let why = "the file says that there are more transactions than it holds; the rest is in further answers";
            self.note(at, name, why.to_owned());
        }
    }

    fn is_list_of_records(&self, place: usize) -> bool {
        self.places.find(place, None).is_some_and(|item| self.chosen.records.contains(&item))
    }

    fn begin(&mut self, token: Token, place: usize) {
        if std::mem::take(&mut self.section_due) {
            self.context.begin_section(to_u32(self.table.rows.len()));
        }
        let line = self.line_of(token.start);
        self.record = Some(Record {
            start: token.start,
            line,
            list: place,
            cells: Vec::new(),
            doubled: None,
            parties: Default::default(),
        });
        self.record_depth = self.depth;
    }

    /// An item of the list that is no object is a row that cannot be read.
    fn no_object(&mut self, token: Token) -> Result<(), ReadError> {
        let line = self.line_of(token.start);
        let raw = self.slice(token.start, token.end).to_owned();
        let cell = Cell::There { start: token.start, end: token.end, is_number: false };
        self.push(token.start, token.end, line, vec![Some(cell)])?;
        let expected = "an object with the fields of a transaction".to_owned();
        self.fault("", &raw, expected);
        Ok(())
    }

    /// A token inside a record.
    fn inside(&mut self, token: Token, place: usize) -> Result<(), ReadError> {
        match token.kind {
            Kind::ObjectEnd if self.depth == self.record_depth => return self.end(token),
            Kind::ListStart => {
                let item = self.places.find(place, None).and_then(|item| self.places.node(item));
                let column = self.column(place)?;
                if item.is_some_and(|item| item.objects + item.lists > 0) {
                    self.passed = Some(Passed { depth: self.depth, start: token.start, column });
                }
            }
            Kind::Text | Kind::Number | Kind::Word => {
                let node = self.places.node(place);
                match node {
                    Some(node) if node.is_item => {
                        let column = self.column(node.parent)?;
                        self.join(column, token);
                    }
                    _ if self.take_party(token, place) => {}
                    _ => {
                        let column = self.column(place)?;
                        let cell = self.cell(token, column);
                        self.set(column, cell);
                    }
                }
            }
            Kind::Null if self.is_field(place) => {
                self.column(place)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a column of its own belongs to the place.
    fn is_field(&self, place: usize) -> bool {
        let is_party = self.parties.get(place).is_some_and(Option::is_some);
        !is_party && self.places.node(place).is_some_and(|node| !node.is_item)
    }

    /// Keeps a name or account of creditor or debtor until the record is over.
    fn take_party(&mut self, token: Token, place: usize) -> bool {
        let Some(part) = self.parties.get(place).copied().flatten() else { return false };
        let value = unescape(self.slice(token.start, token.end)).unwrap_or_default();
        if let Some(slot) = self.record.as_mut().and_then(|record| record.parties.get_mut(part)) {
            slot.get_or_insert_with(|| value.into_owned());
        }
        true
    }

    /// The other party: the creditor of money out, the debtor of money in, or the only one that is named.
    fn put_party(&mut self, record: &mut Record) -> Result<(), ReadError> {
        let [creditor, creditor_account, debtor, debtor_account] = std::mem::take(&mut record.parties);
        let is_out = self.ways.iter().zip(&record.cells).filter(|(way, _)| way.is_amount).any(|(_, cell)| match cell {
            Some(Cell::There { start, .. }) => self.text.as_bytes().get(*start) == Some(&b'-'),
            Some(Cell::Own(text, _)) => text.starts_with('-'),
            None => false,
        });
        let of_creditor = creditor.is_some() || creditor_account.is_some();
        let of_debtor = debtor.is_some() || debtor_account.is_some();
        let (name, account) =
            if of_creditor && (is_out || !of_debtor) { (creditor, creditor_account) } else { (debtor, debtor_account) };
        for (header, value) in [("counterparty", name), ("counterparty account", account)] {
            let Some(value) = value else { continue };
            let column = self.column_of(header.to_owned())?;
            if record.cells.len() <= column {
                record.cells.resize(column + 1, None);
            }
            if let Some(slot) = record.cells.get_mut(column).filter(|slot| slot.is_none()) {
                *slot = Some(Cell::Own(value, false));
            }
        }
        Ok(())
    }

    fn column(&mut self, place: usize) -> Result<usize, ReadError> {
        let record = self.record.as_ref().map_or(0, |record| record.list);
        // Lists side by side share the columns of their fields.
        if let Some(column) = self.columns.get(place).copied().flatten() {
            return Ok(column);
        }
        let column = self.column_of(self.places.dotted(place, record))?;
        if let Some(slot) = self.columns.get_mut(place) {
            *slot = Some(column);
        }
        Ok(column)
    }

    /// The column of that name, which may be new.
    fn column_of(&mut self, name: String) -> Result<usize, ReadError> {
        let own = usize::from(self.direction.is_some());
        if let Some(column) = self.table.header.iter().skip(own).position(|have| *have == name) {
            return Ok(column + own);
        }
        if self.table.header.len() >= self.limits.columns as usize {
            let limit = format!("{} columns", self.limits.columns);
            return Err(ReadError::TooLarge { what: "a row", limit, place: String::new() });
        }
        self.ways.push(values::way_of(&name));
        self.table.header.push(name);
        Ok(self.table.header.len() - 1)
    }

    fn cell(&mut self, token: Token, column: usize) -> Cell {
        let text = self.slice(token.start, token.end);
        if token.kind == Kind::Number {
            let way = self.ways.get(column).copied().unwrap_or_default();
            if let Some(day) = values::day_of_count(text).filter(|_| way.is_date) {
                self.note_once(
                    token.start,
                    "seconds",
                    "numbers that count seconds since 1970 were read as days in UTC",
                );
                return Cell::Own(day, false);
            }
            return match values::without_exponent(text) {
                Some(plain) => Cell::Own(plain, true),
                None => Cell::There { start: token.start, end: token.end, is_number: true },
            };
        }
        match unescape(text) {
            Some(Cow::Owned(plain)) => Cell::Own(plain, false),
            _ => Cell::There { start: token.start, end: token.end, is_number: false },
        }
    }

    fn set(&mut self, column: usize, cell: Cell) {
        let Some(record) = &mut self.record else { return };
        if record.cells.len() <= column {
            record.cells.resize(column + 1, None);
        }
        if let Some(slot) = record.cells.get_mut(column)
            && slot.replace(cell).is_some()
        {
            record.doubled = Some(column);
        }
    }

    /// Adds an item of a list to the list's cell.
    fn join(&mut self, column: usize, token: Token) {
        let item = unescape(self.slice(token.start, token.end)).unwrap_or_default().into_owned();
        let have = self.record.as_mut().and_then(|record| record.cells.get_mut(column)).and_then(Option::take);
        let joined = match have {
            Some(Cell::Own(mut text, _)) => {
                text.push(' ');
                text.push_str(&item);
                text
            }
            _ => item,
        };
        self.set(column, Cell::Own(joined, false));
    }

    fn end(&mut self, token: Token) -> Result<(), ReadError> {
        let Some(mut record) = self.record.take() else { return Ok(()) };
        if let Some(direction) = self.direction {
            let name = list_key(self.places, record.list).unwrap_or("").to_owned();
            if record.cells.is_empty() {
                record.cells.push(None);
            }
            if let Some(slot) = record.cells.get_mut(direction) {
                *slot = Some(Cell::Own(name, false));
            }
        }
        self.put_party(&mut record)?;
        self.to_main_unit(&mut record);
        self.push(record.start, token.end, record.line, record.cells)?;
        if let Some(column) = record.doubled {
            let name = self.table.column_name(column);
            self.fault(&name, "", "this field once in a record; it is there twice".to_owned());
        }
        Ok(())
    }

    /// Numbers that count the smallest coin become amounts in the main unit.
    fn to_main_unit(&mut self, record: &mut Record) {
        let text_of = |cell: &Option<Cell>| match cell {
            Some(Cell::There { start, end, .. }) => self.text.get(*start..*end).unwrap_or("").to_owned(),
            Some(Cell::Own(text, _)) => text.clone(),
            None => String::new(),
        };
        let with = |wanted: fn(&Way) -> bool| {
            record.cells.iter().zip(&self.ways).filter(move |(_, way)| wanted(way)).map(|(cell, _)| text_of(cell))
        };
        let all_minor = with(|way| way.is_kind).any(|kind| values::counts_minor(&kind));
        if !all_minor && !self.ways.iter().any(|way| way.is_minor) {
            return;
        }
        let currency: Option<Currency> = with(|way| way.is_currency).find_map(|code| parse_currency(&code));
        let mut changed = false;
        for (cell, way) in record.cells.iter_mut().zip(&self.ways) {
            if (way.is_minor || all_minor && way.is_amount)
                && let Some(amount) = values::from_minor(&text_of(cell), currency)
            {
                *cell = Some(Cell::Own(amount, true));
                changed = true;
            }
        }
        if changed {
            let why =
                "whole numbers that count the smallest coin, such as cents, were read as amounts of the main unit";
            self.note_once(record.start, "minor units", why);
        }
    }

    fn push(&mut self, start: usize, end: usize, line: u32, cells: Vec<Option<Cell>>) -> Result<(), ReadError> {
        let too_large = |what, limit| ReadError::TooLarge { what, limit, place: format!(" (line {line})") };
        if self.table.rows.len() >= self.limits.rows as usize {
            return Err(too_large("the file", format!("{} rows", self.limits.rows)));
        }
        if self.table.cells.len() + cells.len() > self.limits.text_cells as usize {
            return Err(too_large("the file", format!("{} cells", self.limits.text_cells)));
        }
        if end - start > self.limits.line_bytes {
            return Err(too_large("a record", format!("{} KiB", self.limits.line_bytes >> 10)));
        }
        let first_cell = to_u32(self.table.cells.len());
        let count = to_u32(cells.len());
        for cell in cells {
            let (mut span, is_number) = match cell {
                None => (Span::default(), false),
                Some(Cell::There { start, end, is_number }) => (Span::new(start, end - start)?, is_number),
                Some(Cell::Own(text, is_number)) => {
                    let span = Span::new(self.text.len() + self.extra.len(), text.len())?;
                    self.extra.push_str(&text);
                    (span, is_number)
                }
            };
            if is_number {
                span.tagged_len |= NUMBER;
            }
            self.table.cells.push(span);
        }
        self.table.rows.push(RowSpan { first_cell, cells: count, line, raw: Span::new(start, end - start)? });
        if let Some(section) = self.context.sections.last_mut() {
            section.rows += 1;
        }
        Ok(())
    }

    fn fault(&mut self, field: &str, value: &str, expected: String) {
        let row = to_u32(self.table.rows.len().saturating_sub(1));
        let (field, value) = (field.to_owned(), cut(value));
        self.table.faults.push(Fault { row, field, value, expected, severity: Severity::Error });
    }

    fn note_once(&mut self, at: usize, what: &'static str, why: &str) {
        if !self.noted.contains(&what) {
            self.noted.push(what);
            self.note(at, what, why.to_owned());
        }
    }

    fn note(&mut self, at: usize, text: &str, why: String) {
        let line = self.line_of(at);
        self.table.notes.push(Note { line, text: cut(text), why });
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    /// 1-based line of a byte; asked for in rising order.
    fn line_of(&mut self, at: usize) -> u32 {
        let (counted_to, lines) = self.counted;
        let passed = self.text.as_bytes().get(counted_to..at).unwrap_or_default();
        let lines = lines.saturating_add(to_u32(passed.iter().filter(|byte| **byte == b'\n').count()));
        self.counted = (counted_to.max(at), lines);
        lines
    }

    fn finish(mut self) -> Table {
        for (name, why) in &self.chosen.left_out {
            self.table.notes.push(Note { line: 1, text: cut(name), why: why.clone() });
        }
        self.table.sections = self.context.finish();
        let mut text = self.text.to_owned();
        text.push_str(&self.extra);
        self.table.text = text;
        self.table.header_line = Some(1);
        self.table
    }
}

fn party_places(places: &Places, chosen: &Chosen) -> Vec<Option<usize>> {
    let mut parts = vec![None; places.nodes.len()];
    for records in &chosen.records {
        for field in places.fields(*records) {
            let is_value = places.node(field).is_some_and(|node| node.lists == 0);
            if let Some(slot) = parts.get_mut(field).filter(|_| is_value) {
                *slot = values::party_part(&places.dotted(field, *records));
            }
        }
    }
    parts
}

/// Positions fit 32 bits: [`Span::new`] refuses larger texts before they are counted.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
