//! The books have it, the bank does not.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn what_only_the_books_have() {
    let cases = "
## Never paid => Ask the customer for payment of 1013.25 EUR, or correct the entry.
books 2025-03-15 | 1013.25 | INV-45417 | Harbour Lane Bakery | due 2025-04-14

## Overdue by a month => It was due 31 days before the last statement day.
books 2025-04-30 | 841.80 | INV-45420 | Meridian Catering Ltd | due 2025-05-30

## A bill that nobody paid => Pay 394.15 EUR, or correct the entry.
books 2025-04-02 | -394.15 | 825431 | Oakhurst Tools | due 2025-05-02

## A receipt in the books that never reached the bank => Ask the customer for payment of 283.86 EUR
books 2025-05-19 | 283.86 | RCT-45440 | Quillon Fasteners | type payment

## A transfer that was booked and never sent => Pay 680.75 EUR
books 2025-05-20 | -680.75 | 825446 | Lakeside Orchards | type payment

## Of last year => Ask the customer for payment of 973.96 EUR
books 2024-11-22 | 973.96 | INV-45452 | Tamsin Vale Studio | due 2024-12-22

## In dollars => Ask the customer for payment of 268.39 USD
books 2025-04-23 | 268.39 | INV-45461 | Peveril Books Inc | due 2025-05-23 | currency USD

## A large one => Ask the customer for payment of 83500.50 EUR
books 2025-04-24 | 83500.50 | INV-45466 | Strathmore Boatyard | due 2025-05-24

## Without a due date, of April => Ask the customer for payment of 1170.38 EUR
books 2025-04-25 | 1170.38 | INV-45470 | Atelier Marchand

## One of a customer who paid the others => Ask the customer for payment of 2240.73 EUR
bank  2025-05-12 | 310.44 | INV-45476 WINTERBOURNE ANTIQUARIANS
books 2025-04-12 | 310.44 | INV-45476 | Winterbourne Antiquarians | due 2025-05-12
books* 2025-04-12 | 2240.73 | INV-45477 | Winterbourne Antiquarians | due 2025-05-12
";
    table::count(&[cases]);
    table::is(RootCause::MissingInBank, cases);
}

#[test]
fn what_the_bank_has_or_will_have() {
    let cases = "
## Not due yet -> timing
books 2025-06-10 | 1013.25 | INV-46417 | Copperfield Roofing | due 2025-07-10

## Due in the days of grace -> timing
books 2025-05-24 | 841.80 | INV-46420 | Delacroix Frames | due 2025-06-23

## A payment of the last days -> timing
books 2025-06-28 | -394.15 | 826431 | Ellerslie Vets | type payment

## Paid without its number -> none
bank  2025-05-18 | 283.86 | CREDIT TRANSFER FAIRLEIGH SCHOOL
books* 2025-04-18 | 283.86 | INV-46440 | Fairleigh School | due 2025-05-18

## The copy of an invoice that was paid -> duplicate
bank  2025-05-20 | 680.75 | INV-46446 GLENDOWER STEEL
books 2025-04-21 | 680.75 | INV-46446 | Glendower Steel | due 2025-05-21
books* 2025-04-24 | 680.75 | INV-46446-DUP | Glendower Steel | due 2025-05-24

## Paid in part -> partial_payment
bank  2025-05-21 | 500.00 | INV-46452 HOLLOWAY MUSIC
books* 2025-04-22 | 973.96 | INV-46452 | Holloway Music | due 2025-05-22

## Paid with the others in one sum -> none
bank  2025-05-22 | 768.39 | INV-46461 INV-46462 ISLINGTON PRINTS
books* 2025-04-23 | 268.39 | INV-46461 | Islington Prints | due 2025-05-23
books* 2025-04-23 | 500.00 | INV-46462 | Islington Prints | due 2025-05-23

## Paid late -> timing
bank  2025-06-16 | 8350.50 | INV-46466 JARVIS OFFICES
books* 2025-04-24 | 8350.50 | INV-46466 | Jarvis Offices | due 2025-05-24

## Paid under a wrong number -> reference_error
bank  2025-05-25 | 1170.38 | INV-46407 KENSALL LOCKS
books* 2025-04-25 | 1170.38 | INV-46470 | Kensall Locks | due 2025-05-25

## Collected and returned: it is open again -> reversal
bank  2025-05-26 | 2240.73 | DIRECT DEBIT COLLECTION INV-46477 LOXLEY TOYS
bank  2025-05-29 | -2240.73 | RETURNED DIRECT DEBIT INV-46477 LOXLEY TOYS
books* 2025-04-28 | 2240.73 | INV-46477 | Loxley Toys | due 2025-05-28
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::MissingInBank, cases);
}
