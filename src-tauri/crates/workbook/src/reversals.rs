//! What customers' reversals take from their deposits, brought in step with the deposits and reversals that stand.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{
    CreditRate, Currency, CustomerCode, CustomerId, CustomerTransactionKind, DecisionId, LedgerEntryId, MatchId, Money,
    Permission, StatementLineId,
};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    allotment::{self, Booked, Deposit, Reversal},
    change::Change,
    customer_ledger::{Cause, NewTransaction},
    json::Json,
    rows::{self, Blob},
};

/// The mark that the migration leaves where reversals were posted as earlier versions did.
const TO_ALLOT: &str = "customers.reversals_to_allot";

/// What stands in a customer's account in one currency.
#[derive(Default)]
struct Standing {
    deposits: Vec<(Deposit, PostedDeposit)>,
    reversals: BTreeMap<ReversalKey, PostedReversal>,
}

/// The approval of a line, and the account in the books: a reversal is one, in however many parts.
type ReversalKey = (DecisionId, LedgerEntryId, Option<StatementLineId>);

struct PostedDeposit {
    id: Uuid,
    rate: Option<CreditRate>,
}

struct PostedReversal {
    cause: Cause,
    booked: Booked,
    named: Vec<Date>,
    /// Minor units, more than nothing.
    amount: i64,
    parts: Vec<PostedPart>,
}

#[derive(Clone, Copy)]
struct PostedPart {
    id: Uuid,
    deposit: Option<Uuid>,
    amount: i64,
    rate: Option<CreditRate>,
}

impl Workbook {
    /// Posts reversals anew that an earlier version took at other rates than their deposits', if a migration left a mark
    /// that there may be any.
    pub(crate) fn allot_earlier_reversals(&mut self) -> Result<(), WorkbookError> {
        if self.setting(TO_ALLOT)?.is_none() {
            return Ok(());
        }
        self.change(Permission::Upkeep, |change| {
            for (customer, code, currency) in change.accounts_with_reversals()? {
                change.posted.touch(customer, code, currency);
            }
            change.settle_accounts()?;
            change.sql.execute(
                "DELETE FROM settings WHERE company_id = ?1 AND name = ?2",
                params![Blob(change.company.uuid()), TO_ALLOT],
            )?;
            let posted = change.posted.transactions;
            change.tell_as_system(
                "customers.earlier_reversals_allotted",
                "customers",
                &Json::Object(vec![("transactions", Json::count(posted))]),
            )
        })
    }
}

impl Change<'_> {
    /// Posts the reversals that the change approved, and those anew for which it moved the deposits they take from.
    pub(crate) fn settle_accounts(&mut self) -> Result<(), WorkbookError> {
        let touched = std::mem::take(&mut self.posted.touched);
        let mut approved: BTreeMap<(Uuid, Currency), Vec<NewTransaction>> = BTreeMap::new();
        for reversal in std::mem::take(&mut self.posted.reversals) {
            approved.entry((reversal.customer.uuid(), reversal.amount.currency())).or_default().push(reversal);
        }
        for ((customer, currency), code) in touched {
            let new = approved.remove(&(customer, currency)).unwrap_or_default();
            let customer = CustomerId::from_uuid(customer);
            if !new.is_empty() || self.has_reversals(customer, currency)? {
                self.settle(customer, code, currency, new)?;
            }
        }
        Ok(())
    }

    fn has_reversals(&self, customer: CustomerId, currency: Currency) -> Result<bool, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM customer_transactions
                            WHERE company_id = ?1 AND customer_id = ?2 AND currency = ?3 AND kind = 'reversal')",
        )?;
        let company = Blob(self.company.uuid());
        Ok(statement.query_row(params![company, Blob(customer.uuid()), currency.code()], |row| row.get(0))?)
    }

    fn settle(
        &mut self,
        customer: CustomerId,
        code: CustomerCode,
        currency: Currency,
        new: Vec<NewTransaction>,
    ) -> Result<(), WorkbookError> {
        let mut standing = self.standing_transactions(customer, currency)?;
        for reversal in new {
            self.add_approved(&mut standing, &reversal)?;
        }
        let Moves { gone, wanted } = standing.moves();
        let transaction = |kind, minor, rate, cause, reverses| {
            let amount = Money::from_minor(minor, currency);
            NewTransaction { customer, code, kind, amount, rate, cause: Some(cause), reverses, reason: String::new() }
        };
        for (cause, part) in gone {
            self.post(&transaction(CustomerTransactionKind::Undone, part.amount, part.rate, cause, Some(part.id)))?;
        }
        for (cause, deposit, amount) in wanted {
            let (rate, reverses) = match deposit {
                Some(deposit) => (deposit.rate, Some(deposit.id)),
                None => (self.rate_when(cause.decision, currency)?, None),
            };
            self.post(&transaction(CustomerTransactionKind::Reversal, -amount, rate, cause, reverses))?;
        }
        Ok(())
    }

    fn add_approved(&self, standing: &mut Standing, new: &NewTransaction) -> Result<(), WorkbookError> {
        let Some(cause) = new.cause else { return Ok(()) };
        let (booked, named) = match cause.line {
            Some(line) => self.booked(line)?,
            None => ((None, None), Vec::new()),
        };
        let amount = new.amount.checked_neg()?.minor_units();
        let reversal = PostedReversal { cause, booked, named, amount, parts: Vec::new() };
        standing.reversals.insert((cause.decision, cause.entry, cause.line), reversal);
        Ok(())
    }

    /// When a line was booked, and which days it names.
    fn booked(&self, line: StatementLineId) -> Result<(Booked, Vec<Date>), WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT ifnull(date, value_date), description || ' ' || reference FROM statement_lines
             WHERE company_id = ?1 AND id = ?2",
        )?;
        let (day, text): (Option<String>, String) = statement
            .query_row(params![Blob(self.company.uuid()), Blob(line.uuid())], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let day = rows::date(day)?;
        Ok(((day, Some(line)), allotment::days_named(&text, day)))
    }

    fn standing_transactions(&self, customer: CustomerId, currency: Currency) -> Result<Standing, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT t.id, t.amount, t.rate, t.reverses, t.decision_id, t.match_id, t.line_id, t.entry_id,
                    ifnull(r.date, r.value_date), iif(t.kind = 'reversal', r.description || ' ' || r.reference, NULL),
                    t.kind
             FROM customer_transactions t
             LEFT JOIN statement_lines r ON r.company_id = t.company_id AND r.id = t.line_id
             WHERE t.company_id = ?1 AND t.customer_id = ?2 AND t.currency = ?3 AND t.kind IN ('deposit', 'reversal')
               AND NOT EXISTS (SELECT 1 FROM customer_transactions u
                               WHERE u.company_id = t.company_id AND u.reverses = t.id AND u.kind = 'undone')
             ORDER BY t.number",
        )?;
        let company = Blob(self.company.uuid());
        let mut found = statement.query(params![company, Blob(customer.uuid()), currency.code()])?;
        let mut standing = Standing::default();
        while let Some(row) = found.next()? {
            let id = row.get::<_, Blob>(0)?.0;
            let amount: i64 = row.get(1)?;
            let rate = self.rate_of(row.get(2)?, currency)?;
            let line = row.get::<_, Option<Blob>>(6)?.map(|id| StatementLineId::from_uuid(id.0));
            let booked = (rows::date(row.get(8)?)?, line);
            if rows::customer_transaction_kind(&row.get::<_, String>(10)?)? == CustomerTransactionKind::Deposit {
                standing.deposits.push((Deposit { booked, amount }, PostedDeposit { id, rate }));
                continue;
            }
            let amount = amount.checked_neg().ok_or(tieout_domain::MoneyError::Overflow)?;
            let cause = Cause {
                decision: DecisionId::from_uuid(row.get::<_, Blob>(4)?.0),
                match_id: MatchId::from_uuid(row.get::<_, Blob>(5)?.0),
                line,
                entry: LedgerEntryId::from_uuid(row.get::<_, Blob>(7)?.0),
            };
            let text: Option<String> = row.get(9)?;
            let reversal =
                standing.reversals.entry((cause.decision, cause.entry, line)).or_insert_with(|| PostedReversal {
                    cause,
                    booked,
                    named: allotment::days_named(&text.unwrap_or_default(), booked.0),
                    amount: 0,
                    parts: Vec::new(),
                });
            reversal.amount = reversal.amount.checked_add(amount).ok_or(tieout_domain::MoneyError::Overflow)?;
            let deposit = row.get::<_, Option<Blob>>(3)?.map(|id| id.0);
            reversal.parts.push(PostedPart { id, deposit, amount, rate });
        }
        Ok(standing)
    }

    /// What a credit cost when this was decided or, where there was no rate yet, at first.
    fn rate_when(&self, decision: DecisionId, currency: Currency) -> Result<Option<CreditRate>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT max(id), amount FROM credit_rates WHERE company_id = ?1 AND currency = ?2 AND id < ?3",
        )?;
        let rate: Option<i64> = statement
            .query_row(params![Blob(self.company.uuid()), currency.code(), Blob(decision.uuid())], |row| row.get(1))?;
        self.rate_of(rate, currency)
    }

    fn accounts_with_reversals(&self) -> Result<Vec<(CustomerId, CustomerCode, Currency)>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT DISTINCT t.customer_id, c.code, t.currency FROM customer_transactions t
             JOIN customers c ON c.company_id = t.company_id AND c.id = t.customer_id
             WHERE t.company_id = ?1 AND t.kind = 'reversal' ORDER BY c.code, t.currency",
        )?;
        let mut found = statement.query(params![Blob(self.company.uuid())])?;
        let mut accounts = Vec::new();
        while let Some(row) = found.next()? {
            let code = row.get::<_, String>(1)?.parse().map_err(WorkbookError::unreadable)?;
            let currency = rows::currency(&row.get::<_, String>(2)?)?;
            accounts.push((CustomerId::from_uuid(row.get::<_, Blob>(0)?.0), code, currency));
        }
        Ok(accounts)
    }
}

/// What is to be posted so that reversals take from the deposits that they should.
#[derive(Default)]
struct Moves<'a> {
    /// Parts to undo.
    gone: Vec<(Cause, PostedPart)>,
    /// Parts to post: of which deposit, or of none, and how many minor units.
    wanted: Vec<(Cause, Option<&'a PostedDeposit>, i64)>,
}

impl Standing {
    fn moves(&self) -> Moves<'_> {
        let deposits: Vec<Deposit> = self.deposits.iter().map(|(deposit, _)| *deposit).collect();
        let reversals: Vec<Reversal> = self.reversals.values().map(PostedReversal::as_allotted).collect();
        let mut moves = Moves::default();
        for (reversal, taken) in self.reversals.values().zip(allotment::allot(&deposits, &reversals)) {
            let of = |place: Option<usize>| place.and_then(|place| self.deposits.get(place)).map(|(_, posted)| posted);
            let mut wanted: Vec<_> = taken.into_iter().map(|(place, amount)| (of(place), amount)).collect();
            for part in &reversal.parts {
                let is_part = |(deposit, amount): &(Option<&PostedDeposit>, i64)| {
                    deposit.map(|deposit| deposit.id) == part.deposit && *amount == part.amount
                };
                match wanted.iter().position(is_part) {
                    Some(place) => {
                        wanted.remove(place);
                    }
                    None => moves.gone.push((reversal.cause, *part)),
                }
            }
            moves.wanted.extend(wanted.into_iter().map(|(deposit, amount)| (reversal.cause, deposit, amount)));
        }
        moves
    }
}

impl PostedReversal {
    fn as_allotted(&self) -> Reversal {
        Reversal { booked: self.booked, amount: self.amount, named: self.named.clone() }
    }
}
