//! How the page is painted on Linux.
//!
//! WebKitGTK hands layers to OpenGL. Where no graphics processor is there to draw them (virtual machines, remote desktops),
//! each frame is drawn by the processor and then copied layer by layer: painting the page as a whole takes half the time
//! and the web view a third less memory (measured by `cargo xtask bench --only window`).

use std::{env, fs, path::Path};

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Where Linux lists what draws.
const RENDERERS: &str = "/dev/dri";

/// Set by tauri-driver: a program drives the window.
const DRIVEN: &str = "TAURI_WEBVIEW_AUTOMATION";
/// Set by the measurement of the window, which takes few pictures and wants what people get.
const MEASURED: &str = "TIEOUT_MEASURED";

/// Has the page painted by the processor where nothing else draws. Not where a program drives the window to take pictures
/// of it: WebKitWebDriver waits for layers then, for ever.
pub(crate) fn fit(window: &WebviewWindow) -> tauri::Result<()> {
    let is_driven = env::var_os(DRIVEN).is_some() && env::var_os(MEASURED).is_none();
    if is_driven || draws(Path::new(RENDERERS)) {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Whether the folder lists a render node.
fn draws(renderers: &Path) -> bool {
    let listed = fs::read_dir(renderers).into_iter().flatten().flatten();
    listed.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_render_node_draws() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!draws(&folder.path().join("missing")));
        assert!(!draws(folder.path()));
        fs::write(folder.path().join("card0"), "").unwrap();
        assert!(!draws(folder.path()), "a screen without a processor behind it");
        fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(draws(folder.path()));
    }
}
