//! How columns were understood, remembered.

use super::*;
use crate::{MappingScope, NewMapping};

const fn mapping<'a>(scope: MappingScope, header: &'a str, columns: &'a str, mapping: &'a str) -> NewMapping<'a> {
    NewMapping { scope, header, columns, mapping }
}

#[test]
fn a_mapping_is_remembered_for_its_account_and_header() {
    let mut workbook = Desk::new().create();
    let scope = MappingScope::Account(account(&mut workbook));
    assert_eq!(workbook.remembered_mapping(scope, "h1").unwrap(), None);
    workbook.remember_mapping(&mapping(scope, "h1", "Date\nAmount", "first")).unwrap();
    workbook.remember_mapping(&mapping(scope, "h1", "Date\nAmount", "second")).unwrap();
    workbook.remember_mapping(&mapping(MappingScope::Ledger, "h1", "", "other")).unwrap();
    assert_eq!(workbook.remembered_mapping(scope, "h1").unwrap().as_deref(), Some("second"));
    assert_eq!(workbook.remembered_mapping(scope, "h2").unwrap(), None);
    let scopes: Vec<_> = workbook.mappings_of_header("h1").unwrap().into_iter().map(|found| found.scope).collect();
    assert_eq!(scopes, [MappingScope::Ledger, scope]);
}

#[test]
fn a_changed_header_is_shown_beside_the_one_used_last() {
    let mut workbook = Desk::new().create();
    let scope = MappingScope::Account(account(&mut workbook));
    workbook.remember_mapping(&mapping(scope, "h1", "Date\nAmount", "one")).unwrap();
    workbook.remember_mapping(&mapping(scope, "h2", "Date\nText\nAmount", "two")).unwrap();
    let before = workbook.audit_head();
    workbook.remember_mapping(&mapping(scope, "h2", "Date\nText\nAmount", "two")).unwrap();
    assert_eq!(workbook.audit_head(), before, "nothing changed");
    workbook.remember_mapping(&mapping(scope, "h1", "Date\nAmount", "one")).unwrap();
    let known = workbook.mappings_of_scope(scope).unwrap();
    let told: Vec<_> = known.iter().map(|known| (known.header.as_str(), known.columns.as_str())).collect();
    assert_eq!(told, [("h1", "Date\nAmount"), ("h2", "Date\nText\nAmount")]);
    workbook.forget_mapping(scope, "h1").unwrap();
    assert_eq!(workbook.remembered_mapping(scope, "h1").unwrap(), None);
    assert!(matches!(workbook.forget_mapping(scope, "h1"), Err(WorkbookError::NotFound { .. })));
    let newest = &workbook.audit_page(0, 1).unwrap().events[0];
    assert_eq!(newest.action, "mapping.forgotten");
}
