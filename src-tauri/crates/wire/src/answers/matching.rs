//! Matching settings and rules, both ways.

use std::fmt;

use tieout_application as application;
use tieout_domain::{Field, Profile, RootCause, Rule, Side};

use super::{all, count, iso};
use crate::{
    CommandError, FigureLimitsForm, KeptRatesView, MatchingConfigView, MatchingSettingsView, RuleConditionView,
    RuleTrialView, RuleView, TrialExampleView, TrialFindingView, TriedRuleView, TryRulesRequest,
};

impl From<application::MatchingSettings> for MatchingSettingsView {
    fn from(settings: application::MatchingSettings) -> Self {
        let fields = |side| Field::all().filter(|field| field.side() == side).map(|field| field.to_string()).collect();
        let causes = RootCause::ALL.iter().filter(|cause| **cause != RootCause::None);
        Self {
            config: settings.configuration.text().into(),
            is_stored: settings.is_stored,
            kept_rates: settings.configuration.kept_rates().map(Into::into),
            profiles: Profile::ALL.iter().map(|profile| profile.as_str().to_owned()).collect(),
            line_fields: fields(Side::Statement),
            entry_fields: fields(Side::Ledger),
            causes: causes.map(|cause| cause.as_str().to_owned()).collect(),
        }
    }
}

impl From<application::KeptRates> for KeptRatesView {
    fn from(kept: application::KeptRates) -> Self {
        Self { count: count(kept.count), first: kept.first.to_string(), last: kept.last.to_string() }
    }
}

/// For a terminal.
impl fmt::Display for KeptRatesView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} exchange rates, {} to {}, are kept in the workbook", self.count, self.first, self.last)
    }
}

impl From<application::ConfigurationText> for MatchingConfigView {
    fn from(text: application::ConfigurationText) -> Self {
        Self {
            profile: text.profile,
            amount_absolute: text.amount_absolute,
            amount_percent: text.amount_percent,
            days: text.days,
            confidence: text.confidence,
            impact: text.impact,
            require_reference: text.require_reference,
            max_group: text.max_group,
            base: text.base,
            rates: text.rates,
            figures: text.figures.unwrap_or_default().into(),
            rules: all(text.rules),
        }
    }
}

impl From<MatchingConfigView> for application::ConfigurationText {
    fn from(view: MatchingConfigView) -> Self {
        Self {
            profile: view.profile,
            amount_absolute: view.amount_absolute,
            amount_percent: view.amount_percent,
            days: view.days,
            confidence: view.confidence,
            impact: view.impact,
            require_reference: view.require_reference,
            max_group: view.max_group,
            base: view.base,
            rates: view.rates,
            figures: Some(view.figures.into()),
            rules: all(view.rules),
        }
    }
}

impl From<application::FigureLimitsText> for FigureLimitsForm {
    fn from(text: application::FigureLimitsText) -> Self {
        let application::FigureLimitsText { variance_percent, high_value, risk_medium_percent, risk_high_percent } =
            text;
        Self { variance_percent, high_value, risk_medium_percent, risk_high_percent }
    }
}

impl From<FigureLimitsForm> for application::FigureLimitsText {
    fn from(form: FigureLimitsForm) -> Self {
        let FigureLimitsForm { variance_percent, high_value, risk_medium_percent, risk_high_percent } = form;
        Self { variance_percent, high_value, risk_medium_percent, risk_high_percent }
    }
}

impl TryFrom<MatchingConfigView> for application::Configuration {
    type Error = CommandError;

    fn try_from(view: MatchingConfigView) -> Result<Self, Self::Error> {
        Ok(Self::from_text(&view.into())?)
    }
}

impl TryFrom<TryRulesRequest> for Vec<Rule> {
    type Error = CommandError;

    fn try_from(request: TryRulesRequest) -> Result<Self, Self::Error> {
        let rules = all::<_, application::RuleText>(request.rules);
        Ok(application::RuleText::rules(&rules)?)
    }
}

impl From<application::RuleText> for RuleView {
    fn from(text: application::RuleText) -> Self {
        Self {
            name: text.name,
            enabled: text.enabled,
            conditions: all(text.conditions),
            action: text.then,
            category: text.category,
            up_to: text.up_to,
            percent: text.percent,
            cause: text.cause,
            account: text.account,
        }
    }
}

impl From<RuleView> for application::RuleText {
    fn from(view: RuleView) -> Self {
        Self {
            name: view.name,
            enabled: view.enabled,
            conditions: all(view.conditions),
            then: view.action,
            category: view.category,
            up_to: view.up_to,
            percent: view.percent,
            cause: view.cause,
            account: view.account,
        }
    }
}

impl From<application::ConditionText> for RuleConditionView {
    fn from(text: application::ConditionText) -> Self {
        let application::ConditionText { field, test, value, to, negated } = text;
        Self { field, test, value, to, negated }
    }
}

impl From<RuleConditionView> for application::ConditionText {
    fn from(view: RuleConditionView) -> Self {
        let RuleConditionView { field, test, value, to, negated } = view;
        Self { field, test, value, to, negated }
    }
}

impl From<application::RuleTrial> for RuleTrialView {
    fn from(trial: application::RuleTrial) -> Self {
        Self {
            approved: count(trial.approved),
            rejected: count(trial.rejected),
            overridden: count(trial.overridden),
            left_out: count(trial.left_out),
            rules: all(trial.rules),
        }
    }
}

impl From<application::TriedRule> for TriedRuleView {
    fn from(rule: application::TriedRule) -> Self {
        Self {
            agreements: count(rule.count(true)),
            contradictions: count(rule.count(false)),
            forestalled: count(rule.forestalled),
            name: rule.name,
            enabled: rule.enabled,
            findings: all(rule.findings),
        }
    }
}

impl From<application::TrialFinding> for TrialFindingView {
    fn from(finding: application::TrialFinding) -> Self {
        Self {
            outcome: finding.outcome.as_str().to_owned(),
            agrees: finding.outcome.agrees(),
            count: count(finding.count),
            examples: all(finding.examples),
        }
    }
}

impl From<application::TrialExample> for TrialExampleView {
    fn from(example: application::TrialExample) -> Self {
        Self {
            match_id: example.match_id.to_string(),
            date: iso(example.date),
            title: example.title,
            subtitle: example.subtitle,
            amount: example.amount.into(),
            difference: example.difference.map(Into::into),
        }
    }
}

/// For a terminal.
impl fmt::Display for RuleTrialView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "tried on {} approved, {} rejected and {} overridden matches",
            self.approved, self.rejected, self.overridden
        )?;
        if self.left_out > 0 {
            write!(f, "; {} older ones were left out", self.left_out)?;
        }
        for rule in &self.rules {
            let off = if rule.enabled { "" } else { " (off)" };
            let (agrees, contradicts) = (rule.agreements, rule.contradictions);
            write!(f, "\n\n{}{off}: agrees with {agrees}, contradicts {contradicts}", rule.name)?;
            if rule.forestalled > 0 {
                write!(f, "\n  a rule above it decides {} matches first", rule.forestalled)?;
            } else if rule.findings.is_empty() {
                f.write_str("\n  applies to no past decision")?;
            }
            rule.findings.iter().try_for_each(|finding| write!(f, "\n{finding}"))?;
        }
        Ok(())
    }
}

impl fmt::Display for TrialFindingView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.agrees {
            Some(true) => '+',
            Some(false) => '!',
            None => ' ',
        };
        write!(f, "  {sign} {} {}", self.count, self.outcome.replace('_', " "))?;
        for example in &self.examples {
            let date = example.date.as_deref().unwrap_or("----------");
            let amount = format!("{} {}", example.amount.value, example.amount.currency);
            write!(f, "\n      {}  {date}  {amount:>16}  {}  {}", example.match_id, example.title, example.subtitle)?;
        }
        Ok(())
    }
}
