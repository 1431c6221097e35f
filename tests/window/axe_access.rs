//! axe-core on every screen, dialog and message of the real window: nothing serious, in either theme and language.

use std::{env, fs, path::PathBuf};

use serde_json::{Value, json};
use tieout_tests::sample;

use crate::{
    books::Book,
    driver::Window,
    inspect::{Findings, Look},
};

/// Answers a line for each rule that is broken, with the elements that break it.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const told = ({ impact, id, nodes }) => {
        const why = ({ any, all, none }) => (any[0] ?? all[0] ?? none[0])?.message ?? '';
        const places = nodes.slice(0, 5).map((node) => `${node.target.join(' ')} (${why(node)})`);
        return `${impact} ${id} at ${nodes.length}: ${places.join('; ')}`;
    };
    const options = { resultTypes: ['violations'], elementRef: false };
    // What lies behind a dialog or menu was looked at before.
    const root = [...document.querySelectorAll('.overlay, .popover')].at(-1) ?? document;
    axe.run(root, options).then(
        ({ violations, passes }) => done({ passes: passes.length, violations: violations.map((one) => [one.impact, told(one)]) }),
        (error) => done({ error: String(error) }),
    );";

/// Impacts that fail the test; lesser ones are printed.
const SERIOUS: [&str; 2] = ["serious", "critical"];

/// Puts axe-core into the page, which stays there as long as the page does.
async fn inject(window: &Window) {
    let here = env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs the tests");
    let source = PathBuf::from(here).join("../ui/node_modules/axe-core/axe.min.js");
    let source = fs::read_to_string(&source).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
    let version = window.script(&format!("{source}\nwindow.axe = axe; return axe.version;"), vec![]).await;
    assert!(version.is_string(), "axe-core is not in the page");
}

#[expect(clippy::print_stdout, reason = "lesser findings are for the reader")]
async fn look_at(window: &Window, place: &str, findings: &mut Findings) {
    window.until_at_rest().await;
    let answer = window.waiting_script(RUN, vec![]).await;
    // A run that looked at nothing finds nothing.
    assert!(answer["passes"].as_u64() > Some(3), "{place}: {answer}");
    let (serious, lesser): (Vec<_>, Vec<_>) = answer["violations"]
        .as_array()
        .expect("violations")
        .iter()
        .partition(|violation| SERIOUS.iter().any(|impact| violation[0] == *impact));
    let lines = |violations: Vec<&Value>| violations.iter().map(|one| one[1].clone()).collect::<Vec<_>>();
    lines(lesser).iter().for_each(|line| println!("{place}: {line}"));
    findings.add(place, &Value::Array(lines(serious)));
}

/// A dialog: the screen, the buttons that lead to it, and itself.
struct Way(&'static str, &'static [&'static str], &'static str);

const DIALOGS: [Way; 25] = [
    Way("import", &["batch-report-open"], "batch-report"),
    Way("import", &["batch-undo"], "undo-dialog"),
    Way("review", &["approve-above"], "approve-above-dialog"),
    Way("review", &["filter-suggested", "reject"], "reject-dialog"),
    Way("review", &["filter-suggested", "match-by-hand"], "hand-dialog"),
    Way("review", &["filter-unmatchedEntries", "more-actions", "delete-record"], "delete-dialog"),
    Way("review", &["filter-unmatchedLines", "more-actions", "write-off"], "write-off-dialog"),
    Way("review", &["filter-unmatchedLines", "more-actions", "timing"], "timing-dialog"),
    Way("review", &["filter-toReview", "more-actions", "split"], "split-dialog"),
    Way("review", &["filter-toReview", "more-actions", "snooze"], "snooze-dialog"),
    Way("review", &["filter-toReview", "more-actions", "assign"], "assign-dialog"),
    Way("review", &["filter-toReview", "more-actions", "comment"], "comment-dialog"),
    Way("review", &["filter-open"], "filter-form"),
    Way("review", &["views-open"], "views-dialog"),
    Way("review", &["history-open"], "history"),
    Way("records", &["filter-date"], "grid-filter"),
    Way("proof", &["period-open"], "period-open-dialog"),
    Way("anomalies", &["anomaly-set-aside"], "set-aside-dialog"),
    Way("categories", &["pattern-add"], "pattern-dialog"),
    Way("customers", &["credit-rate"], "rate-dialog"),
    Way("customers", &["customer-new"], "new-customer"),
    Way("matching", &["rules-add"], "rule-dialog"),
    Way("people", &["person-add"], "person-add-dialog"),
    Way("policy", &["policy-save"], "policy-save-dialog"),
    Way("detectors", &["detector-benford-on", "lock"], "leave-dialog"),
];

/// Opens the dialog from its screen.
async fn open(window: &Window, Way(screen, buttons, dialog): &Way) {
    window.go(screen).await;
    if *dialog == "policy-save-dialog" {
        window.fill("policy-missing_in_ledger-amount", "50.00").await;
    }
    for button in *buttons {
        window.press_button(button).await;
        window.until_at_rest().await;
    }
    window.find(dialog).await;
    window.until_at_rest().await;
}

async fn look_at_dialogs(window: &Window, name: &str, findings: &mut Findings) {
    for way in &DIALOGS {
        open(window, way).await;
        let place = format!("{} {name}", way.2);
        look_at(window, &place, findings).await;
        findings.add(&place, &window.page_check("layout").await);
        window.picture(&format!("access/{}-{name}", way.2)).await;
        window.escape().await;
    }
}

/// The larger ones in the smallest window in double size.
async fn look_at_large_dialogs(window: &Window, findings: &mut Findings) {
    window.resize((1024, 700)).await;
    window.zoom_to_double().await;
    for way in DIALOGS.iter().filter(|way| ["hand-dialog", "leave-dialog", "rule-dialog"].contains(&way.2)) {
        open(window, way).await;
        findings.add(&format!("{} 200 %", way.2), &window.page_check("layout").await);
        window.picture(&format!("access/{}-200", way.2)).await;
        window.escape().await;
    }
    window.zoom_back().await;
}

/// What lies over any screen: the keys, the actions, the settings, and a message.
async fn look_at_overlays(window: &Window, name: &str, findings: &mut Findings) {
    window.go("overview").await;
    for overlay in ["key-help", "palette"] {
        match overlay {
            "palette" => window.chord("k").await,
            _ => window.keys("?").await,
        }
        window.find(overlay).await;
        look_at(window, &format!("{overlay} {name}"), findings).await;
        window.picture(&format!("access/{overlay}-{name}")).await;
        window.escape().await;
    }
    window.click("settings").await;
    window.find("theme-dark").await;
    look_at(window, &format!("settings {name}"), findings).await;
    window.escape().await;
    window.go("exceptions").await;
    window.click("exceptions-copy").await;
    window.find("toast").await;
    look_at(window, &format!("message {name}"), findings).await;
}

#[tokio::test]
async fn axe_finds_nothing_serious_on_any_screen() {
    let home = tempfile::tempdir().unwrap();
    let book = Book::of_a_year(home.path());
    fs::create_dir_all(tieout_tests::screenshot_folder().join("access")).unwrap();
    let window = Window::start(home.path()).await;
    let mut findings = Findings::default();
    window.find("start-create").await;
    inject(&window).await;
    for tab in ["start-open", "start-create"] {
        window.click(tab).await;
        look_at(&window, tab, &mut findings).await;
    }
    // Refusals in a form.
    window.click("create-submit").await;
    look_at(&window, "start-create refused", &mut findings).await;
    book.open(&window).await;

    // Colours depend on the theme, names on the language: two looks are enough for both.
    for (theme, language) in [("light", "en"), ("dark", "de")] {
        window.show_in(Look { theme, language }).await;
        let name = format!("{theme}-{language}");
        for screen in window.screens().await {
            window.go(&screen).await;
            look_at(&window, &format!("{screen} {name}"), &mut findings).await;
            window.picture(&format!("access/{screen}-{name}")).await;
        }
        look_at_dialogs(&window, &name, &mut findings).await;
        look_at_overlays(&window, &name, &mut findings).await;
        window.go("import").await;
        window.give_file("file-input", &sample("processor/stripe-balance.csv")).await;
        window.find("import-commit").await;
        look_at(&window, &format!("import preview {name}"), &mut findings).await;
        window.click("import-discard").await;
        window.find("drop-zone").await;
        window.give_file("file-input", &sample("../icons/32x32.png")).await;
        window.until_at_rest().await;
        look_at(&window, &format!("import refused {name}"), &mut findings).await;
        window.picture(&format!("access/import-refused-{name}")).await;
        window.script("location.reload();", vec![]).await;
        window.find("nav-import").await;
        inject(&window).await;
    }
    look_at_large_dialogs(&window, &mut findings).await;
    findings.expect_none();
    assert_eq!(window.script("return document.documentElement.lang;", vec![]).await, json!("de"));
    window.close().await;
}
