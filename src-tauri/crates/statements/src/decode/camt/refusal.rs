//! Why an XML text is refused, in words.

use quick_xml::{
    Error,
    errors::{IllFormedError, SyntaxError},
    name::NamespaceError,
};

use tieout_domain::{Said, said};

use crate::{ReadError, Spot, value::words::cut};

/// What to do about an XML file that is not read.
pub(super) const NOT_READ: &str = "ask the bank for an account statement as camt.053, camt.052 or camt.054, or as CSV";

/// The XML is not as it should be.
pub(super) fn damaged(detail: Said, place: Spot) -> ReadError {
    ReadError::Damaged { what: "the XML file", place, detail }
}

/// What is wrong with the XML.
pub(super) fn why(error: &Error) -> Said {
    match error {
        Error::Syntax(SyntaxError::UnclosedDoctype) => said!("damaged.openDoctype", "its DOCTYPE is not closed"),
        Error::Syntax(_) => said!("damaged.openTag", "a tag or comment is not closed"),
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            said!("damaged.closedBy", "'{name}' is closed by '{found}'", name = cut(expected), found = cut(found))
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(name)) => {
            said!("damaged.neverOpened", "'{name}' is closed and was never opened", name = cut(name))
        }
        Error::IllFormed(IllFormedError::MissingEndTag(name)) => ends_before(&cut(name)),
        Error::IllFormed(IllFormedError::UnclosedReference) => {
            said!("damaged.ampersand", "an ampersand does not begin an entity; it has to be written as '&amp;'")
        }
        Error::InvalidAttr(_) => said!("damaged.attribute", "an attribute is not written as XML demands"),
        Error::Namespace(NamespaceError::TooManyBindings(most)) => {
            said!("damaged.namespaces", "it names more than {most} namespaces", most = *most)
        }
        Error::IllFormed(_) | Error::Namespace(_) | Error::Escape(_) | Error::Encoding(_) | Error::Io(_) => {
            said!("damaged.xml", "it is not written as XML demands")
        }
    }
}

/// The text ends inside an element.
pub(super) fn ends_before(name: &str) -> Said {
    said!("damaged.endsBefore", "it ends before '{name}' is closed, so a part is missing", name = name)
}

/// A document type may name the root and nothing else: what it declares or fetches could be turned against the reader.
pub(super) fn refuse_declarations(declaration: &str) -> Result<(), ReadError> {
    let rest = declaration.trim().split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim());
    let what = match rest {
        "" if !declaration.contains('[') => return Ok(()),
        _ if declaration.contains('[') => "an XML file whose DOCTYPE declares entities",
        _ => "an XML file whose DOCTYPE refers to another file",
    };
    Err(ReadError::Unsupported { what, advice: NOT_READ })
}

/// Other messages by what their namespace or body element contains.
const OTHERS: [(&str, &str); 22] = [
    ("pain.001", "a credit transfer order (pain.001)"),
    ("CstmrCdtTrfInitn", "a credit transfer order (pain.001)"),
    ("pain.002", "a payment status report (pain.002)"),
    ("CstmrPmtStsRpt", "a payment status report (pain.002)"),
    ("pain.007", "a payment reversal (pain.007)"),
    ("pain.008", "a direct debit order (pain.008)"),
    ("CstmrDrctDbtInitn", "a direct debit order (pain.008)"),
    ("pain.", "an ISO 20022 payment order (pain)"),
    ("pacs.", "an ISO 20022 message between banks (pacs)"),
    ("camt.029", "an answer to an investigation (camt.029)"),
    ("camt.050", "a transfer of liquidity (camt.050)"),
    ("camt.055", "a request for cancellation (camt.055)"),
    ("camt.056", "a request for cancellation (camt.056)"),
    ("camt.057", "a notification of payments to come (camt.057)"),
    ("camt.060", "a request for a report (camt.060)"),
    ("camt.086", "a statement of bank services (camt.086)"),
    ("camt.", "an ISO 20022 cash management message that is no account statement"),
    ("acmt.", "an ISO 20022 account management message (acmt)"),
    ("auth.", "an ISO 20022 message to an authority (auth)"),
    ("remt.", "an ISO 20022 remittance advice (remt)"),
    ("sese.", "an ISO 20022 securities message (sese)"),
    ("iso:20022", "an ISO 20022 message that is no account statement"),
];

/// Refuses a document of another kind by its name.
pub(super) fn not_ours(name: &str) -> ReadError {
    let known = OTHERS.iter().find(|(part, _)| name.contains(part));
    ReadError::Unsupported {
        what: known.map_or("an XML file that is no account statement", |(_, what)| what),
        advice: NOT_READ,
    }
}
