//! What the host refuses and finds, in a German window: nothing of it is told in English.

use std::{fs, path::Path};

use thirtyfour::prelude::*;

use crate::{
    books::Book,
    driver::Window,
    steps::{Key as Kept, create_workbook, first_row},
};

/// Words of English that no German sentence has.
const ENGLISH: [&str; 16] = [
    "the", "is", "and", "that", "this", "which", "not", "with", "one", "was", "rows", "expected", "choose", "says",
    "its", "give",
];

/// The words shown under a test's name that are English; what is quoted from a file does not count.
async fn english_words(window: &Window, id: &str) -> Vec<String> {
    const SCRIPT: &str = "return [...document.querySelectorAll(`[data-testid='${arguments[0]}']`)].map((part) => {
        const copy = part.cloneNode(true);
        copy.querySelectorAll('code, button').forEach((quoted) => quoted.remove());
        return copy.textContent + (part.querySelector('[lang=en]') ? ' [the lang=en]' : '');
    }).join(' ')";
    let told = window.driver.execute(SCRIPT, vec![id.into()]).await.expect("a script runs");
    let told = told.json().as_str().unwrap_or_default().to_lowercase();
    assert!(!told.trim().is_empty(), "nothing is told under {id}");
    told.split(|letter: char| !letter.is_alphabetic())
        .filter(|word| ENGLISH.contains(word))
        .map(|word| format!("{word} in: {told}"))
        .collect()
}

async fn is_german(window: &Window, id: &str) {
    assert_eq!(english_words(window, id).await, Vec::<String>::new());
}

/// Gives a file that cannot be read.
async fn told_in(window: &Window, folder: &Path, name: &str, content: &[u8], told: &str) {
    let file = folder.join(name);
    fs::write(&file, content).expect("a file is written");
    window.give_file("file-input", &file).await;
    window.until("import-refused", told, |text| text.contains(told)).await;
    window.screenshot(&format!("german-refused-{}", name.replace('.', "-"))).await;
}

/// The same of a file of which all is told in German, and puts it aside again.
async fn refused(window: &Window, folder: &Path, name: &str, content: &[u8], told: &str) {
    told_in(window, folder, name, content, told).await;
    is_german(window, "error-message").await;
    window.click("import-dismiss").await;
}

async fn files(window: &Window, folder: &Path) {
    window.click("nav-import").await;
    refused(window, folder, "leer.csv", b"", "Die Datei ist leer").await;
    let noise: Vec<u8> = (0..4_096_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    refused(window, folder, "rauschen.csv", &noise, "weder Text noch Tabelle").await;
    refused(window, folder, "auszug.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "ein PDF-Dokument").await;
    // What exactly is broken, and where, in each format.
    refused(window, folder, "kaputt.xlsx", b"PK\x03\x04 no spreadsheet at all", "Verzeichnis ist defekt").await;
    refused(window, folder, "kaputt.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Behälter ist defekt").await;
    refused(window, folder, "kaputt.json", b"[{\"date\": \"2026-01-01\",\n \"amount\": }]", "(Zeile 2)").await;
    let camt = b"<?xml version=\"1.0\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">\n<BkToCstmrStmt><A></B>";
    refused(window, folder, "kaputt.xml", camt, "wird mit").await;
    refused(window, folder, "kaputt.ofx", b"OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><!-- x", "Kommentar beginnt hier")
        .await;
    refused(window, folder, "kaputt.qif", b"!Type:Bank\nD1/1/2024\n^\n", "ihr einziger Umsatz ist nicht lesbar").await;

    // Columns that make no records: what is lacking is told beside the columns.
    let columns = folder.join("spalten.csv");
    fs::write(&columns, "Farbe;Form\nrot;rund\nblau;eckig\n").expect("a file is written");
    window.give_file("file-input", &columns).await;
    window.until("import-blocked", "what is lacking", |text| text.contains("Keine Spalte enthält")).await;
    is_german(window, "import-blocked").await;
    is_german(window, "detected").await;
    window.screenshot("german-blocked").await;
    window.click("import-discard").await;

    // Rows that cannot be read among good ones.
    let rows = folder.join("zeilen.csv");
    let text = "Konto;Giro\n\nBuchungstag;Betrag;Währung;Name;Verwendungszweck;Saldo\n02.01.2026;100,00;EUR;Bauhof;A;1.100,00\n\
                31.02.2026;50,00;EUR;Bauhof;B;1.150,00\n04.01.2026;viel;EUR;Bauhof;C;1.200,00\n\
                05.01.2026;20,00;EURO;Bauhof;D;1.220,00\n06.01.2026;1,005;EUR;Bauhof;E;9.999,00\n";
    fs::write(&rows, text).expect("a file is written");
    window.give_file("file-input", &rows).await;
    window.find("import-problems").await;
    is_german(window, "import-problems").await;
    is_german(window, "validation").await;
    is_german(window, "row-because").await;
    window.screenshot("german-rejected-rows").await;
}

/// Requests that are refused, by what the window says of each.
async fn answers(window: &Window) {
    let calls = [
        ("add_person", r#"{"request":{"name":" ","email":"","role":"preparer","firstSecret":null}}"#),
        ("set_idle_minutes", r#"{"minutes":100000}"#),
        ("undo", r#"{"expected":null}"#),
        ("match_by_hand", r#"{"request":{"groups":[],"reason":""}}"#),
        ("hand_balance", r#"{"groups":[{"lines":[],"entries":[],"adjustments":[]}]}"#),
    ];
    let script = "const done = arguments[arguments.length - 1];
        (async () => {
            const told = [];
            for (const [name, args] of arguments[0]) {
                try {
                    await window.__TAURI_INTERNALS__.invoke(name, JSON.parse(args));
                    told.push(`${name}: nothing was refused`);
                } catch (fault) {
                    if (!fault?.said?.code) told.push(`${name}: ${JSON.stringify(fault)}`);
                }
            }
            done(told);
        })();";
    let calls = calls.map(|(name, args)| vec![name.to_owned(), args.to_owned()]).to_vec();
    let answered = window.driver.execute_async(script, vec![serde_json::json!(calls)]).await.expect("a script runs");
    assert_eq!(answered.json(), &serde_json::json!([]), "every refusal has a code for the catalogue");
}

/// A file that says what columns mean and is no TOML: the place and the kind of mistake have codes for the catalogue, and
/// only what the reader of TOML says of its grammar has none.
async fn settings_files(window: &Window, folder: &Path) {
    let script = "const done = arguments[arguments.length - 1];
        const [path] = arguments;
        const call = window.__TAURI_INTERNALS__.invoke;
        const codes = (said) => [said.code, ...Object.values(said.values).flatMap(
            (value) => (value.type === 'said' ? codes(value.said) : []))];
        (async () => {
            try {
                await call('import_mapping', { request: { token: '', path } });
                done(['nothing was refused']);
            } catch (fault) {
                done(fault?.said ? codes(fault.said) : [JSON.stringify(fault)]);
            }
        })().catch((fault) => done([JSON.stringify(fault)]));";
    for (name, content, codes) in [
        ("unbekannt.toml", "side = \"statement\"\nfarbe = 1\n", vec!["toml.unknownKey"]),
        ("kaputt.toml", "side = \"statement\"\ndate_order day\n", vec!["toml.grammar", ""]),
    ] {
        let file = folder.join(name);
        fs::write(&file, content).expect("a file is written");
        let given = vec![serde_json::json!(file.to_string_lossy())];
        let told = window.driver.execute_async(script, given).await.expect("a script runs");
        let expected = [vec!["configuration", "inFile", "inPlace"], codes].concat();
        assert_eq!(told.json(), &serde_json::json!(expected), "{name}");
    }
}

/// The proof of the audit screen, and what is said of where the workbook lies: here in a folder that is synchronised.
async fn custody(window: &Window) {
    window.click("nav-overview").await;
    window.until("custody-warning", "which program", |text| text.contains("den Dropbox synchronisiert")).await;
    is_german(window, "custody-warning").await;
    window.screenshot("german-custody").await;
    window.click("nav-audit").await;
    window.click("verify").await;
    window.until("verify-result", "that it holds", |text| text.contains("Kette des Protokolls ist unversehrt")).await;
    is_german(window, "verify-result").await;
    window.screenshot("german-verified").await;
}

/// Closes the workbook, so that all of it lies in its file, and then the window.
async fn put_away(window: Window) {
    window.click("lock").await;
    window.find("recent-workbook").await;
    window.close().await;
}

/// Somebody puts an older copy in the place of the workbook: the keychain knows better.
async fn older_copy(home: &Path, workbook: &Path) {
    let older = fs::read(workbook).expect("a closed workbook");
    let window = Window::start(home).await;
    window.click("recent-workbook").await;
    window.find("screen-overview").await;
    let file = home.join("konto.csv");
    fs::write(&file, "Buchungstag;Betrag;Währung;Name\n02.01.2026;100,00;EUR;Bauhof\n").expect("a file is written");
    window.click("nav-import").await;
    window.give_file("file-input", &file).await;
    window.find("fact-rows").await;
    window.click("import-commit").await;
    window.find("import-result").await;
    put_away(window).await;

    fs::write(workbook, older).expect("the older copy lies there");
    let window = Window::start(home).await;
    window.click("recent-workbook").await;
    window.until("custody-warning", "that it is older", |text| text.contains("ist eine ältere Kopie")).await;
    is_german(&window, "custody-warning").await;
    window.screenshot("german-older-copy").await;
    window.click("nav-audit").await;
    window.click("verify").await;
    window.until("verify-result", "that it is older", |text| text.contains("ist eine ältere Kopie")).await;
    is_german(&window, "verify-result").await;
    window.screenshot("german-not-verified").await;
    window.close().await;
}

/// What came nearest to a line without a match is told in German, with the evidence for and against it.
async fn nearest(home: &Path) {
    let book = Book::of_a_year(home);
    let window = Window::start(home).await;
    book.open(&window).await;
    window.click("settings").await;
    window.click("language-de").await;
    window.click("nav-review").await;
    first_row(&window, "unmatchedLines").await;
    // Not to every line something came near: the first one to which it did is looked at.
    let mut told = window.driver.find(By::Css(".bench-nearest summary")).await;
    for _ in 0..60 {
        if told.is_ok() {
            break;
        }
        window.press(Key::Down.value().to_string()).await;
        window.find("comparison").await;
        told = window.driver.find(By::Css(".bench-nearest summary")).await;
    }
    told.expect("a line to which something came near").click().await.expect("a summary that opens");
    window.until("bench", "what came nearest", |text| text.contains("Am nächsten: ")).await;
    let script = "return document.querySelectorAll('[data-testid=bench] [lang=en]').length";
    let english = window.driver.execute(script, vec![]).await.expect("a script runs");
    assert_eq!(english.json(), &serde_json::json!(0), "nothing on the bench is in English");
    window.screenshot("german-nearest").await;
    window.close().await;
}

async fn forms(window: &Window) {
    // A person whose name is taken.
    window.press("gw").await;
    window.find("person-row").await;
    window.press("n").await;
    window.find("person-add-dialog").await;
    window.press("Ada Byron").await;
    window.fill("secret-new", "123456").await;
    window.fill("secret-again", "123456").await;
    window.press(Key::Enter.value().to_string()).await;
    window.until("error-message", "whose name it is", |text| text.contains("heißt oder hieß hier schon jemand")).await;
    is_german(window, "error-message").await;
    window.screenshot("german-person-refused").await;
    window.press(Key::Escape.value().to_string()).await;
}

#[tokio::test]
async fn what_is_refused_and_found_is_told_in_german() {
    let home = tempfile::tempdir().unwrap();
    let synced = home.path().join("Dropbox");
    fs::create_dir(&synced).expect("a folder");
    let workbook = synced.join("deutsch.tieout");
    let window = Window::start(home.path()).await;
    create_workbook(&window, &workbook, Kept::Remembered).await;
    window.click("settings").await;
    window.click("language-de").await;
    window.until("nav-import", "German", |text| text.contains("Import")).await;
    files(&window, home.path()).await;
    answers(&window).await;
    forms(&window).await;
    settings_files(&window, home.path()).await;
    custody(&window).await;
    put_away(window).await;
    older_copy(home.path(), &workbook).await;
}

#[tokio::test]
async fn what_the_engine_says_of_a_line_without_a_match_is_told_in_german() {
    let home = tempfile::tempdir().unwrap();
    nearest(home.path()).await;
}
