//! Which of the lists in a JSON text hold the transactions.

use std::{cmp::Reverse, collections::HashMap};

use tieout_domain::{Said, said};

use super::survey::{Places, ROOT};
use crate::{ReadError, recognise::vocabulary, value::words::fold_name};

/// Lists that are looked at, and fields of each.
const LISTS_MAX: usize = 200;
const FIELDS_MAX: usize = 100;

/// Names under which programs put their records, for lists whose fields say nothing.
const CONTAINERS: [&str; 16] = [
    "transactions",
    "data",
    "items",
    "lines",
    "records",
    "entries",
    "results",
    "rows",
    "bookings",
    "payments",
    "list",
    "value",
    "values",
    "statement",
    "ledger",
    "content",
];

/// Names of lists whose transactions are not booked; `information` is what the Berlin Group calls standing orders.
const UNBOOKED: [&str; 10] = [
    "pending",
    "pending transactions",
    "planned",
    "scheduled",
    "upcoming",
    "future",
    "authorized",
    "authorised",
    "holds",
    "information",
];

/// What is read.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// Places of the records, in order of first appearance.
    pub(super) records: Vec<usize>,
    /// What is left out, in words, and how many there are.
    pub(super) left_out: Vec<(String, Said)>,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    place: usize,
    depth: usize,
    objects: u32,
    score: usize,
}

/// Chooses the lists of objects whose fields are those of transactions.
pub(super) fn choose(places: &Places) -> Result<Chosen, ReadError> {
    let mut candidates = candidates(places);
    if candidates.is_empty() {
        return Err(nothing(places));
    }
    candidates.sort_by_key(|one| (Reverse(one.score), one.depth, Reverse(one.objects), one.place));
    let best = candidates.first().map_or(0, |best| best.score);
    let mut chosen = Chosen::default();
    let mut others = Vec::new();
    // Records around the chosen ones are what the statements say; records inside are fields.
    let mut is_around = vec![false; places.nodes.len()];
    let mut is_chosen = is_around.clone();
    for candidate in &candidates {
        let above = places.way_up(candidate.place);
        let at = |marks: &[bool], place: usize| marks.get(place).copied().unwrap_or(false);
        if at(&is_around, candidate.place) || above.iter().any(|place| at(&is_chosen, *place)) {
            continue;
        }
        let alike = best > 0 && candidate.score * 10 >= best * 7;
        if !chosen.records.is_empty() && !alike {
            others.push(*candidate);
            continue;
        }
        chosen.records.push(candidate.place);
        for place in above {
            if let Some(mark) = is_around.get_mut(place) {
                *mark = true;
            }
        }
        if let Some(mark) = is_chosen.get_mut(candidate.place) {
            *mark = true;
        }
    }
    leave_out_unbooked(places, &mut chosen);
    for other in others {
        let why = said!("json.noFields", "these objects have no fields of transactions and were left out");
        chosen.left_out.push((list_name(places, other.place, other.objects), why.clone()));
    }
    chosen.records.sort_unstable();
    Ok(chosen)
}

fn candidates(places: &Places) -> Vec<Candidate> {
    let mut scores: HashMap<Vec<String>, usize> = HashMap::new();
    let mut found = Vec::new();
    for (place, node) in places.nodes.iter().enumerate() {
        if !node.is_item || node.objects == 0 || place == ROOT && !is_lines(places) {
            continue;
        }
        let fields = places.fields(place);
        let names: Vec<String> =
            fields.iter().take(FIELDS_MAX).map(|field| fold_name(&places.dotted(*field, place))).collect();
        let score = match scores.get(&names) {
            Some(score) => *score,
            None if scores.len() < LISTS_MAX => {
                let score = 2 * vocabulary::header_score(&names) + usize::from(is_container(places, place));
                scores.insert(names, score);
                score
            }
            None => 0,
        };
        // A single object without fields of a transaction is an answer of another kind, such as an error.
        if place == ROOT && score < 2 {
            continue;
        }
        found.push(Candidate { place, depth: node.depth, objects: node.objects, score });
    }
    found
}

/// Whether the text is a row of objects without a list around them, and these are no envelopes of lists.
fn is_lines(places: &Places) -> bool {
    places.node(ROOT).is_some_and(|root| root.objects > 0 && root.lists == 0)
        && !places.nodes.iter().skip(1).any(|node| node.is_item && node.objects > 0)
}

fn is_container(places: &Places, place: usize) -> bool {
    list_key(places, place).is_some_and(|name| CONTAINERS.contains(&fold_name(name).as_str()))
}

/// The name of the nearest member around a place.
pub(super) fn list_key(places: &Places, mut place: usize) -> Option<&str> {
    while place != ROOT {
        let node = places.node(place)?;
        if !node.is_item {
            return Some(&node.name);
        }
        place = node.parent;
    }
    None
}

fn list_name(places: &Places, place: usize, objects: u32) -> String {
    format!("{} ({objects})", places.dotted(place, ROOT))
}

/// Banks answer with booked, pending and planned transactions side by side; only the booked ones are taken.
fn leave_out_unbooked(places: &Places, chosen: &mut Chosen) {
    let is_unbooked =
        |place: usize| list_key(places, place).is_some_and(|name| UNBOOKED.contains(&fold_name(name).as_str()));
    if chosen.records.len() < 2 || chosen.records.iter().all(|place| is_unbooked(*place)) {
        return;
    }
    let (unbooked, booked): (Vec<usize>, Vec<usize>) = chosen.records.iter().partition(|place| is_unbooked(**place));
    chosen.records = booked;
    for place in unbooked {
        let why = said!("json.unbooked", "these transactions are not booked yet and were left out");
        let objects = places.node(place).map_or(0, |node| node.objects);
        chosen.left_out.push((list_name(places, place, objects), why.clone()));
    }
}

fn nothing(places: &Places) -> ReadError {
    let has_list = places.nodes.iter().any(|node| node.lists > 0);
    let has_values = places.nodes.iter().any(|node| node.is_item && node.scalars > 0);
    let what = match (has_list, has_values) {
        (true, true) => "a JSON file whose lists hold values and no objects",
        (true, false) => "a JSON file whose lists are empty, so that there are no transactions in it",
        (false, _) => "a JSON file without a list of transactions",
    };
    let advice = "it has to be a list of objects, or an object with such a list under 'transactions'";
    ReadError::Unsupported { what, advice }
}
