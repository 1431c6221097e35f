//! Where the columns of a printed statement stand: by its header line, by the rule under it, or by the rows themselves.

use super::line::{self, Line};
use crate::{ColumnRole, recognise::vocabulary, value::words::fold_name};

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Date,
    Money,
    Text,
}

/// A column of the printed table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The columns, and the lines that name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) columns: Vec<Column>,
    /// First line after the names, by position in the list of lines.
    pub(super) body: usize,
    /// 1-based line of the names; `None` where the rows alone tell the columns.
    pub(super) header: Option<u32>,
    /// The lines of the names, folded: they come again on every page.
    pub(super) names: Vec<String>,
}

/// Lines that are searched for names.
const SEARCHED: usize = 400;
/// Most lines that names are written over.
const NAME_LINES_MAX: usize = 5;
/// Rows that tell the columns where no names do.
const ROWS_MIN: usize = 3;

pub(super) fn find(lines: &[Line<'_>]) -> Option<Layout> {
    by_names(lines).or_else(|| by_rows(lines))
}

fn by_names(lines: &[Line<'_>]) -> Option<Layout> {
    let mut best: Option<(usize, Layout)> = None;
    for at in 0..lines.len().min(SEARCHED) {
        for block in blocks(lines, at) {
            // A line between rules is only a part of names that are written over several.
            let whole = if block.names.len() > 1 { 2 } else { 1 };
            let score = score(&block.columns) * whole;
            if score > best.as_ref().map_or(0, |(score, _)| *score) {
                best = Some((score, block));
            }
        }
    }
    best.map(|(_, layout)| layout)
}

/// A header names at least a date and an amount, and stands over no values itself.
fn score(columns: &[Column]) -> usize {
    let has = |kind| columns.iter().any(|column| column.kind == kind);
    if columns.len() < 3 || !has(Kind::Date) || !has(Kind::Money) {
        return 0;
    }
    let folded: Vec<String> = columns.iter().map(|column| fold_name(&column.name)).collect();
    vocabulary::header_score(&folded)
}

/// The ways in which names may begin at a line: on that line alone, or over the lines between two rules.
fn blocks(lines: &[Line<'_>], at: usize) -> Vec<Layout> {
    let mut found = Vec::new();
    let Some(first) = lines.get(at).filter(|line| !line.is_blank()) else { return found };
    if first.is_rule {
        let named = lines.iter().skip(at + 1).take(NAME_LINES_MAX + 1).position(|line| line.is_rule);
        if let Some(count) = named.filter(|count| *count > 0) {
            let named = lines.get(at + 1..at + 1 + count).unwrap_or_default();
            found.push(layout(under_rule(first, named), named, at + count + 2));
        }
        return found;
    }
    if line::amounts(first).is_empty() {
        let columns =
            first.segments().into_iter().map(|segment| column(segment.text.to_owned(), segment.start, segment.end));
        found.push(layout(columns.collect(), std::slice::from_ref(first), at + 1));
    }
    found
}

fn layout(columns: Vec<Column>, named: &[Line<'_>], body: usize) -> Layout {
    let names = named.iter().map(|line| fold_name(line.raw)).collect();
    Layout { columns, body, header: named.first().map(|line| line.number), names }
}

fn column(name: String, start: usize, end: usize) -> Column {
    let role = vocabulary::likely_role(&fold_name(&name));
    let kind = match role {
        Some(ColumnRole::Date | ColumnRole::ValueDate) => Kind::Date,
        Some(ColumnRole::Amount | ColumnRole::Debit | ColumnRole::Credit | ColumnRole::Balance) => Kind::Money,
        _ => Kind::Text,
    };
    Column { name, kind, start, end }
}

/// Columns between the crosses or gaps of a rule, named by the words under it; a word may be broken over two lines.
fn under_rule(rule: &Line<'_>, named: &[Line<'_>]) -> Vec<Column> {
    let mut extents: Vec<(usize, usize)> = Vec::new();
    let mut begun: Option<usize> = None;
    for (at, character) in rule.raw.chars().chain([' ']).enumerate() {
        let drawn = matches!(character, '-' | '=' | '_' | '─' | '═');
        match (drawn, begun) {
            (true, None) => begun = Some(at),
            (false, Some(start)) => {
                extents.push((start, at));
                begun = None;
            }
            _ => {}
        }
    }
    let named_column = |(start, end): (usize, usize)| {
        let mut name = String::new();
        for word in named.iter().flat_map(|line| &line.words) {
            let middle = (word.start + word.end) / 2;
            if (start..=end).contains(&middle) {
                if name.ends_with('-') {
                    name.pop();
                } else if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(word.text);
            }
        }
        column(name, start, end)
    };
    extents.into_iter().map(named_column).collect()
}

/// Without names: dates that begin in one column, and amounts that end in the same columns after them.
fn by_rows(lines: &[Line<'_>]) -> Option<Layout> {
    let dated: Vec<(usize, &Line<'_>, usize)> = lines
        .iter()
        .take(SEARCHED)
        .enumerate()
        .filter_map(|(at, line)| {
            let (_, words) = line::date_at(line, 0)?;
            (!line::amounts(line).is_empty()).then_some((at, line, words))
        })
        .collect();
    let start = commonest(dated.iter().filter_map(|(_, line, _)| line.words.first()).map(|word| word.start))?;
    let rows: Vec<&(usize, &Line<'_>, usize)> =
        dated.iter().filter(|(_, line, _)| line.words.first().is_some_and(|word| word.start == start)).collect();
    if rows.len() < ROWS_MIN {
        return None;
    }
    let date_end = rows.iter().filter_map(|(_, line, words)| line.words.get(words - 1)).map(|word| word.end).max()?;
    let mut ends: Vec<(usize, usize)> = rows
        .iter()
        .flat_map(|(_, line, words)| line::amounts(line).into_iter().filter(move |money| money.words.0 >= *words))
        .map(|money| (money.end, money.start))
        .collect();
    ends.sort_unstable();
    let amounts: Vec<Column> = ends
        .chunk_by(|left, right| right.0 - left.0 <= 1)
        .filter(|cluster| cluster.len() * 4 >= rows.len().min(8))
        .filter_map(|cluster| {
            let start = cluster.iter().map(|(_, start)| *start).min()?;
            Some(Column { name: String::new(), kind: Kind::Money, start, end: cluster.last()?.0 })
        })
        .collect();
    let first_amount = amounts.first()?.start;
    let mut columns = vec![
        Column { name: String::new(), kind: Kind::Date, start, end: date_end },
        Column { name: String::new(), kind: Kind::Text, start: date_end + 1, end: first_amount.max(date_end + 2) },
    ];
    columns.extend(amounts);
    for (number, column) in (1..).zip(&mut columns) {
        column.name = format!("Column {number}");
    }
    Some(Layout { columns, body: rows.first()?.0, header: None, names: Vec::new() })
}

fn commonest(numbers: impl Iterator<Item = usize>) -> Option<usize> {
    let mut sorted: Vec<usize> = numbers.collect();
    sorted.sort_unstable();
    sorted.chunk_by(|left, right| left == right).max_by_key(|run| run.len()).and_then(|run| run.first().copied())
}
