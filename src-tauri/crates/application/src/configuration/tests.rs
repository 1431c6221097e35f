//! What configuration files say, and what is wrong with those that cannot be used.

use tieout_domain::Currency;

use super::*;

#[test]
fn what_is_not_said_stays_as_documented() {
    assert_eq!(Configuration::parse("", None).unwrap(), Configuration::defaults(Profile::Bank));
    let deposits = Configuration::parse("", Some(Profile::Deposits)).unwrap();
    assert_eq!(deposits.engine, ReconcileConfig::for_profile(Profile::Deposits));
}

#[test]
fn the_contracts_example_is_read() {
    let text = "profile = \"bank\"\n[tolerance]\namount_absolute = \"0.05\"\namount_percent = \"1.0\"\ndays = 40\n\
                [auto_approve]\nconfidence = 0.98\nimpact = \"50.00\"\nrequire_reference = false\n\
                [grouping]\nmax_group = 8\n[currency]\nbase = \"EUR\"\nrates = \"fx_rates.csv\"\n";
    let read = Configuration::parse(text, None).unwrap();
    assert_eq!(read.engine.auto_approve.confidence.ppm(), 980_000);
    assert_eq!(read.engine.tolerance.amount_absolute, Decimal::new(5, 2));
    assert_eq!(read.engine.base_currency, Currency::parse("EUR").ok());
    assert_eq!(read.rates.as_deref(), Some(Path::new("fx_rates.csv")));
}

#[track_caller]
fn refused(text: &str, because: &str) {
    let error = Configuration::parse(text, None).unwrap_err().to_string();
    assert!(error.contains(because), "{error}");
}

#[test]
fn mistakes_are_named() {
    refused("profile = \"banks\"", "'banks' is no profile");
    refused("[tolerance]\namount = 1", "unknown field `amount`");
    refused("[tolerance]\namount_absolute = \"five\"", "tolerance.amount_absolute = \"five\" is no number");
    refused("[tolerance]\namount_absolute = \"-1\"", "is no number from 0 up");
    refused("[auto_approve]\nconfidence = 98", "not between 0 and 1");
    refused("[currency]\nbase = \"EURO\"", "not a currency code");
    refused("[tolerance", "");
}

/// The example of the README and of `tieout reconcile --help`.
const RULES: &str = r#"
[[rule]]
name = "Rent is never an invoice"
when = [{ field = "line.description", regex = "^rent\\b" }, { field = "entry.kind", equals = "invoice" }]
then = "bar"

[[rule]]
name = "Quoted number, same amount"
when = [{ field = "line.text", holds = "entry.number" }, { amounts = "equal" }, { days = 60 }]
then = "match"

[[rule]]
name = "Card fees"
when = [{ field = "line.counterparty", contains = "card" }, { field = "line.amount", from = "0.01" }]
then = "write_off"
up_to = "5.00"
percent = "2.5"
cause = "fee"
account = "6855"

[[rule]]
name = "Bank charges"
enabled = false
when = [{ field = "line.amount", to = -0.01 }, { field = "line.description", equals = "x", not = true }]
then = "categorise"
category = "Bank charges"
"#;

#[test]
fn rules_are_read_in_their_order_and_listed_for_runs() {
    let read = Configuration::parse(RULES, None).unwrap();
    let told: Vec<_> = read.lines().into_iter().filter(|(key, _)| key.starts_with("rule")).collect();
    let told: Vec<_> = told.iter().map(|(key, value)| format!("{key} {value}")).collect();
    assert_eq!(
        told,
        [
            "rule.1 Rent is never an invoice: when line.description regex \"^rent\\\\b\" \
             and entry.kind equals \"invoice\" then bar",
            "rule.2 Quoted number, same amount: when line.text holds entry.number and amounts equal \
             and days within 60 then match",
            "rule.3 Card fees: when line.counterparty contains \"card\" and line.amount from 0.01 \
             then write_off up to 5.00 and 2.5 % as fee to \"6855\"",
            "rule.4 Bank charges (off): when line.amount to -0.01 and not line.description equals \"x\" \
             then categorise \"Bank charges\"",
        ]
    );
}

#[test]
fn what_is_written_reads_back_as_it_was() {
    let mut configuration = Configuration::parse(RULES, Some(Profile::Processor)).unwrap();
    configuration.engine.base_currency = Currency::parse("CHF").ok();
    configuration.engine.auto_approve.confidence = Confidence::from_ppm(987_654);
    configuration.rates = Some(PathBuf::from("rates/fx.csv"));
    let written = configuration.to_toml().unwrap();
    assert_eq!(Configuration::parse(&written, None).unwrap(), configuration, "{written}");
    assert_eq!(Configuration::from_text(&configuration.text()).unwrap(), configuration);
    for profile in [Profile::Bank, Profile::Jobs, Profile::Categorise] {
        let defaults = Configuration::defaults(profile);
        assert_eq!(Configuration::parse(&defaults.to_toml().unwrap(), None).unwrap(), defaults);
    }
}

/// One rule with these keys besides its name.
#[track_caller]
fn rule_refused(keys: &str, because: &str) {
    refused(&format!("[[rule]]\nname = \"Fees\"\n{keys}"), because);
}

#[test]
fn a_mistake_in_a_rule_is_named_with_its_rule_and_place() {
    let when = "when = [{ field = \"line.description\", contains = \"fee\" }]\n";
    rule_refused("then = \"bar\"", "rule \"Fees\": a rule without conditions would hold for everything");
    rule_refused(&format!("{when}then = \"drop\""), "rule \"Fees\": then = \"drop\" is not known");
    rule_refused(&format!("{when}then = \"bar\"\nup_to = 5"), "up_to means nothing where then = \"bar\"");
    rule_refused(&format!("{when}then = \"match\""), "must compare the two sides");
    rule_refused(&format!("{when}then = \"bar\"\nwenn = 1"), "line 5: unknown field `wenn`");
    let write_off = |keys: &str| format!("{when}then = \"write_off\"\naccount = \"6855\"\n{keys}");
    rule_refused(&write_off("cause = \"fee\"\nup_to = \"-5\""), "rule \"Fees\": -5 is no limit: it is below zero");
    rule_refused(&write_off("cause = \"fees\"\nup_to = 5"), "rule \"Fees\": 'fees' is no cause: take one of timing, ");
    rule_refused(&write_off("cause = \"fee\""), "up_to = \"\" is no number");
}

#[test]
fn a_mistake_in_a_condition_is_named_with_its_place() {
    let condition = |condition: &str, because: &str| {
        rule_refused(
            &format!("when = [{{ amounts = \"equal\" }}, {{ {condition} }}]\nthen = \"bar\""),
            &format!("rule \"Fees\", condition 2: {because}"),
        );
    };
    condition("field = \"line.text\", regex = \"fee(\"", "the pattern 'fee(' is no regular expression");
    condition("field = \"line.texts\", contains = \"fee\"", "'line.texts' is no field: line.account");
    condition("field = \"line.text\"", "it says nothing");
    condition("field = \"line.text\", contains = \"\"", "line.text: there is nothing to compare with");
    condition("field = \"line.text\", contains = \"a\", equals = \"b\"", "it says both equals and contains");
    condition(
        "field = \"line.text\", same_as = \"line.reference\"",
        "line.text and line.reference are on the same side",
    );
    condition("field = \"line.text\", from = 1", "'line.text' is no amount");
    condition("field = \"line.amount\", from = 2, to = 1", "a range of amounts needs");
    condition("field = \"line.amount\", amounts = \"equal\"", "'line.amount' means nothing here");
    condition("amounts = \"similar\"", "amounts = \"similar\" is not known");
    condition("days = \"-3\"", "days = \"-3\" is no number of days");
}

#[test]
fn two_rules_of_one_name_are_refused() {
    let rule = "[[rule]]\nname = \"Fees\"\nwhen = [{ amounts = \"equal\" }]\nthen = \"bar\"\n";
    refused(&format!("{rule}{}", rule.replace("Fees", "fees")), "there are two rules named 'fees'");
}

#[test]
fn limits_of_figures_are_read_written_and_left_to_their_defaults() {
    let said = Configuration::parse("[figures]\nvariance_percent = 2.5\nhigh_value = \"500\"\n", None).unwrap();
    let expected = tieout_domain::FigureLimits { variance: 250, high_value: 500, ..Default::default() };
    assert_eq!((said.limits, said.limits()), (Some(expected), expected));
    assert_eq!(Configuration::parse(&said.to_toml().unwrap(), None).unwrap(), said);
    assert_eq!(Configuration::parse("[figures]", None).unwrap().limits, Some(Default::default()));
    assert_eq!(Configuration::parse("", None).unwrap().limits, None);
    assert_eq!(Configuration::from_text(&said.text()).unwrap().limits, said.limits);
    let mut cleared = said.text();
    cleared.figures = Some(FigureLimitsText { high_value: "750".to_owned(), ..Default::default() });
    let limits = Configuration::from_text(&cleared).unwrap().limits;
    assert_eq!(limits, Some(FigureLimits { high_value: 750, ..Default::default() }));
    refused("[figures]\nrisk_high_percent = \"0.5\"", "risk_medium_percent is above");
    refused("[figures]\nhigh_value = 1e18", "figures.high_value");
    refused("[figures]\nvariance_percent = \"much\"", "figures.variance_percent = \"much\" is no number from 0 up");
}
