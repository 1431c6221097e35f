//! Every screen that the navigation offers, in both themes, in a large and the smallest window, in plain and double
//! size: nothing is cut off, covered or wider than the window, and all of it can be reached and seen by Tab.

use crate::{
    books::Book,
    driver::Window,
    inspect::{Findings, Look},
};

const SIZES: [(u32, u32); 2] = [(1600, 1000), (1024, 700)];
const THEMES: [&str; 2] = ["light", "dark"];

/// Looks at the page as it is now.
async fn look_at(window: &Window, place: &str, findings: &mut Findings) {
    findings.add(place, &window.page_check("layout").await);
    window.picture(&format!("tour/{place}")).await;
}

async fn look_at_start(window: &Window, findings: &mut Findings) {
    for size in SIZES {
        window.resize(size).await;
        for tab in ["start-open", "start-create"] {
            window.click(tab).await;
            window.until_at_rest().await;
            look_at(window, &format!("{tab}-{}-100", size.0), findings).await;
        }
    }
    findings.add("start by Tab", &window.walk_by_tab().await);
}

/// All screens in this theme and zoom, in each size of the window.
async fn look_at_all(window: &Window, theme: &'static str, zoom: u32, findings: &mut Findings) {
    for size in SIZES {
        window.resize(size).await;
        for screen in window.screens().await {
            window.go(&screen).await;
            look_at(window, &format!("{screen}-{theme}-{}-{zoom}", size.0), findings).await;
        }
    }
}

async fn walk_over_all(window: &Window, findings: &mut Findings) {
    window.resize(SIZES[1]).await;
    for screen in window.screens().await {
        window.go(&screen).await;
        findings.add(&format!("{screen} by Tab"), &window.walk_by_tab().await);
    }
}

#[tokio::test]
async fn every_screen_is_whole_in_each_theme_size_and_zoom_and_all_of_it_is_reached_by_tab() {
    let home = tempfile::tempdir().unwrap();
    let book = Book::of_a_year(home.path());
    std::fs::create_dir_all(tieout_tests::screenshot_folder().join("tour")).unwrap();
    let window = Window::start(home.path()).await;
    let mut findings = Findings::default();
    look_at_start(&window, &mut findings).await;
    book.open(&window).await;
    for theme in THEMES {
        window.show_in(Look { theme, language: "en" }).await;
        look_at_all(&window, theme, 100, &mut findings).await;
        window.zoom_to_double().await;
        look_at_all(&window, theme, 200, &mut findings).await;
        window.zoom_back().await;
    }
    walk_over_all(&window, &mut findings).await;
    findings.expect_none();
    window.close().await;
}
