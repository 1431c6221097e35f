//! Delimited text, as a whole and piece by piece.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tieout_fuzz::read(bytes, false);
    tieout_fuzz::read(bytes, true);
});
