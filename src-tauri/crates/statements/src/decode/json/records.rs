//! The chosen lists of a JSON text → rows: one for each object, a column for each of its fields.

use std::borrow::Cow;

use tieout_domain::said;

use super::{
    choose::{Chosen, list_key},
    context::Context,
    grid::Grid,
    record::{Cell, Record},
    scan::{Kind, Scan, Token, unescape},
    survey::{Places, Track, name_of},
    values,
};
use crate::{Limits, ReadError, Table, interpret::direction, value::words::fold_name};

/// A value that is passed over whole: a list inside a record that is kept as its text.
#[derive(Debug, Clone, Copy)]
struct Passed {
    depth: usize,
    start: usize,
    column: usize,
}

/// What is known of a place.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    is_record: bool,
    column: Option<usize>,
    /// Which part of which party it holds.
    party: Option<usize>,
}

struct Reading<'t, 'p> {
    places: &'p Places,
    known: Vec<Known>,
    grid: Grid<'t>,
    has_directions: bool,
    context: Context,
    record: Option<Record>,
    passed: Option<Passed>,
    depth: usize,
    record_depth: usize,
    section_due: bool,
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
        places,
        known: know(places, chosen),
        grid: Grid::new(text, encoding, limits),
        has_directions: false,
        context: Context::default(),
        record: None,
        passed: None,
        depth: 0,
        record_depth: 0,
        section_due: false,
    };
    reading.name_directions(chosen)?;
    let mut scan = Scan::new(text, limits.line_bytes);
    let mut track = Track::default();
    loop {
        let token = scan.next()?;
        if token.kind == Kind::End {
            break;
        }
        let place = track.follow(token, |parent, key| {
            let name = key.map(|key| name_of(scan.slice(key))).transpose()?;
            Ok(places.find(parent, name.as_deref()).unwrap_or(0))
        })?;
        if let Some(place) = place {
            reading.token(token, place)?;
        }
    }
    for (name, why) in &chosen.left_out {
        reading.grid.note(1, name, why.clone());
    }
    Ok(reading.grid.finish(reading.context.finish()))
}

/// What the survey tells of each place.
fn know(places: &Places, chosen: &Chosen) -> Vec<Known> {
    let mut known = vec![Known::default(); places.nodes.len()];
    for records in &chosen.records {
        if let Some(place) = known.get_mut(*records) {
            place.is_record = true;
        }
        for field in places.fields(*records) {
            let is_value = places.node(field).is_some_and(|node| node.lists == 0);
            if let Some(place) = known.get_mut(field).filter(|_| is_value) {
                place.party = values::party_part(&places.dotted(field, *records));
            }
        }
    }
    known
}

impl Reading<'_, '_> {
    /// Where debits and credits stand in lists of their own, the names of the lists are the rows' directions.
    fn name_directions(&mut self, chosen: &Chosen) -> Result<(), ReadError> {
        let names: Vec<&str> = chosen.records.iter().filter_map(|place| list_key(self.places, *place)).collect();
        self.has_directions = names.len() > 1 && names.iter().all(|name| direction::parse(name).is_some());
        if self.has_directions {
            self.grid.column_of("direction")?;
        }
        Ok(())
    }

    fn known(&self, place: usize) -> Known {
        self.known.get(place).copied().unwrap_or_default()
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
        } else if self.known(place).is_record {
            self.item(token, place)?;
        } else {
            self.outside(token, place);
        }
        if ends {
            self.depth -= 1;
        }
        Ok(())
    }

    /// A token that is in no record and no list of them.
    fn outside(&mut self, token: Token, place: usize) {
        let node = self.places.node(place);
        match token.kind {
            Kind::ObjectStart | Kind::ListStart => {
                self.context.open();
                let item = self.places.find(place, None);
                self.section_due |=
                    token.kind == Kind::ListStart && item.is_some_and(|item| self.known(item).is_record);
            }
            Kind::ObjectEnd | Kind::ListEnd => {
                let member = node.filter(|node| !node.is_item && token.kind == Kind::ObjectEnd);
                let list = if member.is_none() { list_key(self.places, place) } else { None };
                self.context.close(member.map(|node| node.name.as_str()), list);
            }
            Kind::Text | Kind::Number | Kind::Word => {
                if let Some(node) = node.filter(|node| !node.is_item) {
                    let value = unescape(self.grid.slice(token.start, token.end)).unwrap_or_default();
                    self.note_more(&node.name, &value, token.start);
                    self.context.value(&node.name, &value);
                }
            }
            Kind::Key | Kind::Null | Kind::End => {}
        }
    }

    /// Answers in pages say that there are more.
    fn note_more(&mut self, name: &str, value: &str, at: usize) {
        if value == "true" && matches!(fold_name(name).as_str(), "has more" | "has next page" | "more") {
            let why = said!(
                "json.more",
                "the file says that there are more transactions than it holds; the rest is in further answers"
            );
            self.grid.note_once(at, why);
        }
    }

    /// An item of a list of records: a record, or a row that cannot be read.
    fn item(&mut self, token: Token, place: usize) -> Result<(), ReadError> {
        if matches!(token.kind, Kind::ObjectEnd | Kind::ListEnd) {
            return Ok(());
        }
        if std::mem::take(&mut self.section_due) {
            self.context.begin_section(self.grid.next_row());
        }
        let line = self.grid.line_of(token.start);
        if token.kind == Kind::ObjectStart {
            self.record = Some(Record::new(token.start, line, place));
            self.record_depth = self.depth;
            return Ok(());
        }
        let cell = Cell::There { start: token.start, end: token.end, is_number: false };
        self.push(token.start, token.end, line, vec![Some(cell)])?;
        let value = self.grid.slice(token.start, token.end);
        self.grid.refuse(None, value, said!("json.object", "an object with the fields of a transaction"));
        Ok(())
    }

    fn push(&mut self, start: usize, end: usize, line: u32, cells: Vec<Option<Cell>>) -> Result<(), ReadError> {
        self.grid.push(start, end, line, cells)?;
        self.context.count_row();
        Ok(())
    }

    /// A token inside a record.
    fn inside(&mut self, token: Token, place: usize) -> Result<(), ReadError> {
        let node = self.places.node(place);
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
                let text = self.grid.slice(token.start, token.end);
                if let Some(node) = node.filter(|node| node.is_item) {
                    let column = self.column(node.parent)?;
                    if let Some(record) = &mut self.record {
                        record.join(column, &unescape(text).unwrap_or_default());
                    }
                } else if let Some(part) = self.known(place).party {
                    if let Some(record) = &mut self.record {
                        record.set_party(part, unescape(text).unwrap_or_default().into_owned());
                    }
                } else {
                    let column = self.column(place)?;
                    let cell = self.cell(token, column);
                    self.set(column, cell);
                }
            }
            // A field that is null here is a column all the same.
            Kind::Null if self.known(place).party.is_none() && node.is_some_and(|node| !node.is_item) => {
                self.column(place)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The column of a field. Lists side by side share the columns of their fields.
    fn column(&mut self, place: usize) -> Result<usize, ReadError> {
        if let Some(column) = self.known(place).column {
            return Ok(column);
        }
        let list = self.record.as_ref().map_or(0, |record| record.list);
        let column = self.grid.column_of(&self.places.dotted(place, list))?;
        if let Some(known) = self.known.get_mut(place) {
            known.column = Some(column);
        }
        Ok(column)
    }

    fn cell(&mut self, token: Token, column: usize) -> Cell {
        let text = self.grid.slice(token.start, token.end);
        let there = |is_number| Cell::There { start: token.start, end: token.end, is_number };
        if token.kind != Kind::Number {
            return match unescape(text) {
                Some(Cow::Owned(plain)) => Cell::Own(plain, false),
                _ => there(false),
            };
        }
        if let Some(day) = values::day_of_count(text).filter(|_| self.grid.way(column).is_date) {
            let why = said!("json.seconds", "numbers that count seconds since 1970 were read as days in UTC");
            self.grid.note_once(token.start, why);
            return Cell::Own(day, false);
        }
        values::without_exponent(text).map_or(there(true), |plain| Cell::Own(plain, true))
    }

    fn set(&mut self, column: usize, cell: Cell) {
        if let Some(record) = &mut self.record {
            record.set(column, cell);
        }
    }

    fn end(&mut self, token: Token) -> Result<(), ReadError> {
        let Some(mut record) = self.record.take() else { return Ok(()) };
        if self.has_directions {
            let name = list_key(self.places, record.list).unwrap_or("").to_owned();
            record.fill(0, name);
        }
        let (name, account) = record.take_party(self.grid.is_out(&record));
        for (header, value) in [("counterparty", name), ("counterparty account", account)] {
            if let Some(value) = value {
                record.fill(self.grid.column_of(header)?, value);
            }
        }
        self.grid.count_in_main_unit(&mut record);
        let doubled = record.doubled;
        self.push(record.start, token.end, record.line, record.cells)?;
        if doubled.is_some() {
            self.grid.refuse(doubled, "", said!("json.twice", "this field once in a record; it is there twice"));
        }
        Ok(())
    }
}
