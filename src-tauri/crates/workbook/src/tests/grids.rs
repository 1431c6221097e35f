//! Grids, held against what is found by looking at every row.

use icu_collator::{
    CollatorBorrowed,
    options::{CollatorOptions, Strength},
};
use proptest::prelude::*;
use tieout_domain::RecordRef;

use super::*;
use crate::{
    ColumnKind, GridColumn, GridFilter, GridKind, GridPage, GridPlace, GridQuery, GridRange, GridRow, GridSort,
    GridTest, NewException,
};

const TEXTS: [&str; 8] =
    ["SEPA transfer", "Card 4711", "", "sepa TRANSFER", "Überweisung für März", "rent, \"June\"", "=1+1", "مرحبا"];
const NAMES: [&str; 5] = ["Müller & Söhne", "ACME Ltd", "acme ltd", "", "Groth OHG"];
const REFERENCES: [&str; 5] = ["INV-2024/001", "INV-2024/002", "", "RE 17", "inv-2024/001"];

/// So many lines and entries of many kinds; of ten of each one is matched, one proposed, one withdrawn.
fn workbook(number: u32) -> (Desk, Workbook) {
    let desk = Desk::new();
    let mut workbook = desk.create();
    fill(&mut workbook, 1, number);
    (desk, workbook)
}

fn pick<'t>(list: &[&'t str], row: u32, step: u32) -> &'t str {
    list[(row.wrapping_mul(2_654_435_761).rotate_left(step) % list.len() as u32) as usize]
}

fn fill(workbook: &mut Workbook, first_file: u8, number: u32) {
    let lines: Vec<StatementLine> = (1..=number)
        .map(|row| {
            let mut line =
                line(row, (row * 7 % 28 + 1) as i8, i64::from(row * 37 % 1_000) * 25 - 9_000, pick(&TEXTS, row, 3));
            line.counterparty = pick(&NAMES, row, 7).to_owned();
            line.reference = pick(&REFERENCES, row, 11).to_owned();
            line.record_id = format!("{first_file}-{row}");
            line.balance = (row % 3 == 0).then(|| cents(i64::from(row)));
            if row % 9 == 0 {
                line.date = None;
            }
            line
        })
        .collect();
    take_lines(workbook, first_file, &lines).unwrap();
    let entries: Vec<LedgerEntry> = (1..=number)
        .map(|row| {
            let minor = i64::from(row * 37 % 1_000) * 25 - 9_000;
            let mut entry = invoice(row, (row * 5 % 28 + 1) as i8, minor, &format!("RE-{first_file}-{row}"));
            entry.counterparty = pick(&NAMES, row, 5).to_owned();
            entry.memo = pick(&TEXTS, row, 9).to_owned();
            entry
        })
        .collect();
    take_entries(workbook, first_file + 1, &entries).unwrap();
    let (lines, entries) = (workbook.open_lines(None).unwrap(), workbook.open_entries().unwrap());
    let pairs = lines.iter().zip(&entries).filter(|(line, _)| !line.open.is_zero());
    let mut proposals = Vec::new();
    let mut exceptions = Vec::new();
    for (i, (line, entry)) in pairs.enumerate() {
        let minor = line.open.minor_units();
        if i % 10 < 2 && entry.open.minor_units() == minor {
            let status = [MatchStatus::Approved, MatchStatus::Suggested][i % 10];
            proposals.push(proposal(matched(&[(line.id, minor)], &[(entry.id, minor)]), status, 900_000 + i as u32));
        } else if i % 10 < 6 {
            exceptions.push(NewException {
                record: RecordRef::Line(line.id),
                cause: RootCause::ALL[i % RootCause::ALL.len()],
                impact: line.open.unsigned(),
                explanation: String::new(),
                finding: None,
            });
        }
    }
    workbook.store_run(&run(), &proposals, &exceptions, &mut go_on()).unwrap();
    let withdrawn: Vec<RecordRef> = lines.iter().skip(9).step_by(10).map(|line| RecordRef::Line(line.id)).collect();
    workbook.delete_records(&withdrawn, "twice").unwrap();
}

/// All rows of a query, in pages of so many.
fn rows(workbook: &mut Workbook, query: &GridQuery, limit: u32) -> Vec<GridRow> {
    let mut all = Vec::new();
    loop {
        let page = workbook.grid_page(query, all.len() as u64, limit).unwrap();
        let total = page.total;
        all.extend(page.rows);
        if all.len() as u64 >= total {
            assert_eq!(all.len() as u64, total);
            return all;
        }
    }
}

fn cell(grid: GridKind, row: &GridRow, column: GridColumn) -> String {
    row.cells[grid.columns().iter().position(|other| *other == column).unwrap()].text.clone()
}

/// How a cell compares with others, by what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Compared {
    Number(rust_decimal::Decimal),
    /// What Unicode's algorithm makes of it without case, with it, and the text itself.
    Text(Vec<u8>, Vec<u8>, String),
    Place(usize),
}

fn sort_key(strength: Strength, text: &str) -> Vec<u8> {
    let mut options = CollatorOptions::default();
    options.strength = Some(strength);
    let mut key = Vec::new();
    let Ok(()) = CollatorBorrowed::new_root(options).write_sort_key_to(text, &mut key);
    key
}

fn compared(grid: GridKind, column: GridColumn, text: &str) -> Compared {
    if let Some(place) = grid.words(column).and_then(|words| words.iter().position(|word| *word == text)) {
        return Compared::Place(place);
    }
    match column.kind() {
        ColumnKind::Amount | ColumnKind::Number | ColumnKind::Percent => Compared::Number(text.parse().unwrap()),
        _ => {
            let [caseless, with_case] = [Strength::Secondary, Strength::Tertiary].map(|level| sort_key(level, text));
            Compared::Text(caseless, with_case, text.to_owned())
        }
    }
}

fn holds(grid: GridKind, filter: &GridFilter, text: &str) -> bool {
    let of = |value: &String| compared(grid, filter.column, value);
    let lower = |text: &str| text.to_lowercase();
    let is_one = || {
        !text.is_empty()
            && filter.values.iter().any(|value| match filter.column.kind() {
                ColumnKind::Text | ColumnKind::Word => lower(value) == lower(text),
                _ => of(value) == compared(grid, filter.column, text),
            })
    };
    // Without the letters as they are, which only break ties.
    let folded = |compared: Compared| match compared {
        Compared::Text(caseless, ..) => Compared::Text(caseless, Vec::new(), String::new()),
        other => other,
    };
    let cell = || folded(compared(grid, filter.column, text));
    match filter.test {
        GridTest::Empty => text.is_empty(),
        GridTest::Filled => !text.is_empty(),
        GridTest::Equals | GridTest::OneOf => is_one(),
        GridTest::Differs => !is_one(),
        GridTest::Contains => filter.values.iter().any(|value| lower(text).contains(&lower(value.trim()))),
        GridTest::AtLeast => !text.is_empty() && cell() >= folded(of(&filter.values[0])),
        GridTest::AtMost => !text.is_empty() && cell() <= folded(of(&filter.values[0])),
    }
}

/// What a query finds, by looking at all rows in the order in which they came.
fn naive(all: &[GridRow], query: &GridQuery) -> Vec<GridRow> {
    let grid = query.grid;
    let mut found: Vec<GridRow> = all
        .iter()
        .filter(|row| query.filters.iter().all(|filter| holds(grid, filter, &cell(grid, row, filter.column))))
        .cloned()
        .collect();
    found.sort_by(|a, b| {
        let by = query.sort.iter().map(|sort| {
            let (a, b) = (cell(grid, a, sort.column), cell(grid, b, sort.column));
            match (a.is_empty(), b.is_empty()) {
                (true, true) => std::cmp::Ordering::Equal,
                (false, false) => {
                    let order = compared(grid, sort.column, &a).cmp(&compared(grid, sort.column, &b));
                    if sort.descending { order.reverse() } else { order }
                }
                (left, right) => left.cmp(&right),
            }
        });
        by.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
    found
}

/// The rows in the order in which they came: sorted by what is the same in all.
fn as_they_came(workbook: &mut Workbook, grid: GridKind) -> Vec<GridRow> {
    let mut all = rows(workbook, &GridQuery::all(grid), 500);
    all.sort_by_key(|row| (row.kind != crate::GridRowKind::Line, row.id));
    all
}

fn conditions(grid: GridKind) -> impl Strategy<Value = GridFilter> {
    let texts = ["acme", "Ltd", "e", "inv-2024/001", "ü", "", "SEPA transfer", "Current account", "zzz"];
    (0..grid.columns().len(), 0..GridTest::ALL.len(), 0..texts.len(), -9_100_i64..16_000, 1_u8..29).prop_map(
        move |(place, test, text, minor, day)| {
            let (column, mut test) = (grid.columns()[place], GridTest::ALL[test]);
            let value = match column.kind() {
                ColumnKind::Amount => cents(minor).to_decimal().to_string(),
                ColumnKind::Number => (minor / 100).to_string(),
                ColumnKind::Percent => "90.0012".to_owned(),
                ColumnKind::Date => format!("2026-01-{day:02}"),
                ColumnKind::Time => format!("20{:02}-01-01T00:00:00Z", 10 + day),
                ColumnKind::Text => texts[text].to_owned(),
                ColumnKind::Word => match grid.words(column) {
                    Some(words) => words[usize::from(day) % words.len()].to_owned(),
                    None => texts[text].to_owned(),
                },
            };
            let is_text = matches!(column.kind(), ColumnKind::Text | ColumnKind::Word);
            if test == GridTest::Contains && !is_text {
                test = GridTest::AtLeast;
            }
            if grid.words(column).is_some() && matches!(test, GridTest::AtLeast | GridTest::AtMost) {
                test = GridTest::Differs;
            }
            // An empty value is not what an empty cell is held against.
            if value.is_empty() && !matches!(test, GridTest::Empty | GridTest::Filled) {
                test = GridTest::Filled;
            }
            GridFilter { column, test, values: vec![value] }
        },
    )
}

fn queries() -> impl Strategy<Value = GridQuery> {
    (0..GridKind::ALL.len()).prop_map(|place| GridKind::ALL[place]).prop_flat_map(|grid| {
        let sort = (0..grid.columns().len(), any::<bool>())
            .prop_map(move |(place, descending)| GridSort { column: grid.columns()[place], descending });
        (prop::collection::vec(conditions(grid), 0..3), prop::collection::vec(sort, 1..4))
            .prop_map(move |(filters, sort)| GridQuery { grid, search: String::new(), filters, sort })
    })
}

#[test]
fn filters_and_orders_find_what_looking_at_every_row_finds() {
    let (_desk, mut workbook) = workbook(120);
    let all: Vec<Vec<GridRow>> = GridKind::ALL.into_iter().map(|grid| as_they_came(&mut workbook, grid)).collect();
    assert!(all.iter().all(|rows| rows.len() > 5), "{:?}", all.iter().map(Vec::len).collect::<Vec<_>>());
    let config = ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() };
    let workbook = std::cell::RefCell::new(workbook);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&(queries(), 1_u32..40), |(query, limit)| {
        let place = GridKind::ALL.iter().position(|grid| *grid == query.grid).unwrap();
        let found = rows(&mut workbook.borrow_mut(), &query, limit);
        let expected = naive(&all[place], &query);
        let ids = |rows: &[GridRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        prop_assert_eq!(ids(&found), ids(&expected), "{:?}", query);
        prop_assert_eq!(found, expected);
        Ok(())
    });
    outcome.unwrap();
}

fn found(workbook: &mut Workbook, grid: GridKind, search: &str) -> Vec<GridRow> {
    rows(workbook, &GridQuery { search: search.to_owned(), ..GridQuery::all(grid) }, 500)
}

#[test]
fn rows_are_found_by_words_parts_of_numbers_and_amounts() {
    let (_desk, mut workbook) = workbook(60);
    let all = as_they_came(&mut workbook, GridKind::Lines);
    let texts = |row: &GridRow| {
        [GridColumn::Counterparty, GridColumn::Text, GridColumn::Reference, GridColumn::RecordId]
            .map(|column| cell(GridKind::Lines, row, column).to_lowercase())
            .join(" ")
    };
    for (search, fits) in [
        ("INV-2024/001", &(|text: &str| text.contains("inv-2024/001")) as &dyn Fn(&str) -> bool),
        ("001", &|text| text.contains("/001")),
        ("muller", &|text| text.contains("müller")),
        ("MÜLLER söh", &|text| text.contains("müller")),
        ("marz uber", &|text| text.contains("märz")),
        ("acme sepa", &|text| text.contains("acme") && text.contains("sepa")),
        ("june", &|text| text.contains("june")),
        ("مرحبا", &|text| text.contains("مرحبا")),
        ("acm lt", &|_| false),
        ("ltd acm", &|text| text.contains("acme ltd")),
        ("OR AND NOT NEAR", &|_| false),
        ("  ", &|_| true),
    ] {
        let rows = found(&mut workbook, GridKind::Lines, search);
        let expected = all.iter().filter(|row| fits(&texts(row))).count();
        assert_eq!(rows.len(), expected, "{search}");
        assert!(rows.iter().all(|row| fits(&texts(row))), "{search}");
        assert!(search == "acm lt" || search.starts_with("OR") || expected > 0, "{search}");
    }
    let amount = cell(GridKind::Lines, &all[40], GridColumn::Amount);
    for typed in [amount.clone(), amount.trim_start_matches('-').to_owned(), amount.replace('.', ",")] {
        let rows = found(&mut workbook, GridKind::Lines, &typed);
        assert!(rows.iter().any(|row| row.id == all[40].id), "{typed}");
        let others = rows.iter().filter(|row| {
            let amounts = [GridColumn::Amount, GridColumn::Open, GridColumn::Balance];
            !amounts.iter().any(|column| cell(GridKind::Lines, row, *column).ends_with(amount.trim_start_matches('-')))
        });
        assert_eq!(others.count(), 0, "{typed}");
    }
    assert!(!found(&mut workbook, GridKind::Events, "import").is_empty());
    assert!(!found(&mut workbook, GridKind::Exceptions, "groth").is_empty());
    assert!(!found(&mut workbook, GridKind::Matches, "RE-1").is_empty());
}

#[test]
fn whatever_is_typed_is_no_fault() {
    let (_desk, mut workbook) = workbook(20);
    let long = "a".repeat(10_000);
    let many = "word ".repeat(2_000);
    let quotes = "\"".repeat(99);
    for typed in [
        "\"",
        "'",
        "*",
        "\"a",
        "a*b",
        "^a",
        "{text}:a",
        "text:a",
        "a OR",
        "NOT",
        "a NEAR(b c)",
        "(",
        "))",
        "a + b",
        "\0",
        "a\0b",
        "--",
        "; DROP TABLE matches",
        "%",
        "_",
        "\u{202e}abc",
        "हिन्दी में",
        "日本語",
        "🙂",
        "a\u{301}",
        "\u{fffd}",
        "-",
        "+",
        ".",
        "1e9",
        "999999999999999999999999",
        "-0",
        "1.2.3,4",
        long.as_str(),
        many.as_str(),
        quotes.as_str(),
    ] {
        for grid in GridKind::ALL {
            let query = GridQuery { search: typed.to_owned(), ..GridQuery::all(grid) };
            workbook.grid_page(&query, 0, 500).unwrap_or_else(|error| panic!("{typed:?} {grid:?}: {error}"));
        }
    }
    let config = ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() };
    let workbook = std::cell::RefCell::new(workbook);
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&"(?s).{0,40}|[\"'*():^{}a +-]{0,12}", |typed| {
        let query = GridQuery { search: typed, ..GridQuery::all(GridKind::Lines) };
        prop_assert!(workbook.borrow_mut().grid_page(&query, 0, 10).is_ok());
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn new_rows_are_found_however_many_pieces_they_come_in() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let lines: Vec<StatementLine> = (1..=20_050).map(|row| line(row, 2, 100, &format!("word{row}"))).collect();
    take_lines(&mut workbook, 1, &lines).unwrap();
    assert_eq!(found(&mut workbook, GridKind::Lines, "word20050").len(), 1);
    take_lines(&mut workbook, 2, &[line(1, 3, 5, "word20051")]).unwrap();
    assert_eq!(found(&mut workbook, GridKind::Lines, "word2005").len(), 3);
    assert!(!workbook.index_rows(GridKind::Lines).unwrap());
    let back = workbook.sql.execute("UPDATE search_progress SET through = 0", []).unwrap_err();
    assert!(back.to_string().contains("an index only grows"), "{back}");
}

/// A workbook that has its grids in memory already shows the same as one that reads them now.
fn check_against_file(workbook: &mut Workbook, what: &str) {
    for grid in GridKind::ALL {
        for search in ["", "acme", "re"] {
            let query = GridQuery {
                sort: vec![GridSort { column: grid.columns()[2], descending: false }],
                search: search.to_owned(),
                ..GridQuery::all(grid)
            };
            let known = rows(workbook, &query, 500);
            let kept = std::mem::replace(&mut workbook.grids, crate::grids::Grids::forgotten());
            let anew = rows(workbook, &query, 500);
            workbook.grids = kept;
            let sorted = |mut rows: Vec<GridRow>| {
                rows.sort_by_key(|row| row.id);
                rows
            };
            // Exceptions that came back stand after those that stayed.
            assert_eq!(sorted(known), sorted(anew), "{what}: {grid:?} '{search}'");
        }
    }
}

#[test]
fn what_changes_is_seen_at_once() {
    let (_desk, mut workbook) = workbook(60);
    check_against_file(&mut workbook, "at first");
    let ids = proposed(&workbook);
    approve(&mut workbook, ids[0]).unwrap();
    check_against_file(&mut workbook, "approved");
    reject(&mut workbook, ids[1]).unwrap();
    check_against_file(&mut workbook, "rejected");
    workbook.undo_newest("").unwrap();
    workbook.undo_newest("").unwrap();
    check_against_file(&mut workbook, "undone");
    let line = line_ids(&workbook)[3];
    let subject = [crate::QueueSubject::Record(RecordRef::Line(line))];
    workbook.mark(&subject, &crate::Mark::Owner(Some("Berta".to_owned()))).unwrap();
    check_against_file(&mut workbook, "given to somebody");
    workbook.mark(&subject, &crate::Mark::Owner(None)).unwrap();
    check_against_file(&mut workbook, "taken back");
    workbook.delete_records(&[RecordRef::Line(line)], "no").unwrap();
    check_against_file(&mut workbook, "deleted");
    workbook.restore_records(&[RecordRef::Line(line)]).unwrap();
    check_against_file(&mut workbook, "restored");
    fill(&mut workbook, 11, 30);
    check_against_file(&mut workbook, "more taken in and run");
    let travel = workbook.add_category("Travel").unwrap();
    workbook.set_line_category(&[line], crate::HandCategory::Category(travel)).unwrap();
    check_against_file(&mut workbook, "a category by hand");
    workbook.rename_category(travel, "Journeys").unwrap();
    check_against_file(&mut workbook, "a category renamed");
    let in_use: Vec<_> = workbook.list_batches().unwrap().into_iter().map(|batch| batch.id).collect();
    let undone = in_use.into_iter().filter(|batch| workbook.undo_import(*batch).is_ok()).count();
    check_against_file(&mut workbook, &format!("{undone} imports taken back"));
}

#[test]
fn what_was_withdrawn_is_shown_nowhere() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    take_lines(&mut workbook, 1, &[line(1, 2, 100, "first"), line(2, 3, 200, "second")]).unwrap();
    assert_eq!(found(&mut workbook, GridKind::Lines, "first").len(), 1);
    let batch = workbook.list_batches().unwrap()[0].id;
    workbook.undo_import(batch).unwrap();
    for grid in [GridKind::Lines, GridKind::Exceptions] {
        assert_eq!((found(&mut workbook, grid, ""), found(&mut workbook, grid, "first")), (vec![], vec![]));
    }
    take_lines(&mut workbook, 1, &[line(1, 2, 100, "first"), line(2, 3, 200, "second")]).unwrap();
    assert_eq!(found(&mut workbook, GridKind::Lines, "first").len(), 1);
    workbook.close().unwrap();
    let mut again = desk.open();
    assert_eq!(found(&mut again, GridKind::Lines, "sec").len(), 1);
    assert_eq!(again.damage().unwrap(), Vec::<tieout_domain::Said>::new());
}

#[test]
fn an_import_that_fails_leaves_no_words_behind() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let account = account(&mut workbook);
    let lines = [line(1, 2, 100, "abandoned")];
    let plans = [line_plan(&workbook, account, &lines)];
    let mut import = workbook.begin_line_import(&batch(1), &plans).unwrap();
    let statement = import.statement(account, &facts(&lines, None, None)).unwrap();
    import.add_line(statement, &lines[0]).unwrap();
    import.give_up("no");
    take_lines(&mut workbook, 2, &[line(1, 2, 100, "kept")]).unwrap();
    assert_eq!(found(&mut workbook, GridKind::Lines, "abandoned").len(), 0);
    assert_eq!(found(&mut workbook, GridKind::Lines, "kept").len(), 1);
}

#[test]
fn selections_are_summed_exactly_or_not_at_all() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let large = i64::MAX - 1;
    let mut lines = vec![line(1, 1, large, "a"), line(2, 2, 5, "b"), line(3, 3, -7, "c")];
    lines[1].balance = Some(cents(40));
    take_lines(&mut workbook, 1, &lines).unwrap();
    let query = GridQuery {
        sort: vec![GridSort { column: GridColumn::Date, descending: false }],
        ..GridQuery::all(GridKind::Lines)
    };
    let mut select = |rows: &[(u64, u64)], columns: &[GridColumn]| {
        let rows = rows.iter().map(|(from, to)| *from..*to).collect();
        workbook.grid_selection(&GridRange { query: query.clone(), rows, columns: columns.to_vec(), seen: None })
    };
    let sums = select(&[(1, 3), (2, 3)], &[GridColumn::Amount, GridColumn::Balance, GridColumn::Text]).unwrap();
    assert_eq!((sums.count, sums.sums, sums.difference), (5, vec![cents(38)], Some(cents(5 - 40 + 7))));
    let one = select(&[(2, 9)], &[GridColumn::Amount]).unwrap();
    assert_eq!((one.count, one.sums, one.difference), (1, vec![cents(-7)], None));
    let none = select(&[(7, 9)], &[GridColumn::Amount]).unwrap();
    assert_eq!((none.count, none.sums, none.difference), (0, vec![], None));
    let both = select(&[(0, 3)], &[GridColumn::Amount]).unwrap_err();
    assert!(matches!(both, WorkbookError::Money(_)), "the difference is too large: {both}");
    let too_much = select(&[(0, 2)], &[GridColumn::Amount, GridColumn::Open]);
    assert!(matches!(too_much, Err(WorkbookError::Money(_))));
    assert!(matches!(select(&[(0, 2)], &[GridColumn::Title]), Err(WorkbookError::Grid(_))));
}

#[test]
fn places_are_those_of_the_pages() {
    let (_desk, mut workbook) = workbook(60);
    let query = GridQuery {
        sort: vec![GridSort { column: GridColumn::Counterparty, descending: true }],
        ..GridQuery::all(GridKind::Lines)
    };
    let all = rows(&mut workbook, &query, 500);
    for (place, row) in all.iter().enumerate() {
        let found = workbook.grid_place(&query, &GridPlace::Row(row.id), 7).unwrap();
        assert_eq!(found, Some(place as u64));
    }
    let elsewhere = as_they_came(&mut workbook, GridKind::Entries)[0].id;
    assert_eq!(workbook.grid_place(&query, &GridPlace::Row(elsewhere), 0).unwrap(), None);
    for (column, start) in [
        (GridColumn::Counterparty, "AC"),
        (GridColumn::Reference, "inv-2024/0"),
        (GridColumn::Amount, "-8"),
        (GridColumn::Date, "2026-01-1"),
        (GridColumn::State, "set"),
        (GridColumn::Text, "nowhere"),
    ] {
        let begins =
            |row: &GridRow| cell(GridKind::Lines, row, column).to_lowercase().starts_with(&start.to_lowercase());
        let places: Vec<u64> =
            all.iter().enumerate().filter(|(_, row)| begins(row)).map(|(place, _)| place as u64).collect();
        for from in [0, 1, 20, 59, 60, u64::MAX] {
            let expected = places.iter().find(|place| **place >= from).or_else(|| places.first()).copied();
            let found = workbook.grid_place(&query, &GridPlace::StartsWith(column, start.to_owned()), from).unwrap();
            assert_eq!(found, expected, "{column:?} {start} from {from}");
        }
    }
}

#[test]
fn a_text_too_long_for_memory_is_shown_whole() {
    let desk = Desk::new();
    let mut workbook = desk.create();
    let long = "Ü".repeat(10_000);
    take_lines(&mut workbook, 1, &[line(1, 2, 100, &long)]).unwrap();
    take_entries(&mut workbook, 2, &[LedgerEntry { memo: long.clone(), ..invoice(1, 1, 100, "RE-1") }]).unwrap();
    for grid in [GridKind::Lines, GridKind::Entries, GridKind::Exceptions] {
        let all = rows(&mut workbook, &GridQuery::all(grid), 10);
        assert!(all.iter().all(|row| cell(grid, row, GridColumn::Text) == long), "{grid:?}");
    }
}

#[test]
fn what_cannot_be_answered_is_refused_in_words() {
    let (_desk, mut workbook) = workbook(10);
    let mut refused = |column, test, value: &str| {
        let filters = vec![GridFilter { column, test, values: vec![value.to_owned()] }];
        let query = GridQuery { filters, ..GridQuery::all(GridKind::Lines) };
        workbook.grid_page(&query, 0, 1).unwrap_err().to_string()
    };
    assert!(
        refused(GridColumn::Title, GridTest::Equals, "").starts_with("lines have no column 'title': take one of date,")
    );
    assert_eq!(
        refused(GridColumn::Amount, GridTest::AtLeast, "12 EUR"),
        "'12 EUR' for amount is no amount such as 1250 or -99.50"
    );
    assert_eq!(
        refused(GridColumn::Date, GridTest::Equals, "1.2.2026"),
        "'1.2.2026' for date is no date such as 2025-12-31"
    );
    assert_eq!(
        refused(GridColumn::State, GridTest::OneOf, "open"),
        "'open' is none of the words of state: take unmatched, proposed, settled, dormant"
    );
    let sort = vec![GridSort { column: GridColumn::Date, descending: false }; 4];
    let error = workbook.grid_page(&GridQuery { sort, ..GridQuery::all(GridKind::Lines) }, 0, 1).unwrap_err();
    assert_eq!(error.to_string(), "rows are sorted by at most 3 columns");
}

#[test]
fn pages_tell_columns_words_and_version() {
    let (_desk, mut workbook) = workbook(10);
    let page: GridPage = workbook.grid_page(&GridQuery::all(GridKind::Lines), 0, 3).unwrap();
    assert_eq!(page.columns.len(), GridKind::Lines.columns().len());
    let words = |column| page.columns.iter().find(|facts| facts.column == column).unwrap().words.clone();
    assert_eq!(words(GridColumn::State), ["unmatched", "proposed", "settled", "dormant"]);
    assert_eq!(words(GridColumn::Account), ["Current account"]);
    assert_eq!(words(GridColumn::Text), Vec::<String>::new());
    assert_eq!((page.rows.len(), page.version), (3, workbook.audit_head().sequence));
}
