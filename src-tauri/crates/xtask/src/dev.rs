//! The app against the UI's dev server.

use std::{
    fs,
    net::{TcpStream, ToSocketAddrs},
    process::Child,
    thread,
    time::{Duration, Instant},
};

use crate::{
    run::{self, Failure, Outcome},
    setup::{self, Consent, Purpose},
    ui,
    workspace::Workspace,
};

const SERVER_START_MAX: Duration = Duration::from_secs(30);

/// Starts the dev server and the app, and stops the server when the app is closed.
pub(crate) fn dev(workspace: &Workspace, consent: Consent) -> Outcome {
    setup::install(workspace, consent, &[Purpose::Build])?;
    ui::install(workspace)?;
    let address = server_address(workspace)?;
    // Vite itself and not `npm run dev`: the process that is stopped below has to be the server.
    let mut vite = workspace.command("node");
    vite.args(["node_modules/vite/bin/vite.js", "--strictPort"]).current_dir(workspace.ui());
    let mut server =
        Server(vite.spawn().map_err(|error| Failure::new(format!("cannot start the dev server: {error}")))?);
    server.wait_for(&address)?;
    run::run(&mut workspace.cargo(&["run", "--package", "tieout-desktop", "--no-default-features"]))
}

struct Server(Child);

impl Server {
    fn wait_for(&mut self, address: &str) -> Outcome {
        let begun = Instant::now();
        while !answers(address) {
            if let Ok(Some(status)) = self.0.try_wait() {
                return Err(Failure::new(format!("the dev server ended: {status}")));
            }
            if begun.elapsed() > SERVER_START_MAX {
                return Err(Failure::new(format!("the dev server does not answer at {address}")));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing else to do about it.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn answers(address: &str) -> bool {
    address.to_socket_addrs().is_ok_and(|mut addresses| addresses.any(|address| TcpStream::connect(address).is_ok()))
}

/// `host:port` of `build.devUrl` in Tauri's configuration.
fn server_address(workspace: &Workspace) -> Outcome<String> {
    let file = workspace.root.join("src-tauri").join("tauri.conf.json");
    let text = fs::read_to_string(&file).map_err(|error| Failure::at("cannot read", &file, &error))?;
    let configuration: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| Failure::at("cannot read", &file, &error))?;
    let url = configuration["build"]["devUrl"].as_str().unwrap_or_default();
    host_and_port(url).ok_or_else(|| Failure::at("no build.devUrl with a port in", &file, &url))
}

fn host_and_port(url: &str) -> Option<String> {
    let rest = url.strip_prefix("http://")?;
    let host = rest.split('/').next()?;
    host.contains(':').then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dev_servers_address_is_taken_from_its_url() {
        assert_eq!(host_and_port("http://localhost:1420"), Some("localhost:1420".to_owned()));
        assert_eq!(host_and_port("http://127.0.0.1:5173/app"), Some("127.0.0.1:5173".to_owned()));
        assert_eq!(host_and_port("../ui/dist"), None);
        assert_eq!(host_and_port("http://localhost"), None);
    }
}
