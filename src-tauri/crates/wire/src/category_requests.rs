//! What the window asks of categories: see [`crate::CategoriesView`] for the commands.

use serde::Deserialize;
use tieout_application::{CategoryShelf, HandCategory, SweepScope};
use ts_rs::TS;

use crate::{CommandError, parse_id};

/// Which lines are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum CategoryShelfView {
    /// Those of the category that is named besides.
    Category,
    /// Those that were looked at and have none.
    NoCategory,
    /// Those that wait for a sweep.
    Pending,
    /// Those that could not be judged.
    Failed,
    /// Those that a person chose for.
    ByHand,
}

/// `category_lines`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryLinesRequest {
    /// Which lines.
    pub shelf: CategoryShelfView,
    /// For `category`: which.
    pub category_id: Option<String>,
    /// Only lines whose texts contain this; empty: all.
    pub search: String,
    /// Rows to skip.
    #[ts(type = "number")]
    pub offset: u64,
    /// Rows wanted.
    pub limit: u32,
}

/// `save_category_pattern`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SavePatternRequest {
    /// The pattern to change; null: a new one.
    pub id: Option<String>,
    /// Its text.
    pub pattern: String,
    /// The name of its category, which is made if there is none.
    pub category: String,
}

/// What a person chooses for a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum HandChoiceView {
    /// The category that is named besides.
    Category,
    /// None, whatever patterns say.
    NoCategory,
    /// What rules and patterns say: the choice is taken back.
    LeaveToPatterns,
}

/// `set_line_category`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SetLineCategoryRequest {
    /// The lines.
    pub line_ids: Vec<String>,
    /// What is chosen.
    pub choice: HandChoiceView,
    /// For `category`: its name, which is made if there is none.
    pub category: String,
}

/// Which lines a sweep takes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SweepScopeView {
    /// Those that are pending.
    Pending,
    /// Those that failed too.
    Failed,
    /// Those with a category too, but for those a person chose for.
    All,
}

impl CategoryLinesRequest {
    /// Which lines are meant.
    pub fn shelf(&self) -> Result<CategoryShelf, CommandError> {
        Ok(match self.shelf {
            CategoryShelfView::Category => match &self.category_id {
                Some(id) => CategoryShelf::Category(parse_id(id)?),
                None => return Err(CommandError::invalid("name the category whose lines are meant")),
            },
            CategoryShelfView::NoCategory => CategoryShelf::NoCategory,
            CategoryShelfView::Pending => CategoryShelf::Pending,
            CategoryShelfView::Failed => CategoryShelf::Failed,
            CategoryShelfView::ByHand => CategoryShelf::ByHand,
        })
    }
}

impl SetLineCategoryRequest {
    /// What is chosen; `category` finds or makes the one that is named.
    pub fn choice<E>(
        &self,
        category: impl FnOnce(&str) -> Result<tieout_application::CategoryId, E>,
    ) -> Result<HandCategory, E> {
        Ok(match self.choice {
            HandChoiceView::Category => HandCategory::Category(category(&self.category)?),
            HandChoiceView::NoCategory => HandCategory::NoCategory,
            HandChoiceView::LeaveToPatterns => HandCategory::LeaveToSweep,
        })
    }
}

impl From<SweepScopeView> for SweepScope {
    fn from(scope: SweepScopeView) -> Self {
        match scope {
            SweepScopeView::Pending => Self::Pending,
            SweepScopeView::Failed => Self::Failed,
            SweepScopeView::All => Self::All,
        }
    }
}
