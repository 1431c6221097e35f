//! What to do.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{FindingValue, Part};
use crate::Money;

told! {
    /// What to do about it. Amounts without a sign, unless it says otherwise.
    ProposedFix {
        /// Nothing is wrong, or nothing is left to do.
        Nothing = "nothing" {},
        /// Wait for the statement of that day.
        WaitUntil = "wait_until" {
            /// The day.
            date: Date,
        },
        /// Book what the bank shows.
        BookEntry = "book_entry" {
            /// The amount, signed.
            amount: Money,
        },
        /// Book what the bank or the processor kept.
        BookFee = "book_fee" {
            /// The fee.
            amount: Money,
        },
        /// Book the discount that the terms grant.
        GrantDiscount = "grant_discount" {
            /// The discount.
            amount: Money,
            /// Percent off.
            percent: i64,
        },
        /// Book what the exchange or the rounding left.
        BookFxDifference = "book_fx_difference" {
            /// What it left, signed: a gain raises the bank balance.
            amount: Money,
            /// Units of the payment's currency for one of the document's, where there are two.
            rate: Option<Decimal>,
        },
        /// Book the difference to the account that a rule names.
        WriteOff = "write_off" {
            /// The difference.
            amount: Money,
            /// The account.
            account: String,
        },
        /// Ask the other party for what is left to pay.
        AskForRest = "ask_for_rest" {
            /// What is left.
            amount: Money,
        },
        /// Pay what is left of it: too little went out.
        PayRest = "pay_rest" {
            /// What is left.
            amount: Money,
        },
        /// Ask for payment of what was not paid.
        AskForPayment = "ask_for_payment" {
            /// What is open.
            amount: Money,
        },
        /// Pay what the books say is owed, or correct them.
        PayOrCorrect = "pay_or_correct" {
            /// What is open.
            amount: Money,
        },
        /// Ask the payer what the payment is for.
        AskForRemittanceAdvice = "ask_for_remittance_advice" {
            /// The payment.
            amount: Money,
        },
        /// Ask the client which of both sides is right about a job.
        AskAboutJob = "ask_about_job" {},
        /// Ask whether it was paid, or booked by the bank, twice.
        AskWhetherTwice = "ask_whether_twice" {
            /// What would be one too many.
            amount: Money,
        },
        /// Return what was paid too much, or credit it.
        ReturnOverpayment = "return_overpayment" {
            /// What was paid too much.
            amount: Money,
        },
        /// Ask for what went out too much, or have it credited.
        AskForReturn = "ask_for_return" {
            /// What was paid too much.
            amount: Money,
        },
        /// Reverse what the books have of a payment that was taken back.
        Reverse = "reverse" {
            /// What was taken back.
            amount: Money,
            /// The day.
            date: Option<Date>,
        },
        /// Correct the amount of the books.
        CorrectDigits = "correct_digits" {
            /// The amount of the books, signed.
            from: Money,
            /// The amount of the bank, signed.
            to: Money,
            /// The digits in question, as the books have them.
            digits: String,
            /// The same as the bank has them.
            instead: String,
        },
        /// Charge the higher rate.
        RaiseRate = "raise_rate" {
            /// The rate of the books.
            from: Decimal,
            /// The rate that was paid.
            to: Decimal,
        },
        /// Charge the lower rate.
        LowerRate = "lower_rate" {
            /// The rate of the books.
            from: Decimal,
            /// The rate that was paid.
            to: Decimal,
        },
        /// Agree with the client which rate holds.
        AgreeOnRate = "agree_on_rate" {},
        /// Turn the sign of the entry.
        FlipSign = "flip_sign" {
            /// What the books should have, signed.
            amount: Money,
        },
        /// Correct the reference.
        CorrectReference = "correct_reference" {
            /// As it was given; none: nothing was.
            from: Option<String>,
            /// As it should be.
            to: String,
        },
        /// Take the copy out.
        RemoveDuplicate = "remove_duplicate" {
            /// What it is a copy of, where that has a name.
            of: Option<String>,
        },
        /// Match what is left of the line with the further documents.
        MatchRest = "match_rest" {
            /// What is left of it.
            amount: Money,
        },
        /// Match it by hand.
        MatchByHand = "match_by_hand" {},
    }
}
