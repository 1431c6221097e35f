//! Previews beside the workbook: whoever waits for the one holds nothing of the other.

use std::{thread, time::Duration};

use tieout_domain::Side;

use crate::{PreviewRows, RowFilter, UploadedFile};

/// Signing out holds the workbook and clears the previews: were these held by whoever waits for the workbook, neither would
/// ever go on.
#[test]
fn who_waits_for_the_workbook_leaves_the_previews_free() {
    let (session, _folder, _) = crate::desk::session(|_| {});
    let bytes = b"date,description,amount,currency\n2026-01-12,Transfer,26.00,EUR\n".to_vec();
    let file = UploadedFile { name: "bank.csv".to_owned(), bytes, side: Some(Side::Statement) };
    let preview = session.preview_import(file, &|_| {}).unwrap().remove(0);
    let page = PreviewRows { token: preview.token.clone(), filter: RowFilter::All, offset: 0, limit: 5 };
    thread::scope(|scope| {
        let (rows, renamed) = session
            .with_file(|_| {
                let rows = scope.spawn(|| session.preview_rows(&page));
                let renamed = scope.spawn(|| session.rename_account(&preview, "Giro"));
                for _ in 0..20 {
                    thread::sleep(Duration::from_millis(10));
                    let held = session.previews.try_lock_for(Duration::from_secs(10));
                    assert!(held.is_some(), "somebody holds the previews and waits for the workbook");
                }
                Ok((rows, renamed))
            })
            .unwrap();
        assert_eq!(rows.join().unwrap().unwrap().len(), 1);
        assert_eq!(renamed.join().unwrap().unwrap().account_name, "Giro");
    });
}
