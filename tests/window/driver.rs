//! The real binary in a real window, driven through tauri-driver and WebKitWebDriver.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::json;
use thirtyfour::{Capabilities, prelude::*, support::sleep};
use tokio::time::timeout;

/// How long anything in the window may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// Starts of the driver before a missing window counts as missing: its ports may be taken in the moment between
/// finding them free and listening.
const STARTS_MAX: u32 = 3;
pub(crate) const POLL: Duration = Duration::from_millis(50);

/// A running application with a home of its own.
pub(crate) struct Window {
    // In this order: with the programs gone, a driver that a failed test drops has nobody to wait for.
    programs: Programs,
    pub(crate) driver: WebDriver,
}

/// What runs for a window. It ends with the test, also with one that fails: a window left open would keep all further
/// ones from opening, and what waits for the tests' locks waiting.
struct Programs {
    process: Child,
    home: PathBuf,
}

impl Drop for Programs {
    fn drop(&mut self) {
        applications(&self.home).iter().for_each(|process| ask_to_end(process));
        end(&mut self.process);
    }
}

/// The process numbers of the application with this home: the window's, and those of readers of files that it began.
pub(crate) fn applications(home: &Path) -> Vec<String> {
    let program = tieout_tests::program("TIEOUT_DESKTOP_BIN");
    let home = format!("HOME={}", home.display());
    let processes = fs::read_dir("/proc").expect("Linux tells of its processes").flatten();
    let found = processes.filter(|process| {
        let is_ours = fs::read_link(process.path().join("exe")).is_ok_and(|exe| exe == program);
        is_ours
            && fs::read(process.path().join("environ"))
                .is_ok_and(|variables| variables.split(|byte| *byte == 0).any(|variable| variable == home.as_bytes()))
    });
    found.map(|process| process.file_name().to_string_lossy().into_owned()).collect()
}

/// Whether the process holds anything yet. What ends gives up its memory, by which it is found, before its files.
fn is_running(process: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']))
}

/// Asks a process to end.
fn ask_to_end(process: &str) {
    let asked = Command::new("kill").args(["-TERM", process]).status();
    assert!(asked.is_ok(), "there is no `kill`");
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a free port").port()
}

fn start_driver(home: &Path, port: u16) -> Child {
    Command::new(tieout_tests::program("TIEOUT_DRIVER"))
        .args(["--port", &port.to_string(), "--native-port", &free_port().to_string()])
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env_remove("TIEOUT_PASSPHRASE")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("tauri-driver starts")
}

/// Asks tauri-driver to end, so that it takes WebKitWebDriver with it.
fn end(process: &mut Child) {
    ask_to_end(&process.id().to_string());
    process.wait().expect("tauri-driver ends");
}

/// Asks for the window until the driver, which takes a moment to listen, gives one.
async fn connect(port: u16) -> WebDriver {
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", json!("wry")).expect("a capability");
    let application = json!({ "application": tieout_tests::program("TIEOUT_DESKTOP_BIN") });
    capabilities.set("tauri:options", application).expect("a capability");
    let url = format!("http://127.0.0.1:{port}");
    loop {
        match WebDriver::new(&url, capabilities.clone()).await {
            Ok(driver) => return driver,
            Err(_) => sleep(POLL).await,
        }
    }
}

impl Window {
    /// Starts the application with `home` as the user's home.
    pub(crate) async fn start(home: &Path) -> Self {
        // The driver's client is built with the application's choice of features, which leaves this to the program; it
        // fails only where another test of this process was first.
        drop(rustls::crypto::ring::default_provider().install_default());
        for attempt in 1.. {
            let port = free_port();
            let programs = Programs { process: start_driver(home, port), home: home.to_owned() };
            match timeout(PATIENCE, connect(port)).await {
                Ok(driver) => return Self { driver, programs },
                Err(_) if attempt < STARTS_MAX => {}
                Err(_) => break,
            }
        }
        panic!("no window after {STARTS_MAX} starts of tauri-driver");
    }

    /// Ends the application and its driver, and waits until the application is gone: only one runs at a time.
    pub(crate) async fn close(self) {
        let Self { driver, programs } = self;
        // They are looked for while they run: what ends is not found by its home any more.
        let mut seen = applications(&programs.home);
        driver.quit().await.expect("the window closes");
        // The end of a WebDriver session leaves the application running.
        let began = Instant::now();
        while seen.iter().any(|process| is_running(process)) {
            applications(&programs.home).iter().for_each(|process| ask_to_end(process));
            assert!(began.elapsed() < PATIENCE, "the application does not end");
            sleep(POLL).await;
            seen.extend(applications(&programs.home));
        }
    }

    /// The element with this test id, once it is there and shown.
    pub(crate) async fn find(&self, id: &str) -> WebElement {
        let began = Instant::now();
        loop {
            for element in self.driver.find_all(By::Testid(id)).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            if began.elapsed() > PATIENCE {
                self.screenshot(&format!("missing-{id}")).await;
                panic!(
                    "'{id}' did not appear; see the screenshot missing-{id}.png. The page says: {}",
                    self.page().await
                );
            }
            sleep(POLL).await;
        }
    }

    /// Clicks the first such element inside another.
    pub(crate) async fn click_in(&self, outer: &str, id: &str) {
        let inner = self.find(outer).await.query(By::Testid(id)).wait(PATIENCE, POLL).first().await;
        inner.expect("an element inside another").click().await.expect("an element that can be clicked");
    }

    /// The file input is hidden behind the drop zone on purpose.
    pub(crate) async fn give_file(&self, id: &str, file: &Path) {
        let file = file.canonicalize().expect("the file exists");
        let input = self.driver.query(By::Testid(id)).wait(PATIENCE, POLL).first().await.expect("a file input");
        input.send_keys(file.to_string_lossy()).await.expect("the file is taken");
    }

    /// Drops a file as a person would. WebDriver cannot drag one in from outside: a file input of the test's own is
    /// given the file, and what it holds is handed over in a drop event.
    pub(crate) async fn drop_file(&self, id: &str, file: &Path) {
        const MAKE: &str = "const input = document.createElement('input');
            input.type = 'file';
            input.dataset.testid = 'carried-file';
            document.body.append(input);";
        const DROP: &str = "const find = (id) => document.querySelector(`[data-testid=\"${id}\"]`);
            const input = find('carried-file');
            const event = new Event('drop', { bubbles: true, cancelable: true });
            Object.defineProperty(event, 'dataTransfer', { value: { files: [...input.files] } });
            input.remove();
            find(arguments[0]).dispatchEvent(event);";
        self.find(id).await;
        self.driver.execute(MAKE, vec![]).await.expect("a script runs");
        self.give_file("carried-file", file).await;
        self.driver.execute(DROP, vec![json!(id)]).await.expect("a script runs");
    }

    /// Chooses an entry of a list.
    pub(crate) async fn choose(&self, id: &str, value: &str) {
        let entry = self.find(id).await.find(By::Css(format!("option[value='{value}']"))).await;
        entry.expect("an entry of the list").click().await.expect("an entry that can be chosen");
    }

    /// Waits until an attribute of the element has this value.
    pub(crate) async fn until_is(&self, id: &str, attribute: &str, value: &str) {
        let began = Instant::now();
        while self.find(id).await.attr(attribute).await.ok().flatten().as_deref() != Some(value) {
            if began.elapsed() > PATIENCE {
                self.screenshot(&format!("waiting-{id}")).await;
                panic!("{attribute} of '{id}' never became {value}");
            }
            sleep(POLL).await;
        }
    }

    pub(crate) async fn click(&self, id: &str) {
        let began = Instant::now();
        loop {
            let element = self.find(id).await;
            if element.is_enabled().await.unwrap_or(false) && element.click().await.is_ok() {
                return;
            }
            if began.elapsed() > PATIENCE {
                self.screenshot(&format!("unclickable-{id}")).await;
                panic!("'{id}' could not be clicked");
            }
            sleep(POLL).await;
        }
    }

    /// Replaces what a field holds.
    pub(crate) async fn fill(&self, id: &str, text: &str) {
        let field = self.find(id).await;
        field.click().await.expect("a field that takes the focus");
        field.send_keys(Key::Control + "a").await.expect("a field that can be typed into");
        // The driver refuses to type nothing.
        let keys = if text.is_empty() { Key::Delete.value().to_string() } else { text.to_owned() };
        field.send_keys(keys).await.expect("a field that can be typed into");
    }

    /// Types keys as a person would, wherever the focus is.
    pub(crate) async fn press(&self, keys: impl AsRef<str>) {
        let body = self.driver.active_element().await.expect("a focused element");
        body.send_keys(keys.as_ref()).await.expect("keys are taken");
    }

    pub(crate) async fn text(&self, id: &str) -> String {
        self.find(id).await.text().await.expect("an element with text")
    }

    /// Waits until the element's text fulfils the condition.
    pub(crate) async fn until(&self, id: &str, what: &str, holds: impl Fn(&str) -> bool) -> String {
        let began = Instant::now();
        loop {
            // What was replaced on the page in this moment is looked up again.
            let element = self.find(id).await;
            let text = element.text().await.unwrap_or_default();
            // WebKit leaves out what stands in a box that cuts long texts off, as cells do.
            let whole = element.prop("textContent").await.ok().flatten().unwrap_or_default();
            if let Some(told) = [&text, &whole].into_iter().find(|text| holds(text)) {
                return told.clone();
            }
            if began.elapsed() > PATIENCE {
                self.screenshot(&format!("waiting-{id}")).await;
                panic!("'{id}' never became {what}; it says: {whole}");
            }
            sleep(POLL).await;
        }
    }

    async fn page(&self) -> String {
        match self.driver.find(By::Tag("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(error) => error.to_string(),
        }
    }
}
