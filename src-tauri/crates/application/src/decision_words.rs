//! What the policy decided as sentences with codes: decisions are kept with English words.

use tieout_domain::{Decider, RootCause, Said, SaidValue, said};

/// A policy as whoever decided; nothing where a person did.
pub(crate) fn policy(decider: &Decider) -> Option<Said> {
    match decider {
        Decider::Person(_) => None,
        Decider::Policy { version } if version.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(said!("decision.policy", "policy {version}", version = version))
        }
        // A run, by the settings of matching.
        Decider::Policy { version } => Some(said!("decision.settings", "policy {version}", version = version)),
    }
}

/// Why the policy decided so, where it is as the workbook writes it.
pub(crate) fn policy_reason(decider: &Decider, reason: &str) -> Option<Said> {
    policy(decider)?;
    let (cause, rest) = reason.strip_suffix(" within the policy's limits")?.split_once(" of ")?;
    let cause: RootCause = cause.parse().ok()?;
    let (amount, currency) = rest.split_once(' ')?;
    let amount = SaidValue::Money(amount.to_owned(), currency.to_owned());
    Some(said!(
        "decision.withinLimits",
        "{cause} of {amount} within the policy's limits",
        cause = cause,
        amount = amount
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_policy_gives_as_its_reason_has_a_code() {
        let by_policy = Decider::Policy { version: "3".to_owned() };
        let by_ada = Decider::Person(tieout_domain::UserId::from_uuid(uuid::Uuid::nil()));
        let written = "fee of 1.50 EUR within the policy's limits";
        let told = policy_reason(&by_policy, written).unwrap();
        assert_eq!((told.code(), told.english()), ("decision.withinLimits", written));
        assert_eq!(policy(&by_policy).unwrap(), "policy 3");
        let by_run = Decider::Policy { version: "auto-approve 1".to_owned() };
        assert_eq!(policy(&by_run).unwrap().code(), "decision.settings");
        for (decider, reason) in [(&by_ada, written), (&by_policy, ""), (&by_policy, "odd of 1.50 EUR")] {
            assert_eq!(policy_reason(decider, reason), None, "{reason}");
        }
    }
}
