//! Payments among which some stand out.

use std::fmt::Write as _;

const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// The working day of 2025 that comes so many after Monday, 6 January.
fn working_day(number: u32) -> String {
    let (mut month, mut day) = (0, 6 + number / 5 * 7 + number % 5);
    while DAYS.get(month).is_some_and(|days| day > *days) {
        day -= DAYS[month];
        month += 1;
    }
    format!("2025-{:02}-{day:02}", month + 1)
}

/// 240 ordinary payments to a dozen suppliers as CSV, and four payments that stand out: one of 19,403.17 to a supplier who
/// gets less, two that stay just under a limit of 10,000, and one on a Saturday.
#[must_use]
pub fn suspicious() -> String {
    let mut csv = "date,counterparty,description,amount,currency\n".to_owned();
    for at in 0..240_u32 {
        let cents = (at * 7_919 % 1_400 + 80) * 100 + at % 98 + 1;
        let amount = format!("-{}.{:02}", cents / 100, cents % 100);
        // Writing to a text cannot fail.
        let _ = writeln!(csv, "{},Supplier {},payment,{amount},EUR", working_day(at), at % 12);
    }
    csv + "2025-11-14,Supplier 3,payment,-19403.17,EUR\n\
           2025-05-07,Harrow,payment,-9500.10,EUR\n2025-05-08,Harrow,payment,-9800.20,EUR\n\
           2025-03-08,Supplier 5,payment,-640.17,EUR\n"
}

/// Three months of 800 payments whose amounts follow Benford's law, as CSV, with 200 invented ones of 4,8… and 4,9… in
/// the last.
#[must_use]
pub fn invented() -> String {
    let mut csv = "date,counterparty,description,amount,currency\n".to_owned();
    let mut row = |month: u32, at: u32, cents: u64| {
        let (day, who) = (at % 28 + 1, at % 37);
        let _ =
            writeln!(csv, "2025-{month:02}-{day:02},Payee {who},order {at},-{}.{:02},EUR", cents / 100, cents % 100);
    };
    for month in 1..=3 {
        let mut amount: u64 = 1_000_000;
        for at in 0..800 {
            amount = amount * 10_333 / 10_000 + u64::from(at % 3);
            if amount >= 10_000_000_000 {
                amount /= 10_000;
            }
            row(month, at, amount / 1_000 + 1);
        }
    }
    (0..200).for_each(|at| row(3, at, 480_000 + u64::from(at) * 7_919 % 19_000 + 1));
    csv
}
