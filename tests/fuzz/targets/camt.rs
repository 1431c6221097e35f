//! ISO 20022 CAMT.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tieout_fuzz::read(bytes, false);
});
