//! ZIP archives of files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = tieout_statements::archive_members(bytes, &tieout_fuzz::options().limits);
});
