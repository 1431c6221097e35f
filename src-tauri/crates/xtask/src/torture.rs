//! Kills at random instants, by the test that does a hundred of them in `cargo xtask test`.

use crate::{
    TortureOptions,
    run::{self, Outcome},
    setup::{self, Consent, Purpose},
    workspace::Workspace,
};

/// Kills as often as is asked, and prints the figures.
pub(crate) fn torture(workspace: &Workspace, consent: Consent, options: &TortureOptions) -> Outcome {
    setup::install(workspace, consent, &[Purpose::Build])?;
    let mut command = workspace.cargo(&["test", "--workspace", "--test", "kills", "--", "--nocapture"]);
    command.env("TIEOUT_KILLS", options.kills.to_string());
    command.env("TIEOUT_KILLS_SEED", options.seed.to_string());
    command.env("TIEOUT_KILLS_ROWS", options.rows.to_string());
    run::run(&mut command)
}
