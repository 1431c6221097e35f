//! What is watched and where alerts go. Secrets are not among it.

use rusqlite::{OptionalExtension, Row, params};
use tieout_domain::{AlertSettings, Permission};

use super::words;
use crate::{
    AlertSecret, Workbook, WorkbookError,
    json::Json,
    rows::{self, Blob},
};

const COLUMNS: &str = "variance, quality_min, exception_days, exception_count, exception_sum, email, smtp_host,
    smtp_port, smtp_security, smtp_user, certificate, mail_from, mail_to, webhook, webhook_host, allow_plain, language,
    rate_changes";

impl Workbook {
    /// What is watched and where alerts go; the documented defaults where nobody changed anything.
    pub fn alert_settings(&self) -> Result<AlertSettings, WorkbookError> {
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT {COLUMNS} FROM alert_settings WHERE company_id = ?1"))?;
        let found = statement.query_row(params![Blob(self.company.id.uuid())], |row| Ok(read(row))).optional()?;
        found.unwrap_or_else(|| Ok(AlertSettings::default()))
    }

    /// Changes what is watched and where alerts go. Nothing is written where nothing changes.
    pub fn set_alert_settings(&mut self, settings: &AlertSettings) -> Result<(), WorkbookError> {
        let before = self.alert_settings()?;
        if before == *settings {
            return Ok(());
        }
        self.change(Permission::Configure, |change| {
            let marks = (1..=20).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ");
            change.sql.execute(
                &format!("INSERT OR REPLACE INTO alert_settings (company_id, {COLUMNS}, changed_at) VALUES ({marks})"),
                params![
                    Blob(change.company.uuid()),
                    settings.variance,
                    settings.quality_min,
                    settings.exception_days,
                    settings.exception_count.map(rows::stored),
                    settings.exception_sum.map(rows::stored),
                    settings.email,
                    settings.smtp_host,
                    settings.smtp_port,
                    settings.smtp_security.as_str(),
                    settings.smtp_user,
                    settings.certificate,
                    settings.from,
                    rows::lines_text(&settings.to),
                    settings.webhook,
                    settings.webhook_host,
                    settings.allow_plain,
                    settings.language.as_str(),
                    settings.rate_changes,
                    change.now_ms
                ],
            )?;
            let details = Json::Object(vec![("after", told(settings)), ("before", told(&before))]);
            change.tell("alert_settings.changed", "alert settings", &details)
        })
    }

    /// Tells that a secret of sending was put into the keychain or forgotten; not what it is.
    pub fn tell_alert_secret(&mut self, secret: AlertSecret, is_kept: bool) -> Result<(), WorkbookError> {
        let secret = match secret {
            AlertSecret::SmtpPassword => "smtp_password",
            AlertSecret::WebhookUrl => "webhook_url",
        };
        let details = Json::Object(vec![("is_kept", Json::Bool(is_kept)), ("secret", Json::Word(secret))]);
        self.change(Permission::Configure, |change| {
            change.tell("alert_settings.secret_changed", "alert settings", &details)
        })
    }
}

fn read(row: &Row<'_>) -> Result<AlertSettings, WorkbookError> {
    let to: String = row.get(12)?;
    Ok(AlertSettings {
        variance: row.get(0)?,
        quality_min: row.get(1)?,
        exception_days: row.get(2)?,
        exception_count: row.get::<_, Option<i64>>(3)?.map(rows::counted),
        exception_sum: row.get::<_, Option<i64>>(4)?.map(rows::counted),
        email: row.get(5)?,
        smtp_host: row.get(6)?,
        smtp_port: row.get(7)?,
        smtp_security: words::security(&row.get::<_, String>(8)?)?,
        smtp_user: row.get(9)?,
        certificate: row.get(10)?,
        from: row.get(11)?,
        to: to.lines().map(str::to_owned).collect(),
        webhook: row.get(13)?,
        webhook_host: row.get(14)?,
        allow_plain: row.get(15)?,
        language: words::language(&row.get::<_, String>(16)?)?,
        rate_changes: row.get(17)?,
    })
}

fn told(settings: &AlertSettings) -> Json<'static> {
    Json::Object(vec![
        ("allow_plain", Json::Bool(settings.allow_plain)),
        ("certificate", Json::text(&settings.certificate)),
        ("email", Json::Bool(settings.email)),
        ("exception_count", Json::optional(settings.exception_count)),
        ("exception_days", Json::optional(settings.exception_days)),
        ("exception_sum", Json::optional(settings.exception_sum)),
        ("from", Json::text(&settings.from)),
        ("language", Json::Word(settings.language.as_str())),
        ("quality_min", Json::optional(settings.quality_min)),
        ("rate_changes", Json::Bool(settings.rate_changes)),
        ("smtp_host", Json::text(&settings.smtp_host)),
        ("smtp_port", Json::count(settings.smtp_port)),
        ("smtp_security", Json::Word(settings.smtp_security.as_str())),
        ("smtp_user", Json::text(&settings.smtp_user)),
        ("to", Json::texts(&settings.to)),
        ("variance", Json::Bool(settings.variance)),
        ("webhook", Json::Bool(settings.webhook)),
        ("webhook_host", Json::text(&settings.webhook_host)),
    ])
}
