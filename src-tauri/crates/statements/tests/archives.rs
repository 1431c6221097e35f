//! ZIP archives taken as their files.
#![allow(missing_docs, clippy::unwrap_used)]

mod containers;

use containers::{RawEntry, raw_archive, squeezed, xlsx, zipped};
use tieout_statements::{Limits, archive_members};

fn names(bytes: &[u8]) -> Vec<String> {
    let members = archive_members(bytes, &Limits::default()).unwrap().unwrap();
    members.into_iter().map(|member| member.name).collect()
}

fn refused(bytes: &[u8], limits: &Limits) -> String {
    archive_members(bytes, limits).unwrap_err().to_string()
}

#[test]
fn documents_and_other_bytes_are_no_archives() {
    for bytes in [xlsx("<row/>"), b"Date,Amount\n".to_vec(), Vec::new()] {
        assert_eq!(archive_members(&bytes, &Limits::default()), Ok(None));
    }
}

#[test]
fn files_come_without_folders_and_what_systems_leave_behind() {
    let entries = [
        ("2024/", ""),
        ("2024/may.csv", "may"),
        ("2025/may.csv", "other"),
        ("../../etc/may.csv", "third"),
        ("C:\\data\\june.csv", "june"),
        ("__MACOSX/2024/._may.csv", "x"),
        ("2024/.DS_Store", "x"),
        (".git/config", "x"),
        ("Thumbs.db", "x"),
    ];
    assert_eq!(names(&zipped(&entries)), ["may.csv", "may (2).csv", "may (3).csv", "june.csv"]);
    let members = archive_members(&zipped(&entries), &Limits::default()).unwrap().unwrap();
    assert_eq!(members.first().unwrap().bytes, b"may");
}

#[test]
fn names_are_read_in_either_alphabet() {
    let entry = |name: &[u8]| RawEntry { name: name.to_vec(), data: vec![3, 0], flags: 0 };
    // Without a mark both are possible; what is no UTF-8 is in the letters of DOS.
    let archive = raw_archive(&[entry("Kontoauszug März.csv".as_bytes()), entry(b"M\x84rz.csv")], false);
    assert_eq!(names(&archive), ["Kontoauszug März.csv", "März.csv"]);
}

#[test]
fn what_cannot_be_taken_is_named() {
    let inner = zipped(&[("a.csv", "x")]);
    let limits = Limits { file_bytes: 100, ..Limits::default() };
    let packed = [&b"\x1f\x8b"[..], b"rest"].concat();
    for (bytes, said) in [
        (zipped(&[("b/inner.zip", &inner)]), "'b/inner.zip' in the archive is an archive itself"),
        (zipped(&[("a.csv.gz", &packed)]), "'a.csv.gz' in the archive is an archive itself"),
        (
            raw_archive(&[RawEntry { name: b"secret.csv".to_vec(), data: vec![3, 0], flags: 1 }], false),
            "'secret.csv' in the archive is protected by a password",
        ),
        (zipped(&[("notes/", "")]), "a ZIP archive without a file in it"),
    ] {
        let error = refused(&bytes, &Limits::default());
        assert!(error.contains(said), "{error} should contain {said}");
    }
    assert_eq!(names(&zipped(&[("a.xlsx", xlsx("<row/>"))])), ["a.xlsx"]);
    let long = zipped(&[("long.csv", vec![b'x'; 20_000])]);
    let limits = Limits { file_bytes: (long.len() as u64).max(limits.file_bytes), ..limits };
    assert!(refused(&long, &limits).contains("'long.csv' in the archive is larger than files may be"));
}

#[test]
fn all_files_together_are_held_to_a_limit() {
    let limits = Limits { archive_bytes: 5_000, ..Limits::default() };
    let archive = zipped(&[("a.csv", vec![b'x'; 3_000]), ("b.csv", vec![b'y'; 3_000])]);
    assert!(refused(&archive, &limits).contains("beyond the limit of 0 MiB after decompression"));
}

#[test]
fn a_bomb_is_refused_before_it_is_whole() {
    let bomb = RawEntry { name: b"statement.csv".to_vec(), data: squeezed(b"", 0, 4_096), flags: 0 };
    let archive = raw_archive(&[bomb], false);
    assert!(archive.len() < 8 << 20);
    assert!(
        refused(&archive, &Limits::default()).contains("'statement.csv' in the archive is larger than files may be")
    );
}

#[test]
fn entries_that_share_their_bytes_are_refused() {
    let entry =
        |number: u32| RawEntry { name: format!("{number}.csv").into_bytes(), data: squeezed(b"", b'0', 16), flags: 0 };
    let archive = raw_archive(&[entry(0), entry(1), entry(2)], true);
    let error = refused(&archive, &Limits::default());
    assert!(error.contains("its entries share the same bytes"), "{error}");
}

#[test]
fn a_hundred_thousand_entries_are_too_many() {
    let entries: Vec<(String, &str)> = (0..100_000).map(|number| (format!("{number}"), "")).collect();
    let error = refused(&zipped(&entries), &Limits::default());
    assert!(error.contains("beyond the limit of 10000 entries"), "{error}");
}

#[test]
fn cut_and_changed_archives_are_answered() {
    let archive = zipped(&[("a/may.csv", "Date,Amount\n2024-05-02,1.00\n"), ("june.csv", "x")]);
    let whole = archive_members(&archive, &Limits::default()).unwrap();
    for position in 0..archive.len() {
        let _ = archive_members(&archive[..position], &Limits::default());
        for value in [0, 1, 0x7f, 0xff] {
            let mut changed = archive.clone();
            changed[position] = value;
            if let Ok(Some(members)) = archive_members(&changed, &Limits::default()) {
                // Names are not protected by the archive; contents are.
                let contents = |members: &[tieout_statements::Member]| {
                    members.iter().map(|member| member.bytes.clone()).collect::<Vec<_>>()
                };
                let whole = contents(whole.as_deref().unwrap());
                assert!(contents(&members).iter().all(|bytes| whole.contains(bytes)), "at {position}: {value}");
            }
        }
    }
}
