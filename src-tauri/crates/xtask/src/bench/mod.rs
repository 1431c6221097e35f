//! Measurements, never part of the tests: taking files in; a few new records in a full workbook; grids; the window; categories; anomalies; reports; `tieout
//! reconcile` on generated data with its quality, beside free tools in the same run.

mod anomalies;
mod categories;
mod grids;
mod imports;
mod incremental;
mod measure;
mod reconcile;
mod reports;
mod window;

use std::{env, path::PathBuf};

use crate::{
    BenchOptions,
    run::Outcome,
    setup::{self, Consent, Purpose},
    ui,
    workspace::{Profile, Workspace},
};

/// Generates data where there is none yet, measures, scores, and prints one line a size.
pub(crate) fn bench(workspace: &Workspace, consent: Consent, options: &BenchOptions) -> Outcome {
    setup::install(workspace, consent, &Purpose::ALL)?;
    ui::install_and_build(workspace)?;
    workspace.build_binaries(Profile::Release)?;
    imports::bench(workspace)?;
    incremental::bench(workspace)?;
    grids::bench(workspace)?;
    window::bench(workspace)?;
    categories::bench(workspace)?;
    anomalies::bench(workspace)?;
    reports::bench(workspace)?;
    let Some(tools) = bench_folder(workspace) else {
        println!("There are no data to reconcile here: set TIEOUT_SHARED to the folder that holds bench/gen_recon.py.");
        return Ok(());
    };
    for size in &options.size {
        reconcile::bench(workspace, &tools, size, options.seed)?;
    }
    Ok(())
}

fn bench_folder(workspace: &Workspace) -> Option<PathBuf> {
    let shared = env::var_os("TIEOUT_SHARED").map_or_else(|| workspace.root.join("..").join("shared"), PathBuf::from);
    let folder = shared.join("bench");
    folder.join("gen_recon.py").is_file().then_some(folder)
}
