//! Open Financial Exchange, also under the names QFX and QBO: SGML (1.x) and XML (2.x) by one tolerant reader, since
//! real files mix the two. What a file gets wrong is forgiven where nothing can be lost by it, and else refused by name.

mod element;
mod event;
mod row;
mod survey;
mod token;
mod transaction;
mod value;
mod walk;

use element::Element;
use row::Rows;
use survey::{Survey, survey};
use token::{Lines, Token, Tokens, damaged};
use walk::{Item, Walk};

use tieout_domain::said;

use crate::{Format, Limits, ReadError, Table, record_table::RecordTable, value::words::cut};

/// How far the first element may stand from the start of the text.
const HEADER_BYTES_MAX: usize = 16 << 10;

/// Whether the text is OFX: by its header, or by its first element.
pub(super) fn is(text: &str) -> bool {
    starts_with_word(text, "OFXHEADER")
        || match first_element(text) {
            Ok(Some((element, _))) => element.begins_file(),
            Ok(None) => false,
            // What is wrong with it is said when it is read.
            Err(_) => {
                let head: String = text.chars().take(HEADER_BYTES_MAX).collect::<String>().to_ascii_uppercase();
                head.contains("<OFX>") || head.contains("<?OFX")
            }
        }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The first element and where it begins, behind declarations, comments and the lines of an OFX header.
fn first_element(text: &str) -> Result<Option<(Element, usize)>, ReadError> {
    for placed in Tokens::new(text, 0) {
        let placed = placed?;
        if placed.start > HEADER_BYTES_MAX {
            return Ok(None);
        }
        match placed.token {
            Token::Aside => {}
            Token::Text(words) if is_header(words) => {}
            Token::Open(name) | Token::Empty(name) => return Ok(Some((Element::of(name), placed.start))),
            Token::Text(_) | Token::Literal(_) | Token::Close(_) => return Ok(None),
        }
    }
    Ok(None)
}

/// Whether text before the first element is blank or an OFX header, on lines or in one.
fn is_header(words: &str) -> bool {
    if words.len() > HEADER_BYTES_MAX {
        return false;
    }
    let upper = words.to_ascii_uppercase();
    upper.contains("OFXHEADER")
        || upper.contains("OFXSGML")
        || words.split_whitespace().all(|word| word.contains(':') || word.eq_ignore_ascii_case("NONE"))
}

/// Whether the file declares itself XML. The header of 1.x says the contrary.
fn is_xml(header: &str) -> bool {
    let upper = header.to_ascii_uppercase();
    let has_sgml_header = upper.contains("OFXHEADER:") || upper.contains("OFXSGML");
    !has_sgml_header && (upper.contains("<?XML") || upper.contains("<?OFX"))
}

/// Reads a file into statements and their transactions.
pub(super) fn read(text: &str, encoding: String, limits: &Limits) -> Result<Table, ReadError> {
    let Some((_, at)) = first_element(text)? else {
        return Err(damaged(text, 0, said!("damaged.nothing", "nothing follows its header that could be a statement")));
    };
    let is_xml = is_xml(text.get(..at).unwrap_or(""));
    let survey = survey(text, at, is_xml, limits)?;
    if survey.statements.is_empty() {
        return Err(no_statement(text, at, &survey));
    }
    let mut records = RecordTable::new(Format::Ofx, encoding, row::FIELDS, limits);
    note_what_was_passed(&mut records, text, at, &survey);
    let mut rows = Rows::new(text, &survey);
    let mut statements = survey.statements.iter();
    for item in Walk::new(text, at, is_xml, limits) {
        match item? {
            Item::Begin => {
                if let Some(statement) = statements.next() {
                    records.begin_section(statement.section.clone());
                    rows.begin(statement);
                }
            }
            Item::Transaction(transaction) => rows.push(&mut records, &transaction)?,
            Item::End(_) | Item::Refused { .. } => {}
        }
    }
    rows.finish(&mut records)?;
    Ok(records.finish())
}

/// A file of answers none of which is a statement: the bank refused, or was asked for something else.
fn no_statement(text: &str, at: usize, survey: &Survey<'_>) -> ReadError {
    match survey.notes.first() {
        Some((offset, answer, _)) => {
            let detail = said!(
                "damaged.bankError",
                "in place of a statement the bank answered with the error '{answer}'",
                answer = cut(answer)
            );
            damaged(text, *offset, detail)
        }
        None if survey.was_cut => {
            damaged(text, at, said!("damaged.cutEarly", "it ends before its first statement; it was cut off"))
        }
        None => ReadError::Unsupported {
            what: "an OFX file without a statement (no transactions and no balance)",
            advice: "download the account's transactions from the bank",
        },
    }
}

fn note_what_was_passed(records: &mut RecordTable<'_>, text: &str, at: usize, survey: &Survey<'_>) {
    let mut lines = Lines::new(text);
    let line = lines.line_at(at);
    let passed = survey.passed;
    for (count, why) in [
        (
            passed.investments,
            said!(
                "ofx.investments",
                "transactions of investments ({count} in all) were left out: Tieout reads those of banks and cards",
                count = passed.investments
            ),
        ),
        (
            passed.loans,
            said!(
                "ofx.loans",
                "transactions of loans ({count} in all) were left out: Tieout reads those of banks and cards",
                count = passed.loans
            ),
        ),
        (
            passed.pending,
            said!(
                "ofx.notBooked",
                "transactions that are not booked yet ({count} in all) were left out; the bank sends them again",
                count = passed.pending
            ),
        ),
    ] {
        if count > 0 {
            records.note(line, "", why);
        }
    }
    if survey.has_unclosed_leaves {
        let why = said!(
            "ofx.unclosed",
            "the file says that it is XML but leaves elements unclosed; it was read as SGML, which loses nothing"
        );
        records.note(line, "", why);
    }
    for (offset, note, why) in &survey.notes {
        records.note(lines.line_at(*offset), note, why.clone());
    }
    if survey.was_cut {
        let why = said!(
            "ofx.cut",
            "the file ends before </OFX> and may have been cut off; compare the number of transactions with the bank's"
        );
        records.note(lines.line_at(text.len()), "", why);
    }
}

#[cfg(test)]
mod tests;
