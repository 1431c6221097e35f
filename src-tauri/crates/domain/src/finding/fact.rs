//! What was seen.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{FindingValue, Part};
use crate::Money;

told! {
    /// One piece of what was seen. Amounts without a sign, unless it says otherwise.
    Fact {
        /// The bank cannot show it before that day.
        ExpectedBy = "expected_by" {
            /// The day by which it should be there.
            by: Date,
            /// The last day the statements know of.
            last_day: Date,
        },
        /// A job done after the last month that the client's export tells of.
        MonthAfterExport = "month_after_export" {
            /// First day of the month of the job.
            month: Date,
            /// First day of the last month told.
            last_month: Date,
        },
        /// The statement holds the line already, by its identifier or its running balance.
        SameLineAgain = "same_line_again" {},
        /// The books hold the document already.
        EnteredBefore = "entered_before" {
            /// Number of the one entered first.
            number: String,
            /// Its date.
            date: Option<Date>,
            /// Its amount, signed.
            amount: Money,
        },
        /// Another line of the same amount settles what this one would.
        PaidBefore = "paid_before" {
            /// Day of the other line.
            date: Option<Date>,
            /// What both come to, signed.
            amount: Money,
        },
        /// Lines with reference, day, amount and text alike.
        LinesAlike = "lines_alike" {
            /// How many, this one included.
            count: i64,
            /// Their reference.
            reference: String,
        },
        /// Jobs listed with all their facts alike.
        JobsAlike = "jobs_alike" {
            /// How many, this one included.
            count: i64,
            /// Their number.
            reference: String,
        },
        /// Entries with number, amount and counterparty alike.
        EntriesAlike = "entries_alike" {
            /// How many, this one included.
            count: i64,
            /// Whose they are, or their number.
            name: String,
        },
        /// No line goes to the customer's account.
        NoDeposit = "no_deposit" {},
        /// The books have no entry for what the bank shows.
        NotInBooks = "not_in_books" {
            /// The line's amount, signed.
            amount: Money,
        },
        /// The bank shows no payment for what the books have.
        NotAtBank = "not_at_bank" {
            /// The entry's amount, signed.
            amount: Money,
        },
        /// The day by which it should have been there has passed.
        Overdue = "overdue" {
            /// By so many days.
            days: i64,
        },
        /// The client lists a job that the ledger does not have.
        JobNotInLedger = "job_not_in_ledger" {},
        /// The ledger has a job that the client does not list.
        JobNotListed = "job_not_listed" {},
        /// The line is less than what it settles.
        PaidLess = "paid_less" {
            /// By so much.
            difference: Money,
            /// What was owed.
            owed: Money,
            /// The difference in percent of that, to two decimals.
            percent: Decimal,
        },
        /// The line is more than what it settles.
        PaidMore = "paid_more" {
            /// By so much.
            difference: Money,
            /// What was owed.
            owed: Money,
            /// The difference in percent of that, to two decimals.
            percent: Decimal,
        },
        /// The line's text names a fee of just this amount.
        FeeNamed = "fee_named" {
            /// The fee.
            amount: Money,
        },
        /// The processor keeps the same share of its other payouts.
        ShareIsUsual = "share_is_usual" {},
        /// To the minor unit a usual discount.
        ExactPercent = "exact_percent" {
            /// Percent off.
            percent: i64,
        },
        /// The document's terms grant a discount.
        TermsGrant = "terms_grant" {
            /// Percent off.
            percent: i64,
            /// Days within which it must be paid.
            days: i64,
        },
        /// The document's terms grant none, or another one.
        TermsGrantNone = "terms_grant_none" {},
        /// Days from the document to the payment.
        PaidAfter = "paid_after" {
            /// So many.
            days: i64,
        },
        /// Two neighbouring digits are swapped.
        DigitsSwapped = "digits_swapped" {
            /// As the bank has them.
            bank: String,
            /// As the books have them.
            books: String,
        },
        /// The same quantity at two rates.
        RatesDiffer = "rates_differ" {
            /// The quantity, where it is told.
            quantity: Option<Decimal>,
            /// The rate of the books.
            books: Decimal,
            /// The rate of the statement.
            statement: Decimal,
        },
        /// The same quantity of work, at rates that are not told.
        SameQuantity = "same_quantity" {},
        /// Less than conversion and rounding cost.
        RoundingSize = "rounding_size" {},
        /// An entry in another currency than its payment.
        Exchanged = "exchanged" {
            /// The entry's own amount, signed.
            amount: Money,
            /// What that was worth on the day, signed.
            worth: Money,
        },
        /// The bank and the books have opposite signs.
        OppositeSigns = "opposite_signs" {
            /// The line, signed.
            bank: Money,
            /// The entry, signed.
            books: Money,
        },
        /// A later line takes an earlier one back.
        TakenBack = "taken_back" {
            /// The day of the return.
            date: Option<Date>,
            /// Its amount, signed.
            amount: Money,
        },
        /// A text says that money is paid back.
        RefundNamed = "refund_named" {},
        /// Several lines add up to one entry.
        Instalments = "instalments" {
            /// How many lines.
            count: i64,
        },
        /// The payment came after the day on which it was due.
        PaidLate = "paid_late" {
            /// By so many days.
            days: i64,
        },
        /// A payment of the books reached the bank late.
        UnderWay = "under_way" {
            /// After so many days.
            days: i64,
        },
        /// The two sides count the job in different months.
        OtherMonth = "other_month" {},
        /// The line quotes the document.
        Quoted = "quoted" {
            /// The document's number.
            number: String,
        },
        /// The line gives another number than the document's.
        OtherNumber = "other_number" {
            /// As the line has it.
            written: String,
            /// The document's.
            meant: String,
        },
        /// The line's identifier is not in the books.
        IdentifierMissing = "identifier_missing" {
            /// The identifier.
            identifier: String,
        },
        /// The line gives the customer's code otherwise than the account has it.
        CodeMisread = "code_misread" {
            /// The account's.
            code: String,
        },
        /// The line's text lists further documents.
        ListsMore = "lists_more" {},
        /// A rule of the configuration lets the difference be written off.
        AllowedByRule = "allowed_by_rule" {
            /// The rule's name.
            rule: String,
        },
        /// Both sides agree.
        Agrees = "agrees" {},
        /// No rule applies.
        NoRule = "no_rule" {},
    }
}
