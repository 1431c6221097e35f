//! A layout of journal files as a TOML file and as a form.

use serde::{Deserialize, Serialize};
use tieout_domain::{
    DatePattern, JournalColumn, JournalEncoding, JournalLayout, JournalLines, JournalValue, MessageLanguage, Said, said,
};

use crate::{
    ApplicationError,
    configuration::{read_toml, unwritable},
};

/// A layout as a form holds it: every part a text, checked when it is made a [`JournalLayout`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct JournalLayoutText {
    /// `name`
    pub name: String,
    /// `lines`: `entry` or `side`
    #[serde(default = "entry")]
    pub lines: String,
    /// `headings`
    #[serde(default = "yes")]
    pub headings: bool,
    /// `separator`: one of `,`, `;`, `|`, or `tab`
    #[serde(default = "comma")]
    pub separator: String,
    /// `decimal`: `.` or `,`
    #[serde(default = "point")]
    pub decimal: String,
    /// `date`, such as `dd.MM.yyyy`
    #[serde(default = "iso")]
    pub date: String,
    /// `encoding`: `utf-8`, `utf-8-bom` or `windows-1252`
    #[serde(default = "utf8")]
    pub encoding: String,
    /// `debit`: the letter for debit
    #[serde(default = "debit")]
    pub debit: String,
    /// `credit`: the letter for credit
    #[serde(default = "credit")]
    pub credit: String,
    /// `language` of texts that nobody wrote: `en` or `de`
    #[serde(default = "english")]
    pub language: String,
    /// `[[column]]`
    #[serde(default, rename = "column")]
    pub columns: Vec<JournalColumnText>,
}

/// A column of a layout as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct JournalColumnText {
    /// `heading`
    #[serde(default)]
    pub heading: String,
    /// `value`: what it holds
    pub value: String,
    /// `text` of a column whose value is `constant`
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// `chars`: longer texts are cut
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chars: Option<u16>,
}

fn entry() -> String {
    JournalLines::PerEntry.as_str().to_owned()
}
fn yes() -> bool {
    true
}
fn comma() -> String {
    ",".to_owned()
}
fn point() -> String {
    ".".to_owned()
}
fn iso() -> String {
    "yyyy-MM-dd".to_owned()
}
fn utf8() -> String {
    "utf-8".to_owned()
}
fn debit() -> String {
    "D".to_owned()
}
fn credit() -> String {
    "C".to_owned()
}
fn english() -> String {
    MessageLanguage::English.as_str().to_owned()
}

const TAB: &str = "tab";

fn refused(part: &str, problem: impl Into<Said>) -> ApplicationError {
    ApplicationError::Invalid(said!("layout.part", "layout, {part}: {why}", part = part, why = problem.into()))
}

impl JournalLayoutText {
    /// What a form shows.
    pub fn of(layout: &JournalLayout) -> Self {
        let column = |column: &JournalColumn| JournalColumnText {
            heading: column.heading.clone(),
            value: column.value.as_str().to_owned(),
            text: column.constant.clone(),
            chars: column.chars_max,
        };
        Self {
            name: layout.name.clone(),
            lines: layout.lines.as_str().to_owned(),
            headings: layout.headings,
            separator: if layout.separator == '\t' { TAB.to_owned() } else { layout.separator.to_string() },
            decimal: layout.decimal_mark.to_string(),
            date: layout.dates.to_string(),
            encoding: layout.encoding.as_str().to_owned(),
            debit: layout.letters[0].clone(),
            credit: layout.letters[1].clone(),
            language: layout.language.as_str().to_owned(),
            columns: layout.columns.iter().map(column).collect(),
        }
    }

    /// Reads a file's text. What is wrong in it is told with its line.
    pub fn parse(text: &str) -> Result<Self, ApplicationError> {
        read_toml(text).map_err(|problem| refused("file", problem))
    }

    /// The layout, or what is wrong with it.
    pub fn layout(&self) -> Result<JournalLayout, ApplicationError> {
        let language = MessageLanguage::ALL.into_iter().find(|language| language.as_str() == self.language);
        let layout = JournalLayout {
            name: self.name.trim().to_owned(),
            lines: self.lines.parse::<JournalLines>().map_err(|problem| refused("lines", problem))?,
            headings: self.headings,
            separator: if self.separator == TAB { '\t' } else { one_letter("separator", &self.separator)? },
            decimal_mark: one_letter("decimal", &self.decimal)?,
            dates: self.date.parse::<DatePattern>().map_err(|problem| refused("date", problem))?,
            encoding: self.encoding.parse::<JournalEncoding>().map_err(|problem| refused("encoding", problem))?,
            letters: [self.debit.trim().to_owned(), self.credit.trim().to_owned()],
            language: language.ok_or_else(|| {
                refused(
                    "language",
                    said!("layout.language", "'{word}' is unknown: use en or de", word = &self.language),
                )
            })?,
            columns: (1..).zip(&self.columns).map(|(at, column)| column.column(at)).collect::<Result<_, _>>()?,
        };
        layout.checked().map_err(|problem| refused(&self.name, problem))
    }

    /// The text of a file that says the same.
    pub fn to_toml(&self) -> Result<String, ApplicationError> {
        toml::to_string_pretty(self).map_err(|problem| refused("file", unwritable(&problem)))
    }
}

impl JournalColumnText {
    fn column(&self, number: usize) -> Result<JournalColumn, ApplicationError> {
        let value: JournalValue =
            self.value.parse().map_err(|problem| refused(&format!("column {number}"), problem))?;
        if value != JournalValue::Constant && !self.text.is_empty() {
            let problem = said!(
                "layout.constant",
                "text belongs to a column of value constant, not {value}",
                value = &self.value
            );
            return Err(refused(&format!("column {number}"), problem));
        }
        Ok(JournalColumn { heading: self.heading.clone(), value, constant: self.text.clone(), chars_max: self.chars })
    }
}

fn one_letter(part: &str, text: &str) -> Result<char, ApplicationError> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => Ok(letter),
        _ => Err(refused(part, said!("layout.oneLetter", "'{text}' is not one character", text = text))),
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::READY_LAYOUTS;

    use super::*;

    #[test]
    fn a_layout_is_written_and_read() {
        for word in READY_LAYOUTS {
            let layout = JournalLayout::ready(word).unwrap();
            let text = JournalLayoutText::of(&layout).to_toml().unwrap();
            assert_eq!(JournalLayoutText::parse(&text).unwrap().layout().unwrap(), layout, "{text}");
        }
    }

    #[track_caller]
    fn check(toml: &str, refused_because: &str) {
        let answer = JournalLayoutText::parse(toml).and_then(|text| text.layout());
        let told = answer.unwrap_err().to_string();
        assert!(told.contains(refused_because), "{told}");
    }

    #[test]
    fn what_is_wrong_in_a_file_is_said_with_its_place() {
        let columns = "[[column]]\nvalue = \"date\"\n[[column]]\nvalue = \"account\"\n[[column]]\nvalue = \"contra_account\"\n\
                       [[column]]\nvalue = \"amount\"\n";
        assert!(JournalLayoutText::parse(&format!("name = \"x\"\n{columns}")).unwrap().layout().is_ok());
        check(&format!("name = \"x\"\nlines = \"three\"\n{columns}"), "lines: 'three' is unknown: use entry, side");
        check(&format!("name = \"x\"\ncolour = 1\n{columns}"), "colour");
        check(&format!("name = \"x\"\ndate = \"mm/dd\"\n{columns}"), "'mm/dd' is no date format");
        check(&format!("name = \"x\"\nseparator = \";;\"\n{columns}"), "';;' is not one character");
        check(&format!("name = \"x\"\nlanguage = \"fr\"\n{columns}"), "use en or de");
        check(
            &format!("name = \"x\"\n{columns}text = \"y\"\n"),
            "column 4: text belongs to a column of value constant",
        );
        check("name = \"x\"\n[[column]]\nvalue = \"vat\"\n", "column 1: 'vat' is unknown");
        check("name = \"x\"\n", "1 to 100 columns, not 0");
    }
}
