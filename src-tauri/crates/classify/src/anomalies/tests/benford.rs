use tieout_domain::LedgerKind;

use super::*;

const KIND: AnomalyKind = AnomalyKind::Benford;

/// Amounts of minor units that grow by the same share again and again from 10.00 to 100,000.00: they follow the law.
fn natural(count: usize) -> Vec<i64> {
    // Nine hundred and one steps of about 1.0283 make ten to the power of eleven; the remainder of the places is enough.
    let mut amounts = Vec::with_capacity(count);
    let mut amount: i64 = 1_000_000;
    for at in 0..count {
        amount = amount * 10_333 / 10_000 + (at % 3) as i64;
        if amount >= 10_000_000_000 {
            amount /= 10_000;
        }
        amounts.push(amount / 1_000 + 1);
    }
    amounts
}

/// One posting of each amount on days of that month.
fn month(books: Books, month: i32, amounts: &[i64], sign: i64) -> Books {
    let mut books = books;
    let first = date(2025, i8::try_from(month).unwrap(), 1);
    for (at, minor) in amounts.iter().enumerate() {
        let day = first.saturating_add(jiff::Span::new().days((at % 28) as i64));
        books.rows.push(Row { date: Some(day), minor: sign * minor, party: format!("P{}", at % 40), ..Row::default() });
    }
    books
}

/// Invented amounts just under five thousand.
fn invented(count: i64) -> Vec<i64> {
    (0..count).map(|at| 480_000 + at * 7_919 % 19_000 + 1).collect()
}

/// Two natural months.
fn two_months(books: Books) -> Books {
    month(month(books, 1, &natural(900), -1), 2, &natural(800), -1)
}

/// A month, whether money came in, and the digits that are too many.
type Told = (Date, bool, Vec<u8>);

fn told(books: &Books) -> Vec<Told> {
    let found = books.detect_in(0..books.len()).into_iter().filter(|(anomaly, _)| anomaly.kind == KIND);
    let mut told: Vec<_> = found
        .map(|(anomaly, _)| {
            let Evidence::Benford { from, incoming, digits, .. } = anomaly.evidence else { panic!("{anomaly:?}") };
            (from, incoming, digits.iter().filter(|of| of.stands_out).map(|of| of.digit).collect())
        })
        .collect();
    told.sort();
    told
}

#[test]
fn months_whose_digits_are_invented() {
    let eur = || Books::bank("EUR");
    let march = |books: Books, amounts: &[i64], sign| month(month(books, 3, &natural(800), sign), 3, amounts, sign);
    let a_month = |digits: &[u8]| vec![(date(2025, 3, 1), false, digits.to_vec())];
    let sevens: Vec<i64> = (0..200).map(|at| 7_001 + at * 13 % 900).collect();
    let nines: Vec<i64> = (0..200).map(|at| 970_000 + at * 131 % 29_000).collect();
    let cases: Vec<(&str, Books, Vec<Told>)> = vec![
        ("payments just under five thousand", march(two_months(eur()), &invented(200), -1), a_month(&[4])),
        ("many of seventy-something", march(two_months(eur()), &sevens, -1), a_month(&[7])),
        ("payments just under ten thousand", march(two_months(eur()), &nines, -1), a_month(&[9])),
        ("the only month there is", march(eur(), &invented(200), -1), a_month(&[4])),
        ("invoices", march(two_months(Books::entries(LedgerKind::Invoice, "EUR")), &invented(200), -1), a_month(&[4])),
        ("yen", march(two_months(Books::bank("JPY")), &invented(200), -1), a_month(&[4])),
        (
            "dinars",
            march(
                two_months(Books::bank("KWD")),
                &invented(200).iter().map(|minor| minor * 10).collect::<Vec<_>>(),
                -1,
            ),
            a_month(&[4]),
        ),
        ("two invented figures", march(march(two_months(eur()), &invented(200), -1), &nines, -1), a_month(&[4, 9])),
        (
            "money in",
            march(month(eur(), 1, &natural(900), 1), &invented(200), 1),
            vec![(date(2025, 3, 1), true, vec![4])],
        ),
        (
            "the dates asked for",
            march(two_months(eur()), &invented(200), -1).between("2025-03-01", "2025-03-31"),
            a_month(&[4]),
        ),
        (
            "few postings, but still five hundred",
            month(month(two_months(eur()), 3, &natural(400), -1), 3, &invented(150), -1),
            a_month(&[4]),
        ),
    ];
    for (name, books, expected) in cases {
        assert_eq!(told(&books), expected, "{name}");
    }
}

#[test]
fn months_in_which_nothing_is_invented() {
    let eur = || Books::bank("EUR");
    let prices: Vec<i64> = (0..900).map(|at| [1_990, 4_990, 49_900, 499_000][at % 4]).collect();
    let narrow: Vec<i64> = (0..900).map(|at| 100_000 + at * 7_919 % 800_000).collect();
    let cents: Vec<i64> = (0..400).map(|at| 400 + at % 99).collect();
    let invented_march = || month(month(two_months(eur()), 3, &natural(800), -1), 3, &invented(200), -1);
    let cases = vec![
        ("two natural months", two_months(eur())),
        ("a natural month of another size", month(two_months(eur()), 3, &natural(2_500), -1)),
        ("a company with four prices: no month follows the law", month(month(eur(), 1, &prices, -1), 2, &prices, -1)),
        ("amounts within one order of magnitude", month(month(eur(), 1, &narrow, -1), 2, &narrow, -1)),
        ("too few postings", month(month(eur(), 3, &natural(350), -1), 3, &invented(100), -1)),
        ("a few invented ones", month(month(two_months(eur()), 3, &natural(800), -1), 3, &invented(20), -1)),
        ("fees below ten units do not count", month(month(two_months(eur()), 3, &natural(800), -1), 3, &cents, -1)),
        (
            "a business that is a little off every month",
            (1..=4).fold(eur(), |books, at| month(month(books, at, &natural(800), -1), at, &invented(80), -1)),
        ),
        ("in the other direction there are too few", month(two_months(eur()), 3, &invented(200), 1)),
        ("switched off", invented_march().with(|config| config.benford.enabled = false)),
        ("more postings are asked for", invented_march().with(|config| config.benford.records_min = 2_000)),
        ("outside the dates asked for", invented_march().between("2025-02-01", "2025-02-28")),
        (
            "without dates",
            (0..300).fold(two_months(eur()), |books, at| books.add(&format!("- -4{:03}.17 P", 800 + at % 190))),
        ),
    ];
    for (name, books) in cases {
        assert_eq!(told(&books), Vec::new(), "{name}");
    }
}

#[test]
fn the_money_behind_the_digits_is_told() {
    let books = month(month(two_months(Books::bank("EUR")), 3, &natural(800), -1), 3, &invented(200), -1);
    let found = books.only(KIND);
    let Evidence::Benford { postings, deviation, conformity, chi_square, digits, .. } = found.evidence else {
        panic!("{found:?}")
    };
    assert_eq!((postings, conformity, digits.len()), (1_000, Conformity::None, 9));
    assert!(deviation > 15_000 && chi_square > 26_124, "{deviation} {chi_square}");
    let four = digits[3];
    // 200 invented ones, and about 9.7 % of the natural ones; 9.7 % of all were expected.
    assert!((265..=295).contains(&four.seen) && (96_000..98_000).contains(&four.expected), "{four:?}");
    // Two thirds of what begins with a four is too much: 200 times 4,900.00, and natural ones of up to 49,999.99.
    let sum = four.sum.minor_units();
    assert!((60..=70).contains(&(found.impact.minor_units() * 100 / sum)), "{} of {}", found.impact, four.sum);
    assert!((98_000_000..200_000_000).contains(&sum), "{sum}");
    assert_eq!(digits.iter().map(|of| u64::from(of.seen)).sum::<u64>(), 1_000);
}

#[test]
fn two_digits_are_looked_at_where_there_are_enough_postings() {
    let books = month(month(Books::bank("EUR"), 1, &natural(6_000), -1), 2, &natural(6_000), -1);
    let books = month(books, 2, &invented(1_000), -1);
    assert_eq!(told(&books), [(date(2025, 2, 1), false, vec![48, 49])]);
}
