//! Causes in sentences, for CSV files, the report and the terminal. The window words facts and fixes itself.

use std::fmt::Write;

use jiff::civil::Date;
use tieout_domain::{CauseFinding, Fact, ProposedFix};

/// `15.00 EUR less than the 1000.00 EUR owed (1.50 %). Book a fee of 15.00 EUR. Cause 93 % sure.`
pub(crate) fn told(finding: &CauseFinding) -> String {
    let mut text = String::new();
    for seen in &finding.evidence {
        text.push_str(&fact(seen));
        text.push(' ');
    }
    text.push_str(&fix(&finding.fix));
    // Writing into a string cannot fail.
    let _ = write!(text, " Cause {} % sure.", finding.confidence.whole_percent());
    text
}

fn on(date: Option<Date>) -> String {
    date.map_or_else(|| "of another day".to_owned(), |date| format!("of {date}"))
}

/// One piece of evidence as a sentence.
pub(crate) fn fact(fact: &Fact) -> String {
    match fact {
        Fact::ExpectedBy { by, last_day } => {
            format!("Expected at the bank by {by}, after the last statement day {last_day}.")
        }
        Fact::MonthAfterExport { month, last_month } => format!(
            "Done in {}, after {}, the last month of the client's export.",
            month.strftime("%Y-%m"),
            last_month.strftime("%Y-%m")
        ),
        Fact::SameLineAgain {} => {
            "The statement holds this line already, with the same identifier or at the same running balance.".to_owned()
        }
        Fact::EnteredBefore { number, date, amount } => {
            format!("The books hold this already as {number} {}, {amount}.", on(*date))
        }
        Fact::PaidBefore { date, amount } => {
            format!("What this would settle is settled by a line {} with the same amount, {amount}.", on(*date))
        }
        Fact::LinesAlike { count, reference } => {
            format!("The bank shows {count} lines with reference {reference}, day and amount alike.")
        }
        Fact::JobsAlike { count, reference } => {
            format!("The client lists job {reference} {count} times with all its facts alike.")
        }
        Fact::EntriesAlike { count, name } => {
            format!("The books hold {count} entries for {name} with the same number and amount.")
        }
        Fact::NoDeposit {} => "No deposit goes to this account.".to_owned(),
        Fact::NotInBooks { amount } if amount.minor_units() < 0 => {
            "The bank paid this out, and the books have no entry for it.".to_owned()
        }
        Fact::NotInBooks { .. } => "The bank received this, and the books have no entry for it.".to_owned(),
        Fact::NotAtBank { .. } => "The books have this, and the bank shows no payment for it.".to_owned(),
        Fact::Overdue { days } => format!("It was due {days} days before the last statement day."),
        Fact::JobNotInLedger {} => "The client lists this job, and the ledger has none for it.".to_owned(),
        Fact::JobNotListed {} => "The ledger has this job, and the client does not list it.".to_owned(),
        Fact::PaidLess { difference, owed, percent } => {
            format!("{difference} less than the {owed} owed ({percent} %).")
        }
        Fact::PaidMore { difference, owed, percent } => {
            format!("{difference} more than the {owed} owed ({percent} %).")
        }
        Fact::FeeNamed { amount } => format!("The line's text names a fee of {amount}."),
        Fact::ShareIsUsual {} => "The processor keeps the same share of its other payouts.".to_owned(),
        Fact::ExactPercent { percent } => format!("To the minor unit {percent} % off."),
        Fact::TermsGrant { percent, days } => format!("The terms grant {percent} % within {days} days."),
        Fact::TermsGrantNone {} => "The terms grant no such discount.".to_owned(),
        Fact::PaidAfter { days } => format!("Paid {days} days after the document."),
        Fact::DigitsSwapped { bank, books } => format!("The bank has {bank} where the books have {books}."),
        Fact::RatesDiffer { quantity: Some(quantity), books, statement } => {
            format!("{quantity} at {statement}; the books have {quantity} at {books}.")
        }
        Fact::RatesDiffer { quantity: None, books, statement } => {
            format!("Charged at {statement}; the books have a rate of {books}.")
        }
        Fact::SameQuantity {} => "The same quantity of work at another amount.".to_owned(),
        Fact::RoundingSize {} => "No more than conversion or rounding leaves.".to_owned(),
        Fact::Exchanged { amount, worth } => format!("{amount} was worth {worth} on the day."),
        Fact::OppositeSigns { bank, books } => format!("The bank has {bank}, the books {books}."),
        Fact::TakenBack { date: Some(date), amount } => format!("Taken back on {date}: {amount}."),
        Fact::TakenBack { date: None, amount } => format!("Taken back: {amount}."),
        Fact::RefundNamed {} => "A text says that money was paid back.".to_owned(),
        Fact::Instalments { count } => format!("{count} lines add up to the one entry."),
        Fact::PaidLate { days } => format!("Paid {days} days after it was due."),
        Fact::UnderWay { days } => format!("{days} days between the books and the bank."),
        Fact::OtherMonth {} => "The two sides count it in different months.".to_owned(),
        Fact::Quoted { number } => format!("The line quotes {number}."),
        Fact::OtherNumber { written, meant } if written.is_empty() => {
            format!("The line does not give the number {meant}.")
        }
        Fact::OtherNumber { written, meant } => format!("The line gives {written}, the document is {meant}."),
        Fact::IdentifierMissing { identifier } => format!("The books do not have the identifier {identifier}."),
        Fact::CodeMisread { code } => format!("The line does not give the customer code {code} as it is."),
        Fact::ListsMore {} => "The line's text lists further documents.".to_owned(),
        Fact::AllowedByRule { rule } => format!("The rule '{rule}' lets it be written off."),
        Fact::Agrees {} => "Both sides agree.".to_owned(),
        Fact::NoRule {} => "No rule knows why this record has no match.".to_owned(),
    }
}

/// What to do, as a sentence.
pub fn fix(fix: &ProposedFix) -> String {
    match fix {
        ProposedFix::Nothing {} => "Nothing to do.".to_owned(),
        ProposedFix::WaitUntil { date } => format!("Wait until {date} for the statement that shows it."),
        ProposedFix::BookEntry { amount } => format!("Book {amount}."),
        ProposedFix::BookFee { amount } => format!("Book a fee of {amount}."),
        ProposedFix::GrantDiscount { amount, percent } => format!("Book the discount of {percent} %, {amount}."),
        ProposedFix::BookFxDifference { amount, rate: Some(rate) } => {
            format!("Book an exchange difference of {amount}, at the rate {rate}.")
        }
        ProposedFix::BookFxDifference { amount, rate: None } => format!("Book a rounding difference of {amount}."),
        ProposedFix::WriteOff { amount, account } => format!("Write {amount} off to account {account}."),
        ProposedFix::AskForRest { amount } => format!("Ask the customer for the remaining {amount}."),
        ProposedFix::PayRest { amount } => {
            format!("Pay the remaining {amount}, or agree with the supplier that nothing is left to pay.")
        }
        ProposedFix::AskForPayment { amount } => {
            format!("Ask the customer for payment of {amount}, or correct the entry.")
        }
        ProposedFix::PayOrCorrect { amount } => format!("Pay {amount}, or correct the entry."),
        ProposedFix::AskForRemittanceAdvice { amount } => format!("Ask the payer what the {amount} are for."),
        ProposedFix::AskAboutJob {} => "Ask the client which side is right, and correct the other.".to_owned(),
        ProposedFix::AskWhetherTwice { amount } => format!("Ask whether {amount} was paid or booked twice."),
        ProposedFix::ReturnOverpayment { amount } => format!("Return {amount}, or credit it to the payer."),
        ProposedFix::AskForReturn { amount } => format!("Ask for {amount} back, or have it credited."),
        ProposedFix::Reverse { amount, date: Some(date) } => {
            format!("Reverse the payment of {amount} as of {date}; what it settled is open again.")
        }
        ProposedFix::Reverse { amount, date: None } => {
            format!("Reverse the payment of {amount}; what it settled is open again.")
        }
        ProposedFix::CorrectDigits { from, to, digits, instead } => {
            format!("Correct the books from {from} to {to}: {digits} ↔ {instead}.")
        }
        ProposedFix::RaiseRate { from, to } => format!("Raise the rate from {from} to {to}."),
        ProposedFix::LowerRate { from, to } => format!("Lower the rate from {from} to {to}."),
        ProposedFix::AgreeOnRate {} => "Agree with the client which rate holds.".to_owned(),
        ProposedFix::FlipSign { amount } => format!("Turn the sign of the entry: {amount}."),
        ProposedFix::CorrectReference { from: Some(from), to } => format!("Correct the reference from {from} to {to}."),
        ProposedFix::CorrectReference { from: None, to } => format!("Note the reference {to} on the payment."),
        ProposedFix::RemoveDuplicate { of: Some(of) } => format!("Cancel it: it is a copy of {of}."),
        ProposedFix::RemoveDuplicate { of: None } => "Take the copy out.".to_owned(),
        ProposedFix::MatchRest { amount } => format!("Match the remaining {amount} with the further documents."),
        ProposedFix::MatchByHand {} => "Match it by hand.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::{Confidence, Currency, Money, RootCause};

    use super::*;

    #[test]
    fn a_cause_is_told_with_its_evidence_its_fix_and_how_sure_it_is() {
        let eur = |minor| Money::from_minor(minor, Currency::parse("EUR").unwrap());
        let finding = CauseFinding {
            cause: RootCause::Fee,
            confidence: Confidence::from_ppm(934_600),
            evidence: vec![
                Fact::PaidLess { difference: eur(1_500), owed: eur(100_000), percent: "1.5".parse().unwrap() },
                Fact::Quoted { number: "RE-104".to_owned() },
            ],
            fix: ProposedFix::BookFee { amount: eur(1_500) },
        };
        assert_eq!(
            told(&finding),
            "15.00 EUR less than the 1000.00 EUR owed (1.5 %). The line quotes RE-104. Book a fee of 15.00 EUR. Cause 93 % \
             sure."
        );
    }
}
