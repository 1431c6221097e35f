//! Whether the CSV files inside a report come to what its `report.json` says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{EXCEPTIONS, MATCHES, REPORT_JSON, amounts, decimal};

/// Sums of currencies that the CSV files do not name: in units of the last digit that any currency has.
const DIGITS: u32 = 4;

/// Counts and sums of rows that `report.json` counts together.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counted {
    rows: u64,
    /// Statement side, ledger side.
    sums: [i128; 2],
}

/// `matches.csv` against the matches by status.
pub(super) fn of_matches(bytes: &[u8], json: &Value) -> Vec<String> {
    let Some(counted) = counted_matches(bytes) else { return vec![unreadable(MATCHES)] };
    let matches = &json["reconciliation_summary"]["matches"];
    // The table has one word for what awaits a person.
    let told = [("auto", &["auto"][..]), ("approved", &["approved"]), ("suggested", &["suggested", "ambiguous"])];
    let mut found = Vec::new();
    for (word, names) in told {
        let own = counted.get(word).unwrap_or(&NOTHING);
        let said = names.iter().try_fold(Counted::default(), |sum, name| {
            let tally = &matches[*name];
            let sums = [&tally["statement_amount"], &tally["ledger_amount"]].map(total);
            Some(Counted {
                rows: sum.rows + tally["rows"].as_u64()?,
                sums: [sum.sums[0] + sums[0]?, sum.sums[1] + sums[1]?],
            })
        });
        found.extend(compare(MATCHES, &format!("{word} matches"), own, said.as_ref()));
    }
    let known = |word: &&String| !told.iter().any(|(name, _)| name == word);
    found
        .extend(counted.keys().filter(known).map(|word| format!("{MATCHES} has matches of the unknown status {word}")));
    found
}

const NOTHING: Counted = Counted { rows: 0, sums: [0, 0] };

/// Matches by status: how many, and what they use of either side.
fn counted_matches(bytes: &[u8]) -> Option<BTreeMap<String, Counted>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let columns = columns(&mut reader, ["match_id", "side", "amount_applied", "status"])?;
    let mut counted: BTreeMap<String, Counted> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for record in reader.records() {
        let record = record.ok()?;
        let [id, side, applied, status] = columns.map(|at| record.get(at).unwrap_or_default());
        let own = counted.entry(status.to_owned()).or_default();
        own.rows += u64::from(seen.insert((status.to_owned(), id.to_owned())));
        own.sums[place(side)?] += decimal(applied, DIGITS)?;
    }
    Some(counted)
}

/// `exceptions.csv` against the records in no match, by side and by cause.
pub(super) fn of_exceptions(bytes: &[u8], json: &Value) -> Vec<String> {
    let Some((sides, causes)) = counted_exceptions(bytes) else { return vec![unreadable(EXCEPTIONS)] };
    let summary = &json["reconciliation_summary"];
    let mut found = Vec::new();
    for (side, name, sum) in
        [(0, "unmatched_statement_lines", "statement_amount"), (1, "unmatched_ledger_entries", "ledger_amount")]
    {
        let tally = &summary[name];
        let mut sums = [0, 0];
        let said = total(&tally[sum]).zip(tally["rows"].as_u64()).map(|(sum, rows)| {
            sums[side] = sum;
            Counted { rows, sums }
        });
        found.extend(compare(EXCEPTIONS, &name.replace('_', " "), &sides[side], said.as_ref()));
    }
    let said = &json["financial_impact"]["exceptions_by_cause"];
    let said = said.as_array().map(Vec::as_slice).unwrap_or_default();
    let of_cause = |tally: &Value| {
        let own = Counted { rows: tally["rows"].as_u64()?, sums: [total(&tally["impact"])?, 0] };
        Some((tally["cause"].as_str()?.to_owned(), own))
    };
    if said.iter().map(of_cause).collect::<Option<BTreeMap<_, _>>>().as_ref() != Some(&causes) {
        found.push(format!("{EXCEPTIONS} inside the report has other causes than {REPORT_JSON}"));
    }
    found
}

type Exceptions = ([Counted; 2], BTreeMap<String, Counted>);

/// Records in no match by side, with their amounts, and by cause, with their impact.
fn counted_exceptions(bytes: &[u8]) -> Option<Exceptions> {
    let mut reader = csv::Reader::from_reader(bytes);
    let columns = columns(&mut reader, ["side", "amount", "cause", "impact"])?;
    let (mut sides, mut causes) = <Exceptions>::default();
    for record in reader.records() {
        let record = record.ok()?;
        let [side, amount, cause, impact] = columns.map(|at| record.get(at).unwrap_or_default());
        let side = place(side)?;
        sides[side].rows += 1;
        sides[side].sums[side] += decimal(amount, DIGITS)?;
        let own = causes.entry(cause.to_owned()).or_default();
        own.rows += 1;
        own.sums[0] += decimal(impact, DIGITS)?.abs();
    }
    Some((sides, causes))
}

fn columns<const N: usize>(reader: &mut csv::Reader<&[u8]>, wanted: [&str; N]) -> Option<[usize; N]> {
    let header = reader.headers().ok()?;
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(wanted) {
        *place = header.iter().position(|column| column == name)?;
    }
    Some(places)
}

fn place(side: &str) -> Option<usize> {
    ["statement", "ledger"].iter().position(|known| *known == side)
}

/// Sums of all currencies of `report.json`, in the units of [`DIGITS`].
fn total(json: &Value) -> Option<i128> {
    let all = amounts(json)?;
    Some(all.into_iter().map(|(currency, minor)| minor * 10_i128.pow(DIGITS.saturating_sub(currency.digits()))).sum())
}

fn compare(file: &str, what: &str, own: &Counted, said: Option<&Counted>) -> Option<String> {
    (said != Some(own)).then(|| match said {
        Some(said) if said.rows != own.rows => {
            format!("{file} inside the report has {} {what}, {REPORT_JSON} says {}", own.rows, said.rows)
        }
        Some(_) => format!("the {what} of {file} inside the report come to another sum than {REPORT_JSON} says"),
        None => format!("{REPORT_JSON} inside the report does not say what {what} come to"),
    })
}

fn unreadable(file: &str) -> String {
    format!("{file} inside the report cannot be read")
}
