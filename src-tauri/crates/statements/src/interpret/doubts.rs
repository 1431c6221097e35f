//! What the balances and totals of a file say against its reading, in words.

use rust_decimal::Decimal;
use tieout_domain::{Diagnostic, Said, Severity, said};

use super::proof::StatementReading;

/// Breaks that are told of one statement.
const BREAKS_TOLD_MAX: usize = 10;

/// One warning for each thing that does not add up. `balance` is the name of the column of balances.
pub(super) fn of(statements: &[StatementReading], balance: Option<&str>) -> Vec<Diagnostic> {
    statements.iter().flat_map(|statement| of_statement(statement, balance)).collect()
}

fn of_statement(statement: &StatementReading, balance: Option<&str>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let name = name(statement);
    for control in statement.controls.iter().filter(|control| !control.holds()) {
        let expected = said!(
            "doubt.control",
            "{name}: the file states a {what} of {stated}, its rows come to {found}",
            name = name.clone(),
            what = control.what.clone(),
            stated = control.stated,
            found = control.found
        );
        found.push(of_file(expected, control.stated.to_string()));
    }
    if let Some(difference) = statement.difference
        && let Some((opening, closing)) = statement.opening.zip(statement.closing)
    {
        let expected = said!(
            "doubt.closing",
            "{name}: opening {opening} and the rows' sum {sum} should make the closing {closing}; {difference} is left over",
            name = name.clone(),
            opening = opening,
            sum = statement.sum,
            closing = closing,
            difference = difference
        );
        found.push(of_file(expected, closing.to_string()));
    }
    for gap in statement.breaks.iter().take(BREAKS_TOLD_MAX) {
        let shown = |minor: i128| Decimal::try_from_i128_with_scale(minor, statement.currency.digits());
        let (Ok(expected), Ok(stated)) = (shown(gap.expected), shown(gap.stated)) else { continue };
        found.push(Diagnostic {
            row: Some(gap.row),
            file_line: None,
            column: balance.map(str::to_owned),
            value: stated.to_string(),
            expected: said!(
                "doubt.balance",
                "a balance of {balance}, as it follows from the row before; a row is missing here or was misread",
                balance = expected
            ),
            severity: Severity::Warning,
        });
    }
    found
}

fn of_file(expected: Said, value: String) -> Diagnostic {
    Diagnostic { row: None, file_line: None, column: None, value, expected, severity: Severity::Warning }
}

/// `statement 12 of DE89… in EUR`, as far as it is known.
fn name(statement: &StatementReading) -> Said {
    let mut name = if statement.number.is_empty() {
        said!("statement", "statement")
    } else {
        said!("statement.numbered", "statement {number}", number = &statement.number)
    };
    if !statement.account.is_empty() {
        name = said!("statement.of", "{statement} of {account}", statement = name, account = &statement.account);
    }
    if !statement.currency.is_none() {
        name = said!("statement.in", "{statement} in {currency}", statement = name, currency = statement.currency);
    }
    name
}
