//! The overview in the real window: what a preparer and a reviewer each have to do, that each number leads to a list of
//! that many, and that it follows every decision.

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tieout_tests::sample;

use crate::{
    access::ask,
    driver::Window,
    steps::{Key, PASSPHRASE, count, create_workbook, import, match_all, until_count},
};

/// Everybody's own secret, after the first one.
const SECRET: &str = "471199";

async fn sign_in(window: &Window, people: &Value, name: &str, secret: &str, new: Option<&str>) {
    let everybody = people["people"].as_array().expect("people");
    let id = everybody.iter().find(|person| person["name"] == name).expect("a person")["id"].clone();
    ask(window, "sign_in", json!({ "request": { "id": id, "secret": secret, "newSecret": new } })).await;
}

/// What somebody sees who looks at the period now.
async fn seen(window: &Window, period: &Value) -> Value {
    ask(window, "period", json!({ "periodId": period })).await["seen"].clone()
}

/// Signs somebody in, and loads the page as their window would be.
async fn become_(window: &Window, people: &Value, name: &str) {
    sign_in(window, people, name, SECRET, None).await;
    window.driver.refresh().await.expect("a page");
    window.until("settings", "who is at work", |text| text.contains(name)).await;
    overview(window).await;
}

async fn overview(window: &Window) {
    window.click("nav-overview").await;
    window.find("needs-me").await;
    window.find("standing-row").await;
}

/// How many of a kind the overview says there are.
async fn told(window: &Window, kind: &str) -> u32 {
    let said = window.find(&format!("duty-{kind}")).await.attr("data-count").await.expect("an element");
    said.and_then(|said| said.parse().ok()).expect("a number")
}

async fn is_shown(window: &Window, id: &str) -> bool {
    window.driver.query(By::Testid(id)).nowait().exists().await.expect("a page")
}

async fn rows(window: &Window, id: &str) -> usize {
    window.driver.find_all(By::Testid(id)).await.expect("a page").len()
}

/// Waits until so many elements are there.
async fn until_rows(window: &Window, id: &str, wanted: usize) {
    for _ in 0..100 {
        if rows(window, id).await == wanted {
            return;
        }
        thirtyfour::support::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(rows(window, id).await, wanted, "{id}");
}

async fn give(window: &Window, filter: &str, offset: u32, limit: u32, owner: &str) {
    let conditions = json!({ "causes": [], "amountFrom": null, "amountTo": null, "from": null, "to": null, "owner": null,
        "counterparty": "", "account": null, "due": null });
    let request = json!({ "filter": filter, "search": "", "conditions": conditions, "offset": offset, "limit": limit });
    let page = ask(window, "review_queue", json!({ "request": request })).await;
    let ids: Vec<&Value> = page["rows"].as_array().expect("rows").iter().map(|row| &row["id"]).collect();
    assert_eq!(ids.len(), limit as usize, "the sample has as many");
    let mark = json!({ "ids": ids, "mark": { "kind": "owner", "owner": owner } });
    ask(window, "mark", json!({ "request": mark })).await;
}

/// The sample year, matched, in a company of three: Petra has three rows and two entries to look after, Ben one.
async fn company(window: &Window, folder: &std::path::Path) -> Value {
    create_workbook(window, &folder.join("joinery.tieout"), Key::AskedFor).await;
    import(window, &sample("bank/statement-2025.csv"), "statement", "227").await;
    import(window, &sample("bank/ledger-2025.csv"), "ledger", "236").await;
    match_all(window).await;
    ask(window, "set_single_user", json!({ "singleUser": false, "reason": "two people" })).await;
    ask(window, "change_own_secret", json!({ "present": PASSPHRASE, "new": SECRET })).await;
    for (name, role) in [("Petra Lang", "preparer"), ("Ben Okri", "reviewer")] {
        let request = json!({ "name": name, "email": "", "role": role, "firstSecret": "first one" });
        let people = ask(window, "add_person", json!({ "request": request })).await;
        sign_in(window, &people, name, "first one", Some(SECRET)).await;
        sign_in(window, &people, "Ada Byron", SECRET, None).await;
    }
    give(window, "toReview", 0, 3, "Petra Lang").await;
    give(window, "unmatchedEntries", 0, 2, "Petra Lang").await;
    give(window, "toReview", 3, 1, "Ben Okri").await;
    ask(window, "people", json!({})).await
}

#[tokio::test]
async fn each_person_sees_what_needs_them_and_each_number_leads_to_its_list() {
    let home = tempfile::tempdir().unwrap();
    let window = Window::start(home.path()).await;
    let people = company(&window, home.path()).await;

    become_(&window, &people, "Petra Lang").await;
    let workbook = ask(&window, "workbook", json!({})).await;
    let account = &workbook["accounts"][0]["id"];
    let mut periods = Vec::new();
    for _ in 0..2 {
        let request = json!({ "accountId": account, "from": null, "to": null });
        periods.push(ask(&window, "open_period", json!({ "request": request })).await["period"]["id"].clone());
    }
    become_(&window, &people, "Petra Lang").await;
    window.until("company-match-rate", "a figure", |text| text.contains('%')).await;
    window.screenshot("overview-preparer").await;
    assert_eq!(told(&window, "toPrepare").await, 1, "the second follows on the first");
    assert_eq!((told(&window, "assigned").await, told(&window, "assignedEntries").await), (3, 2));
    window.click("duty-assigned").await;
    until_rows(&window, "queue-row", 3).await;
    overview(&window).await;
    window.click("duty-assignedEntries").await;
    until_rows(&window, "queue-row", 2).await;
    overview(&window).await;
    let (proposals, lines) = (told(&window, "proposals").await, told(&window, "lines").await);
    window.click("duty-proposals").await;
    until_count(&window, "suggested", proposals).await;
    assert_eq!(count(&window, "unmatchedLines").await, lines);
    overview(&window).await;

    // The first of her rows is a proposal: once it is approved there is one less of hers, and of everybody's.
    window.click("duty-assigned").await;
    until_rows(&window, "queue-row", 3).await;
    window.press("a").await;
    until_rows(&window, "queue-row", 2).await;
    overview(&window).await;
    window.until_is("duty-assigned", "data-count", "2").await;
    window.until_is("duty-proposals", "data-count", &(proposals - 1).to_string()).await;

    window.click("duty-toPrepare").await;
    window.until_is("period-view", "data-state", "open").await;
    for period in &periods {
        let seen = seen(&window, period).await;
        let request = json!({ "periodId": period, "seen": seen, "note": "", "opening": null, "closing": null });
        ask(&window, "prepare_period", json!({ "request": request })).await;
    }
    become_(&window, &people, "Petra Lang").await;
    assert!(!is_shown(&window, "duty-toPrepare").await && !is_shown(&window, "duty-toReview").await);

    become_(&window, &people, "Ben Okri").await;
    assert_eq!((told(&window, "toReview").await, told(&window, "assigned").await), (2, 1));
    window.screenshot("overview-reviewer").await;
    window.click("duty-toReview").await;
    until_rows(&window, "standing-row", 2).await;
    window.find("standing-all").await;
    window.screenshot("overview-to-review").await;
    window.click("standing-go").await;
    window.until_is("period-view", "data-state", "prepared").await;
    let request = json!({ "periodId": periods[0], "seen": seen(&window, &periods[0]).await, "note": "" });
    ask(&window, "review_period", json!({ "request": request })).await;
    become_(&window, &people, "Ben Okri").await;
    assert_eq!((told(&window, "toReview").await, told(&window, "toLock").await), (1, 1));

    // A bar leads to as many exceptions as it says.
    window.find("figures-cause").await;
    let bar = window.driver.find(By::Css("[data-testid=figures-cause] .bars-value")).await.expect("a bar");
    let number = bar.text().await.expect("a number");
    window.driver.find(By::Css("[data-testid=figures-cause] button")).await.expect("a bar").click().await.unwrap();
    window.until_is("exceptions-sums", "data-count", &number).await;

    overview(&window).await;
    window.click("settings").await;
    window.click("theme-dark").await;
    overview(&window).await;
    window.screenshot("overview-dark").await;
    window.close().await;
}
