//! Requests as they come in → requests in the domain's terms.

use std::{path::PathBuf, str::FromStr};

use rust_decimal::Decimal;
use tieout_application as application;
use tieout_domain::{Confidence, Currency, Side, said};
use zeroize::Zeroizing;

use crate::{
    ApproveAboveRequest, AuditSearchRequest, CommandError, CreateWorkbookRequest, DecideRequest, ExportReportRequest,
    OpenRecordsRequest, OpenWorkbookRequest, PaperChoice, PartsChoice, PreviewFilter, PreviewRowsRequest, ProofRequest,
    QueueConditionsRequest, QueueFilter, QueueRequest, RecordSelectionRequest, ReviseImportRequest, ShowingChoice,
    SideView, VerdictView,
};

/// Longest text a person may type into a field of a request.
const TEXT_MAX: usize = 4_000;

/// Reads an identifier.
pub fn parse_id<T: FromStr>(text: &str) -> Result<T, CommandError> {
    text.parse().map_err(|_| CommandError::invalid(&format!("'{}' is no identifier", shortened(text))))
}

pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

pub(crate) fn parse_date(text: Option<&str>) -> Result<Option<jiff::civil::Date>, CommandError> {
    text.filter(|text| !text.is_empty())
        .map(|text| {
            text.parse().map_err(|_| {
                CommandError::unfit(said!(
                    "request.date",
                    "'{text}' is no date such as 2025-12-31",
                    text = shortened(text)
                ))
            })
        })
        .transpose()
}

/// Reads a day.
pub fn parse_day(text: &str) -> Result<jiff::civil::Date, CommandError> {
    let wanted =
        || CommandError::unfit(said!("request.date", "'{text}' is no date such as 2025-12-31", text = shortened(text)));
    parse_date(Some(text))?.ok_or_else(wanted)
}

fn parse_currency(text: &str) -> Result<Currency, CommandError> {
    Currency::parse(text).map_err(CommandError::unfit)
}

/// Reads a plain decimal number, such as `-1234.50`.
pub fn parse_decimal(text: &str) -> Result<Decimal, CommandError> {
    text.parse()
        .map_err(|_| CommandError::unfit(said!("request.number", "'{text}' is no number", text = shortened(text))))
}

/// Refuses a text that is longer than a person types.
pub(crate) fn bounded(text: String) -> Result<String, CommandError> {
    if text.len() > TEXT_MAX {
        return Err(CommandError::unfit(said!(
            "request.text",
            "the text is longer than {most} characters",
            most = TEXT_MAX
        )));
    }
    Ok(text)
}

impl From<SideView> for Side {
    fn from(side: SideView) -> Self {
        match side {
            SideView::Statement => Self::Statement,
            SideView::Ledger => Self::Ledger,
        }
    }
}

impl From<Side> for SideView {
    fn from(side: Side) -> Self {
        match side {
            Side::Statement => Self::Statement,
            Side::Ledger => Self::Ledger,
        }
    }
}

impl TryFrom<CreateWorkbookRequest> for application::NewWorkbook {
    type Error = CommandError;

    fn try_from(request: CreateWorkbookRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            path: PathBuf::from(request.path),
            passphrase: Zeroizing::new(request.passphrase),
            company: bounded(request.company)?,
            user: bounded(request.user)?,
            currency: parse_currency(&request.currency)?,
            single_user: request.single_user,
            remember: request.remember,
        })
    }
}

impl From<OpenWorkbookRequest> for application::OpenWorkbook {
    fn from(request: OpenWorkbookRequest) -> Self {
        Self {
            path: PathBuf::from(request.path),
            passphrase: request.passphrase.map(Zeroizing::new),
            remember: request.remember,
        }
    }
}

/// A file whose bytes are the body of the request; name and side stand in its headers.
pub struct UploadedFile(application::UploadedFile);

impl UploadedFile {
    /// `name` is percent-encoded UTF-8 (a header carries ASCII only); `side` is `statement`, `ledger` or empty.
    pub fn new(name: &str, side: &str, bytes: Vec<u8>) -> Result<Self, CommandError> {
        let side = match side {
            "statement" => Some(Side::Statement),
            "ledger" => Some(Side::Ledger),
            "" => None,
            other => return Err(CommandError::invalid(&format!("'{}' is no side", shortened(other)))),
        };
        let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy().into_owned();
        Ok(Self(application::UploadedFile { name: bounded(name)?, side, bytes }))
    }
}

impl From<UploadedFile> for application::UploadedFile {
    fn from(file: UploadedFile) -> Self {
        file.0
    }
}

impl TryFrom<ReviseImportRequest> for application::ReviseImport {
    type Error = CommandError;

    fn try_from(request: ReviseImportRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            token: request.token,
            side: request.side.into(),
            mapping: request.mapping.as_ref().map(Into::into),
            sheet: request.sheet.or(request.mapping.and_then(|mapping| mapping.sheet)),
            account_id: request.account_id.as_deref().map(parse_id).transpose()?,
            account_name: bounded(request.account_name)?,
            currency: parse_currency(&request.currency)?,
            settled: request.settled,
        })
    }
}

impl From<PreviewRowsRequest> for application::PreviewRows {
    fn from(request: PreviewRowsRequest) -> Self {
        let filter = match request.filter {
            PreviewFilter::All => application::RowFilter::All,
            PreviewFilter::Add => application::RowFilter::Add,
            PreviewFilter::Duplicate => application::RowFilter::Duplicate,
            PreviewFilter::Reject => application::RowFilter::Reject,
        };
        Self { token: request.token, filter, offset: request.offset, limit: request.limit }
    }
}

impl TryFrom<RecordSelectionRequest> for application::RecordSelection {
    type Error = CommandError;

    fn try_from(request: RecordSelectionRequest) -> Result<Self, Self::Error> {
        Ok(Self { lines: request.lines, entries: request.entries, reason: bounded(request.reason)? })
    }
}

impl From<QueueFilter> for application::QueueFilter {
    fn from(filter: QueueFilter) -> Self {
        match filter {
            QueueFilter::ToReview => Self::ToReview,
            QueueFilter::Suggested => Self::Suggested,
            QueueFilter::UnmatchedLines => Self::UnmatchedLines,
            QueueFilter::UnmatchedEntries => Self::UnmatchedEntries,
            QueueFilter::Approved => Self::Approved,
            QueueFilter::Rejected => Self::Rejected,
            QueueFilter::Snoozed => Self::Snoozed,
        }
    }
}

impl TryFrom<QueueConditionsRequest> for application::QueueConditions {
    type Error = CommandError;

    fn try_from(asked: QueueConditionsRequest) -> Result<Self, Self::Error> {
        let cause = |word: String| {
            word.parse().map_err(|error: tieout_domain::UnknownRootCause| CommandError::invalid(&error.to_string()))
        };
        let amount = |text: Option<String>| text.as_deref().map(parse_decimal).transpose();
        let day = |text: Option<String>| text.as_deref().map(parse_day).transpose();
        Ok(Self {
            causes: asked.causes.into_iter().map(cause).collect::<Result<_, _>>()?,
            amount_from: amount(asked.amount_from)?,
            amount_to: amount(asked.amount_to)?,
            from: day(asked.from)?,
            to: day(asked.to)?,
            owner: asked.owner.map(|name| match name.trim() {
                "" => application::OwnerCondition::Nobody,
                name => application::OwnerCondition::Is(name.to_owned()),
            }),
            counterparty: asked.counterparty,
            account: asked.account.as_deref().map(parse_id).transpose()?,
            due: asked.due.map(Into::into),
        })
    }
}

impl TryFrom<QueueRequest> for application::QueueRequest {
    type Error = CommandError;

    fn try_from(request: QueueRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            filter: request.filter.into(),
            search: request.search,
            conditions: request.conditions.try_into()?,
            offset: request.offset,
            limit: request.limit.min(500),
        })
    }
}

impl TryFrom<DecideRequest> for application::Decide {
    type Error = CommandError;

    fn try_from(request: DecideRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            match_id: parse_id(&request.match_id)?,
            approve: request.verdict == VerdictView::Approve,
            content: parse_id(&request.content)?,
            reason: bounded(request.reason)?,
        })
    }
}

impl TryFrom<ApproveAboveRequest> for application::ApproveAbove {
    type Error = CommandError;

    fn try_from(request: ApproveAboveRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            confidence: parse_percent(&request.confidence)?,
            execute: request.execute,
            expected_count: request.expected_count,
        })
    }
}

/// Reads a confidence in percent, such as `95.0`.
pub fn parse_percent(text: &str) -> Result<Confidence, CommandError> {
    let percent = parse_decimal(text.trim())?;
    application::confidence_from_percent(percent).map_err(CommandError::from)
}

impl TryFrom<OpenRecordsRequest> for application::OpenRecordsRequest {
    type Error = CommandError;

    fn try_from(request: OpenRecordsRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            side: request.side.into(),
            search: request.search,
            near_amount: request.near_amount.as_deref().map(parse_decimal).transpose()?,
            currency: request.currency.as_deref().map(parse_currency).transpose()?,
            offset: request.offset,
            limit: request.limit.min(500),
        })
    }
}

impl TryFrom<&ProofRequest> for application::ProofRequest {
    type Error = CommandError;

    fn try_from(request: &ProofRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            account: parse_id(&request.account_id)?,
            from: parse_date(request.from.as_deref())?,
            to: parse_date(request.to.as_deref())?,
        })
    }
}

impl TryFrom<ProofRequest> for application::ProofRequest {
    type Error = CommandError;

    fn try_from(request: ProofRequest) -> Result<Self, Self::Error> {
        Self::try_from(&request)
    }
}

impl TryFrom<ExportReportRequest> for application::ExportReport {
    type Error = CommandError;

    fn try_from(request: ExportReportRequest) -> Result<Self, Self::Error> {
        let scope = ProofRequest { account_id: request.account_id, from: request.from, to: request.to };
        Ok(Self {
            scope: scope.try_into()?,
            path: request.path.filter(|path| !path.trim().is_empty()).map(PathBuf::from),
            layout: application::Layout {
                paper: match request.paper {
                    PaperChoice::A4 => application::Paper::A4,
                    PaperChoice::Letter => application::Paper::Letter,
                },
                parts: match request.parts {
                    PartsChoice::Full => application::Parts::Full,
                    PartsChoice::Statement => application::Parts::Statement,
                    PartsChoice::Management => application::Parts::Management,
                },
                all_rows: request.all_rows,
                privacy: application::Privacy {
                    accounts: request.accounts.into(),
                    emails: request.emails.into(),
                    names: request.names.into(),
                },
            },
        })
    }
}

impl From<ShowingChoice> for application::Showing {
    fn from(choice: ShowingChoice) -> Self {
        match choice {
            ShowingChoice::Keep => Self::Keep,
            ShowingChoice::Mask => Self::Mask,
            ShowingChoice::Omit => Self::Omit,
        }
    }
}

impl TryFrom<AuditSearchRequest> for application::AuditSearch {
    type Error = CommandError;

    fn try_from(request: AuditSearchRequest) -> Result<Self, Self::Error> {
        let given = |text: String| -> Result<Option<String>, CommandError> {
            Ok(Some(bounded(text)?).filter(|text| !text.trim().is_empty()))
        };
        Ok(Self {
            search: given(request.search)?.unwrap_or_default(),
            actor: given(request.actor)?,
            action: given(request.action)?,
            from: parse_date(Some(&request.from))?,
            to: parse_date(Some(&request.to))?,
        })
    }
}
