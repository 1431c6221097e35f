//! Part of the amount was paid.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn what_is_a_part_of_what_was_owed() {
    let cases = "
## Half on account => Ask the customer for the remaining 750.00 EUR.
bank  2025-05-14 | 750.00 | INV-24417 HARBOUR LANE BAKERY
books 2025-04-15 | 1500.00 | INV-24417 | Harbour Lane Bakery | due 2025-05-15

## A third => remaining 1200.00 EUR
bank  2025-05-15 | 600.00 | INV-24420 MERIDIAN CATERING LTD
books 2025-04-16 | 1800.00 | INV-24420 | Meridian Catering Ltd | due 2025-05-16

## A first instalment, and it says so => remaining 2847.20 EUR
bank  2025-05-16 | 600.00 | INSTALMENT 1 INV-24431 OAKHURST TOOLS
books 2025-04-17 | 3447.20 | INV-24431 | Oakhurst Tools | due 2025-05-17

## A disputed item held back => remaining 124.00 EUR
bank  2025-05-19 | 500.00 | INV-24440 QUILLON FASTENERS LESS DAMAGED ITEM
books 2025-04-18 | 624.00 | INV-24440 | Quillon Fasteners | due 2025-05-18

## Most of it => remaining 224.00 EUR
bank  2025-05-20 | 800.00 | INV-24446 LAKESIDE ORCHARDS
books 2025-04-21 | 1024.00 | INV-24446 | Lakeside Orchards | due 2025-05-21

## Two instalments that settle it => 2 lines add up to the one entry.
bank  2025-05-12 | 1000.00 | INV-24452 TAMSIN VALE STUDIO
bank  2025-05-21 | 1500.00 | INV-24452 TAMSIN VALE STUDIO
books 2025-04-22 | 2500.00 | INV-24452 | Tamsin Vale Studio | due 2025-05-22

## Three instalments that settle it => 3 lines add up to the one entry.
bank  2025-05-02 | 300.00 | INV-24461 PEVERIL BOOKS
bank  2025-05-12 | 300.00 | INV-24461 PEVERIL BOOKS 2
bank  2025-05-22 | 333.43 | INV-24461 PEVERIL BOOKS 3
books 2025-04-23 | 933.43 | INV-24461 | Peveril Books | due 2025-05-23

## A tenth as a deposit => remaining 8100.00 EUR
bank  2025-05-23 | 900.00 | DEPOSIT INV-24466 STRATHMORE BOATYARD
books 2025-04-24 | 9000.00 | INV-24466 | Strathmore Boatyard | due 2025-05-24

## We pay a bill in part: it is ours to pay => Pay the remaining 700.00 EUR
bank  2025-05-26 | -600.00 | PAYMENT TO ATELIER MARCHAND BILL 777470
books 2025-04-25 | -1300.00 | 777470 | Atelier Marchand | due 2025-05-25

## In dollars => remaining 4250.00 USD
bank  2025-05-27 | 2000.00 | INV-24477 WINTERBOURNE INC | currency USD
books 2025-04-28 | 6250.00 | INV-24477 | Winterbourne Inc | due 2025-05-28 | currency USD
";
    table::count(&[cases]);
    table::is(RootCause::PartialPayment, cases);
}

#[test]
fn what_is_less_for_a_reason_of_its_own() {
    let cases = "
## A bank's charge -> fee
bank  2025-05-14 | 1487.50 | INV-34417 COPPERFIELD ROOFING
books 2025-04-15 | 1500.00 | INV-34417 | Copperfield Roofing | due 2025-05-15

## Ten percent in time -> discount => Book the discount of 10 %, 180.00 EUR.
bank  2025-05-08 | 1620.00 | INV-34420 DELACROIX FRAMES
books 2025-05-05 | 1800.00 | INV-34420 | Delacroix Frames | due 2025-06-04 | memo 10/5 NET 30

## Half a percent -> fx_rounding
bank  2025-05-16 | 1283.69 | INV-34431 ELLERSLIE VETS
books 2025-04-17 | 1290.00 | INV-34431 | Ellerslie Vets | due 2025-05-17

## Digits swapped downwards -> transposition
bank  2025-05-19 | 1270.00 | INV-34440 FAIRLEIGH SCHOOL
books 2025-04-18 | 1720.00 | INV-34440 | Fairleigh School | due 2025-05-18

## The smaller of a customer's two invoices, in full -> none
bank  2025-05-20 | 340.75 | INV-34446 GLENDOWER STEEL
books 2025-04-21 | 340.75 | INV-34446 | Glendower Steel | due 2025-05-21
books 2025-04-21 | 1022.50 | INV-34447 | Glendower Steel | due 2025-05-21

## One transfer less a credit note that it names -> none
bank  2025-05-21 | 2300.00 | INV-34452 CN-34453 HOLLOWAY MUSIC
books 2025-04-22 | 2500.00 | INV-34452 | Holloway Music | due 2025-05-22
books 2025-04-25 | -200.00 | CN-34453 | Holloway Music | due 2025-05-25

## The work at a lower rate -> rate_change
bank  2025-05-22 | 950.00 | INV-34461 ISLINGTON PRINTS
books 2025-04-23 | 1000.00 | INV-34461 | Islington Prints | due 2025-05-23 | memo CLEANING 25 x 40.00 site 12

## A stranger's small payment -> missing_in_ledger
bank  2025-05-23 | 61.17 | TRANSFER ZOLTAN FEHERVARI

## In full, but very late -> timing
bank  2025-06-26 | 777.70 | INV-34470 JARVIS OFFICES
books 2025-04-25 | 777.70 | INV-34470 | Jarvis Offices | due 2025-05-25

## Too much -> overpayment
bank  2025-05-27 | 6500.00 | INV-34477 KENSALL LOCKS
books 2025-04-28 | 6250.00 | INV-34477 | Kensall Locks | due 2025-05-28
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::PartialPayment, cases);
}
