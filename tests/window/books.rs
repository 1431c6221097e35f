//! Workbooks made through the command, which is quicker than the window, and opened in it.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use tieout_tests::{payments, sample};

use crate::{driver::Window, steps::PASSPHRASE};

/// A workbook and whose home it lies in.
pub(crate) struct Book<'home> {
    home: &'home Path,
    pub(crate) file: PathBuf,
}

impl<'home> Book<'home> {
    /// Makes an empty one for this company and user.
    pub(crate) fn new(home: &'home Path, company: &str, user: &str) -> Self {
        let book = Self { home, file: home.join("books").join("book.tieout") };
        std::fs::create_dir_all(home.join("books")).expect("a folder for workbooks");
        book.run(["new"], ["--company", company, "--user", user, "--single-user", "--currency", "EUR"]);
        book
    }

    /// The sample year: bank and books matched, categories, customers with what they deposited, and payments of which
    /// some stand out.
    pub(crate) fn of_a_year(home: &'home Path) -> Self {
        let book = Self::new(home, "Lindqvist & Amara", "Ada Byron");
        for (name, code) in [("Thandi Nkosi", "CUS10000279"), ("Sipho Dube", "CUS59004412")] {
            book.run(["customers", "new"], ["--name", name, "--code", code]);
        }
        book.run(["customers", "credit-rate"], ["--set", "50"]);
        let deposits = "date,counterparty,description,amount,currency\n2025-12-01,,Deposit CUS10000279,120.00,EUR\n\
                        2025-12-02,,Cash deposit branch 7,75.00,EUR\n2025-12-03,,Deposit CUS59004412,40.00,EUR\n";
        for (account, rows) in [("Purchases", payments::suspicious()), ("Deposits", deposits.to_owned())] {
            let file = home.join(format!("{account}.csv"));
            std::fs::write(&file, rows).expect("a file");
            book.run(
                ["import"],
                [OsStr::new("--account"), OsStr::new(account), OsStr::new("--statement"), file.as_os_str()],
            );
        }
        let [statement, ledger] = ["bank/statement-2025.csv", "bank/ledger-2025.csv"].map(sample);
        book.run(
            ["import"],
            [OsStr::new("--statement"), statement.as_os_str(), OsStr::new("--ledger"), ledger.as_os_str()],
        );
        book.run(["categories", "import"], [sample("categories/patterns.csv").as_os_str()]);
        book.run(["categorise"], ["--json"]);
        book.run(["match"], ["--json"]);
        book
    }

    /// Runs `tieout workbook COMMAND FILE ARGUMENTS…`; answers what it printed.
    pub(crate) fn run<A: AsRef<OsStr>>(
        &self,
        command: impl IntoIterator<Item = &'static str>,
        arguments: impl IntoIterator<Item = A>,
    ) -> String {
        let mut tieout = Command::new(tieout_tests::program("TIEOUT_BIN"));
        tieout.arg("workbook").args(ordered(command, &self.file));
        let output = tieout
            .args(arguments)
            .current_dir(self.home)
            .env("HOME", self.home)
            .env("XDG_DATA_HOME", self.home.join("data"))
            .env("XDG_CONFIG_HOME", self.home.join("config"))
            .env("XDG_CACHE_HOME", self.home.join("cache"))
            .env("TIEOUT_PASSPHRASE", PASSPHRASE)
            .output()
            .expect("the command runs");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{tieout:?}: {told}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Opens it from the start screen.
    pub(crate) async fn open(&self, window: &Window) {
        window.click("start-open").await;
        window.fill("open-path", &self.file.to_string_lossy()).await;
        window.fill("unlock-passphrase", PASSPHRASE).await;
        window.click("unlock-submit").await;
        window.find("screen-overview").await;
    }
}

/// The workbook stands behind the command, except that of `categories`, where it stands before what is done with them.
fn ordered(command: impl IntoIterator<Item = &'static str>, file: &Path) -> Vec<std::ffi::OsString> {
    let mut words: Vec<std::ffi::OsString> = command.into_iter().map(Into::into).collect();
    let place = if words[0] == "categories" { 1 } else { words.len() };
    words.insert(place, file.as_os_str().to_owned());
    words
}
