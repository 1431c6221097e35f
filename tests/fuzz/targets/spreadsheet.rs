//! XLSX, XLS, XLSB and ODS: the seeds are real ones, since a checksum guards every entry.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tieout_fuzz::read(bytes, false);
});
