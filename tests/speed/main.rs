//! Measures the real window on a workbook of many lines, as `cargo xtask bench` does:
//! `cargo run --package tieout-tests --example speed -- BOOK`.
//!
//! BOOK is one that the grids' measurement made; decisions are taken in a copy. Prints one JSON object a line:
//! `what`, `ms` (the median), `worst_ms`, `of`; or `blank` frames `of` all; or `memory_mib`.

#![expect(clippy::print_stdout, clippy::panic, reason = "it tells what it finds, and ends where it cannot go on")]

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::{Value, json};

#[expect(dead_code, reason = "the window's tests use all of it")]
#[path = "../window/driver.rs"]
mod driver;
#[expect(dead_code, reason = "the window's tests use all of it")]
#[path = "../window/inspect.rs"]
mod inspect;
mod process;

use driver::Window;

/// Of the workbooks that the grids' measurement makes.
const PASSPHRASE: &str = "correct horse battery";
const PAGE: &str = include_str!("page.js");
/// What takes longer than this is not waited for.
const SLOWEST: Duration = Duration::from_secs(300);
/// Repetitions of what is quick.
const TIMES: usize = 15;
const GRIDS: [(&str, &str); 5] = [
    ("lines", "counterparty"),
    ("entries", "amount"),
    ("matches", "lineTotal"),
    ("exceptions", "open"),
    ("events", "sequence"),
];

impl Window {
    /// Calls a function of `page.js` and waits for its answer.
    async fn ask(&self, function: &str, arguments: Vec<Value>) -> Value {
        const CALL: &str = "const [name, given, done] = arguments;
            Promise.resolve(window.speed[name](...given)).then(done, (error) => done(String(error)));";
        let answer = self.driver.execute_async(CALL, vec![json!(function), json!(arguments)]).await;
        answer.unwrap_or_else(|error| panic!("{function}: {error}")).json().clone()
    }

    async fn milliseconds(&self, function: &str, arguments: Vec<Value>) -> f64 {
        let answer = self.ask(function, arguments).await;
        answer.as_f64().unwrap_or_else(|| panic!("{function} answered {answer}"))
    }
}

/// The process number of the application.
fn application(home: &Path) -> String {
    let running = driver::applications(home);
    running.into_iter().next().unwrap_or_else(|| panic!("the application does not run"))
}

fn tell(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{}", json!({ "what": what, "ms": median, "worst_ms": worst, "of": times.len() }));
}

/// Opens the workbook by its passphrase, so that the next start finds it among the recent ones with its key.
async fn introduce(home: &Path, book: &Path) {
    let window = Window::start(home).await;
    window.click("start-open").await;
    window.fill("open-path", &book.to_string_lossy()).await;
    window.fill("unlock-passphrase", PASSPHRASE).await;
    let remember = window.find("unlock-remember").await;
    if !remember.is_selected().await.unwrap_or(false) {
        window.click("unlock-remember").await;
    }
    window.click("unlock-submit").await;
    window.find("duties-shared").await;
    window.close().await;
}

async fn start(home: &Path) -> Window {
    let window = Window::start(home).await;
    window.find("recent-workbook").await;
    window.driver.set_script_timeout(SLOWEST).await.unwrap_or_else(|error| panic!("no time to measure: {error}"));
    window.driver.execute(PAGE, vec![]).await.unwrap_or_else(|error| panic!("page.js: {error}"));
    window
}

/// From the start of the process to the overview of an existing workbook.
async fn starts(home: &Path) -> Window {
    const STARTS: usize = 5;
    let (mut painted, mut opened) = (Vec::new(), Vec::new());
    loop {
        let window = start(home).await;
        let told = window.ask("opened", vec![]).await;
        // Asked right after, so that it is told a little too long rather than too short.
        let age = process::age(&application(home)).as_secs_f64() * 1_000.0;
        let [Some(paint), Some(now)] = [0, 1].map(|place| told[place].as_f64()) else {
            panic!("the page does not tell when it was painted: {told}");
        };
        painted.push(paint - (now - age));
        opened.push(window.milliseconds("open", vec![]).await);
        if painted.len() == STARTS {
            let both = painted.iter().zip(&opened).map(|(one, other)| one + other).collect();
            tell("start of the program to its first screen", painted);
            tell("choice of the workbook to its overview", opened);
            tell("start of the program to the overview", both);
            return window;
        }
        window.close().await;
    }
}

async fn decisions(window: &Window) {
    window.milliseconds("screen", vec![json!("review"), json!("queue-row")]).await;
    let (mut approved, mut approvals, mut undone) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let of = |told: &Value, place: usize| told[place].as_f64().unwrap_or_else(|| panic!("a decision: {told}"));
        let told = window.ask("decision", vec![json!("a")]).await;
        approved.push(of(&told, 0));
        approvals.push(of(&told, 1));
        let told = window.ask("decision", vec![json!("z")]).await;
        undone.push(of(&told, 0));
    }
    tell("decision: approve to the next row on screen", approved);
    tell("decision: approve to the host's answer on screen", approvals);
    tell("decision: undo to the row back on screen", undone);
}

async fn grids(window: &Window) {
    window.milliseconds("screen", vec![json!("records"), json!("grid")]).await;
    for (name, column) in GRIDS {
        tell(&format!("{name}: opened"), vec![window.milliseconds("grid", vec![json!(name)]).await]);
        window.ask("focus", vec![]).await;
        for (key, what) in [("PageDown", "page down"), ("Ctrl+End", "to the end"), ("Ctrl+Home", "to the beginning")] {
            let mut times = Vec::new();
            for _ in 0..if key == "PageDown" { TIMES } else { 1 } {
                times.extend(window.ask("key", vec![json!(key)]).await.as_f64());
            }
            if !times.is_empty() {
                tell(&format!("page of {name}: {what}"), times);
            }
        }
        let mut times = Vec::new();
        for _ in 0..4 {
            times.push(window.milliseconds("sort", vec![json!(column)]).await);
        }
        tell(&format!("page of {name}: sorted by {column}"), times);
        for (speed, by) in [("slow", 60), ("fast", 900), ("flung", 40_000)] {
            let told = window.ask("scroll", vec![json!(120), json!(by)]).await;
            let line =
                json!({ "scroll": format!("{name}, {speed}"), "blank": told[0], "of": told[1], "longest_ms": told[2] });
            println!("{line}");
        }
    }
}

fn memory(home: &Path, when: &str) {
    let application = application(home);
    let all: Vec<(String, u64)> = process::with_children(&application);
    let core = process::resident_kib(&application) / 1024;
    let sum: u64 = all.iter().map(|(_, kib)| kib).sum::<u64>() / 1024;
    let each: Vec<String> = all.iter().map(|(name, kib)| format!("{name} {}", kib / 1024)).collect();
    let line = json!({ "memory_mib": core, "with_web_view_mib": sum, "when": when, "each": each.join(", ") });
    println!("{line}");
}

#[tokio::main]
async fn main() {
    let book = env::args().nth(1).map_or_else(|| panic!("which workbook?"), PathBuf::from);
    let home = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder: {error}"));
    let copy = home.path().join("speed.tieout");
    fs::copy(&book, &copy).unwrap_or_else(|error| panic!("{}: {error}", book.display()));
    introduce(home.path(), &copy).await;
    let window = starts(home.path()).await;
    memory(home.path(), "overview");
    decisions(&window).await;
    memory(home.path(), "review");
    grids(&window).await;
    memory(home.path(), "all grids");
    window.screenshot("speed-end").await;
    window.close().await;
}
