//! Everything that can be said about the code without running it.

use crate::{
    bindings,
    run::{self, Outcome, Steps},
    setup::{self, Consent, Purpose},
    ui,
    workspace::Workspace,
};

/// All checks; each runs whatever became of the others.
pub(crate) fn lint(workspace: &Workspace, consent: Consent) -> Outcome {
    setup::install(workspace, consent, &[Purpose::Build])?;
    let mut steps = Steps::default();
    steps.run("format", true, || format(workspace));
    let installed = steps.run("UI packages", true, || ui::install(workspace));
    steps.run("UI types", installed, || ui::check_types(workspace));
    steps.run("UI lint", installed, || ui::lint(workspace));
    let built = steps.run("UI build", installed, || ui::build(workspace));
    steps.run("clippy", built, || clippy(workspace));
    steps.run("generated TypeScript types", built, || bindings::check(workspace));
    steps.finish()
}

/// `rustfmt` has nothing to change.
pub(crate) fn format(workspace: &Workspace) -> Outcome {
    run::run(&mut workspace.cargo(&["fmt", "--all", "--check"]))
}

/// Clippy has nothing to say. The shell embeds the built UI, so that has to be there.
pub(crate) fn clippy(workspace: &Workspace) -> Outcome {
    run::run(&mut workspace.cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}
