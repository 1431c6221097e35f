//! `tieout workbook alerts …`: what passed a limit, who was told, and the settings.

use std::fmt::Display;

use serde::Serialize;
use tieout_application::{ApplicationError, Session, alerts::SaveAlertSettings};
use tieout_wire::{
    AlertDeliverySummaryView, AlertSettingsView, AlertTestView, AlertsView, CommandError, parse_channel, parse_id,
};

use crate::{
    alert_arguments::{
        AckArguments, AlertsCommand, DeliverArguments, ListArguments, SettingsArguments, Switch, TestArguments,
    },
    outcome::Outcome,
    passphrase, terminal,
    workbook::open,
};

pub(crate) fn run(command: AlertsCommand) -> Result<Outcome, ApplicationError> {
    match command {
        AlertsCommand::List(arguments) => list(&arguments),
        AlertsCommand::Ack(arguments) => acknowledge(&arguments),
        AlertsCommand::Settings(arguments) => settings(&arguments),
        AlertsCommand::Test(arguments) => test(&arguments),
        AlertsCommand::Deliver(arguments) => deliver(&arguments),
    }
}

fn list(arguments: &ListArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    session.evaluate_alerts()?;
    let report = session.alerts()?;
    session.close_workbook()?;
    answer(&AlertsView::from(report), arguments.json)
}

fn acknowledge(arguments: &AckArguments) -> Result<Outcome, ApplicationError> {
    let given = arguments.ids.iter().map(|id| parse_id(id)).collect::<Result<Vec<_>, _>>().map_err(invalid)?;
    let session = open(&arguments.file)?;
    let ids = if arguments.all { session.alerts()?.open.iter().map(|alert| alert.id).collect() } else { given };
    let report = session.acknowledge_alerts(&ids)?;
    session.close_workbook()?;
    answer(&AlertsView::from(report), arguments.json)
}

fn settings(arguments: &SettingsArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    let shown = changed_settings(&session, arguments)?;
    session.close_workbook()?;
    answer(&shown, arguments.json)
}

fn changed_settings(session: &Session, arguments: &SettingsArguments) -> Result<AlertSettingsView, ApplicationError> {
    let kept = AlertSettingsView::from(session.alerts()?.settings);
    let wanted = with_arguments(kept.clone(), arguments)?;
    let ask = |is_asked: bool, what| is_asked.then(|| passphrase::ask_secret(what)).transpose();
    let smtp_password = ask(arguments.smtp_password, "Password of the mail server")?;
    let webhook_url = ask(arguments.webhook_url, "Address of the webhook")?;
    if wanted == kept && smtp_password.is_none() && webhook_url.is_none() {
        return Ok(kept);
    }
    let save = SaveAlertSettings { settings: wanted.try_into().map_err(invalid)?, smtp_password, webhook_url };
    Ok(session.save_alert_settings(save)?.settings.into())
}

fn with_arguments(
    kept: AlertSettingsView,
    arguments: &SettingsArguments,
) -> Result<AlertSettingsView, ApplicationError> {
    let switch = |given: Option<Switch>, kept| given.map_or(kept, Switch::is_on);
    let text = |given: &Option<String>, kept: String| given.clone().unwrap_or(kept);
    let quality_min = match arguments.quality.map(|limit| limit.0.map(u8::try_from).transpose()) {
        None => kept.quality_min,
        Some(Ok(limit)) => limit,
        Some(Err(_)) => return Err(ApplicationError::in_english("--quality takes 0 to 100, or off".to_owned())),
    };
    Ok(AlertSettingsView {
        variance: switch(arguments.variance, kept.variance),
        rate_changes: switch(arguments.rate_changes, kept.rate_changes),
        quality_min,
        exception_days: arguments.days.map_or(kept.exception_days, |limit| limit.0),
        exception_count: arguments.count.map_or(kept.exception_count, |limit| limit.0),
        exception_sum: arguments.sum.map_or(kept.exception_sum, |limit| limit.0),
        email: switch(arguments.email, kept.email),
        smtp_host: text(&arguments.smtp_host, kept.smtp_host),
        smtp_port: arguments.smtp_port.unwrap_or(kept.smtp_port),
        smtp_security: text(&arguments.security, kept.smtp_security),
        smtp_user: text(&arguments.smtp_user, kept.smtp_user),
        certificate: text(&arguments.certificate, kept.certificate),
        from: text(&arguments.from, kept.from),
        to: if arguments.to.is_empty() { kept.to } else { arguments.to.clone() },
        webhook: switch(arguments.webhook, kept.webhook),
        webhook_host: kept.webhook_host,
        allow_plain: switch(arguments.allow_plain, kept.allow_plain),
        language: text(&arguments.language, kept.language),
    })
}

fn test(arguments: &TestArguments) -> Result<Outcome, ApplicationError> {
    let channel = parse_channel(&arguments.channel).map_err(invalid)?;
    let session = open(&arguments.file)?;
    let sent = session.test_alert_channel(channel)?;
    session.close_workbook()?;
    let view = AlertTestView::from(sent);
    if arguments.json {
        terminal::print_json(&view)?;
    } else if view.delivered {
        terminal::print("delivered");
    } else {
        terminal::say(&format!("tieout: {}: {}", view.fault.replace('_', " "), view.message));
    }
    Ok(if view.delivered { Outcome::Done } else { Outcome::Refused })
}

fn deliver(arguments: &DeliverArguments) -> Result<Outcome, ApplicationError> {
    let session = open(&arguments.file)?;
    session.evaluate_alerts()?;
    let summary = if arguments.again { session.retry_alert_deliveries()? } else { session.deliver_alerts()? };
    session.close_workbook()?;
    let is_all = summary.waiting == 0 && summary.given_up == 0;
    answer(&AlertDeliverySummaryView::from(summary), arguments.json)?;
    Ok(if is_all { Outcome::Done } else { Outcome::SomeRowsRejected })
}

fn invalid(error: CommandError) -> ApplicationError {
    ApplicationError::in_english(error.to_string())
}

fn answer(view: &(impl Serialize + Display), json: bool) -> Result<Outcome, ApplicationError> {
    if json {
        terminal::print_json(view)?;
    } else {
        terminal::print(&view.to_string());
    }
    Ok(Outcome::Done)
}
