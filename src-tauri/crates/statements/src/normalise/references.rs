//! References in free text: document numbers by their form or by the word before them, structured creditor references
//! by their check digits.

use super::{
    iban,
    labels::{self, Label},
    remittance,
    shape::{self, Shape},
    text::is_no_value,
    token::{self, Token},
};

/// Most references that are kept of one line: a line that names more pays for a list that is elsewhere.
const KEPT_MAX: usize = 40;

/// What was found in the texts of a line.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In text order, each once.
    pub(super) references: Vec<String>,
    /// The first structured creditor reference.
    pub(super) remittance: String,
}

impl Found {
    /// Keeps a reference, unless it is known or says that there is none.
    pub(super) fn keep(&mut self, reference: &str) {
        let reference = reference.trim();
        if self.references.len() < KEPT_MAX
            && reference.len() > 1
            && !is_no_value(reference)
            && !self.references.iter().any(|known| known == reference)
        {
            self.references.push(reference.to_owned());
        }
    }

    /// Keeps a structured reference, if it is the first.
    pub(super) fn keep_structured(&mut self, value: String) {
        if self.remittance.is_empty() {
            self.remittance = value;
        }
    }
}

/// How many words before a number are asked what it is.
const LOOK_BACK: usize = 5;

/// Looks a text through. With `labelled_only`, numbers without a label are left out: those of a card payment are its
/// terminal's.
pub(super) fn scan(text: &str, labelled_only: bool, found: &mut Found) {
    Scanner { text, recent: [Token::default(); LOOK_BACK], labelled_only, skip_until: 0, phone: false }.run(found);
}

struct Scanner<'t> {
    text: &'t str,
    /// The tokens before, the nearest first; an empty one ends them.
    recent: [Token; LOOK_BACK],
    labelled_only: bool,
    skip_until: usize,
    /// Within a phone number that began with `+`.
    phone: bool,
}

impl<'t> Scanner<'t> {
    fn run(&mut self, found: &mut Found) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(token) = token::next(bytes, at) {
            at = token.end;
            if token.digits > 0 {
                self.number(&token, found);
                at = at.max(self.skip_until);
            } else {
                self.phone = false;
            }
            self.recent.copy_within(..LOOK_BACK - 1, 1);
            self.recent[0] = last_word(&token, self.text);
        }
    }

    /// A token with digits in it.
    fn number(&mut self, token: &Token, found: &mut Found) {
        let rest = self.text.get(token.start..).unwrap_or_default();
        if let Some(structured) = remittance::at(rest, self.recent[0].text(self.text)) {
            self.skip_until = token.start + structured.len;
            found.keep_structured(structured.value);
            return;
        }
        if let Some(len) = self.customer_code(token, found).or_else(|| account_at(token, rest)) {
            self.skip_until = token.start + len;
            return;
        }
        if self.is_of_something_else(token) {
            return;
        }
        let text = token.text(self.text);
        if self.list(text, found) {
            return;
        }
        let (bare, named) = bare(text);
        let kept = token_of(bare);
        let (bare, shape) = if kept.digits == 0 {
            (text, shape::of(token, text.as_bytes()))
        } else {
            (bare, shape::of(&kept, bare.as_bytes()))
        };
        if self.four_groups(token, found) {
            return;
        }
        let is_reference = match shape {
            Shape::Other => false,
            _ if says_other(bare) => false,
            Shape::Strong if !self.labelled_only => named || !self.says_other(),
            Shape::Strong | Shape::Weak => named && kept.digits >= 2 || self.says_reference(&kept, bare),
        };
        if is_reference {
            found.keep(bare);
        }
    }

    /// Sixteen digits in groups of four are a payment reference, as the Dutch print it, or the number of a card.
    fn four_groups(&mut self, token: &Token, found: &mut Found) -> bool {
        let before = self.recent[0];
        let goes_on = before.digits > 0 && before.letters == 0 && before.end + 1 == token.start;
        let rest = self.text.get(token.start..).filter(|_| token.end - token.start == 4 && !goes_on);
        let groups = rest.and_then(four_groups);
        let Some(groups) = groups else { return false };
        let joined = groups.replace(' ', "");
        self.skip_until = token.start + groups.len();
        if !self.labelled_only && self.label(token) != Some(Label::Other) && !shape::is_card(joined.as_bytes()) {
            found.keep(&joined);
        }
        true
    }

    /// Numbers in one token: `201407-323/201407-322`, `1001,1002`.
    fn list(&self, text: &str, found: &mut Found) -> bool {
        let parts = |mark: char, least: usize| {
            text.contains(mark)
                && text.split(mark).all(|part| {
                    let token = token_of(part);
                    token.digits >= least && token.letters == 0 && part.len() >= 6
                })
        };
        let mark = if parts('/', 6) {
            '/'
        } else if parts(',', 4) {
            ','
        } else {
            return false;
        };
        if self.labelled_only {
            return true;
        }
        text.split(mark).filter(|part| shape::of(&token_of(part), part.as_bytes()) == Shape::Strong).for_each(|part| {
            found.keep(part);
        });
        true
    }

    /// Whether a short or doubtful number is called a reference by the words before it.
    fn says_reference(&self, token: &Token, bare: &str) -> bool {
        let enough = match in_front(bare).or_else(|| self.label(token)) {
            Some(Label::Document) => 2,
            Some(Label::Vague) => 3,
            Some(Label::Number) if !self.labelled_only => 4,
            _ => return false,
        };
        // A year alone, as in "Rechnung 2024", is none; the number may follow.
        let is_year = bare.len() == 4 && token.letters == 0 && ("1990".."2040").contains(&bare);
        let numbered = || labels::of(self.recent[0].text(self.text)) == Some(Label::Number);
        token.digits >= enough && (!is_year || numbered())
    }

    /// Whether the word before a number, or the one before "number", makes it that of a card, a phone or an account.
    fn says_other(&self) -> bool {
        let nearest = self.recent[0].text(self.text);
        labels::is_other(nearest) || labels::of_number(nearest) && labels::is_other(self.recent[1].text(self.text))
    }

    /// What the words before the token call it; links, numbers of a list and dates are passed over.
    fn label(&self, token: &Token) -> Option<Label> {
        let mut numbered = None;
        for (place, before) in self.recent.iter().enumerate() {
            if before.end == 0 {
                break;
            }
            if before.digits > 0 {
                // A long number right before is another thing: "Kundennr 12345 4711".
                if before.letters > 0 || token.digits < 3 {
                    break;
                }
                continue;
            }
            match labels::of(before.text(self.text)) {
                Some(Label::Link) => {}
                Some(Label::Number) if numbered.is_none() => numbered = Some(Label::Number),
                Some(label) => return Some(label),
                None if place == 0 || numbered.is_some() => break,
                None => break,
            }
        }
        numbered
    }

    /// Whether the number is an amount with its currency, part of a phone number, or of a masked card.
    fn is_of_something_else(&mut self, token: &Token) -> bool {
        let bytes = self.text.as_bytes();
        let before = token.start.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        let earlier = token.start.checked_sub(2).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        let after = bytes.get(token.end).copied().unwrap_or(b' ');
        if after == b'@' || before == b'@' {
            return true;
        }
        if token.letters > 0 {
            self.phone = false;
            return false;
        }
        if before == b'+' && matches!(earlier, b' ' | b'(' | b':') {
            self.phone = true;
        }
        if self.phone {
            return true;
        }
        // Signs of currencies end in these bytes: € E2 82 AC, £ C2 A3, ¥ C2 A5.
        if matches!(before, b'$' | 0xAC | 0xA3 | 0xA5 | b'*') || matches!(after, b'%' | b'*' | b'$') {
            return true;
        }
        let next = token::next(bytes, token.end).map_or("", |next| next.text(self.text));
        let previous = self.recent[0].text(self.text);
        is_currency(previous) && token.digits <= 9
            || is_currency(next) && token.digits <= 7 && !self.says_reference(token, token.text(self.text))
            || self.is_second_part_of_phone(token)
    }

    /// `0171 4471200`, `(888) 555-1212`: an area's code stands before.
    fn is_second_part_of_phone(&self, token: &Token) -> bool {
        let area = self.recent[0];
        let code = area.text(self.text).as_bytes();
        area.letters == 0
            && area.end + 3 >= token.start
            && (3..=5).contains(&area.digits)
            && area.digits == code.len()
            && (5..=8).contains(&token.digits)
            && (code.starts_with(b"0") || self.text.as_bytes().get(area.end) == Some(&b')'))
    }

    /// `C U S`, letter by letter.
    fn spelled(&self) -> bool {
        let letters = self.recent.iter().take(3).map(|token| token.text(self.text));
        letters.eq(["S", "U", "C"])
    }

    /// `CUS` and eight digits, in one piece or in groups: kept as `CUS12345678`.
    fn customer_code(&self, token: &Token, found: &mut Found) -> Option<usize> {
        let text = token.text(self.text);
        let digits_at = if token.letters == 0 {
            let word = self.recent[0];
            let is_near = word.end + 3 >= token.start;
            (is_near && (labels::of(word.text(self.text)) == Some(Label::Customer) || self.spelled())).then_some(0)?
        } else {
            let folded = text.as_bytes().windows(3).rposition(|part| part.eq_ignore_ascii_case(b"cus"))?;
            let rest = text.get(folded + 3..)?;
            let rest = rest.strip_prefix(['t', 'T']).unwrap_or(rest);
            text.len() - rest.trim_start_matches(['-', '_', '.', '/']).len()
        };
        let mut code = String::from("CUS");
        for (position, byte) in self.text.bytes().enumerate().skip(token.start + digits_at) {
            match byte {
                b'0'..=b'9' => code.push(byte as char),
                b' ' if code.len() < 11 => {}
                _ => break,
            }
            if code.len() == 11 {
                let ends = !self.text.as_bytes().get(position + 1).is_some_and(u8::is_ascii_alphanumeric);
                if ends {
                    found.keep(&code);
                }
                return ends.then_some(position + 1 - token.start);
            }
        }
        None
    }
}

/// What the next number sees before it: of `4711/Kd-Nr` the word at the end.
fn last_word(token: &Token, text: &str) -> Token {
    let last = token.text(text).rsplit('/').next().unwrap_or_default();
    if token.digits == 0 || last.len() < 2 || last.bytes().any(|byte| byte.is_ascii_digit()) {
        return *token;
    }
    Token { start: token.end - last.len(), digits: 0, letters: last.len(), ..*token }
}

/// An account or a part of one: it is no reference.
fn account_at(token: &Token, rest: &str) -> Option<usize> {
    if token.letters < 2 {
        return None;
    }
    iban::form_at(rest)
}

fn token_of(text: &str) -> Token {
    token::next(text.as_bytes(), 0).filter(|token| token.start == 0 && token.end == text.len()).unwrap_or_default()
}

/// A token without a word before or behind that is no part of the number, and whether that word said "number":
/// `RE-NR123456` is 123456, `Rechnung/2024/118` is 2024/118, `40-059254925/HDI` is 40-059254925.
fn bare(text: &str) -> (&str, bool) {
    // A reference is shorter; what is longer is not worth the work.
    if text.len() > 100 {
        return (text, false);
    }
    let mut bare = text;
    while let Some((front, last)) = bare.rsplit_once('/')
        && last.len() > 1
        && !last.bytes().any(|byte| byte.is_ascii_digit())
        && front.bytes().any(|byte| byte.is_ascii_digit())
    {
        bare = front;
    }
    // `REF.AB118`, `Rif.77/24`.
    if let Some((word, rest)) = bare.split_once('.')
        && rest.bytes().any(|byte| byte.is_ascii_digit())
        && !word.bytes().any(|byte| byte.is_ascii_digit())
        && matches!(labels::of(word), Some(Label::Document | Label::Vague))
        && in_front(rest).is_none()
    {
        return (self::bare(rest).0, true);
    }
    let head = bare.bytes().take_while(|byte| !byte.is_ascii_digit()).count();
    let (Some(word), Some(rest)) = (bare.get(..head), bare.get(head..)) else { return (bare, false) };
    if head < 2 {
        return (bare, false);
    }
    match labels::of(word) {
        Some(Label::Number) => (rest, true),
        Some(Label::Document) if ends_in_number(word) || word.len() > 5 => (rest, true),
        None if word.ends_with('/') && word.len() > 6 => (rest, false),
        _ => (bare, false),
    }
}

/// The label that a token begins with: `RE815`, `KTO1234567`.
fn in_front(token: &str) -> Option<Label> {
    let len = token.bytes().take_while(|byte| !byte.is_ascii_digit()).count();
    let word = token.get(..len).filter(|word| word.len() >= 2)?;
    labels::of(word).filter(|label| matches!(label, Label::Document | Label::Vague | Label::Other))
}

fn says_other(token: &str) -> bool {
    token.bytes().take(3).all(|byte| !byte.is_ascii_digit()) && in_front(token) == Some(Label::Other)
}

fn ends_in_number(word: &str) -> bool {
    let word = word.trim_end_matches(|mark: char| !mark.is_alphanumeric()).as_bytes();
    let ending = |len: usize| word.len().checked_sub(len).and_then(|at| word.get(at..)).unwrap_or_default();
    ending(2).eq_ignore_ascii_case(b"nr") || ending(2).eq_ignore_ascii_case(b"no")
}

/// Sixteen digits in groups of four, as Dutch payment references are printed.
fn four_groups(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let fits = bytes.get(..19)?.iter().enumerate().all(|(place, byte)| match place % 5 {
        4 => *byte == b' ',
        _ => byte.is_ascii_digit(),
    });
    let goes_on = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_longer =
        bytes.get(19) == Some(&b' ') && bytes.get(20..24).is_some_and(|group| group.iter().all(u8::is_ascii_digit));
    text.get(..19).filter(|_| fits && !goes_on(19) && !is_longer)
}

fn is_currency(word: &str) -> bool {
    shape::is_currency(word.as_bytes()) || matches!(word, "Ft" | "Euro" | "EURO" | "zł" | "Kč" | "kr")
}

#[cfg(test)]
mod tests;
