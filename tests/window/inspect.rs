//! Looking at the page as a whole: each screen in each way it may be shown, and what is wrong with how it looks.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::{prelude::*, support::sleep};

use crate::driver::{PATIENCE, POLL, Window};

const PAGE: &str = include_str!("page.js");

/// Presses a button of the navigation or of the settings, if one is named, waits until nothing loads or moves and the page has not changed
/// for a moment, and answers what is shown then; nothing if it does not come to that within so many milliseconds.
const REST: &str = "
    const done = arguments[arguments.length - 1];
    const [name, patience] = arguments;
    const began = performance.now();
    let changed = began;
    const observer = new MutationObserver(() => { changed = performance.now(); });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const isMoving = () => document.getAnimations().some((one) => one.playState === 'running' && one.effect.getTiming().iterations !== Infinity);
    const look = () => {
        const now = performance.now();
        const isBusy = document.querySelector('.skeleton, [aria-busy=\"true\"], [role=\"progressbar\"]') !== null || isMoving();
        if (!isBusy && now - changed > 50) {
            observer.disconnect();
            // A picture shows what was drawn, which is a frame behind.
            const screen = document.querySelector('main [data-testid^=\"screen-\"]') ?? document.querySelector('main');
            const shown = screen?.dataset.testid ?? 'start';
            requestAnimationFrame(() => requestAnimationFrame(() => done(shown)));
        } else if (now - began > patience) {
            done(null);
        } else {
            setTimeout(look, 10);
        }
    };
    const button = (id) => document.querySelector(`[data-testid=\"${id}\"]`);
    if (name !== null && button(`nav-${name}`)) {
        button(`nav-${name}`).click();
    } else if (name !== null) {
        button('nav-settings').click();
        setTimeout(() => button(`section-${name}`).click());
    }
    look();";

/// How long a screen may take to show all it has, in milliseconds.
const LOADED_MS: u32 = 15_000;
/// The same before a picture, which is taken in any case: of a page that is at work, too.
const PICTURE_MS: u32 = 2_000;

/// How a screen is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    pub(crate) theme: &'static str,
    pub(crate) language: &'static str,
}

/// What was found wrong, and where.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<String>);

impl Findings {
    pub(crate) fn add(&mut self, place: &str, found: &Value) {
        let found = found.as_array().unwrap_or_else(|| panic!("{place}: no list of findings but {found}"));
        self.0.extend(found.iter().map(|one| format!("{place}: {}", one.as_str().unwrap_or_default())));
    }

    /// # Panics
    /// When anything was found; all of it is told.
    #[track_caller]
    pub(crate) fn expect_none(self) {
        assert!(self.0.is_empty(), "{} findings:\n{}", self.0.len(), self.0.join("\n"));
    }
}

impl Window {
    pub(crate) async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        match self.driver.execute(script, arguments).await {
            Ok(answer) => answer.json().clone(),
            Err(error) => panic!("{error}: {script}"),
        }
    }

    pub(crate) async fn waiting_script(&self, script: &str, arguments: Vec<Value>) -> Value {
        match self.driver.execute_async(script, arguments).await {
            Ok(answer) => answer.json().clone(),
            Err(error) => panic!("{error}: {script}"),
        }
    }

    /// One function of page.js.
    pub(crate) async fn page_check(&self, function: &str) -> Value {
        self.script(&format!("{PAGE}\nreturn window.pageCheck.{function}();"), vec![]).await
    }

    pub(crate) async fn until_at_rest(&self) {
        let rests = self.waiting_script(REST, vec![Value::Null, json!(LOADED_MS)]).await;
        assert!(rests.is_string(), "the page never came to rest");
    }

    /// The screens that the navigation offers, and the sections of the settings in place of these.
    pub(crate) async fn screens(&self) -> Vec<String> {
        self.go("appearance").await;
        let script = "
            const named = (start) => [...document.querySelectorAll(`nav li > [data-testid^=\"${start}\"]`)]
                .map((one) => one.dataset.testid.slice(start.length));
            return [...named('nav-').filter((name) => name !== 'settings'), ...named('section-')];";
        let screens = self.script(script, vec![]).await;
        let screens: Vec<String> = serde_json::from_value(screens).expect("names");
        assert!(screens.len() >= 21, "the navigation offers only {screens:?}");
        screens
    }

    /// Goes to a screen or a section of the settings through the navigation and waits until it shows all it has.
    pub(crate) async fn go(&self, screen: &str) {
        let shown = self.waiting_script(REST, vec![json!(screen), json!(LOADED_MS)]).await;
        if shown != format!("screen-{screen}") {
            self.screenshot(&format!("missing-{screen}")).await;
            panic!("the navigation leads from '{screen}' to {shown}");
        }
    }

    /// Presses a button from within the page, once it can be: the driver cannot click where the page is drawn larger.
    pub(crate) async fn press_button(&self, id: &str) {
        let press = format!(
            "const button = document.querySelector('[data-testid=\"{id}\"]');
             if (!button || button.disabled) return false;
             button.click();
             return true;"
        );
        self.until_true(&press, &format!("'{id}' cannot be pressed")).await;
    }

    /// The settings are behind a menu.
    pub(crate) async fn show_in(&self, look: Look) {
        for choice in [format!("theme-{}", look.theme), format!("language-{}", look.language)] {
            self.click("settings").await;
            self.click(&choice).await;
            if self.driver.find(By::Testid(choice.as_str())).await.is_ok() {
                self.escape().await;
            }
            self.until_at_rest().await;
        }
    }

    pub(crate) async fn resize(&self, (width, height): (u32, u32)) {
        self.driver.set_window_rect(0, 0, width, height).await.expect("a size");
        let is_there = format!("return Math.abs(window.outerWidth - {width}) < 3;");
        self.until_true(&is_there, "the window does not take its size").await;
    }

    /// Draws everything larger, as a person does it: by keys.
    pub(crate) async fn zoom_to_double(&self) {
        for _ in 0..5 {
            self.chord("+").await;
        }
        self.until_true("return localStorage.getItem('tieout.zoom') === '200';", "the size was not kept").await;
        self.until_true("return window.innerWidth * 2 - window.outerWidth < 4;", "nothing is drawn larger").await;
    }

    pub(crate) async fn zoom_back(&self) {
        self.chord("0").await;
        self.until_true("return window.outerWidth - window.innerWidth < 4;", "it stays large").await;
    }

    /// Asks until the script answers true.
    pub(crate) async fn until_true(&self, script: &str, otherwise: &str) {
        let began = Instant::now();
        while self.script(script, vec![]).await != json!(true) {
            if began.elapsed() > PATIENCE {
                self.screenshot(&format!("waiting-{}", otherwise.replace(|one: char| !one.is_alphanumeric(), "-")))
                    .await;
                panic!("{otherwise}");
            }
            sleep(POLL).await;
        }
    }

    /// A picture of the window as it is once it has come to rest.
    pub(crate) async fn screenshot(&self, name: &str) {
        drop(self.driver.execute_async(REST, vec![Value::Null, json!(PICTURE_MS)]).await);
        self.picture(name).await;
    }

    /// A picture without waiting, for a page that rests.
    pub(crate) async fn picture(&self, name: &str) {
        let path = tieout_tests::screenshot_folder().join(format!("{name}.png"));
        self.driver.screenshot(&path).await.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Types keys wherever the focus is, as the keyboard does: without an element, and without a pointer.
    pub(crate) async fn keys(&self, keys: impl AsRef<str>) {
        let at_once = Some(Duration::ZERO);
        let chain = self.driver.action_chain_with_delay(at_once, at_once);
        chain.send_keys(keys.as_ref()).perform().await.expect("keys are taken");
    }

    /// A key with Ctrl.
    pub(crate) async fn chord(&self, key: &str) {
        let at_once = Some(Duration::ZERO);
        let chain = self.driver.action_chain_with_delay(at_once, at_once);
        let chain = chain.key_down(Key::Control).send_keys(key).key_up(Key::Control);
        chain.perform().await.expect("keys are taken");
    }

    /// Closes the dialog or menu that is open.
    pub(crate) async fn escape(&self) {
        self.keys(Key::Escape.value().to_string()).await;
        let is_closed = "return document.querySelector('.overlay, .popover') === null;";
        self.until_true(is_closed, "what lies over the screen does not close").await;
    }

    /// Walks over the whole page by Tab; answers what is out of reach and where the focus is not seen.
    pub(crate) async fn walk_by_tab(&self) -> Value {
        let stops = self.page_check("startWalk").await.as_u64().expect("a number");
        let mut left = stops;
        // The walk may begin anywhere; what appears meanwhile adds stops.
        for _ in 0..4 {
            let tabs = usize::try_from(left).expect("few").min(400) + 3;
            let keys = Key::Tab.value().to_string().repeat(tabs);
            self.keys(keys).await;
            left = self.page_check("walkLeft").await.as_u64().expect("a number");
            if left == 0 {
                break;
            }
        }
        self.page_check("endWalk").await
    }
}
