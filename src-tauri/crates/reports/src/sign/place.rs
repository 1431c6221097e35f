//! Where a signature stands in the bytes of a PDF.

/// The range a signature leaves out, and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// Position of `<`.
    pub(super) from: usize,
    /// Position after `>`.
    pub(super) to: usize,
}

/// Total length of the DER value that begins `bytes`; none where it does not begin one.
pub(super) fn der_length(bytes: &[u8]) -> Option<usize> {
    let first = usize::from(*bytes.get(1)?);
    if first < 0x80 {
        return Some(2 + first);
    }
    let octets = first & 0x7f;
    if octets == 0 || octets > 4 {
        return None;
    }
    let length = bytes.get(2..2 + octets)?.iter().try_fold(0_usize, |length, byte| {
        length.checked_mul(256).and_then(|length| length.checked_add(usize::from(*byte)))
    })?;
    length.checked_add(2 + octets)
}

/// What is signed: everything but the gap.
pub(super) fn signed_parts<'a>(bytes: &'a [u8], gap: &Gap) -> [&'a [u8]; 2] {
    [bytes.get(..gap.from).unwrap_or_default(), bytes.get(gap.to..).unwrap_or_default()]
}

/// The one place where `needle` occurs at or after `from`; none where it occurs nowhere or twice.
pub(super) fn sole_position(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let mut found = bytes.get(from..)?.windows(needle.len()).enumerate().filter(|(_, window)| *window == needle);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Some(from + at),
        _ => None,
    }
}
