//! Canonical JSON (RFC 8785) of values that hold no floating-point numbers, so that equal values give equal bytes.

use std::fmt::Display;

/// A JSON value without fractions. Amounts are text; whole numbers stay below 2^53, as RFC 8785 asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(&'static str, Self)>),
    /// One of our own words: nothing in it needs an escape.
    Word(&'static str),
    /// Text that need not be copied to be written.
    Borrowed(&'a str),
    /// Text that is canonical JSON already.
    Written(&'a str),
}

impl Json<'_> {
    /// The value's printed form, as text.
    pub(crate) fn text(value: impl Display) -> Self {
        Self::Text(value.to_string())
    }

    /// The value's printed form, or null.
    pub(crate) fn optional(value: Option<impl Display>) -> Self {
        value.map_or(Self::Null, Self::text)
    }

    /// A list of printed values.
    pub(crate) fn texts(values: impl IntoIterator<Item = impl Display>) -> Self {
        Self::List(values.into_iter().map(Self::text).collect())
    }

    /// A count. More than 2^53 of anything does not fit a workbook.
    pub(crate) fn count(number: impl TryInto<i64>) -> Self {
        Self::Number(number.try_into().unwrap_or(i64::MAX))
    }

    /// Canonical form: keys sorted by UTF-16 code units (ours are ASCII), no blanks.
    pub(crate) fn canonical(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Text(text) => write_text(text, out),
            Self::Word(word) => {
                out.push('"');
                out.push_str(word);
                out.push('"');
            }
            Self::Borrowed(text) => write_text(text, out),
            Self::Written(text) => out.push_str(text),
            Self::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                let mut sorted: Vec<&(&str, Self)> = members.iter().collect();
                sorted.sort_by_key(|(name, _)| *name);
                out.push('{');
                for (i, (name, value)) in sorted.into_iter().enumerate() {
                    if i > 0 {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Escapes as RFC 8785, section 3.2.2.2, asks: the two-letter escapes where there are any, `\u00xx` for other controls.
pub(crate) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    // Most of it needs no escape, and is copied whole.
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let mut letters = from.chars();
        match letters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(control) => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            None => {}
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_controls_escaped_as_rfc_8785_asks() {
        let value = Json::Object(vec![
            ("peach", Json::text("a\u{1}\n\"\\é€")),
            ("apple", Json::List(vec![Json::Number(-1), Json::Null, Json::Bool(true)])),
        ]);
        assert_eq!(value.canonical(), "{\"apple\":[-1,null,true],\"peach\":\"a\\u0001\\n\\\"\\\\é€\"}");
    }

    #[test]
    fn canonical_text_is_what_any_json_reader_reads_back() {
        let told = "quote \" slash \\ / tab \t nul \u{0} del \u{7f} 日本";
        let read: String = serde_json::from_str(&Json::text(told).canonical()).unwrap();
        assert_eq!(read, told);
    }
}
