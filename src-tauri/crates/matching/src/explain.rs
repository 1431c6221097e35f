//! Why a match is proposed: the pieces of evidence as a person can read them, with the values seen on both sides.

use tieout_domain::{
    Agreement, Evidence, EvidenceKind, Explanation, LedgerEntry, Money, ReconcileConfig, StatementLine, Weight,
};

use crate::{
    block::{Problem, Rejected},
    causes::misspelt_number,
    compare::{AmountRelation, Comparison, ReferenceRelation, compare_fields, relate_amounts},
    group::gcd,
    jobs,
    keys::{Found, Joined},
    payers::mark_text,
    prepare::{Prepared, document_in},
    rules::CompiledRules,
    score::{Weights, amount_rarity, prior, weigh},
    settle::{Form, relate_totals},
    text::fold,
};

/// What opposite signs or different currencies say: never.
const BARRED: i32 = -30_000;
/// What a rule says that puts a pair together: as much as a quoted number and the right amount.
pub(crate) const RULED: i32 = 25_000;
/// Most that the sum of a group says.
const SUM_MAX: i32 = 16_000;
/// Most that the quoted documents of a group say together.
const GROUP_REFERENCES_MAX: i32 = 24_000;

/// What speaks for and against any lines and entries that a person puts together, whether or not they would be proposed.
pub fn compare_records(
    lines: &[&StatementLine],
    entries: &[&LedgerEntry],
    config: &ReconcileConfig,
) -> Explanation<usize, usize> {
    let prepared = Prepared::new(lines, entries, &[], config);
    let problem = Problem::new(prepared, config, Rejected::default(), CompiledRules::new(&config.rules));
    let all_lines: Vec<u32> = (0..problem.line_count() as u32).collect();
    let all_entries: Vec<u32> = (0..problem.entry_count() as u32).collect();
    let evidence = match (all_lines.as_slice(), all_entries.as_slice()) {
        ([], _) | (_, []) => Vec::new(),
        ([line], [entry]) => pair_evidence(&problem, *line, *entry),
        _ => group_evidence(&problem, &all_lines, &all_entries, 0, Form::Plain),
    };
    Explanation::new(evidence, None)
}

/// The evidence for one line and one entry.
pub(crate) fn pair_evidence(problem: &Problem<'_>, line: u32, entry: u32) -> Vec<Evidence> {
    let (paid, owed) = (problem.paid(line), problem.owed(entry));
    let (in_line, relation) =
        problem.owed_in_line(line, entry).unwrap_or_else(|| (owed, relate_amounts(paid, owed, 0)));
    let comparison = compare_fields(&problem.prepared, line as usize, entry as usize, relation);
    let weights = weigh(problem, line as usize, entry as usize, &comparison);
    let mut evidence = vec![piece(EvidenceKind::Prior, Agreement::Missing, weights.prior)];
    evidence.push(amount_piece(
        relation,
        weights.amount,
        problem.prepared.line_records[line as usize].amount,
        problem.prepared.entry_records[entry as usize].amount,
        paid.checked_sub(in_line),
    ));
    evidence.extend(date_piece(problem, line, entry, &comparison, weights.date));
    evidence.extend(reference_piece(problem, line, entry, &comparison, weights.reference));
    evidence.extend(party_pieces(problem, line, entry, &comparison, &weights));
    if let Some(job) = &comparison.job {
        let records = (problem.prepared.line_records[line as usize], problem.prepared.entry_records[entry as usize]);
        evidence.extend(jobs::pieces(records.0, records.1, job, &weights.job));
    }
    evidence.push(currency_piece(problem, line, entry));
    if let Some(rule) = problem.rules.matches(line as usize, entry as usize) {
        let name = problem.rules.name(rule).to_owned();
        evidence.push(Evidence { ledger_value: name, ..piece(EvidenceKind::Rule, Agreement::Exact, RULED) });
    }
    evidence
}

pub(crate) fn piece(kind: EvidenceKind, agreement: Agreement, weight: i32) -> Evidence {
    Evidence {
        kind,
        agreement,
        weight: Weight::from_millibits(weight),
        statement_value: String::new(),
        ledger_value: String::new(),
        difference: None,
    }
}

fn amount_piece(relation: AmountRelation, weight: i32, paid: Money, owed: Money, difference: Option<i64>) -> Evidence {
    let agreement = match relation {
        AmountRelation::Exact => Agreement::Exact,
        AmountRelation::Above | AmountRelation::Part | AmountRelation::Over => Agreement::Differs,
        AmountRelation::Tolerated
        | AmountRelation::Rounding
        | AmountRelation::Converted
        | AmountRelation::Transposed
        | AmountRelation::Discount(_)
        | AmountRelation::Rate
        | AmountRelation::Fee => Agreement::Near,
    };
    Evidence {
        statement_value: paid.to_decimal().to_string(),
        ledger_value: owed.to_decimal().to_string(),
        difference,
        ..piece(EvidenceKind::Amount, agreement, weight)
    }
}

fn date_piece(problem: &Problem<'_>, line: u32, entry: u32, comparison: &Comparison, weight: i32) -> Option<Evidence> {
    let (line, entry) = (problem.prepared.line_records[line as usize], problem.prepared.entry_records[entry as usize]);
    let shown = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let due = entry.due_date.filter(|_| comparison.after_due.is_some());
    let agreement = match comparison.lag {
        None => Agreement::Missing,
        Some(0) => Agreement::Exact,
        Some(_) if weight >= 0 => Agreement::Near,
        Some(_) => Agreement::Differs,
    };
    Some(Evidence {
        statement_value: shown(line.date.or(line.value_date)),
        ledger_value: shown(due.or(entry.date)),
        difference: comparison.after_due.or(comparison.lag).map(i64::from),
        ..piece(EvidenceKind::Date, agreement, weight)
    })
}

fn reference_piece(
    problem: &Problem<'_>,
    line: u32,
    entry: u32,
    comparison: &Comparison,
    weight: i32,
) -> Option<Evidence> {
    let (agreement, found, difference) = match comparison.reference {
        // That a true pair is usually quoted, or hardly ever, says something where nothing is.
        ReferenceRelation::Missing => match misspelt_number(problem, line, entry) {
            Some(number) => (Agreement::Near, number, None),
            None => return (weight != 0).then(|| piece(EvidenceKind::Reference, Agreement::Missing, weight)),
        },
        ReferenceRelation::Differs => (Agreement::Differs, quoted_instead(problem, line), None),
        ReferenceRelation::Near(key) => (Agreement::Near, near_number(problem, line, key), Some(1)),
        ReferenceRelation::Quoted(key, Found::Exact, _) => {
            (Agreement::Exact, problem.prepared.keys.name(key.key).to_owned(), Some(0))
        }
        ReferenceRelation::Quoted(key, Found::Cut, _) => {
            (Agreement::Near, problem.prepared.keys.name(key.key).to_owned(), None)
        }
    };
    let record = problem.prepared.entry_records[entry as usize];
    let shown = [&record.number, &record.reference, &record.memo].into_iter().find(|text| {
        let key = match comparison.reference {
            ReferenceRelation::Quoted(key, ..) => problem.prepared.keys.name(key.key),
            ReferenceRelation::Near(key) => problem.prepared.keys.name(key),
            ReferenceRelation::Missing | ReferenceRelation::Differs => "",
        };
        crate::text::compact(text).contains(key)
    });
    Some(Evidence {
        statement_value: found,
        ledger_value: shown.unwrap_or(&record.number).clone(),
        difference,
        ..piece(EvidenceKind::Reference, agreement, weight)
    })
}

/// The number of another document that the line quotes: of an entry, else of one that is not among them.
fn quoted_instead(problem: &Problem<'_>, line: u32) -> String {
    let Prepared { keys, entries, entry_records, lines, line_records, jobs, .. } = &problem.prepared;
    // Codes and bank accounts stand in the line too, and are those of many documents.
    let source = |entry: u32, key: u32| {
        let own = entries.keys.of(entry as usize).iter().find(|own| own.key == key);
        own.map(|own| own.source).filter(|source| source.is_reference())
    };
    let quoted = lines.hits.of(line as usize).iter().filter_map(|hit| {
        let all = keys.entries.of(hit.key as usize).iter();
        let named = all.filter_map(|entry| Some((source(*entry, hit.key)?, *entry)));
        named.min().map(|(source, entry)| ((hit.found, source, hit.key), entry))
    });
    let record = line_records[line as usize];
    match quoted.min() {
        Some((_, entry)) => entry_records[entry as usize].number.clone(),
        None if jobs.numbers_are_shared() => record.reference.clone(),
        None => {
            let texts = [&record.reference, &record.description].map(|text| Joined::new(&fold(text)));
            let unknown = texts.iter().find_map(|joined| document_in(joined, keys, record.date));
            unknown.unwrap_or_default().to_owned()
        }
    }
}

fn near_number(problem: &Problem<'_>, line: u32, key: u32) -> String {
    let lines = &problem.prepared.lines;
    let near = lines.near.of(line as usize).iter().find(|near| near.key == key);
    near.map(|near| lines.numbers.name(near.number).to_owned()).unwrap_or_default()
}

fn party_pieces(
    problem: &Problem<'_>,
    line: u32,
    entry: u32,
    comparison: &Comparison,
    weights: &Weights,
) -> Vec<Evidence> {
    let (line, entry) = (problem.prepared.line_records[line as usize], problem.prepared.entry_records[entry as usize]);
    let mut pieces = Vec::new();
    let seen = if line.counterparty.is_empty() { &line.description } else { &line.counterparty };
    let name = if entry.counterparty.is_empty() { &entry.memo } else { &entry.counterparty };
    let agreement = match comparison.name {
        Some(hit) if hit.share >= 85 => Some(Agreement::Exact),
        Some(_) => Some(Agreement::Near),
        None if comparison.names_other => Some(Agreement::Differs),
        None => None,
    };
    if agreement.is_none() && weights.name != 0 {
        pieces.push(piece(EvidenceKind::Counterparty, Agreement::Missing, weights.name));
    }
    if let Some(agreement) = agreement {
        pieces.push(Evidence {
            statement_value: seen.clone(),
            ledger_value: name.clone(),
            ..piece(EvidenceKind::Counterparty, agreement, weights.name)
        });
    }
    let mut keyed = |kind: EvidenceKind, key: Option<u32>, value: &str, weight: i32| {
        if let Some(key) = key {
            pieces.push(Evidence {
                statement_value: problem.prepared.keys.name(key).to_owned(),
                ledger_value: value.to_owned(),
                ..piece(kind, Agreement::Exact, weight)
            });
        }
    };
    keyed(EvidenceKind::Code, comparison.code, &entry.counterparty_code, weights.code);
    keyed(EvidenceKind::CounterpartyAccount, comparison.account, &entry.counterparty_account, weights.account);
    if let (None, Some(payer)) = (comparison.account, &comparison.payer) {
        let texts = [line.reference.as_str(), &line.description, &line.counterparty_account];
        pieces.push(Evidence {
            statement_value: mark_text(&texts, payer).unwrap_or_else(|| seen.clone()),
            ledger_value: name.clone(),
            difference: Some(i64::from(payer.votes)),
            ..piece(EvidenceKind::CounterpartyAccount, Agreement::Near, weights.account)
        });
    }
    pieces
}

fn currency_piece(problem: &Problem<'_>, line: u32, entry: u32) -> Evidence {
    let (paid, owed) = (
        problem.prepared.lines.columns.currency[line as usize],
        problem.prepared.entries.columns.currency[entry as usize],
    );
    let barred = problem.owed_in_line(line, entry).is_none() || (problem.paid(line) > 0) != (problem.owed(entry) > 0);
    let agreement = match (barred, paid == owed) {
        (true, _) => Agreement::Differs,
        (false, true) => Agreement::Exact,
        (false, false) if paid.is_none() || owed.is_none() => Agreement::Missing,
        (false, false) => Agreement::Near,
    };
    let shown = |currency: tieout_domain::Currency, amount: i64| {
        format!("{}{}", if amount < 0 { "−" } else { "+" }, if currency.is_none() { "" } else { currency.code() })
    };
    Evidence {
        statement_value: shown(paid, problem.paid(line)),
        ledger_value: shown(owed, problem.owed(entry)),
        ..piece(EvidenceKind::Currency, agreement, if barred { BARRED } else { 0 })
    }
}

/// The evidence for several records of a side.
pub(crate) fn group_evidence(
    problem: &Problem<'_>,
    lines: &[u32],
    entries: &[u32],
    search_weight: i32,
    form: Form,
) -> Vec<Evidence> {
    let prepared = &problem.prepared;
    let mut evidence = vec![piece(EvidenceKind::Prior, Agreement::Missing, prior(prepared))];
    let relation = match relate_totals(problem, lines, entries) {
        Some((paid, owed, relation)) => {
            let money = |minor| prepared.money(minor, lines[0] as usize, entries[0] as usize);
            let rarity = amount_rarity(&problem.amounts, owed, problem.entry_count());
            let exact = if search_weight == 0 { rarity } else { rarity.max(chance_of_sum(problem, paid, entries)) };
            let weight = match relation {
                // To the minor unit what is left once the granted discounts are taken.
                _ if form == Form::Discounted => exact - 1_500,
                AmountRelation::Exact => exact,
                AmountRelation::Tolerated => (exact - 2_500).min(5_500),
                AmountRelation::Discount(_) => 4_000,
                AmountRelation::Rounding | AmountRelation::Converted | AmountRelation::Transposed => 2_000,
                AmountRelation::Fee => 1_200,
                AmountRelation::Rate => 0,
                AmountRelation::Above | AmountRelation::Part | AmountRelation::Over => -3_000,
            };
            evidence.push(amount_piece(relation, weight, money(paid), money(owed), paid.checked_sub(owed)));
            relation
        }
        None => {
            evidence.push(piece(EvidenceKind::Currency, Agreement::Differs, BARRED));
            AmountRelation::Over
        }
    };
    if search_weight != 0 {
        evidence.push(piece(EvidenceKind::Group, Agreement::Near, search_weight));
    }
    let (mut dates, mut said) = (Vec::new(), 0);
    for (line, entry) in closest_pairs(problem, lines, entries) {
        let comparison = compare_fields(prepared, line as usize, entry as usize, relation);
        let weights = weigh(problem, line as usize, entry as usize, &comparison);
        dates.push((weights.date, line, entry, comparison));
        // A group's parts need not be quoted, and quoting one of its documents is not quoting another one instead.
        if comparison.reference == ReferenceRelation::Missing
            || comparison.reference == ReferenceRelation::Differs && quotes_any(problem, line, entries)
        {
            continue;
        }
        let allowed = weights.reference.min(GROUP_REFERENCES_MAX - said).min(14_000);
        if let Some(piece) = reference_piece(problem, line, entry, &comparison, allowed) {
            said += allowed;
            evidence.push(piece);
        }
    }
    let mean = dates.iter().map(|(weight, ..)| weight).sum::<i32>() / (dates.len() as i32).max(1);
    let first = dates.iter().max_by_key(|(_, _, _, comparison)| comparison.name.map_or(-1, |hit| hit.worth));
    if let Some((_, line, entry, comparison)) = first {
        evidence.extend(date_piece(problem, *line, *entry, comparison, mean));
        let weights = weigh(problem, *line as usize, *entry as usize, comparison);
        evidence.extend(party_pieces(problem, *line, *entry, comparison, &weights));
    }
    evidence.sort_by_key(|piece| piece.kind);
    evidence
}

/// What it says that amounts add up to just this, however many sums were tried: how many sums of their grain there are up to
/// it, in thousandths of a bit.
fn chance_of_sum(problem: &Problem<'_>, paid: i64, entries: &[u32]) -> i32 {
    let amounts = entries.iter().map(|entry| problem.owed(*entry).unsigned_abs());
    let grain = amounts.fold(paid.unsigned_abs(), gcd).max(1);
    let sums = (paid.unsigned_abs() / grain).max(1) as f64;
    (1_000.0 * sums.log2()).round().min(f64::from(SUM_MAX)) as i32
}

/// Whether the line quotes one of the entries.
fn quotes_any(problem: &Problem<'_>, line: u32, entries: &[u32]) -> bool {
    entries.iter().any(|entry| {
        let relation =
            compare_fields(&problem.prepared, line as usize, *entry as usize, AmountRelation::Part).reference;
        matches!(relation, ReferenceRelation::Quoted(..))
    })
}

/// For each record of the more numerous side the record of the other side it goes with: the one it quotes, or the first.
fn closest_pairs(problem: &Problem<'_>, lines: &[u32], entries: &[u32]) -> Vec<(u32, u32)> {
    let said = |line: u32, entry: u32| match compare_fields(
        &problem.prepared,
        line as usize,
        entry as usize,
        AmountRelation::Part,
    )
    .reference
    {
        ReferenceRelation::Quoted(_, _, bits) => bits,
        ReferenceRelation::Near(_) => 1,
        ReferenceRelation::Missing => 0,
        ReferenceRelation::Differs => -1,
    };
    let first_best = |scores: Vec<(i32, u32)>| {
        scores.into_iter().reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, record)| record)
    };
    if entries.len() >= lines.len() {
        let line_for = |entry: u32| first_best(lines.iter().map(|line| (said(*line, entry), *line)).collect());
        entries.iter().filter_map(|entry| Some((line_for(*entry)?, *entry))).collect()
    } else {
        let entry_for = |line: u32| first_best(entries.iter().map(|entry| (said(line, *entry), *entry)).collect());
        lines.iter().filter_map(|line| Some((*line, entry_for(*line)?))).collect()
    }
}

/// Whether some line quotes each of the entries beyond doubt, and each line some entry.
pub(crate) fn all_quoted(problem: &Problem<'_>, lines: &[u32], entries: &[u32]) -> bool {
    closest_pairs(problem, lines, entries).iter().all(|(line, entry)| {
        compare_fields(&problem.prepared, *line as usize, *entry as usize, AmountRelation::Part).is_quoted()
    })
}

/// The weight of close rivals as a piece of evidence; nothing where there are none.
pub(crate) fn rival_piece(weight: i32) -> Option<Evidence> {
    (weight != 0).then(|| piece(EvidenceKind::Rival, Agreement::Differs, weight))
}

/// Evidence for a deposit.
pub(crate) fn deposit_evidence(problem: &Problem<'_>, line: u32, target: &crate::deposits::Target) -> Vec<Evidence> {
    let (line, entry) =
        (problem.prepared.line_records[line as usize], problem.prepared.entry_records[target.entry as usize]);
    let seen = if line.reference.is_empty() { &line.description } else { &line.reference };
    let pieces = target.weights().into_iter().filter(|(kind, weight)| *weight != 0 || *kind == EvidenceKind::Prior);
    pieces
        .map(|(kind, weight)| {
            let (agreement, statement_value, ledger_value) = match kind {
                EvidenceKind::Code => {
                    let agreement = if target.exact { Agreement::Exact } else { Agreement::Near };
                    (agreement, seen.clone(), entry.counterparty_code.clone())
                }
                EvidenceKind::Reference => (Agreement::Exact, seen.clone(), entry.memo.clone()),
                EvidenceKind::Counterparty => (Agreement::Near, line.description.clone(), entry.counterparty.clone()),
                _ => (Agreement::Missing, String::new(), String::new()),
            };
            let agreement = if weight < 0 && kind != EvidenceKind::Prior { Agreement::Differs } else { agreement };
            Evidence { statement_value, ledger_value, ..piece(kind, agreement, weight) }
        })
        .collect()
}
