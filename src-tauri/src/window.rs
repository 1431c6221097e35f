//! The one window.

use tauri::{App, AppHandle, Manager, Runtime, WebviewUrl, WebviewWindowBuilder, plugin::TauriPlugin};
use tauri_plugin_window_state::StateFlags;

const NAME: &str = "main";

/// Opens the window. The page may put text on the clipboard, as lists are copied into spreadsheets. Files are dropped into
/// the page itself, as any web page takes them, so that the import screen can show where; the webview's own drop handler
/// would swallow them.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, NAME, WebviewUrl::default())
        .title("Tieout")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .disable_drag_drop_handler()
        .enable_clipboard_access()
        .build()?;
    #[cfg(target_os = "linux")]
    crate::painting::fit(&window)?;
    #[cfg(not(target_os = "linux"))]
    let _ = window;
    Ok(())
}

/// Size and place as they were left. Not whether the window was shown: one that was hidden while it closed would stay
/// hidden for good.
pub(crate) fn remember_size<R: Runtime>() -> TauriPlugin<R> {
    tauri_plugin_window_state::Builder::default().with_state_flags(StateFlags::all() & !StateFlags::VISIBLE).build()
}

/// A second start of the program shows the window that is there.
pub(crate) fn show_again(app: &AppHandle, _arguments: &[String]) {
    if let Some(window) = app.get_webview_window(NAME) {
        let shown = window.unminimize().and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}
