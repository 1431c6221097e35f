//! Deposits: each line goes to the customer account that its text names, by code, telephone number or full name.
//!
//! Accounts have no amount and no limit, so many lines may go to one; the amounts say nothing.

mod bare;

use std::cmp::Reverse;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tieout_domain::{Adjustment, EvidenceKind, LedgerKind, Leg, Match, Money, RecordRef};

use crate::{
    block::Problem,
    intern::Interner,
    keys::Joined,
    near::Neighbours,
    parties::{NOBODY, NameHit},
    score::RIVAL_GAP,
    text::{compact, digit_runs, fold, one_edit_apart},
};

/// Weights in thousandths of a bit.
const PRIOR: i32 = -8_000;
const EXACT_CODE: i32 = 17_000;
const MISREAD_CODE: i32 = 15_000;
const MISTYPED_CODE: i32 = 14_500;
/// With the letters that codes begin with, nothing but a code was meant.
const MISTYPED_WITH_PREFIX: i32 = 2_000;
const TELEPHONE: i32 = 15_000;
const OTHER_NAME: i32 = -10_000;
const OTHER_CODE: i32 = -2_000;
/// Digits of a telephone number that are the same with and without the country's prefix.
const TELEPHONE_DIGITS: usize = 9;
/// Fewest digits of a code in which an error is looked for.
const CODE_DIGITS_MIN: usize = 7;

/// One customer account that a line may be meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) entry: u32,
    pub(crate) code: i32,
    pub(crate) telephone: i32,
    pub(crate) name: i32,
    /// The code stands in the line as it is in the books.
    pub(crate) exact: bool,
    /// What was taken for the code may be something else: a date, numbers side by side, the number of an order, or the
    /// code of somebody new.
    pub(crate) doubtful: bool,
    /// The line gives a whole code that is somebody else's.
    pub(crate) names_other: bool,
}

impl Target {
    pub(crate) fn score(&self) -> i32 {
        PRIOR + self.code + self.telephone + self.name
    }

    /// Most that may be believed. What may be something else than a code is not enough alone, and nothing is enough where
    /// the line gives somebody else's code as well.
    pub(crate) fn ceiling(&self) -> u32 {
        let supported = self.name > 0 || self.telephone > 0;
        if self.names_other || self.doubtful && !supported {
            950_000
        } else if self.exact {
            999_900
        } else {
            995_000
        }
    }

    /// The pieces with their weights.
    pub(crate) fn weights(&self) -> [(EvidenceKind, i32); 4] {
        [
            (EvidenceKind::Prior, PRIOR),
            (EvidenceKind::Code, self.code),
            (EvidenceKind::Reference, self.telephone),
            (EvidenceKind::Counterparty, self.name),
        ]
    }
}

/// A line with the account it goes to and the ones it might go to instead.
#[derive(Debug, Clone)]
pub(crate) struct Deposit {
    pub(crate) line: u32,
    pub(crate) targets: Vec<Target>,
}

impl Deposit {
    /// How far the runners-up lie behind.
    pub(crate) fn gaps(&self) -> Vec<i32> {
        self.targets[1..].iter().map(|target| self.targets[0].score() - target.score()).collect()
    }

    pub(crate) fn is_ambiguous(&self) -> bool {
        self.gaps().iter().any(|gap| *gap <= RIVAL_GAP)
    }
}

/// A span read as the digits of a code.
struct Digits {
    digits: String,
    /// A letter stands where a digit was meant.
    misread: bool,
    /// The letters that stand before them, where codes begin with such.
    prefix: Option<u32>,
}

/// A customer account that has a code.
#[derive(Debug, Clone, Copy)]
struct Account {
    entry: u32,
    /// The letters that its code begins with, by their number.
    prefix: u32,
}

/// An account whose code stands in a line, perhaps.
#[derive(Debug, Clone, Copy)]
struct Coded {
    entry: u32,
    weight: i32,
    exact: bool,
    doubtful: bool,
    /// The digits stand by themselves, without the letters that codes begin with.
    bare: bool,
}

/// What the texts of a line give as codes.
#[derive(Debug, Default)]
struct Given {
    coded: Vec<Coded>,
    /// The digits of all whole codes, whoever has them.
    whole: Vec<String>,
    /// Accounts whose digits the texts call the number of something else.
    others: Vec<u32>,
}

impl Given {
    /// Whether a whole code stands there that is not the account's, nor its own with one slip of the pen.
    fn names_other(&self, own: &str, is_there: bool) -> bool {
        self.whole.iter().any(|code| code != own && (is_there || own.is_empty() || !one_edit_apart(own, code)))
    }
}

/// Whether eight digits are a day of this century or the last, year first or last.
fn is_day(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let fits = |year: u32, month: u32, day: u32| {
        (1_900..2_100).contains(&year) && (1..=31).contains(&day) && (1..=12).contains(&month)
    };
    digits.len() == 8
        && (fits(part(0, 4), part(4, 6), part(6, 8))
            || fits(part(4, 8), part(2, 4), part(0, 2))
            || fits(part(4, 8), part(0, 2), part(2, 4)))
}

/// The codes of all customer accounts, to be found although mistyped.
struct Codes {
    /// Letters before the digits with their number, longest first.
    prefixes: Vec<(String, u32)>,
    /// The codes' digits, and the accounts that have each.
    digits: Interner,
    accounts: Vec<Vec<Account>>,
    /// Of which of the digits an invoice may well have the same.
    counted: Vec<bool>,
    /// Which lengths codes have, a bit each.
    lengths: u32,
    near: Neighbours,
    /// Accounts by the telephone numbers in their memos.
    telephones: FxHashMap<String, Vec<u32>>,
    mistyped: i32,
}

/// The end of a telephone number, which it has with and without the country's prefix.
fn telephone(word: &str) -> Option<&str> {
    let digits = (TELEPHONE_DIGITS..=13).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| &word[word.len() - TELEPHONE_DIGITS..])
}

impl Codes {
    fn new(problem: &Problem<'_>, accounts: &[u32]) -> Self {
        let mut codes = Self {
            prefixes: Vec::new(),
            digits: Interner::default(),
            accounts: Vec::new(),
            counted: Vec::new(),
            lengths: 0,
            near: Neighbours::default(),
            telephones: FxHashMap::default(),
            mistyped: MISTYPED_CODE,
        };
        for entry in accounts {
            let memo = fold(&problem.prepared.entry_records[*entry as usize].memo);
            for number in Joined::new(&memo).words().filter_map(telephone) {
                codes.telephones.entry(number.to_owned()).or_default().push(*entry);
            }
            let code = compact(&problem.prepared.entry_records[*entry as usize].counterparty_code);
            let Some(digits) = digits_of(&code) else { continue };
            let prefix: String = code.chars().take_while(char::is_ascii_alphabetic).collect();
            let known = codes.prefixes.iter().find(|(letters, _)| *letters == prefix).map(|(_, number)| *number);
            let prefix = known.unwrap_or_else(|| {
                let number = codes.prefixes.len() as u32;
                codes.prefixes.push((prefix, number));
                number
            });
            codes.lengths |= 1 << digits.len().min(31);
            let number = codes.digits.intern(digits) as usize;
            codes.accounts.resize(codes.digits.len(), Vec::new());
            codes.accounts[number].push(Account { entry: *entry, prefix });
        }
        codes.prefixes.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        codes.counted = bare::counted(codes.digits.names());
        (0..codes.digits.len() as u32).for_each(|number| codes.near.add(number, codes.digits.name(number)));
        let digits = codes.digits.names().map(str::len).min().unwrap_or(0) as i32;
        // Where codes crowd, an error may lead from one to another: some hundred neighbours each, of all there could be.
        let room = f64::from(digits) * 10_f64.log2() - (codes.digits.len().max(1) as f64 * 100.0).log2();
        codes.mistyped -= (1_000.0 * (9.0 - room).clamp(0.0, 12.0)) as i32;
        codes
    }

    /// Accounts whose code the span of so many words, the first of them at a place in the text, may be.
    fn find(&self, text: &Joined, (place, span, words): (usize, &str, usize), found: &mut Given) {
        let Some(Digits { digits, misread, prefix }) = self.as_digits(span) else { return };
        if prefix.is_some() && !misread && self.lengths & 1 << digits.len().min(31) != 0 {
            found.whole.push(digits.clone());
        }
        if let Some(number) = self.digits.get(&digits) {
            let weight = if misread { MISREAD_CODE } else { EXACT_CODE };
            let (bare, counted) = (prefix.is_none(), self.counted[number as usize]);
            let of_other_thing = bare && bare::is_of_other_thing(text, place);
            for account in &self.accounts[number as usize] {
                let prefixed = prefix == Some(account.prefix);
                let is_whole = bare && self.has_no_letters(account.prefix);
                let is_odd = words > 1 || misread || prefix.is_some() || is_day(&digits) || counted && !is_whole;
                let (doubtful, exact) = (!prefixed && is_odd, !misread && (prefixed || is_whole));
                found.coded.push(Coded { entry: account.entry, weight, exact, doubtful, bare });
                found.others.extend(of_other_thing.then_some(account.entry));
            }
            return;
        }
        let prefixed = prefix.is_some();
        let mut possible = Vec::new();
        self.near.possible(&digits, &mut possible);
        let weight = self.mistyped + if prefixed { MISTYPED_WITH_PREFIX } else { 0 } - if misread { 1_500 } else { 0 };
        for number in possible.into_iter().filter(|number| one_edit_apart(self.digits.name(*number), &digits)) {
            // As long as a code and without a slip of the pen it may be that of somebody new.
            let doubtful = !prefixed || !misread && self.digits.name(number).len() == digits.len();
            let accounts = self.accounts[number as usize].iter();
            found.coded.extend(accounts.map(|of| Coded {
                entry: of.entry,
                weight,
                exact: false,
                doubtful,
                bare: !prefixed,
            }));
        }
    }

    /// Whether codes of this prefix are nothing but digits.
    fn has_no_letters(&self, prefix: u32) -> bool {
        self.prefixes.iter().any(|(letters, number)| *number == prefix && letters.is_empty())
    }

    /// The span without a prefix as digits, letters that look like digits read as such.
    fn as_digits(&self, span: &str) -> Option<Digits> {
        let letters = self.prefixes.iter().filter(|(letters, _)| !letters.is_empty());
        let mut stripped =
            letters.filter_map(|(letters, number)| Some((span.strip_prefix(letters.as_str())?, *number)));
        let (rest, prefix) = match stripped.next() {
            Some((rest, number)) => (rest.strip_prefix('T').unwrap_or(rest), Some(number)),
            None => (span, None),
        };
        if !(CODE_DIGITS_MIN..=10).contains(&rest.len()) {
            return None;
        }
        let mut misread = false;
        let mut digits = String::with_capacity(rest.len());
        for c in rest.chars() {
            let digit = match c {
                '0'..='9' => c,
                'O' | 'Q' | 'D' => '0',
                'I' | 'L' => '1',
                'Z' => '2',
                'S' => '5',
                'G' => '6',
                'B' => '8',
                _ => return None,
            };
            misread |= digit != c;
            digits.push(digit);
        }
        // Mostly digits, or it is a word.
        let letters = rest.bytes().filter(u8::is_ascii_alphabetic).count();
        (2 * letters < rest.len()).then_some(Digits { digits, misread, prefix })
    }
}

/// The digits of a code that is written in one piece; nothing where it has too few.
fn digits_of(code: &str) -> Option<&str> {
    digit_runs(code).max_by_key(|run| run.len()).filter(|run| run.len() >= CODE_DIGITS_MIN)
}

/// The account of each free line that names one.
pub(crate) fn deposits(problem: &Problem<'_>, free: &[bool]) -> Vec<Deposit> {
    let accounts: Vec<u32> = (0..problem.entry_count() as u32)
        .filter(|entry| problem.prepared.entry_records[*entry as usize].kind == LedgerKind::CustomerAccount)
        .collect();
    if accounts.is_empty() {
        return Vec::new();
    }
    let mut of_party: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for entry in &accounts {
        of_party.entry(problem.prepared.entries.facts[*entry as usize].party).or_default().push(*entry);
    }
    of_party.remove(&NOBODY);
    let codes = Codes::new(problem, &accounts);
    (0..problem.line_count() as u32)
        .into_par_iter()
        .filter(|line| free[*line as usize] && problem.paid(*line) != 0)
        .filter_map(|line| {
            let mut targets = targets_of(problem, &codes, &of_party, line);
            targets.retain(|target| {
                problem.prepared.currencies_agree(line as usize, target.entry as usize)
                    && !problem.is_pair_rejected(line, target.entry)
            });
            targets.sort_by(|a, b| b.score().cmp(&a.score()).then(a.entry.cmp(&b.entry)));
            targets.truncate(6);
            let accepted = targets.first().is_some_and(|best| best.score() > 0);
            accepted.then_some(Deposit { line, targets })
        })
        .collect()
}

fn targets_of(problem: &Problem<'_>, codes: &Codes, of_party: &FxHashMap<u32, Vec<u32>>, line: u32) -> Vec<Target> {
    let prepared = &problem.prepared;
    let mut targets: Vec<Target> = Vec::new();
    let mut given = Given::default();
    let record = prepared.line_records[line as usize];
    for text in [&record.reference, &record.description] {
        let folded = fold(text);
        let joined = Joined::new(&folded);
        joined.placed_spans().for_each(|span| codes.find(&joined, span, &mut given));
        for entry in joined.words().filter_map(|word| codes.telephones.get(telephone(word)?)).flatten() {
            at(&mut targets, *entry).telephone = TELEPHONE;
        }
    }
    let coded = &mut given.coded;
    coded.sort_unstable_by_key(|coded| (coded.entry, Reverse(coded.weight), coded.doubtful, !coded.exact));
    coded.dedup_by_key(|coded| coded.entry);
    for coded in &*coded {
        let target = at(&mut targets, coded.entry);
        let doubtful = coded.doubtful || coded.bare && given.others.contains(&coded.entry);
        (target.code, target.exact, target.doubtful) = (coded.weight, coded.exact, doubtful);
    }
    let full = add_names(problem, of_party, line, &mut targets);
    let has_code = targets.iter().any(|target| target.code >= MISREAD_CODE);
    for target in &mut targets {
        if !given.whole.is_empty() {
            let code = compact(&prepared.entry_records[target.entry as usize].counterparty_code);
            target.names_other = given.names_other(digits_of(&code).unwrap_or_default(), target.code == EXACT_CODE);
        }
        if !full.is_empty() && !full.contains(&prepared.entries.facts[target.entry as usize].party) {
            target.name += OTHER_NAME;
        }
        if has_code && target.code < MISREAD_CODE {
            target.code += OTHER_CODE;
        }
    }
    targets
}

fn at(targets: &mut Vec<Target>, entry: u32) -> &mut Target {
    let position = targets.iter().position(|target| target.entry == entry).unwrap_or_else(|| {
        let nothing =
            Target { entry, code: 0, telephone: 0, name: 0, exact: false, doubtful: false, names_other: false };
        targets.push(nothing);
        targets.len() - 1
    });
    &mut targets[position]
}

/// Adds what the names say; answers the parties whose full name stands in the line, if any.
fn add_names(
    problem: &Problem<'_>,
    of_party: &FxHashMap<u32, Vec<u32>>,
    line: u32,
    targets: &mut Vec<Target>,
) -> Vec<u32> {
    let names = problem.prepared.names_of(line as usize);
    let most = names.iter().map(|hit| hit.bits).max().unwrap_or(0);
    let words = |hit: &NameHit| problem.prepared.parties.words_of.of(hit.party as usize).len();
    // A name inside a longer one that stands there too is not meant; of the same words in another order, the order tells.
    let mut full: Vec<&NameHit> =
        names.iter().filter(|hit| hit.share >= 97 && words(hit) >= 2 && hit.bits == most).collect();
    if full.iter().any(|hit| hit.in_order) {
        full.retain(|hit| hit.in_order);
    }
    let full: Vec<u32> = full.into_iter().map(|hit| hit.party).filter(|party| of_party.contains_key(party)).collect();
    for hit in names {
        let Some(entries) = of_party.get(&hit.party) else { continue };
        let weight = if full == [hit.party] { hit.bits.clamp(11_000, 13_000) } else { hit.worth.min(5_000) };
        for entry in entries {
            at(targets, *entry).name = weight - if entries.len() > 1 { 1_000 } else { 0 };
        }
    }
    full
}

/// The match of a deposit: the whole line to the account.
pub(crate) fn settle_deposit(problem: &Problem<'_>, line: u32, entry: u32) -> Option<Match<u32, u32>> {
    let amount: Money = problem.prepared.money(problem.paid(line), line as usize, entry as usize);
    let legs = vec![Leg::of(RecordRef::Line(line), amount), Leg::of(RecordRef::Entry(entry), amount)];
    Match::across(legs, Vec::<Adjustment>::new()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_something_else_than_a_code_is_not_enough_alone() {
        let exact = Target {
            entry: 0,
            code: EXACT_CODE,
            telephone: 0,
            name: 0,
            exact: true,
            doubtful: false,
            names_other: false,
        };
        assert_eq!(exact.ceiling(), 999_900);
        assert_eq!(Target { doubtful: true, ..exact }.ceiling(), 950_000);
        assert_eq!(Target { names_other: true, name: 12_000, ..exact }.ceiling(), 950_000);
        let mistyped = Target { exact: false, ..exact };
        assert_eq!(mistyped.ceiling(), 995_000);
        let doubtful = Target { doubtful: true, ..mistyped };
        assert_eq!(doubtful.ceiling(), 950_000);
        assert_eq!(Target { name: 4_000, ..doubtful }.ceiling(), 995_000);
        assert_eq!(Target { telephone: TELEPHONE, ..doubtful }.ceiling(), 995_000);
        assert_eq!(Target { name: OTHER_NAME, ..doubtful }.ceiling(), 950_000);
    }

    #[test]
    fn eight_digits_may_be_a_day() {
        for (digits, day) in [
            ("20250512", true),
            ("12052025", true),
            ("05312025", true),
            ("20251312", false),
            ("32052025", false),
            ("76507087", false),
            ("2025051", false),
            ("", false),
        ] {
            assert_eq!(is_day(digits), day, "{digits}");
        }
    }
}
