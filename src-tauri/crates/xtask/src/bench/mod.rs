//! Measurements, never part of the tests: of all [`Part`]s, or of those that are asked for. `tieout reconcile` is told with
//! its quality, beside free tools in the same run.

mod anomalies;
mod categories;
mod chain;
mod grids;
mod imports;
mod incremental;
mod measure;
mod reconcile;
mod reports;
mod window;

use std::{env, path::PathBuf};

use clap::ValueEnum;

use crate::{
    BenchOptions,
    run::Outcome,
    setup::{self, Consent, Purpose},
    ui,
    workspace::{Profile, Workspace},
};

/// What is measured, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Taking files in
    Imports,
    /// A few new records in a full workbook
    Incremental,
    /// Pages of the grids, from the core
    Grids,
    /// The real window, on the workbook that `grids` makes
    Window,
    /// Categorising
    Categories,
    /// Looking for anomalies
    Anomalies,
    /// Checking the audit chain
    Chain,
    /// A report of a thousand pages
    Reports,
    /// `tieout reconcile` on generated data
    Reconcile,
}

/// Generates data where there is none yet, measures, scores, and prints one line a size.
pub(crate) fn bench(workspace: &Workspace, consent: Consent, options: &BenchOptions) -> Outcome {
    setup::install(workspace, consent, &Purpose::ALL)?;
    ui::install_and_build(workspace)?;
    workspace.build_binaries(Profile::Release)?;
    for part in Part::value_variants() {
        if options.only.is_empty() || options.only.contains(part) {
            measure(*part, workspace, options)?;
        }
    }
    Ok(())
}

fn measure(part: Part, workspace: &Workspace, options: &BenchOptions) -> Outcome {
    match part {
        Part::Imports => imports::bench(workspace),
        Part::Incremental => incremental::bench(workspace),
        Part::Grids => grids::bench(workspace),
        Part::Window => window::bench(workspace),
        Part::Categories => categories::bench(workspace),
        Part::Anomalies => anomalies::bench(workspace),
        Part::Chain => chain::bench(workspace),
        Part::Reports => reports::bench(workspace),
        Part::Reconcile => reconcile_all(workspace, options),
    }
}

fn reconcile_all(workspace: &Workspace, options: &BenchOptions) -> Outcome {
    let Some(tools) = bench_folder(workspace) else {
        println!("There are no data to reconcile here: set TIEOUT_SHARED to the folder that holds bench/gen_recon.py.");
        return Ok(());
    };
    options.size.iter().try_for_each(|size| reconcile::bench(workspace, &tools, size, options.seed))
}

fn bench_folder(workspace: &Workspace) -> Option<PathBuf> {
    let shared = env::var_os("TIEOUT_SHARED").map_or_else(|| workspace.root.join("..").join("shared"), PathBuf::from);
    let folder = shared.join("bench");
    folder.join("gen_recon.py").is_file().then_some(folder)
}
