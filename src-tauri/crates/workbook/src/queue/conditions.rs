//! What a person asks of the rows of a queue besides their state, as SQL.

use jiff::civil::Date;
use rusqlite::{params, types::Value};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use tieout_domain::{AccountId, RootCause, Side};

use crate::{Workbook, WorkbookError, custom, marks, policies, rows::Blob, state::table};

/// Which rows of a part of the queue: those of which all of this holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueueConditions {
    /// The cause is one of these; empty: any.
    pub causes: Vec<RootCause>,
    /// The amount, without its sign and in major units of its own currency, is at least this …
    pub amount_from: Option<Decimal>,
    /// … and at most this.
    pub amount_to: Option<Decimal>,
    /// Dated on this day or later …
    pub from: Option<Date>,
    /// … and up to this day.
    pub to: Option<Date>,
    /// Who looks after it.
    pub owner: Option<OwnerCondition>,
    /// The other party's name contains this; empty: any.
    pub counterparty: String,
    /// A line of this account is in it, or it is one.
    pub account: Option<AccountId>,
    /// Its day has come, for whoever is signed in: it is theirs, or nobody's.
    pub due: Option<DueCondition>,
}

/// Which day of a row has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DueCondition {
    /// It was snoozed until today, or until an earlier day.
    Snoozed,
    /// It was expected to be settled by a day that is past.
    Expected,
}

/// Whose a row is: whom a person gave it to, or else whom the policy names for its cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerCondition {
    /// This person's.
    Is(String),
    /// Nobody's.
    Nobody,
}

/// Conditions as SQL, each beginning with AND, with the values of their parameters, which follow those of the query.
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) values: Vec<Value>,
    before: usize,
    /// Few rows fit, and they are found by their identifiers.
    by_identifier: bool,
}

impl Sql {
    /// Conditions of a query that has so many parameters of its own.
    pub(crate) const fn after(parameters: usize) -> Self {
        Self { text: String::new(), values: Vec::new(), before: parameters, by_identifier: false }
    }

    /// The parameter that stands for the value.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.before + self.values.len())
    }

    /// The condition that a text is one of these.
    fn one_of(&mut self, texts: Vec<String>) -> String {
        let texts: Vec<String> = texts.into_iter().map(|text| self.value(text)).collect();
        format!("IN ({})", texts.join(", "))
    }

    /// How the column is written that says which part of the queue a row stands in: as it is it leads to that part by an
    /// index, and every row of it is looked at; with the sign it does not.
    pub(crate) fn part(&self, column: &str) -> String {
        format!("{}{column}", if self.by_identifier { "+" } else { "" })
    }

    /// Adds the condition that notes on the row, known as `h`, say so.
    fn and_marked(&mut self, columns: &Columns<'_>, says: &str) {
        let (column, id) = columns.marked;
        self.by_identifier = true;
        self.and(&format!(
            "{id} IN (SELECT h.{column} FROM marked h WHERE h.company_id = ?1 AND h.{column} IS NOT NULL AND {says})"
        ));
    }

    pub(crate) fn and(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }
}

/// How a kind of row says what is asked of it.
struct Columns<'a> {
    amount: &'a str,
    currency: &'a str,
    date: &'a str,
    counterparty: &'a str,
    cause: Cause,
    /// Of [`marks`]: the column, and the row's identifier.
    marked: (&'a str, &'a str),
}

/// Where the cause of a row is found.
#[derive(Clone, Copy)]
enum Cause {
    OfMatch,
    OfRecord(Side),
}

const MATCH: Columns<'_> = Columns {
    amount: "iif(m.lines > 0, m.line_total, m.entry_total)",
    currency: "m.currency",
    date: "m.date",
    counterparty: "m.title",
    cause: Cause::OfMatch,
    marked: ("match_id", "m.id"),
};

const fn record(side: Side) -> Columns<'static> {
    match side {
        Side::Statement => Columns {
            amount: "r.impact",
            currency: "r.currency",
            date: "r.date",
            counterparty: "r.counterparty",
            cause: Cause::OfRecord(Side::Statement),
            marked: ("line_id", "r.id"),
        },
        Side::Ledger => Columns {
            amount: "r.impact",
            currency: "r.currency",
            date: "r.date",
            counterparty: "r.counterparty",
            cause: Cause::OfRecord(Side::Ledger),
            marked: ("entry_id", "r.id"),
        },
    }
}

impl QueueConditions {
    /// Whether every row fits.
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Which rows with regard to the day they come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    /// All but those that come back later.
    Left,
    /// Only those.
    Only,
    /// All.
    Either,
}

impl Workbook {
    /// Conditions on matches, known as `m`.
    pub(super) fn match_conditions(
        &self,
        asked: &QueueConditions,
        hidden: Hidden,
        parameters: usize,
    ) -> Result<Sql, WorkbookError> {
        let mut sql = Sql::after(parameters);
        self.add_hidden(&mut sql, &MATCH, hidden);
        self.add_asked(&mut sql, &MATCH, asked)?;
        if let Some(account) = asked.account {
            let account = sql.value(account.uuid().as_bytes().to_vec());
            sql.and(&format!(
                "EXISTS (SELECT 1 FROM match_legs l JOIN statement_lines s ON s.company_id = l.company_id AND s.id = l.line_id
                         WHERE l.company_id = m.company_id AND l.match_id = m.id AND s.account_id = {account})"
            ));
        }
        Ok(sql)
    }

    /// Conditions on records without a match, known as `r`; what the policy accepted is never among them.
    pub(super) fn record_conditions(
        &self,
        side: Side,
        asked: &QueueConditions,
        hidden: Hidden,
        parameters: usize,
    ) -> Result<Sql, WorkbookError> {
        let mut sql = Sql::after(parameters);
        if self.count_accepted(side)? > 0 {
            sql.text.push_str(&policies::not_accepted(side));
        }
        let columns = record(side);
        self.add_hidden(&mut sql, &columns, hidden);
        self.add_asked(&mut sql, &columns, asked)?;
        if let Some(account) = asked.account {
            match side {
                Side::Statement => {
                    let account = sql.value(account.uuid().as_bytes().to_vec());
                    sql.and(&format!("r.account_id = {account}"));
                }
                Side::Ledger => sql.and("FALSE"),
            }
        }
        Ok(sql)
    }

    fn add_hidden(&self, sql: &mut Sql, columns: &Columns<'_>, hidden: Hidden) {
        let (column, id) = columns.marked;
        if hidden != Hidden::Either {
            let today = sql.value(self.today().to_string());
            let is_hidden = marks::is_hidden(column, id, &today);
            sql.and(&if hidden == Hidden::Only { is_hidden } else { format!("NOT {is_hidden}") });
        }
    }

    fn add_asked(&self, sql: &mut Sql, columns: &Columns<'_>, asked: &QueueConditions) -> Result<(), WorkbookError> {
        if !asked.causes.is_empty() {
            let among = self.among(sql, columns, &asked.causes);
            sql.and(&among);
        }
        for (limit, than, whole) in
            [(asked.amount_from, ">=", Whole::NotBelow), (asked.amount_to, "<=", Whole::NotAbove)]
        {
            if let Some(limit) = limit {
                let limit = in_minor_units(sql, limit, columns.currency, whole);
                sql.and(&format!("abs({}) {than} {limit}", columns.amount));
            }
        }
        for (day, than) in [(asked.from, ">="), (asked.to, "<=")] {
            if let Some(day) = day {
                let day = sql.value(day.to_string());
                sql.and(&format!("{} {than} {day}", columns.date));
            }
        }
        if !asked.counterparty.trim().is_empty() {
            let needle = sql.value(custom::fold(&asked.counterparty));
            sql.and(&format!("contains({needle}, {})", columns.counterparty));
        }
        if let Some(owner) = &asked.owner {
            self.add_owner(sql, columns, owner)?;
        }
        if let Some(due) = asked.due {
            self.add_due(sql, columns, due)?;
        }
        Ok(())
    }

    fn among(&self, sql: &mut Sql, columns: &Columns<'_>, causes: &[RootCause]) -> String {
        let words: Vec<String> = causes.iter().map(|cause| format!("'{}'", cause.as_str())).collect();
        let cause = if let Cause::OfRecord(side) = columns.cause {
            let (_, column) = table(side);
            let found =
                format!("(SELECT e.cause FROM exceptions e WHERE e.company_id = r.company_id AND e.{column} = r.id)");
            marks::counts_as(side, &found, &sql.value(self.today().to_string()))
        } else {
            "m.cause".to_owned()
        };
        format!("{cause} IN ({})", words.join(", "))
    }

    fn add_owner(&self, sql: &mut Sql, columns: &Columns<'_>, asked: &OwnerCondition) -> Result<(), WorkbookError> {
        let given = given_owner(columns);
        match asked {
            OwnerCondition::Is(name) => {
                let names = self.names_of(name)?;
                let by_policy = self.causes_owned(&|owner| owner.is_some_and(|owner| is_of(&names, owner)))?;
                let theirs = sql.one_of(names);
                if by_policy.is_empty() {
                    // Only what was given to them: few rows, found from their side.
                    sql.and_marked(columns, &format!("h.owner {theirs}"));
                } else {
                    let by_policy = self.among(sql, columns, &by_policy);
                    sql.and(&format!("iif({given} IS NULL, {by_policy}, {given} {theirs})"));
                }
            }
            OwnerCondition::Nobody => {
                let by_policy = self.causes_owned(&|owner| owner.is_none())?;
                let by_policy = self.among(sql, columns, &by_policy);
                sql.and(&format!("({given} IS NULL AND {by_policy})"));
            }
        }
        Ok(())
    }

    fn add_due(&self, sql: &mut Sql, columns: &Columns<'_>, due: DueCondition) -> Result<(), WorkbookError> {
        let today = sql.value(self.today().to_string());
        let says = match due {
            DueCondition::Snoozed => format!("h.snoozed_until <= {today}"),
            DueCondition::Expected => format!("h.expected_on < {today}"),
        };
        sql.and_marked(columns, &says);
        let given = given_owner(columns);
        let names = self.names_of(&self.user().name)?;
        let mine = self.causes_owned(&|owner| owner.is_none_or(|owner| is_of(&names, owner)))?;
        let (mine, theirs) = (self.among(sql, columns, &mine), sql.one_of(names));
        sql.and(&format!("iif({given} IS NULL, {mine}, {given} {theirs})"));
        Ok(())
    }

    /// The name, and every other that whoever is called so ever had: notes and policies keep the one of their time.
    pub(super) fn names_of(&self, name: &str) -> Result<Vec<String>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT o.name FROM user_names n JOIN user_names o ON o.company_id = n.company_id AND o.user_id = n.user_id
             WHERE n.company_id = ?1 AND n.name = ?2 AND o.name <> ?2 ORDER BY o.name",
        )?;
        let others = statement.query_map(params![Blob(self.company.id.uuid()), name], |row| row.get(0))?;
        let mut names = vec![name.to_owned()];
        for other in others {
            names.push(other?);
        }
        Ok(names)
    }

    /// The causes whose owner by the policy fits.
    pub(super) fn causes_owned(&self, fits: &dyn Fn(Option<&str>) -> bool) -> Result<Vec<RootCause>, WorkbookError> {
        let policy = self.policy_in_force()?;
        let of_policy = |cause: RootCause| policy.as_ref().and_then(|version| version.policy.owner(cause));
        Ok(RootCause::ALL.iter().copied().filter(|cause| fits(of_policy(*cause))).collect())
    }
}

pub(super) fn is_of(names: &[String], owner: &str) -> bool {
    names.iter().any(|name| name == owner)
}

/// Whom a person gave the row to, as SQL.
fn given_owner(columns: &Columns<'_>) -> String {
    let (column, id) = columns.marked;
    format!("(SELECT h.owner FROM marked h WHERE h.company_id = ?1 AND h.{column} = {id})")
}

/// How a limit becomes whole minor units.
#[derive(Clone, Copy)]
enum Whole {
    NotBelow,
    NotAbove,
}

impl Whole {
    fn of(self, minor: Decimal) -> Option<i64> {
        match self {
            Self::NotBelow => minor.ceil(),
            Self::NotAbove => minor.floor(),
        }
        .to_i64()
    }
}

/// An amount of major units as that many minor units of each row's currency, made whole, as `CASE` over the numbers of
/// minor units that currencies have (ISO 4217: none, 100, 1000, 10000).
fn in_minor_units(sql: &mut Sql, limit: Decimal, currency: &str, whole: Whole) -> String {
    let minor = |units: i64| limit.abs().checked_mul(Decimal::from(units)).and_then(|minor| whole.of(minor));
    let cases: Vec<String> = [1_i64, 10, 100, 1_000, 10_000]
        .into_iter()
        .map(|units| {
            let value = sql.value(minor(units).unwrap_or(i64::MAX));
            format!("WHEN {units} THEN {value}")
        })
        .collect();
    format!("CASE minor_units({currency}) {} END", cases.join(" "))
}

impl From<Blob> for Value {
    fn from(blob: Blob) -> Self {
        Self::Blob(blob.0.as_bytes().to_vec())
    }
}
