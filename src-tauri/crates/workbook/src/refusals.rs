//! The codes of what a workbook refuses: see [`Said`].

use tieout_domain::{CATEGORY_LETTERS_MAX, Permission, Said, SaidValue, retold};

use crate::{
    ChainFault, JournalFault, KeyStoreError, MarkFault, OpenError, PeriodDifference, PeriodError, RowFault,
    WorkbookError, file, periods::kind_of,
};

/// A word of a family that the window's catalogue has; blanks have no place in its keys.
fn word(family: &'static str, word: &str) -> SaidValue {
    SaidValue::word(family, word.replace(' ', "_"))
}

/// What a library or the machine says, in the words in which it says it.
pub(crate) fn verbatim(words: &impl ToString) -> Said {
    Said::in_english(words.to_string())
}

fn permission(permission: Permission) -> SaidValue {
    let name = match permission {
        Permission::Upkeep => "upkeep",
        Permission::Import => "import",
        Permission::Decide => "decide",
        Permission::Prepare => "prepare",
        Permission::SignOff => "signOff",
        Permission::Configure => "configure",
        Permission::ManagePeople => "managePeople",
    };
    word("refusedAct", name)
}

impl OpenError {
    /// The sentence with its code.
    pub fn said(&self) -> Said {
        match self {
            Self::NotFound(path) => retold!(self, "open.notFound", path = path.display()),
            Self::FileExists(path) => retold!(self, "open.fileExists", path = path.display()),
            Self::NotAWorkbook(path) => retold!(self, "open.notAWorkbook", path = path.display()),
            Self::PassphraseNeeded => retold!(self, "open.passphraseNeeded"),
            Self::WrongPassphrase => retold!(self, "passphrase.wrong"),
            Self::PassphraseTooShort { least } => retold!(self, "passphrase.tooShort", least = *least),
            Self::Damaged { place } => retold!(self, "workbook.damaged", detail = file::told(place)),
            Self::NewerVersion { found, supported } => {
                retold!(self, "open.newer", found = *found, supported = *supported)
            }
            Self::InUse(None) => retold!(self, "open.inUse"),
            Self::InUse(Some(holder)) if holder.host.is_empty() => {
                retold!(self, "open.inUseBy", process = holder.process.to_string())
            }
            Self::InUse(Some(holder)) => {
                retold!(self, "open.inUseOn", process = holder.process.to_string(), host = &holder.host)
            }
            Self::ReadOnly(path) => retold!(self, "open.readOnly", path = path.display()),
            Self::Migration(detail) => retold!(self, "open.migration", detail = verbatim(detail)),
            Self::Io { path, source } => retold!(self, "open.io", path = path.display(), detail = verbatim(source)),
            Self::Workbook(error) => error.said(),
        }
    }
}

impl WorkbookError {
    /// The sentence with its code.
    pub fn said(&self) -> Said {
        match self {
            Self::Damaged(detail) => retold!(self, "workbook.damaged", detail = file::told(detail)),
            Self::DiskFull => retold!(self, "workbook.diskFull"),
            Self::Untold => retold!(self, "workbook.untold"),
            Self::AlreadyImported(_) => retold!(self, "import.alreadyThere"),
            Self::PlanOutdated => retold!(self, "import.planOutdated"),
            Self::Cancelled => retold!(self, "cancelled"),
            Self::NotFound { what, id } => retold!(self, "notFound", what = word("thing", what), id = id),
            Self::DatesReversed { from, to } => retold!(self, "dates.reversed", from = *from, to = *to),
            Self::TooManyDays { days, most } => retold!(self, "dates.tooMany", days = *days, most = *most),
            Self::Grid(said) | Self::Name(said) => said.clone(),
            Self::AmountTooLarge { row } => retold!(self, "import.amountTooLarge", row = *row),
            Self::ImportInUse { matches } => retold!(self, "import.inUse", count = *matches),
            Self::RecordsInUse { matches } => retold!(self, "records.inUse", count = *matches),
            Self::ImportBroken(detail) => retold!(self, "import.broken", detail = verbatim(detail)),
            Self::ImportEmpty => retold!(self, "import.empty"),
            Self::Stale(_) => retold!(self, "staleMatch"),
            Self::GridMoved => retold!(self, "grid.moved"),
            Self::NotEnoughOpen { open, wanted, .. } => {
                retold!(self, "match.notEnoughOpen", open = *open, wanted = *wanted)
            }
            Self::Match(error) => error.into(),
            Self::Money(error) => error.into(),
            Self::ProposalStatus => retold!(self, "match.proposalStatus"),
            Self::NothingToUndo => retold!(self, "acts.nothingToUndo"),
            Self::NothingToRedo => retold!(self, "acts.nothingToRedo"),
            Self::Mark(fault) => fault.said(),
            Self::Journal(fault) => fault.said(),
            Self::Period(error) => error.said(),
            Self::InvoiceStatus { from, to } => retold!(self, "invoice.status", from = *from, to = *to),
            Self::KeyStore(error) => error.said(),
            Self::Unreadable(detail) => retold!(self, "workbook.unreadable", detail = verbatim(detail)),
            Self::Database(detail) => retold!(self, "workbook.database", detail = verbatim(detail)),
            Self::NotAllowed { name, role, permission: wanted } => {
                let (act, who) = (permission(*wanted), word("mayDo", wanted.who()));
                retold!(self, "people.notAllowed", name = name, role = *role, act = act, who = who)
            }
            Self::NotSignedIn => retold!(self, "people.notSignedIn"),
            Self::SecretNeeded => retold!(self, "secret.needed"),
            Self::OwnSecretNeeded { name } => retold!(self, "secret.ownNeeded", name = name),
            Self::PassphraseNeeded => retold!(self, "secret.passphraseNeeded"),
            Self::PassphraseAfterLock => retold!(self, "secret.passphraseAfterLock"),
            Self::WrongSecret { wait_seconds: 0 } => retold!(self, "secret.wrong"),
            Self::WrongSecret { wait_seconds } => retold!(self, "secret.wrongAndWait", count = *wait_seconds),
            Self::SignInDelayed { seconds } => retold!(self, "secret.delayed", count = *seconds),
            Self::SecretToChoose => retold!(self, "secret.toChoose"),
            Self::SecretLength { least, most } => retold!(self, "secret.length", least = *least, most = *most),
            Self::Deactivated(name) => retold!(self, "people.deactivated", name = name),
            Self::LastAdmin(name) => retold!(self, "people.lastAdmin", name = name),
            Self::NameTaken(name) => retold!(self, "people.nameTaken", name = name),
            Self::Person(error) => error.into(),
            Self::WrongPassphrase => retold!(self, "passphrase.wrong"),
            Self::PassphraseTooShort { least } => retold!(self, "passphrase.tooShort", least = *least),
            Self::CategoryTaken(name) => retold!(self, "category.taken", name = name),
            Self::CategoryTooLong { letters } => {
                retold!(self, "category.tooLong", letters = *letters, most = CATEGORY_LETTERS_MAX)
            }
            Self::CategoryInUse { name, lines } => retold!(self, "category.inUse", name = name, count = *lines),
            Self::PatternTaken { pattern, category } => {
                retold!(self, "pattern.taken", pattern = pattern, category = category)
            }
            Self::CodeTaken(code) => retold!(self, "customer.codeTaken", code = code.to_string()),
            Self::CodesExhausted(error) => error.into(),
            Self::AccountTooLarge { code, amount } => {
                retold!(self, "customer.accountTooLarge", code = code.to_string(), amount = *amount)
            }
            Self::Credit(error) => error.into(),
            Self::NoPolicy => retold!(self, "policy.none"),
            Self::Policy(error) => error.into(),
            Self::PolicyCurrency { found, base } => {
                retold!(self, "policy.companyCurrency", found = *found, base = *base)
            }
            Self::NotAccepted(_) => retold!(self, "policy.notAccepted"),
            Self::NotOpen(_) => retold!(self, "records.notOpen"),
        }
    }
}

impl KeyStoreError {
    /// The sentence with its code.
    pub fn said(&self) -> Said {
        match self {
            Self::Unavailable(detail) => retold!(self, "keychain.unavailable", detail = verbatim(detail)),
            Self::Locked(detail) => retold!(self, "keychain.locked", detail = verbatim(detail)),
            Self::TimedOut => retold!(self, "keychain.timedOut"),
            Self::Refused(detail) => retold!(self, "keychain.refused", detail = verbatim(detail)),
        }
    }
}

impl MarkFault {
    fn said(&self) -> Said {
        match self {
            Self::TooMany { given, most } => retold!(self, "mark.tooMany", given = *given, most = *most),
            Self::NotToCome(day) => retold!(self, "mark.notToCome", day = *day),
            Self::TooFar(day) => retold!(self, "mark.tooFar", day = *day, years = crate::marks::YEARS_MAX),
            Self::NoComment => retold!(self, "mark.noComment"),
            Self::CommentTooLong(letters) => {
                retold!(self, "mark.commentTooLong", letters = *letters, most = crate::COMMENT_CHARS_MAX)
            }
            Self::MatchIsNoTiming => retold!(self, "mark.matchIsNoTiming"),
            Self::Decided(name) => retold!(self, "mark.decided", name = name),
            Self::EmptyFile(name) => retold!(self, "mark.emptyFile", name = name),
            Self::FileTooLarge { name, mib, most } => {
                retold!(self, "mark.fileTooLarge", name = name, mib = *mib, most = *most)
            }
            Self::NoFileName => retold!(self, "mark.noFileName"),
        }
    }
}

impl JournalFault {
    fn said(&self) -> Said {
        match self {
            Self::Nothing => retold!(self, "journal.nothing"),
            Self::AccountMissing(entry) => retold!(self, "journal.accountMissing", entry = *entry),
            Self::NoChoice => retold!(self, "journal.noChoice"),
            Self::Outdated => retold!(self, "journal.outdated"),
            Self::NoBatch(number) => retold!(self, "journal.noBatch", number = *number),
            Self::NotNewest { number, newest } => {
                retold!(self, "journal.notNewest", number = *number, newest = *newest)
            }
            Self::TakenBack(number) => retold!(self, "journal.takenBack", number = *number),
            Self::NoReason => retold!(self, "journal.noReason"),
        }
    }
}

impl From<&ChainFault> for Said {
    fn from(fault: &ChainFault) -> Self {
        match fault {
            ChainFault::Gap { expected, found } => {
                retold!(fault, "chain.gap", expected = *expected, found = *found, before = expected.saturating_sub(1))
            }
            ChainFault::Unchained { sequence } => retold!(fault, "chain.unchained", sequence = *sequence),
            ChainFault::Altered { sequence } => retold!(fault, "chain.altered", sequence = *sequence),
        }
    }
}

impl From<&RowFault> for Said {
    fn from(fault: &RowFault) -> Self {
        let of = |table: &'static str| SaidValue::key("sealedTable", table);
        match fault {
            RowFault::Changed { table, row, key, event } => {
                retold!(fault, "rows.changed", table = of(table), row = *row, key = key, event = *event)
            }
            RowFault::Removed { table, row, event } => {
                retold!(fault, "rows.removed", table = of(table), row = *row, event = *event)
            }
            RowFault::Added { table, row, key } => {
                retold!(fault, "rows.added", table = of(table), row = *row, key = key)
            }
            RowFault::Between { table, from, to, event } => {
                retold!(fault, "rows.between", table = of(table), from = *from, to = *to, event = *event)
            }
            RowFault::Seal { table } => retold!(fault, "rows.seal", table = of(table)),
            RowFault::Told { event } => retold!(fault, "rows.told", event = *event),
        }
    }
}

impl From<&PeriodDifference> for Said {
    fn from(difference: &PeriodDifference) -> Self {
        let english = difference.to_string();
        match difference {
            PeriodDifference::Content => retold!(english, "period.differs.content"),
            PeriodDifference::Figure { what, signed: Some(signed), now: Some(now) } => retold!(
                english,
                "period.differs.figure",
                what = word("periodFigure", what),
                signed = *signed,
                now = *now
            ),
            PeriodDifference::Figure { what, .. } => {
                retold!(english, "period.differs.known", what = word("periodFigure", what))
            }
            PeriodDifference::Item { record, signed, now } => {
                retold!(english, "period.differs.item", record = record, signed = *signed, now = *now)
            }
        }
    }
}

impl PeriodError {
    fn said(&self) -> Said {
        match self {
            Self::Locked { account, first, last, record, name, date, amount } => {
                let record = word("recordKind", kind_of(*record));
                let (account, first, last, amount) = (account, *first, *last, *amount);
                match date {
                    Some(day) if name.is_empty() => retold!(
                        self,
                        "period.lockedNew",
                        account = account,
                        first = first,
                        last = last,
                        record = record,
                        day = *day,
                        amount = amount
                    ),
                    Some(day) => retold!(
                        self,
                        "period.lockedRecord",
                        account = account,
                        first = first,
                        last = last,
                        record = record,
                        name = name,
                        day = *day,
                        amount = amount
                    ),
                    None => retold!(
                        self,
                        "period.lockedUndated",
                        account = account,
                        first = first,
                        last = last,
                        record = record,
                        name = name,
                        amount = amount
                    ),
                }
            }
            Self::LockedBalance { what, stated, signed, first, last, account } => retold!(
                self,
                "period.lockedBalance",
                what = word("balanceEnd", what),
                stated = *stated,
                signed = *signed,
                first = *first,
                last = *last,
                account = account
            ),
            Self::NotNext { expected, given } => {
                retold!(self, "period.notNext", expected = *expected, given = *given)
            }
            Self::NoDays => retold!(self, "period.noDays"),
            Self::Stays { first, last } => retold!(self, "period.stays", first = *first, last = *last),
            Self::State { found, wanted, act } => retold!(
                self,
                "period.state",
                found = word("periodState", found.as_str()),
                wanted = word("periodWanted", wanted),
                act = word("periodDone", act)
            ),
            Self::SamePerson { name, act, .. } if act.starts_with("decline") => {
                retold!(self, "period.samePerson.decline", name = name)
            }
            Self::SamePerson { name, did, .. } if did.starts_with("asked") => {
                retold!(self, "period.samePerson.asked", name = name)
            }
            Self::SamePerson { name, .. } => retold!(self, "period.samePerson.prepared", name = name),
            Self::AskedAlready { name } => retold!(self, "period.askedAlready", name = name),
            Self::EarlierOpen { first, last } => retold!(self, "period.earlierOpen", first = *first, last = *last),
            Self::EarlierNotLocked { first, last } => {
                retold!(self, "period.earlierNotLocked", first = *first, last = *last)
            }
            Self::ToReprove => retold!(self, "period.toReprove"),
            Self::NoBalance { what } => retold!(self, "period.noBalance", what = word("balanceEnd", what)),
            Self::BalanceKnown { what, known } => {
                retold!(self, "period.balanceKnown", what = word("balanceEnd", what), known = *known)
            }
            Self::Gap { opening, lines, made, closing, gap } => retold!(
                self,
                "period.gap",
                opening = *opening,
                lines = *lines,
                made = *made,
                closing = *closing,
                gap = *gap
            ),
            Self::Unexplained(amount) => retold!(self, "period.unexplained", amount = *amount),
            Self::ContentDiffers => retold!(self, "period.contentDiffers"),
            Self::Differs(what) => retold!(self, "period.differs", what = Said::from(what)),
            Self::NotAsSeen => retold!(self, "period.notAsSeen"),
            Self::NoRequest => retold!(self, "period.noRequest"),
            Self::NotTheirs { asked } => retold!(self, "period.notTheirs", asked = asked),
            Self::NoReason => retold!(self, "period.noReason"),
        }
    }
}
