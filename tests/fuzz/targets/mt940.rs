//! SWIFT MT940 and MT942.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tieout_fuzz::read(bytes, false);
});
