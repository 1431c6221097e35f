//! How a file is to be understood: as earlier files with its header were, or as its columns look; and what has to be
//! asked before it can be taken in.

use std::collections::BTreeSet;

use tieout_domain::{AccountId, Currency, Said, Side};
use tieout_statements::{Ambiguity, DateOrder, DecimalMark, Detection, Mapping, Open, Recognition};
use tieout_workbook::{Account, MappingScope, Workbook};

use super::{accounts::AccountChoice, planning::How};
use crate::{ApplicationError, HeaderChange, mapping_file, reading::Opened};

/// How a file is to be understood.
#[derive(Debug, Clone)]
pub(crate) struct Understanding {
    pub(super) how: How,
    pub(super) remembered: bool,
    pub(super) detected: Vec<Detection>,
    /// What is still to be asked; none once the user has answered.
    pub(super) ambiguities: Vec<Ambiguity>,
    pub(super) header_change: Option<HeaderChange>,
    pub(super) problems: Vec<Said>,
    pub(super) account: Option<AccountChoice>,
    /// The account to which an earlier file with this header belonged.
    pub(super) account_before: Option<AccountId>,
}

/// How earlier files with this header were understood, or else what the columns look like.
pub(super) fn understand(
    workbook: &Workbook,
    opened: &Opened,
    side: Option<Side>,
) -> Result<Understanding, ApplicationError> {
    let table = opened.document.sample();
    let header = tieout_statements::header_fingerprint(table).to_string();
    let recognition = opened.document.recognise(side);
    let detected = recognition.detected(table);
    let side = recognition.side;
    let before = workbook.mappings_of_header(&header)?.into_iter().find_map(|known| {
        let fits = match known.scope {
            MappingScope::Account(_) => side == Side::Statement,
            MappingScope::Ledger => side == Side::Ledger,
        };
        let mapping = mapping_file::from_line(&known.mapping)?;
        (fits && mapping.roles.len() == table.column_count()).then_some((known.scope, mapping))
    });
    let currency = workbook.company().base_currency;
    Ok(match before {
        Some((scope, mapping)) => Understanding {
            how: How { side, mapping, currency },
            remembered: true,
            detected,
            ambiguities: Vec::new(),
            header_change: None,
            problems: Vec::new(),
            account: None,
            account_before: match scope {
                MappingScope::Account(id) => Some(id),
                MappingScope::Ledger => None,
            },
        },
        None => recognised(recognition, detected, currency),
    })
}

fn recognised(recognition: Recognition, detected: Vec<Detection>, currency: Currency) -> Understanding {
    Understanding {
        how: How { side: recognition.side, mapping: recognition.mapping, currency },
        remembered: false,
        detected,
        ambiguities: recognition.ambiguities,
        header_change: None,
        problems: recognition.problems,
        account: None,
        account_before: None,
    }
}

/// Where files of this account came with another header before: old and new, and the old meanings carried over to the
/// columns of the same name. A format that declares its columns has no header that could change.
pub(super) fn carry_over(
    workbook: &Workbook,
    opened: &Opened,
    account: Option<AccountId>,
    understanding: &mut Understanding,
) -> Result<(), ApplicationError> {
    let table = opened.document.sample();
    if understanding.remembered || table.declared().is_some() || table.header_line().is_none() {
        return Ok(());
    }
    let scope = match (understanding.how.side, account) {
        (Side::Statement, Some(id)) => MappingScope::Account(id),
        (Side::Statement, None) => return Ok(()),
        (Side::Ledger, _) => MappingScope::Ledger,
    };
    let Some(known) = workbook.mappings_of_scope(scope)?.into_iter().find(|known| !known.columns.is_empty()) else {
        return Ok(());
    };
    let (Some(mapping), before) = (mapping_file::from_line(&known.mapping), columns_from_text(&known.columns)) else {
        return Ok(());
    };
    let now: Vec<String> = table.header().to_vec();
    for (column, name) in now.iter().enumerate() {
        let same = before.iter().position(|old| old.trim() == name.trim());
        if let (Some(role), Some(to)) =
            (same.and_then(|at| mapping.roles.get(at)).copied(), understanding.how.mapping.roles.get_mut(column))
        {
            *to = role;
        }
    }
    drop_repeated(&mut understanding.how.mapping);
    understanding.header_change = Some(change(before, now));
    Ok(())
}

/// The account whose last file a header is held against before anybody says whose file it is.
pub(super) fn account_of_header(workbook: &Workbook, opened: &Opened) -> Result<Option<Account>, ApplicationError> {
    let named = opened.document.sample().sections().first().map(|section| section.account.as_str());
    let mut accounts = workbook.accounts()?;
    Ok(match named.filter(|name| !name.is_empty()) {
        Some(name) => accounts.into_iter().find(|account| account.name == name),
        None if accounts.len() == 1 => accounts.pop(),
        None => None,
    })
}

fn change(before: Vec<String>, now: Vec<String>) -> HeaderChange {
    let set = |names: &[String]| names.iter().map(|name| name.trim().to_owned()).collect::<BTreeSet<_>>();
    let (old, new) = (set(&before), set(&now));
    HeaderChange {
        added: new.difference(&old).cloned().collect(),
        removed: old.difference(&new).cloned().collect(),
        before,
        now,
    }
}

/// A role that old and new meanings both gave stays with the first column.
fn drop_repeated(mapping: &mut Mapping) {
    let mut seen = BTreeSet::new();
    for role in &mut mapping.roles {
        if !role.is_repeatable() && !seen.insert(*role) {
            *role = tieout_statements::ColumnRole::Ignore;
        }
    }
}

/// Column names as the workbook keeps them: one a line.
pub(super) fn columns_to_text(columns: &[String]) -> String {
    columns.iter().map(|name| name.replace(['\n', '\r'], " ")).collect::<Vec<_>>().join("\n")
}

fn columns_from_text(text: &str) -> Vec<String> {
    text.split('\n').map(str::to_owned).collect()
}

/// The mapping under the other reading; `None` where there is no single other one.
pub(super) fn other_reading(what: Open, mapping: &Mapping) -> Option<Mapping> {
    let mut other = mapping.clone();
    match what {
        Open::DateOrder => {
            other.date_order = match mapping.date_order {
                DateOrder::DayMonthYear => DateOrder::MonthDayYear,
                DateOrder::MonthDayYear => DateOrder::DayMonthYear,
                DateOrder::YearMonthDay => return None,
            };
        }
        Open::DecimalMark => {
            other.decimal_mark = match mapping.decimal_mark {
                DecimalMark::Point => DecimalMark::Comma,
                DecimalMark::Comma => DecimalMark::Point,
            };
        }
        Open::Sign => other.invert_sign = !mapping.invert_sign,
        Open::Columns | Open::Century => return None,
    }
    Some(other)
}
