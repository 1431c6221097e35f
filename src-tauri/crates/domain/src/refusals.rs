//! The codes of what this crate refuses: see [`Said`].

use crate::{
    CategoryPatternError, CodesExhausted, CreditError, JournalGap, JournalLayoutError, LAYOUT_COLUMNS_MAX, MatchError,
    MoneyError, NoDatePattern, NotACustomerCode, OWNER_CHARS_MAX, PATTERN_LETTERS_MAX, PERSON_LETTERS_MAX,
    POSTING_ACCOUNT_CHARS_MAX, POSTING_TEXT_CHARS_MAX, PersonError, PolicyError, PostingError, RateError, RuleError,
    Said, SaidValue, UnknownCurrency, UnknownField, UnknownJournalWord, UnknownProfile, UnknownRole, UnknownRootCause,
    journal::{NUMBER_CHARS_MAX, WORDS_CHARS_MAX},
    retold,
    rules::NAME_CHARS_MAX,
};

/// Errors become sentences with a code.
macro_rules! told {
    ($($error:ident: $kind:ty => $said:expr;)+) => {
        $(impl From<&$kind> for Said {
            fn from($error: &$kind) -> Self {
                $said
            }
        }

        impl From<$kind> for Said {
            fn from(error: $kind) -> Self {
                Self::from(&error)
            }
        })+
    };
}

told! {
    error: MoneyError => match error {
        MoneyError::CurrencyMismatch { left, right } => {
            retold!(error, "money.currencies", left = *left, right = *right)
        }
        MoneyError::Overflow => retold!(error, "money.tooLarge"),
        MoneyError::TooManyDecimals { value, currency, digits } => {
            retold!(error, "money.decimals", value = *value, currency = *currency, digits = *digits)
        }
    };
    error: MatchError => match error {
        MatchError::EmptySide => retold!(error, "match.emptySide"),
        MatchError::RepeatedRecord => retold!(error, "match.repeated"),
        MatchError::ZeroAmount => retold!(error, "match.zero"),
        MatchError::Settlement { applied, settled } => {
            retold!(error, "match.settlement", applied = *applied, settled = *settled)
        }
        MatchError::Unbalanced(difference) => retold!(error, "match.unbalanced", difference = *difference),
        MatchError::Amount(inner) => inner.into(),
    };
    error: CreditError => match error {
        CreditError::NotPositive(rate) => retold!(error, "credit.notPositive", rate = *rate),
        CreditError::Uneven(rate) => retold!(error, "credit.uneven", rate = *rate),
        CreditError::Overflow => retold!(error, "credit.tooMany"),
        CreditError::Fraction { part, of } => retold!(error, "credit.fraction", part = *part, of = *of),
        CreditError::Amount(inner) => inner.into(),
    };
    error: CategoryPatternError => match error {
        CategoryPatternError::Empty => retold!(error, "pattern.empty"),
        CategoryPatternError::TooLong { letters } => {
            retold!(error, "pattern.tooLong", letters = *letters, most = PATTERN_LETTERS_MAX)
        }
    };
    error: PersonError => match error {
        PersonError::NoName => retold!(error, "person.noName"),
        PersonError::TooLong { letters } => {
            retold!(error, "person.tooLong", letters = *letters, most = PERSON_LETTERS_MAX)
        }
        PersonError::Invisible => retold!(error, "person.invisible"),
        PersonError::Reserved => retold!(error, "person.reserved"),
        PersonError::Email(address) => retold!(error, "person.email", address = address),
    };
    error: PostingError => match error {
        PostingError::Empty => retold!(error, "posting.empty"),
        PostingError::NoCode => retold!(error, "posting.noCode", most = POSTING_ACCOUNT_CHARS_MAX),
        PostingError::TextTooLong => retold!(error, "posting.textTooLong", most = POSTING_TEXT_CHARS_MAX),
    };
    error: PolicyError => match error {
        PolicyError::NotPositive { cause, what, amount } => retold!(
            error,
            "policy.notPositive",
            cause = SaidValue::key("cause", *cause),
            what = SaidValue::key("policyLimit", *what),
            amount = *amount
        ),
        PolicyError::Currency { cause, expected, found } => retold!(
            error,
            "policy.currency",
            cause = SaidValue::key("cause", *cause),
            expected = *expected,
            found = *found
        ),
        PolicyError::TotalBelowAmount { cause, total, amount } => retold!(
            error,
            "policy.totalBelowAmount",
            cause = SaidValue::key("cause", *cause),
            total = *total,
            amount = *amount
        ),
        PolicyError::Percent(cause) => retold!(error, "policy.percent", cause = SaidValue::key("cause", *cause)),
        PolicyError::Count(cause) => retold!(error, "policy.count", cause = SaidValue::key("cause", *cause)),
        PolicyError::NoCause => retold!(error, "policy.noCause"),
        PolicyError::Confidence(confidence) => {
            retold!(error, "policy.confidence", confidence = SaidValue::Decimal(confidence.to_string()))
        }
        PolicyError::Owner => retold!(error, "policy.owner", most = OWNER_CHARS_MAX),
    };
    error: RuleError => match error {
        RuleError::Name => retold!(error, "rule.name", most = NAME_CHARS_MAX),
        RuleError::NoConditions => retold!(error, "rule.noConditions"),
        RuleError::EmptyText(field) => retold!(error, "rule.emptyText", field = field.to_string()),
        RuleError::Pattern { pattern, reason } => retold!(error, "rule.pattern", pattern = pattern, reason = Said::in_english(reason.clone())),
        RuleError::Range => retold!(error, "rule.range"),
        RuleError::Negative(limit) => retold!(error, "rule.negative", limit = *limit),
        RuleError::NothingToWriteOff => retold!(error, "rule.nothingToWriteOff"),
        RuleError::NoCause => retold!(error, "rule.noCause"),
        RuleError::NoAccount => retold!(error, "rule.noAccount"),
        RuleError::NoCategory => retold!(error, "rule.noCategory"),
        RuleError::MatchesEverything => retold!(error, "rule.matchesEverything"),
        RuleError::CategoryNeedsLine => retold!(error, "rule.categoryNeedsLine"),
        RuleError::DuplicateName(name) => retold!(error, "rule.duplicateName", name = name),
    };
    error: JournalLayoutError => match error {
        JournalLayoutError::Name => retold!(error, "layout.name", most = WORDS_CHARS_MAX),
        JournalLayoutError::Columns(number) => {
            retold!(error, "layout.columns", number = *number, most = LAYOUT_COLUMNS_MAX)
        }
        JournalLayoutError::Words(column) => {
            retold!(error, "layout.words", column = *column, most = WORDS_CHARS_MAX)
        }
        JournalLayoutError::Cut(column) => retold!(error, "layout.cut", column = *column),
        JournalLayoutError::Whole { column, word } => retold!(error, "layout.whole", column = *column, word = *word),
        JournalLayoutError::NumberCut(column) => {
            retold!(error, "layout.numberCut", column = *column, most = i64::from(NUMBER_CHARS_MAX))
        }
        JournalLayoutError::NoAmount => retold!(error, "layout.noAmount"),
        JournalLayoutError::NoDate => retold!(error, "layout.noDate"),
        JournalLayoutError::Twice => retold!(error, "layout.twice"),
        JournalLayoutError::NoSides(_) => retold!(error, "layout.noSides"),
        JournalLayoutError::Separator(letter) => retold!(error, "layout.separator", letter = *letter),
        JournalLayoutError::DecimalMark(letter) => retold!(error, "layout.decimalMark", letter = *letter),
        JournalLayoutError::Letters => retold!(error, "layout.letters"),
    };
    error: JournalGap => match error {
        JournalGap::NoRate { amount, date, entries } => {
            retold!(error, "journal.noRate", amount = *amount, date = *date, entries = *entries)
        }
        JournalGap::NoNumber { account, entries } => {
            retold!(error, "journal.noNumber", account = account.as_str(), entries = *entries)
        }
        JournalGap::Years { dates, first, last } => retold!(
            error,
            "journal.years",
            dates = dates.to_string(),
            first = first.to_string(),
            last = last.to_string()
        ),
    };
    error: NoDatePattern => retold!(error, "layout.date", pattern = &error.0);
    error: UnknownJournalWord => retold!(error, "layout.word", word = &error.word, known = &error.known);
    error: NotACustomerCode => retold!(error, "customer.noCode", code = &error.0);
    error: CodesExhausted => retold!(error, "customer.codesExhausted", tried = error.tried);
    error: UnknownCurrency => retold!(error, "currency.unknown", code = &error.0);
    error: UnknownRootCause => retold!(error, "cause.unknown", word = &error.0);
    error: UnknownProfile => retold!(error, "profile.unknown", word = &error.0);
    error: UnknownRole => retold!(error, "role.unknown", word = &error.0);
    error: UnknownField => retold!(error, "rule.noField", name = &error.name);
    error: RateError => match error {
        RateError::NotPositive(rate) => retold!(error, "rate.notPositive", rate = *rate),
        RateError::SameCurrency(currency) => retold!(error, "rate.sameCurrency", currency = *currency),
    };
}
