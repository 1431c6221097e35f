//! `cargo xtask …`: set-up, demo, tests, checks and benchmarks. The README's two commands come here.
//!
//! It compiles first on every fresh machine, so it depends on little and on nothing of ours: what it wants
//! of Tieout it asks of the built binaries, as any script would.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command for developers talks to their terminal")]

mod bench;
mod bindings;
mod demo;
mod dev;
mod fuzz;
mod lint;
mod run;
mod session;
mod setup;
mod test;
mod torture;
mod ui;
mod workspace;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::{run::Outcome, setup::Consent, workspace::Workspace};

/// Build, try, test and measure Tieout.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Install what is missing, build everything and open the window on a fresh sample workbook
    Demo(DemoOptions),
    /// Install what the tests need and run them all: format, clippy, Rust, UI, and end to end in the real window
    Test(ConsentOption),
    /// Run the app against the UI's dev server, which reloads as you edit
    Dev(ConsentOption),
    /// Check format, clippy, the UI's types and lint, and the generated TypeScript types
    Lint(ConsentOption),
    /// Write ui/src/ipc/generated.ts from the types of the crate `wire`
    Bindings(BindingsOptions),
    /// Time `tieout reconcile` and score it on generated data (needs ../shared/bench or TIEOUT_SHARED)
    Bench(BenchOptions),
    /// Feed a reader of files with mutated ones: `cargo xtask fuzz ofx`
    Fuzz(FuzzOptions),
    /// Kill the program at random instants of all it does, far more often than the tests do, and look at what is left
    Torture(TortureOptions),
    /// Only install what is missing
    Setup(ConsentOption),
}

#[derive(Debug, Args)]
struct ConsentOption {
    /// Install what is missing without asking
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, Args)]
struct DemoOptions {
    #[command(flatten)]
    consent: ConsentOption,
    /// Do the same job through the command line, as is done where there is no display
    #[arg(long)]
    headless: bool,
    /// Build with optimisation: slower to build, as fast as the real thing
    #[arg(long)]
    release: bool,
}

#[derive(Debug, Args)]
struct BindingsOptions {
    /// Write nothing; fail if the file is not what would be written
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Args)]
struct BenchOptions {
    #[command(flatten)]
    consent: ConsentOption,
    /// Numbers of statement lines to generate, as gen_recon.py takes them
    #[arg(long, value_delimiter = ',', default_value = "10k,100k")]
    size: Vec<String>,
    /// Seed of the generated data
    #[arg(long, default_value_t = 7)]
    seed: u32,
    /// Measure these alone
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<bench::Part>,
}

#[derive(Debug, Args)]
struct FuzzOptions {
    #[command(flatten)]
    consent: ConsentOption,
    /// Which reader: a file of tests/fuzz/targets
    name: String,
    /// For how long
    #[arg(long, default_value_t = 10)]
    minutes: u32,
}

#[derive(Debug, Args)]
struct TortureOptions {
    #[command(flatten)]
    consent: ConsentOption,
    /// How often it is killed
    #[arg(long, default_value_t = 2_000)]
    kills: u32,
    /// Seed of the instants
    #[arg(long, default_value_t = 7)]
    seed: u32,
    /// Statement lines, and as many invoices, of the workbooks
    #[arg(long, default_value_t = 400)]
    rows: u32,
}

fn main() -> ExitCode {
    match perform(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let failure = failure.to_string();
            if !failure.is_empty() {
                eprintln!("\nxtask: {failure}");
            }
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Outcome {
    let workspace = Workspace::find()?;
    match task {
        Task::Demo(options) => demo::demo(&workspace, Consent::new(options.consent.yes), &options),
        Task::Test(options) => test::test(&workspace, Consent::new(options.yes)),
        Task::Dev(options) => dev::dev(&workspace, Consent::new(options.yes)),
        Task::Lint(options) => lint::lint(&workspace, Consent::new(options.yes)),
        Task::Bindings(BindingsOptions { check: true }) => bindings::check(&workspace),
        Task::Bindings(BindingsOptions { check: false }) => bindings::write(&workspace),
        Task::Bench(options) => bench::bench(&workspace, Consent::new(options.consent.yes), &options),
        Task::Fuzz(options) => fuzz::fuzz(&workspace, Consent::new(options.consent.yes), &options),
        Task::Torture(options) => torture::torture(&workspace, Consent::new(options.consent.yes), &options),
        Task::Setup(options) => setup::install(&workspace, Consent::new(options.yes), &setup::Purpose::ALL),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn help_lists_every_task_with_a_line_that_explains_it() {
        let cli = Cli::command();
        cli.clone().debug_assert();
        for name in ["demo", "test", "dev", "lint", "bindings", "bench", "fuzz", "torture", "setup"] {
            let task = cli.find_subcommand(name).unwrap_or_else(|| panic!("no task {name}"));
            assert!(task.get_about().is_some_and(|about| about.to_string().len() > 20), "{name} is not explained");
        }
    }
}
