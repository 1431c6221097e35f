//! Roles by column names: each role to the column that fits best, as long as its values allow.

use tieout_domain::Side;

use super::{
    profile::{Profile, Profiles},
    vocabulary::{self, EXACT, Suggestion},
};
use crate::{ColumnRole, Table, value::words::fold_name};

/// Most columns that are joined into one reference.
const REFERENCES_MAX: usize = 3;

pub(super) fn by_names(table: &Table, profiles: &Profiles, side: Side) -> Vec<ColumnRole> {
    let mut roles = vec![ColumnRole::Ignore; table.column_count()];
    if table.header_line().is_none() {
        return roles;
    }
    let mut wishes: Vec<(usize, Suggestion)> = Vec::new();
    for (column, folded) in names(table, profiles).iter().enumerate() {
        for suggestion in vocabulary::suggestions(folded, side) {
            if fits(suggestion.role, profiles.columns.get(column))
                && !is_empty_beside_dates(suggestion.role, column, profiles)
            {
                wishes.push((column, suggestion));
            }
        }
    }
    super::job_names::keep_where_jobs(&names(table, profiles), &mut wishes);
    prefer_own_account(profiles, &mut wishes);
    // The best suggestion first; of equals, one with values before an empty one, then the leftmost.
    wishes.sort_by_key(|(column, wish)| {
        let empty = profiles.columns.get(*column).is_some_and(|profile| profile.filled == 0);
        (std::cmp::Reverse(wish.score), empty, *column)
    });
    for (column, wish) in wishes {
        if roles[column] == ColumnRole::Ignore && is_free(&roles, wish) {
            roles[column] = wish.role;
        }
    }
    drop_lone_direction(&mut roles);
    if side == Side::Statement {
        prefer_net(table, profiles, &mut roles);
        describe(profiles, &mut roles, 6);
    }
    roles
}

/// Where no name is known for the text of the rows, the longest text is it, if it is so long on average.
pub(super) fn describe(profiles: &Profiles, roles: &mut [ColumnRole], least_length: usize) {
    if roles.contains(&ColumnRole::Description) {
        return;
    }
    let texts = profiles.columns.iter().enumerate().filter(|(column, profile)| {
        roles.get(*column) == Some(&ColumnRole::Ignore)
            && profile.mostly(profile.letters)
            && (!profile.constant || profile.filled < 2)
    });
    let longest = texts.max_by_key(|(column, profile)| (profile.text_length, std::cmp::Reverse(*column)));
    if let Some((column, _)) = longest.filter(|(_, profile)| profile.text_length >= least_length * profile.filled) {
        roles[column] = ColumnRole::Description;
    }
}

/// Where a processor states gross, fee and net, the net is what moves its balance. A column that is just called `amount`
/// gives way only in a history of the balance, which says when the money is available.
fn prefer_net(table: &Table, profiles: &Profiles, roles: &mut [ColumnRole]) {
    const GROSS: &str = "gross|gross amount|gross total|brutto|bruttobetrag|brut|montant brut|avant commission|bruto|importe bruto|\
         valor bruto|lordo|importo lordo|total collected|gross sales|brutobedrag|brutto belopp";
    const FEE: &str = "fee|fees|fee amount|gebuhr|gebuhren|gebuehr|entgelt|commission|frais|comision|comisiones|tarifa|tarifas|\
         tariffa|commissione|commissioni|kosten|taxa|oplata|prowizja|avgift|gebyr|processing fee|stripe fee";
    const NET: &str = "net|net amount|net total|netto|nettobetrag|montant net|neto|importe neto|importo netto|nettobedrag|liquido|\
         valor liquido";
    let names: Vec<String> = table.header().iter().map(|name| fold_name(name)).collect();
    let find = |known: &str| names.iter().position(|name| known.split('|').any(|known| known == name));
    let (Some(_), Some(net)) = (find(FEE), find(NET)) else { return };
    let Some(amount) = roles.iter().position(|role| *role == ColumnRole::Amount) else { return };
    let is_gross = names.get(amount).is_some_and(|name| GROSS.split('|').any(|known| known == name))
        || find("amount") == Some(amount) && find("available on|available on utc|availableon").is_some();
    let holds_money = profiles.columns.get(net).is_some_and(|profile| profile.mostly(profile.amounts));
    if is_gross && holds_money && roles[net] == ColumnRole::Ignore {
        roles.swap(amount, net);
    }
}

/// Folded names. Where a name stands over the currency and the next column, nameless, holds the amounts (as merged
/// header cells leave it), the two change places.
fn names(table: &Table, profiles: &Profiles) -> Vec<String> {
    let mut names: Vec<String> = table.header().iter().map(|name| fold_name(name)).collect();
    for column in 1..names.len() {
        let (left, here) = (&profiles.columns[column - 1], &profiles.columns[column]);
        if names[column].is_empty() && left.mostly(left.currencies) && here.mostly(here.amounts) {
            names[column] = std::mem::replace(&mut names[column - 1], "currency".to_owned());
        }
    }
    names
}

fn is_free(roles: &[ColumnRole], wish: Suggestion) -> bool {
    let taken = roles.iter().filter(|role| **role == wish.role).count();
    match wish.role {
        ColumnRole::Description => true,
        // Further references only where their whole name says so, and none below a transaction's id.
        ColumnRole::Reference => taken == 0 || (taken < REFERENCES_MAX && wish.score >= EXACT + 25),
        _ => taken == 0,
    }
}

/// Whether an empty column would be the date where another column holds dates.
fn is_empty_beside_dates(role: ColumnRole, column: usize, profiles: &Profiles) -> bool {
    role == ColumnRole::Date
        && profiles.columns.get(column).is_some_and(|profile| profile.filled == 0)
        && profiles.columns.iter().any(|other| other.mostly(other.dates))
}

/// Whether a column's values allow the role. An empty column allows all.
fn fits(role: ColumnRole, profile: Option<&Profile>) -> bool {
    let Some(profile) = profile.filter(|profile| profile.filled > 0) else {
        // A direction or kind without values says nothing.
        return !matches!(role, ColumnRole::Direction);
    };
    match role {
        ColumnRole::Date | ColumnRole::ValueDate => profile.mostly(profile.dates + profile.serials),
        ColumnRole::DueDate => profile.dates + profile.serials > 0,
        ColumnRole::Amount | ColumnRole::Debit | ColumnRole::Credit | ColumnRole::Balance => {
            profile.mostly(profile.amounts)
        }
        ColumnRole::Currency => profile.mostly(profile.currencies),
        ColumnRole::Direction => profile.directions * 10 >= profile.filled * 9,
        ColumnRole::Counterparty => !profile.mostly(profile.ibans),
        ColumnRole::CounterpartyAccount | ColumnRole::Account => !profile.mostly(profile.dates),
        ColumnRole::Description => !profile.mostly(profile.dates) || profile.letters > 0,
        ColumnRole::Ignore
        | ColumnRole::Id
        | ColumnRole::Reference
        | ColumnRole::CounterpartyCode
        | ColumnRole::Number
        | ColumnRole::Kind
        | ColumnRole::Status
        | ColumnRole::BankCode
        | ColumnRole::Remittance
        | ColumnRole::Month
        | ColumnRole::Site
        | ColumnRole::ServiceType => true,
        ColumnRole::Quantity | ColumnRole::Rate => profile.mostly(profile.amounts),
    }
}

/// `IBAN` or `Kontonummer` alone may be the own account or the other party's: the own one is the same in every row.
fn prefer_own_account(profiles: &Profiles, wishes: &mut [(usize, Suggestion)]) {
    let own: Vec<usize> =
        wishes.iter().filter(|(_, wish)| wish.role == ColumnRole::Account).map(|(column, _)| *column).collect();
    for (column, wish) in wishes.iter_mut() {
        let varies = profiles.columns.get(*column).is_some_and(|profile| profile.filled > 0 && !profile.constant);
        let either = wish.role == ColumnRole::CounterpartyAccount && own.contains(column);
        if either && varies && wish.score < EXACT + 40 {
            wish.score += 20;
        }
    }
}

/// A direction says nothing beside separate columns for debit and credit.
fn drop_lone_direction(roles: &mut [ColumnRole]) {
    let has = |roles: &[ColumnRole], role| roles.contains(&role);
    if !has(roles, ColumnRole::Amount) && (has(roles, ColumnRole::Debit) || has(roles, ColumnRole::Credit)) {
        for role in roles.iter_mut().filter(|role| **role == ColumnRole::Direction) {
            *role = ColumnRole::Ignore;
        }
    }
}

/// Which side the columns speak for; the statement where they do not.
pub(super) fn likely_side(table: &Table, profiles: &Profiles) -> Side {
    let as_ledger = by_names(table, profiles, Side::Ledger);
    let as_statement = by_names(table, profiles, Side::Statement);
    let folded: Vec<String> = table.header().iter().map(|name| fold_name(name)).collect();
    let names_any = |words: &[&str]| folded.iter().any(|name| name.split(' ').any(|word| words.contains(&word)));
    let mut ledger = 0;
    for (role, weight) in
        [(ColumnRole::Number, 3), (ColumnRole::DueDate, 3), (ColumnRole::CounterpartyCode, 3), (ColumnRole::Kind, 1)]
    {
        ledger += if as_ledger.contains(&role) { weight } else { 0 };
    }
    let parties = [
        "invoice",
        "customer",
        "supplier",
        "vendor",
        "ledger",
        "rechnung",
        "kunde",
        "lieferant",
        "facture",
        "client",
        "fournisseur",
        "factura",
        "cliente",
        "proveedor",
        "fattura",
        "fornitore",
        "factuur",
        "klant",
        "leverancier",
        "job",
    ];
    ledger += if names_any(&parties) { 2 } else { 0 };
    let mut statement = 0;
    for (role, weight) in [(ColumnRole::Balance, 4), (ColumnRole::ValueDate, 3), (ColumnRole::Account, 2)] {
        statement += if as_statement.contains(&role) { weight } else { 0 };
    }
    statement += if names_any(&["bank", "buchungstag", "iban", "wertstellung"]) { 2 } else { 0 };
    if ledger > statement { Side::Ledger } else { Side::Statement }
}
