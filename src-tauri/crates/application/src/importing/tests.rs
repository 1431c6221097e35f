//! Previews beside the workbook: whoever waits for the one holds nothing of the other.

use std::{path::PathBuf, sync::Arc, thread, time::Duration};

use tieout_domain::{Currency, Side};
use tieout_workbook::{MemoryKeyStore, SteppingClock};

use crate::{Environment, NewWorkbook, PreviewRows, RowFilter, Session, UploadedFile};

/// Signing out holds the workbook and clears the previews: were these held by whoever waits for the workbook, neither would
/// ever go on.
#[test]
fn who_waits_for_the_workbook_leaves_the_previews_free() {
    let folder = tempfile::tempdir().unwrap();
    let session = Session::new(Environment {
        clock: Arc::new(SteppingClock::from_ms(1_700_000_000_000)),
        keys: Arc::new(MemoryKeyStore::default()),
        reader: PathBuf::new(),
        data_folder: folder.path().join("data"),
        documents: folder.path().to_owned(),
    });
    let new = NewWorkbook {
        path: folder.path().join("joinery.tieout"),
        passphrase: "correct horse battery".to_owned().into(),
        company: "Joinery".to_owned(),
        user: "Ada".to_owned(),
        currency: Currency::parse("EUR").unwrap(),
        single_user: true,
        remember: false,
    };
    session.create_workbook(new).unwrap();
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
