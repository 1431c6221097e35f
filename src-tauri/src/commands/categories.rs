//! Categories, their patterns, and the lines that are of them.

use std::path::Path;

use tauri::{State, ipc::Channel};
use tieout_application::Session;
use tieout_wire::{
    CategoriesView, CategoryLinesRequest, CategoryLinesView, CategorySumView, CommandError, PatternsTakenView,
    Progress, SavePatternRequest, SetLineCategoryRequest, SweepScopeView, SweptView, TriedTextView, parse_id,
};

use super::dialogs::PlaceToSave;

#[tauri::command(async)]
pub(crate) fn categories(session: State<'_, Session>) -> Result<CategoriesView, CommandError> {
    Ok(session.categories()?.into())
}

#[tauri::command(async)]
pub(crate) fn category_sums(session: State<'_, Session>) -> Result<Vec<CategorySumView>, CommandError> {
    Ok(session.category_sums()?.into_iter().map(Into::into).collect())
}

#[tauri::command(async)]
pub(crate) fn category_lines(
    session: State<'_, Session>,
    request: CategoryLinesRequest,
) -> Result<CategoryLinesView, CommandError> {
    Ok(session.lines_by_category(request.shelf()?, &request.search, request.offset, request.limit)?.into())
}

#[tauri::command(async)]
pub(crate) fn try_category_text(session: State<'_, Session>, text: String) -> Result<TriedTextView, CommandError> {
    Ok(session.try_category_text(&text)?.into())
}

#[tauri::command(async)]
pub(crate) fn save_category_pattern(
    session: State<'_, Session>,
    request: SavePatternRequest,
) -> Result<(), CommandError> {
    let id = request.id.as_deref().map(parse_id).transpose()?;
    Ok(session.save_category_pattern(id, &request.pattern, &request.category)?)
}

#[tauri::command(async)]
pub(crate) fn remove_category_pattern(session: State<'_, Session>, id: String) -> Result<(), CommandError> {
    Ok(session.remove_category_pattern(parse_id(&id)?)?)
}

#[tauri::command(async)]
pub(crate) fn rename_category(session: State<'_, Session>, id: String, name: String) -> Result<(), CommandError> {
    Ok(session.rename_category(parse_id(&id)?, &name)?)
}

#[tauri::command(async)]
pub(crate) fn remove_category(session: State<'_, Session>, id: String) -> Result<(), CommandError> {
    Ok(session.remove_category(parse_id(&id)?)?)
}

#[tauri::command(async)]
pub(crate) fn import_category_patterns(
    session: State<'_, Session>,
    path: String,
) -> Result<PatternsTakenView, CommandError> {
    Ok(session.import_category_patterns(Path::new(&path))?.into())
}

#[tauri::command(async)]
pub(crate) fn export_category_patterns(
    session: State<'_, Session>,
    place: State<'_, PlaceToSave>,
    path: String,
) -> Result<u64, CommandError> {
    place.writing(&path, |existing| Ok(session.export_category_patterns(Path::new(&path), existing)?))
}

#[tauri::command(async)]
pub(crate) fn set_line_category(
    session: State<'_, Session>,
    request: SetLineCategoryRequest,
) -> Result<(), CommandError> {
    let lines = request.line_ids.iter().map(|id| parse_id(id)).collect::<Result<Vec<_>, _>>()?;
    let choice = request.choice(|name| session.category_or_new(name))?;
    Ok(session.set_category(&lines, choice)?)
}

#[tauri::command(async)]
pub(crate) fn sweep_categories(
    session: State<'_, Session>,
    scope: SweepScopeView,
    progress: Channel<Progress>,
) -> Result<SweptView, CommandError> {
    Ok(session.sweep_categories(scope.into(), &super::report_to(&progress))?.into())
}
