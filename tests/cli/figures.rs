//! `tieout summary`, `tieout exceptions`, `tieout workbook figures`, and what `report.json` says of variance and risk.

use serde_json::{Value, json};

use crate::command::{Desk, text};

const BOOK: &str = "joinery.tieout";

const STATEMENT: &str = "date,description,counterparty,amount,currency\n\
    2025-01-10,Payment INV-1001,Harrow & Pike,1000.00,EUR\n\
    2025-02-10,Transfer of unknown origin,Nobody Known,25000.00,EUR\n\
    2025-02-28,=HYPERLINK(\"x\"),Bank,-12.50,EUR\n\
    2026-01-05,Payment INV-1002,Lind,250.00,EUR\n";
const LEDGER: &str = "number,date,customer,amount,currency\n\
    INV-1001,2025-01-02,Harrow & Pike,1000.00,EUR\n\
    INV-1002,2025-12-20,Lind,250.00,EUR\n\
    INV-1003,2025-03-01,Never Pays,740.00,EUR\n";

fn book() -> Desk {
    let desk = Desk::new();
    let new = ["workbook", "new", BOOK, "--company", "Joinery Ltd", "--user", "Ada Byron", "--single-user"];
    desk.tieout(new).with_code(0);
    let statement = text(&desk.write("bank.csv", STATEMENT));
    let ledger = text(&desk.write("books.csv", LEDGER));
    let import = ["workbook", "import", BOOK, "--statement", &statement, "--ledger", &ledger, "--account", "Current"];
    desk.tieout(import).with_code(0);
    desk.tieout(["workbook", "match", BOOK]).with_code(0);
    desk
}

fn summary(desk: &Desk, from: &str, to: &str) -> Value {
    desk.tieout(["summary", BOOK, "--account", "Current", "--from", from, "--to", to, "--json"]).with_code(0).json()
}

#[test]
fn a_summary_sums_up_the_days_asked_for_and_follows_every_write() {
    let desk = book();
    let year = json!({
        "account": "Current", "currency": "EUR", "from": "2025-01-01", "to": "2025-12-31", "count": 3,
        "spend": "12.50", "income": "26000.00", "net": "25987.50", "lines_without_date": 0,
        "by_status": { "pending": 3, "processing": 0, "completed": 0, "failed": 0 }, "top_categories": [],
    });
    assert_eq!(summary(&desk, "2025-01-01", "2025-12-31"), year);
    assert_eq!(summary(&desk, "2025-02-11", "2025-02-27")["count"], 0);

    let more = text(
        &desk.write("more.csv", "date,description,counterparty,amount,currency\n2025-03-03,Interest,Bank,0.75,EUR\n"),
    );
    desk.tieout(["workbook", "import", BOOK, "--statement", &more, "--account", "Current"]).with_code(0);
    assert_eq!(summary(&desk, "2025-01-01", "2025-12-31")["income"], "26000.75");
    let imports = desk.tieout(["workbook", "imports", BOOK, "--json"]).with_code(0).json();
    let newest = imports[0]["id"].as_str().expect("its id").to_owned();
    desk.tieout(["workbook", "imports", BOOK, "--undo", &newest]).with_code(0);
    assert_eq!(summary(&desk, "2025-01-01", "2025-12-31"), year);

    let patterns = text(&desk.write("patterns.csv", "pattern,category\nInterest,Finance\nPayment INV,Sales\n"));
    desk.tieout(["workbook", "categories", BOOK, "import", &patterns]).with_code(0);
    desk.tieout(["workbook", "categorise", BOOK]).with_code(0);
    let swept = summary(&desk, "2025-01-01", "2025-12-31");
    assert_eq!(swept["by_status"]["completed"], 3);
    assert_eq!(swept["top_categories"], json!([{ "category": "Sales", "count": 1 }]));

    // Where there is only one account it need not be named.
    let told = desk.tieout(["summary", BOOK, "--from", "2025-02-01", "--to", "2025-02-28"]).with_code(0).stdout;
    assert!(told.contains("2 statement lines") && told.contains("25000.00 EUR"), "{told}");
    desk.tieout(["verify", BOOK]).with_code(0);
}

#[test]
fn a_summary_that_cannot_be_made_says_what_to_do() {
    let desk = book();
    for (from, to, account, because) in [
        ("2025-01-01", "2026-01-01", "Current", "366 days were asked for, and a summary covers at most 365"),
        (
            "2025-01-02",
            "2025-01-01",
            "Current",
            "2025-01-02, is after the last, 2025-01-01: give the earlier day first",
        ),
        ("2025-01-01", "2025-12-31", "Savings", "no account 'Savings': give the name of one of these: Current EUR"),
        ("2025-01-01", "31.12.2025", "Current", "'31.12.2025' is no date such as 2025-12-31"),
    ] {
        let asked = ["summary", BOOK, "--account", account, "--from", from, "--to", to, "--json"];
        let refused = desk.tieout(asked).with_code(4);
        assert!(refused.stderr.contains(because), "{from} {to}: {}", refused.stderr);
        assert_eq!(refused.stdout, "");
    }
}

#[test]
fn exceptions_are_listed_filtered_and_written_as_csv() {
    let desk = book();
    let list = |more: &[&str]| -> Value {
        let asked = ["exceptions", BOOK, "--as-of", "2025-03-31", "--json"];
        desk.tieout(asked.iter().chain(more)).with_code(0).json()
    };
    let all = list(&[]);
    let found: Vec<_> =
        all["rows"].as_array().expect("rows").iter().map(|row| row["impact"]["value"].clone()).collect();
    assert_eq!(found, ["25000.00", "740.00", "12.50"], "{all}");
    let first = &all["rows"][0];
    assert_eq!(
        (&first["days_open"], &first["side"], &first["source_row"]),
        (&49.into(), &"statement".into(), &2.into())
    );
    assert_eq!(list(&["--min-impact", "740"])["total"], 2);
    assert_eq!(list(&["--min-impact", "740.01"])["total"], 1);
    assert_eq!(list(&["--min-days", "31"])["total"], 2);
    let cause = all["rows"][1]["cause"].as_str().expect("a cause").to_owned();
    let of_cause = list(&["--cause", &cause]);
    assert!(of_cause["rows"].as_array().expect("rows").iter().all(|row| row["cause"] == *cause), "{of_cause}");
    assert_eq!(
        (&list(&["--limit", "1"])["total"], list(&["--limit", "1"])["rows"].as_array().map(Vec::len)),
        (&3.into(), Some(1))
    );

    let csv = desk.tieout(["exceptions", BOOK, "--csv"]).with_code(0).stdout;
    assert_eq!(csv.lines().count(), 4, "{csv}");
    assert!(csv.starts_with("side,source_file,source_row,record_id,date,"), "{csv}");
    // A formula is text, an amount stays a number.
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\",-12.50,EUR,"), "{csv}");
    let told = desk.tieout(["exceptions", BOOK, "--limit", "1"]).with_code(0).stdout;
    assert!(told.starts_with("3 exceptions") && told.contains("2 more"), "{told}");
    let refused = desk.tieout(["exceptions", BOOK, "--cause", "fees"]).with_code(4).stderr;
    assert!(refused.contains("'fees' is no cause: take one of timing, missing_in_ledger"), "{refused}");
    let refused = desk.tieout(["exceptions", BOOK, "--min-impact", "-5"]);
    assert_ne!(refused.code, 0);
}

#[test]
fn figures_are_those_of_the_company_or_of_a_period() {
    let desk = book();
    let ask = |more: &[&str]| {
        let asked = ["workbook", "figures", BOOK, "--as-of", "2025-03-31", "--json"];
        desk.tieout(asked.iter().chain(more)).with_code(0).json()
    };
    let company = ask(&[]);
    assert_eq!((&company["statement_lines"], &company["exceptions"]), (&4.into(), &3.into()), "{company}");
    let matched = company["statement_lines_matched"].as_u64().expect("a number");
    assert_eq!(company["match_rate"], format!("0.{:04}", matched * 2_500), "{company}");
    let variance = &company["variance"][0];
    // 26,237 on the bank and 1,990 in the books, cents ignored.
    assert_eq!((&variance["bank"], &variance["books"]), (&"26237.50".into(), &"1990.00".into()));
    assert_eq!((&variance["rate"], &variance["within_limit"]), (&"12.1845".into(), &false.into()));
    assert_eq!((&company["high_value_missing"], &company["limits"]["variance"]), (&1.into(), &"0.0100".into()));
    assert_eq!(company["runs"].as_array().map(Vec::len), Some(1));
    assert_eq!(company["days"][0]["runs"], 1);
    assert_eq!(company["days"][0]["statement_lines"], 4);

    let february = ask(&["--from", "2025-02-01", "--to", "2025-02-28"]);
    assert_eq!((&february["account"], &february["statement_lines"]), (&"Current".into(), &2.into()));
    assert_eq!(february["cash_unallocated"][0]["value"], "25000.00");
    let told = desk.tieout(["workbook", "figures", BOOK]).with_code(0).stdout;
    assert!(told.contains("beyond the limit of 1.00 %"), "{told}");
    let refused = desk.tieout(["workbook", "figures", BOOK, "--from", "2025-02-01", "--to", "2025-01-01"]).with_code(4);
    assert!(refused.stderr.contains("give the earlier day first"), "{}", refused.stderr);
}

#[test]
fn limits_are_set_in_the_workbook_and_in_a_file_and_the_report_says_them() {
    let desk = book();
    let limits = "[figures]\nvariance_percent = 2000\nhigh_value = 30000\nrisk_medium_percent = \"95\"\nrisk_high_percent = 95\n";
    let file = text(&desk.write("limits.toml", limits));
    desk.tieout(["workbook", "config", BOOK, "--set", &file]).with_code(0);
    let kept = desk.tieout(["workbook", "config", BOOK]).with_code(0).stdout;
    assert!(kept.contains("variance_percent = \"2000.00\"") && kept.contains("high_value = \"30000\""), "{kept}");
    // A configuration that says nothing of them leaves them as they are.
    let other = text(&desk.write("other.toml", "[auto_approve]\nimpact = \"1\"\n"));
    desk.tieout(["workbook", "config", BOOK, "--set", &other]).with_code(0);
    let figures = desk.tieout(["workbook", "figures", BOOK, "--json"]).with_code(0).json();
    assert_eq!((&figures["high_value_missing"], &figures["variance"][0]["within_limit"]), (&0.into(), &true.into()));

    let impact = |folder: &str| -> Value {
        let report = std::fs::read_to_string(desk.path(folder).join("report.json")).expect("a report");
        serde_json::from_str::<Value>(&report).expect("JSON")["financial_impact"].clone()
    };
    desk.tieout(["workbook", "export", BOOK, "--out", "exported"]).with_code(0);
    assert_eq!(impact("exported")["limits"]["high_value"], 30_000);
    assert_eq!(impact("exported")["compliance_status"], "compliant", "{}", impact("exported"));

    let reconcile = ["reconcile", "--statement", "bank.csv", "--ledger", "books.csv"];
    desk.tieout(reconcile.iter().chain(&["--out", "default"])).with_code(0);
    let judged = impact("default");
    assert_eq!((&judged["risk_level"], &judged["compliance_status"]), (&"high".into(), &"non_compliant".into()));
    assert_eq!(judged["reasons"], json!(["variance_above_limit", "discrepancy_rate_high", "high_value_missing"]));
    desk.tieout(reconcile.iter().chain(&["--out", "set", "--config", "limits.toml"])).with_code(0);
    assert_eq!(impact("set")["risk_level"], "low", "{}", impact("set"));
    for (wrong, because) in [
        (
            "variance_percent = \"1.005\"",
            "figures.variance_percent = \"1.005\" is no percentage with at most two decimals",
        ),
        ("high_value = \"99.5\"", "figures.high_value = \"99.5\" is no whole amount"),
        ("risk_medium_percent = 6", "figures.risk_medium_percent is above figures.risk_high_percent"),
        ("variance = 1", "unknown field `variance`"),
    ] {
        let file = text(&desk.write("wrong.toml", format!("[figures]\n{wrong}\n")));
        let refused = desk.tieout(["workbook", "config", BOOK, "--set", &file]).with_code(4).stderr;
        assert!(refused.contains(because), "{refused}");
    }
}
