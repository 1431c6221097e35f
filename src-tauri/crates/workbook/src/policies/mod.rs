//! The policy a person wrote: its versions, what it resolves, and who looks after what stays.

mod acceptances;
mod apply;
mod items;
mod past;

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};
use tieout_domain::{
    CauseLimit, CausePolicy, CompanyId, Confidence, Currency, Money, Permission, Policy, PolicyVersion, RootCause, said,
};

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
};

pub use acceptances::Acceptance;
pub(crate) use acceptances::not_accepted;
pub use apply::{AppliedPolicy, KeptItem, PolicyPlan, Resolution};
pub use past::{PastDecision, PastItem};

const VERSION: &str = "SELECT p.version, u.name, p.written_at, p.reason, p.currency, p.confidence, p.default_owner
    FROM policies p JOIN users u ON u.company_id = p.company_id AND u.id = p.written_by WHERE p.company_id = ?1";

impl Workbook {
    /// The newest version of the policy; none where nobody wrote one: then nothing is resolved but what runs approve.
    pub fn policy_in_force(&self) -> Result<Option<PolicyVersion>, WorkbookError> {
        in_force(&self.sql, self.company.id)
    }

    /// Every version, newest first.
    pub fn policy_versions(&self) -> Result<Vec<PolicyVersion>, WorkbookError> {
        let (sql, company) = (&self.sql, self.company.id);
        let mut statement = sql.prepare_cached(&format!("{VERSION} ORDER BY p.version DESC"))?;
        let mut found = statement.query(params![Blob(company.uuid())])?;
        let mut versions = Vec::new();
        while let Some(row) = found.next()? {
            versions.push(read_version(sql, company, row)?);
        }
        Ok(versions)
    }

    /// Saves a policy as the next version, with the reason why it changes. One that says what the version in force says
    /// is not saved: that is `None`.
    pub fn save_policy(&mut self, policy: &Policy, reason: &str) -> Result<Option<PolicyVersion>, WorkbookError> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(WorkbookError::Name(said!(
                "policy.noReason",
                "a policy is saved with a reason: say why it changes"
            )));
        }
        let base = self.company.base_currency;
        if policy.currency() != base {
            return Err(WorkbookError::PolicyCurrency { found: policy.currency(), base });
        }
        let before = self.policy_in_force()?;
        if before.as_ref().is_some_and(|before| before.policy == *policy) {
            return Ok(None);
        }
        let version = before.as_ref().map_or(0, |before| before.version) + 1;
        let written_by = self.user.name.clone();
        self.change(Permission::Configure, |change| {
            change.insert_version(version, policy, reason)?;
            let details = Json::Object(vec![
                ("after", told(policy)),
                ("before", before.as_ref().map_or(Json::Null, |before| told(&before.policy))),
                ("reason", Json::text(reason)),
            ]);
            change.tell("policy.saved", &format!("policy {version}"), &details)?;
            Ok(Some(PolicyVersion {
                version,
                written_by,
                written_at_ms: change.now_ms,
                reason: reason.to_owned(),
                policy: policy.clone(),
            }))
        })
    }
}

impl Change<'_> {
    /// Its causes come first, so that nothing can be added to a version that stands.
    fn insert_version(&mut self, version: u32, policy: &Policy, reason: &str) -> Result<(), WorkbookError> {
        let company = Blob(self.company.uuid());
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO policy_causes (company_id, version, cause, amount, percent, number, total, owner)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for (cause, of) in policy.causes() {
            let limit = of.limit.as_ref();
            statement.execute(params![
                company,
                version,
                cause.as_str(),
                limit.map(|limit| limit.amount.minor_units()),
                limit.and_then(|limit| limit.percent),
                limit.and_then(|limit| limit.count),
                limit.and_then(|limit| limit.total).map(Money::minor_units),
                of.owner,
            ])?;
        }
        self.sql.execute(
            "INSERT INTO policies (company_id, version, written_by, written_at, reason, currency, confidence,
                 default_owner)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                company,
                version,
                Blob(self.user.uuid()),
                self.now_ms,
                reason,
                policy.currency().code(),
                policy.confidence().ppm(),
                policy.default_owner(),
            ],
        )?;
        Ok(())
    }
}

pub(crate) fn in_force(sql: &Connection, company: CompanyId) -> Result<Option<PolicyVersion>, WorkbookError> {
    let mut statement = sql.prepare_cached(&format!("{VERSION} ORDER BY p.version DESC LIMIT 1"))?;
    let mut found = statement.query(params![Blob(company.uuid())])?;
    found.next()?.map(|row| read_version(sql, company, row)).transpose()
}

fn read_version(sql: &Connection, company: CompanyId, row: &Row<'_>) -> Result<PolicyVersion, WorkbookError> {
    let version: u32 = row.get(0)?;
    let currency = rows::currency(&row.get::<_, String>(4)?)?;
    let confidence = Confidence::from_ppm(row.get(5)?);
    let causes = read_causes(sql, company, version, currency)?;
    let policy = Policy::new(currency, confidence, row.get(6)?, causes).map_err(WorkbookError::unreadable)?;
    Ok(PolicyVersion { version, written_by: row.get(1)?, written_at_ms: row.get(2)?, reason: row.get(3)?, policy })
}

fn read_causes(
    sql: &Connection,
    company: CompanyId,
    version: u32,
    currency: Currency,
) -> Result<BTreeMap<RootCause, CausePolicy>, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT cause, amount, percent, number, total, owner FROM policy_causes WHERE company_id = ?1 AND version = ?2",
    )?;
    let mut found = statement.query(params![Blob(company.uuid()), version])?;
    let mut causes = BTreeMap::new();
    while let Some(row) = found.next()? {
        let money = |minor: i64| Money::from_minor(minor, currency);
        let (percent, count, total) = (row.get(2)?, row.get(3)?, row.get::<_, Option<i64>>(4)?.map(money));
        let amount = row.get::<_, Option<i64>>(1)?.map(money);
        let limit = amount.map(|amount| CauseLimit { amount, percent, count, total });
        causes.insert(rows::cause(&row.get::<_, String>(0)?)?, CausePolicy { limit, owner: row.get(5)? });
    }
    Ok(causes)
}

/// A policy as the audit chain tells it.
fn told(policy: &Policy) -> Json<'static> {
    let causes = policy.causes().map(|(cause, of)| {
        let limit = of.limit.as_ref();
        Json::Object(vec![
            ("amount", Json::optional(limit.map(|limit| limit.amount))),
            ("cause", Json::Word(cause.as_str())),
            ("count", limit.and_then(|limit| limit.count).map_or(Json::Null, Json::count)),
            ("owner", Json::optional(of.owner.as_ref())),
            ("percent_hundredths", limit.and_then(|limit| limit.percent).map_or(Json::Null, Json::count)),
            ("total", Json::optional(limit.and_then(|limit| limit.total))),
        ])
    });
    Json::Object(vec![
        ("causes", Json::List(causes.collect())),
        ("confidence", Json::text(policy.confidence())),
        ("currency", Json::text(policy.currency())),
        ("default_owner", Json::optional(policy.default_owner())),
    ])
}
