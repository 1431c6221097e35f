//! Between columns and the words of alerts.

use tieout_domain::{AlertChannel, AlertKind, AlertSeverity, DeliveryState, MailSecurity, MessageLanguage};

use crate::{WorkbookError, rows::word};

pub(super) fn kind(text: &str) -> Result<AlertKind, WorkbookError> {
    word(&AlertKind::ALL, AlertKind::as_str, text)
}

pub(super) fn severity(text: &str) -> Result<AlertSeverity, WorkbookError> {
    word(&AlertSeverity::ALL, AlertSeverity::as_str, text)
}

pub(super) fn channel(text: &str) -> Result<AlertChannel, WorkbookError> {
    word(&AlertChannel::ALL, AlertChannel::as_str, text)
}

pub(super) fn state(text: &str) -> Result<DeliveryState, WorkbookError> {
    word(&DeliveryState::ALL, DeliveryState::as_str, text)
}

pub(super) fn security(text: &str) -> Result<MailSecurity, WorkbookError> {
    word(&MailSecurity::ALL, MailSecurity::as_str, text)
}

pub(super) fn language(text: &str) -> Result<MessageLanguage, WorkbookError> {
    word(&MessageLanguage::ALL, MessageLanguage::as_str, text)
}
