//! Where times, identifiers and the machine's name come from, so that tests repeat.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use uuid::Uuid;

use crate::machine;

/// Tells the time and gives the random part of identifiers.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01 UTC.
    fn now_ms(&self) -> i64;

    /// Ten bytes nobody can guess, or, in tests, ten that repeat.
    fn random(&self) -> [u8; 10];

    /// The zone in which days begin and end: people count in their own. UTC unless the clock knows another.
    fn zone(&self) -> TimeZone {
        TimeZone::UTC
    }

    /// The machine that audit events name. Empty: none is named.
    fn machine(&self) -> &str {
        ""
    }

    /// The day that a moment lies in, in milliseconds since 1970-01-01 UTC.
    fn day_of(&self, at_ms: i64) -> Date {
        Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.zone()).date()
    }
}

/// The machine's clock and random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        Timestamp::now().as_millisecond()
    }

    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        // Without random numbers identifiers are still unique within the file, since they ascend.
        if let Err(error) = getrandom::fill(&mut bytes) {
            tracing::error!(%error, "the system gives no random numbers");
        }
        bytes
    }

    fn zone(&self) -> TimeZone {
        TimeZone::system()
    }

    fn machine(&self) -> &str {
        machine::this()
    }
}

/// For tests: begins at a given time and moves on by one second with every question.
#[derive(Debug)]
pub struct SteppingClock {
    now_ms: AtomicU64,
}

impl SteppingClock {
    /// Begins at so many milliseconds since 1970-01-01 UTC.
    pub const fn from_ms(start: u64) -> Self {
        Self { now_ms: AtomicU64::new(start) }
    }
}

impl Clock for SteppingClock {
    fn now_ms(&self) -> i64 {
        i64::try_from(self.now_ms.fetch_add(1_000, Ordering::Relaxed)).unwrap_or(i64::MAX)
    }

    fn random(&self) -> [u8; 10] {
        [7; 10]
    }
}

/// Makes UUIDv7 identifiers that always ascend, also within one millisecond and when the clock is set back
/// (RFC 9562, section 6.2, method 2: the random part is counted up).
#[derive(Debug, Default)]
pub(crate) struct Ids {
    last: u128,
}

/// Version 7 and the RFC's variant, and the bits in between that are free to count in.
const MARKS: u128 = 0x7000_8000_0000_0000_0000;
const FREE_HIGH: u128 = 0x0fff;
const FREE_LOW: u128 = 0x3fff_ffff_ffff_ffff;

impl Ids {
    /// The next identifier, at this time or later.
    pub(crate) fn next(&mut self, now_ms: i64, random: impl FnOnce() -> [u8; 10]) -> Uuid {
        let now = u128::from(u64::try_from(now_ms).unwrap_or(0)) & 0xffff_ffff_ffff;
        // Time (48 bits) and counter (74 bits) side by side: one number to compare and count.
        let last = self.last;
        let next = if now > last >> 74 {
            let mut bytes = [0; 16];
            bytes[6..].copy_from_slice(&random());
            // The counter's top bit stays clear, so that counting up cannot run over into the time.
            now << 74 | u128::from_be_bytes(bytes) & ((1 << 73) - 1)
        } else {
            last + 1
        };
        self.last = next;
        let (time, high, low) = (next >> 74, next >> 62 & FREE_HIGH, next & FREE_LOW);
        Uuid::from_u128(time << 80 | MARKS | high << 64 | low)
    }

    /// Never gives an identifier at or before this one again.
    pub(crate) fn follow(&mut self, id: Uuid) {
        let bits = id.as_u128();
        let last = (bits >> 80) << 74 | (bits >> 64 & FREE_HIGH) << 62 | bits & FREE_LOW;
        self.last = self.last.max(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_ascend_even_when_the_clock_is_set_back() {
        let mut ids = Ids::default();
        let times = [5_000, 5_000, 5_000, 4_000, 6_000, 6_000];
        let made: Vec<Uuid> = times.iter().map(|&now| ids.next(now, || [0xff; 10])).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]), "{made:?}");
        assert!(made.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
    }

    #[test]
    fn identifiers_go_on_after_those_already_stored() {
        let mut first = Ids::default();
        let stored = first.next(9_000, || [0x33; 10]);
        let mut second = Ids::default();
        second.follow(stored);
        assert!(second.next(1_000, || [0; 10]) > stored);
    }
}
