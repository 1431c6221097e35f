//! A real SMTP server on loopback (Debian's python3-aiosmtpd), and certificates for it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

/// How the server protects its connections.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Protection {
    Plain,
    StartTls,
    Tls,
}

pub(crate) const USER: &str = "tieout";
pub(crate) const PASSWORD: &str = "mail-pass-4711";

/// Takes mail until it is dropped.
pub(crate) struct MailServer {
    pub(crate) port: u16,
    pub(crate) certificate: PathBuf,
    folder: TempDir,
    child: Child,
}

impl MailServer {
    /// Starts one for `localhost`; with `is_guarded`, [`USER`] has to sign in.
    pub(crate) fn start(protection: Protection, is_guarded: bool) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (certificate, key) = (folder.path().join("certificate.pem"), folder.path().join("key.pem"));
        make_certificate(&certificate, &key);
        let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs the tests"));
        let protection = match protection {
            Protection::Plain => "plain",
            Protection::StartTls => "starttls",
            Protection::Tls => "tls",
        };
        let (user, password) = if is_guarded { (USER, PASSWORD) } else { ("", "") };
        // Debian's own Python, for which its package is installed, whatever else is found first.
        let python = if Path::new("/usr/bin/python3").exists() { "/usr/bin/python3" } else { "python3" };
        let mut child = Command::new(python)
            .arg(here.join("cli/mail_server.py"))
            .args([folder.path(), Path::new(protection), &certificate, &key])
            .args([user, password])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is installed");
        let mut port = String::new();
        let out = child.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut port).expect("its port");
        let port = port.trim().parse().expect("aiosmtpd is installed by cargo xtask setup");
        Self { port, certificate, folder, child }
    }

    /// What it took so far, in the order it came.
    pub(crate) fn mails(&self) -> Vec<String> {
        (1..)
            .map_while(|number| fs::read_to_string(self.folder.path().join(format!("{number}.eml"))).ok())
            .map(|mail| mail.replace("\r\n", "\n"))
            .collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().expect("it ends");
    }
}

fn make_certificate(certificate: &Path, key: &Path) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-keyout")
        .arg(key)
        .arg("-out")
        .arg(certificate)
        .output()
        .expect("openssl is installed");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
