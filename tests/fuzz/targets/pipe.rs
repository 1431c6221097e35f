//! A decoded table as a hostile child process might send it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(table) = tieout_statements::Table::read_from(bytes) {
        let _ = tieout_statements::recognise(&table, None);
    }
});
