//! `tieout anomalies` and `tieout workbook anomalies`.

use serde_json::Value;
use tieout_tests::payments;

use crate::command::{Desk, text};

const BOOK: &str = "joinery.tieout";

/// What is found among the suspicious payments: the two under the limit are also the first of their supplier.
const ALL: [&str; 4] = ["split_payment", "unusual_amount", "new_counterparty", "weekend_posting"];

fn kinds(found: &Value) -> Vec<&str> {
    found.as_array().expect("a list").iter().map(|of| of["kind"].as_str().expect("a kind")).collect()
}

#[test]
fn what_stands_out_in_a_file_is_listed_with_its_reasons() {
    let desk = Desk::new();
    let bank = text(&desk.write("bank.csv", payments::suspicious()));
    let found = desk.tieout(["anomalies", "--statement", &bank, "--json"]).with_code(0).json();
    assert_eq!(found["records"], 244);
    assert_eq!(kinds(&found["found"]), ALL, "{found}");
    let unusual = &found["found"][1];
    assert_eq!(unusual["evidence"]["amount"]["value"], "19403.17");
    let record = &unusual["records"][0];
    let place = (&record["sourceFile"], &record["sourceRow"], &record["id"]);
    assert_eq!(place, (&"bank.csv".into(), &241.into(), &Value::Null));
    let told = desk.tieout(["anomalies", "--statement", &bank]).with_code(0).stdout;
    assert!(told.starts_with("4 anomalies among 244 records"), "{told}");
    assert!(
        told.contains("each just under the limit of 10000.00, together 19300.30, from 2025-05-07 to 2025-05-08"),
        "{told}"
    );
    assert!(told.contains("posted on saturday 2025-03-08; 1 is the only one at weekends of 244 postings"), "{told}");
    assert!(!told.contains("key "), "{told}");

    // The same on one thread; and only in the month asked for.
    let alone = desk.tieout(["anomalies", "--statement", &bank, "--threads", "1", "--json"]).with_code(0).json();
    assert_eq!(alone, found);
    let march =
        desk.tieout(["anomalies", "--statement", &bank, "--from", "2025-03-01", "--to", "2025-03-31", "--json"]);
    assert_eq!(kinds(&march.with_code(0).json()["found"]), ["weekend_posting"]);

    let config = text(&desk.write(
        "limits.toml",
        "[anomalies.split_payment]\nenabled = false\n[anomalies.weekend_posting]\ndays = [\"friday\"]\n",
    ));
    let quiet = desk.tieout(["anomalies", "--statement", &bank, "--config", &config, "--json"]).with_code(0).json();
    assert_eq!(kinds(&quiet["found"]), ["unusual_amount", "new_counterparty"]);
    let split = quiet["kinds"].as_array().expect("kinds").iter().find(|of| of["kind"] == "split_payment");
    assert_eq!(split.expect("a count")["enabled"], false);
}

#[test]
fn an_anomaly_is_set_aside_with_a_reason_and_restored() {
    let desk = Desk::new();
    let new = ["workbook", "new", BOOK, "--company", "Joinery Ltd", "--user", "Ada Byron", "--single-user"];
    desk.tieout(new).with_code(0);
    let bank = text(&desk.write("bank.csv", payments::suspicious()));
    desk.tieout(["workbook", "import", BOOK, "--statement", &bank, "--account", "Current"]).with_code(0);
    let ask = |more: &[&str]| {
        let asked = ["workbook", "anomalies", BOOK, "--json"];
        desk.tieout(asked.iter().chain(more))
    };
    let all = ask(&[]).with_code(0).json();
    assert_eq!(kinds(&all["found"]), ALL);
    let key = all["found"][1]["key"].as_str().expect("a key").to_owned();
    let after = ask(&["--set-aside", &key, "--reason", "a new machine, contract seen"]).with_code(0).json();
    assert_eq!(kinds(&after["found"]), ["split_payment", "new_counterparty", "weekend_posting"]);
    assert_eq!(kinds(&after["setAside"]), ["unusual_amount"]);
    assert_eq!(after["setAside"][0]["setAside"]["by"], "Ada Byron");

    // It stays aside in another session, after other records came.
    let more = "date,counterparty,description,amount,currency\n2025-12-29,Supplier 1,payment,-300.17,EUR\n";
    let more = text(&desk.write("more.csv", more));
    desk.tieout(["workbook", "import", BOOK, "--statement", &more, "--account", "Current"]).with_code(0);
    let later = ask(&["--account", "Current"]).with_code(0).json();
    assert_eq!((&later["records"], kinds(&later["setAside"])), (&245.into(), vec!["unusual_amount"]));

    let restored = ask(&["--restore", &key]).with_code(0).json();
    assert_eq!(kinds(&restored["found"]), ALL);
    desk.tieout(["verify", BOOK]).with_code(0);

    for (more, because) in [
        (vec!["--set-aside", "abc", "--reason", "x"], "an anomaly's key is 64 digits and letters a to f"),
        (vec!["--set-aside", &"0".repeat(64), "--reason", "x"], "no anomaly with this key is found now"),
        (vec!["--set-aside", &key, "--reason", " "], "needs a reason"),
        (vec!["--restore", &key], "anomaly set aside"),
        (vec!["--from", "2025-03-02", "--to", "2025-03-01"], "give the earlier day first"),
        (vec!["--account", "Savings"], "no account 'Savings'"),
    ] {
        let refused = ask(&more).with_code(4);
        assert!(refused.stderr.contains(because), "{more:?}: {}", refused.stderr);
    }
    ask(&["--set-aside", &key]).with_code(2);
}

#[test]
fn how_anomalies_are_looked_for_is_kept_in_the_workbook() {
    let desk = Desk::new();
    desk.tieout(["workbook", "new", BOOK, "--company", "Joinery Ltd", "--user", "Ada Byron"]).with_code(0);
    let bank = text(&desk.write("bank.csv", payments::suspicious()));
    desk.tieout(["workbook", "import", BOOK, "--statement", &bank, "--account", "Current"]).with_code(0);
    let config =
        text(&desk.write("c.toml", "[anomalies]\nlisted_max = 1\n[anomalies.unusual_amount]\nscore = \"500\"\n"));
    desk.tieout(["workbook", "config", BOOK, "--set", &config]).with_code(0);
    let kept = desk.tieout(["workbook", "config", BOOK]).with_code(0).stdout;
    assert!(kept.contains("[anomalies.unusual_amount]") && kept.contains("score = \"500\""), "{kept}");
    let found = desk.tieout(["workbook", "anomalies", BOOK, "--json"]).with_code(0).json();
    assert_eq!(kinds(&found["found"]), ["split_payment", "new_counterparty", "weekend_posting"]);
    let wrong = text(&desk.write("w.toml", "[anomalies.round_sum]\npercentil = 3\n"));
    let refused = desk.tieout(["workbook", "config", BOOK, "--set", &wrong]).with_code(4).stderr;
    assert!(refused.contains("anomalies.round_sum.percentil is no key: the keys are enabled, units,"), "{refused}");
    let refused = desk.tieout(["anomalies", "--statement", &bank, "--config", &wrong]).with_code(4).stderr;
    assert!(refused.contains("w.toml: anomalies.round_sum.percentil"), "{refused}");
}
