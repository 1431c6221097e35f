//! More than the amount was paid.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn what_is_more_than_was_owed() {
    let cases = "
## Paid a round sum => Return 26.40 EUR, or credit it to the payer.
bank  2025-05-14 | 1500.00 | INV-23417 HARBOUR LANE BAKERY
books 2025-04-15 | 1473.60 | INV-23417 | Harbour Lane Bakery | due 2025-05-15

## Paid with tax where none was due => Return 190.00 EUR
bank  2025-05-15 | 1190.00 | INV-23420 MERIDIAN CATERING LTD
books 2025-04-16 | 1000.00 | INV-23420 | Meridian Catering Ltd | due 2025-05-16

## A digit too many in front => Return 1000.00 EUR
bank  2025-05-16 | 1447.20 | INV-23431 OAKHURST TOOLS
books 2025-04-17 | 447.20 | INV-23431 | Oakhurst Tools | due 2025-05-17

## Twice in one transfer => Return 624.00 EUR
bank  2025-05-19 | 1248.00 | INV-23440 QUILLON FASTENERS
books 2025-04-18 | 624.00 | INV-23440 | Quillon Fasteners | due 2025-05-18

## With an old penalty added => Return 40.00 EUR
bank  2025-05-20 | 1064.00 | INV-23446 LAKESIDE ORCHARDS
books 2025-04-21 | 1024.00 | INV-23446 | Lakeside Orchards | due 2025-05-21

## A third more => Return 830.00 EUR
bank  2025-05-21 | 3330.00 | INV-23452 TAMSIN VALE STUDIO
books 2025-04-22 | 2500.00 | INV-23452 | Tamsin Vale Studio | due 2025-05-22

## In francs => Return 16.57 CHF
bank  2025-05-22 | 250.00 | INV-23461 PEVERIL BOOKS | currency CHF
books 2025-04-23 | 233.43 | INV-23461 | Peveril Books | due 2025-05-23 | currency CHF

## The net price was owed and the gross one paid => Return 171.00 EUR
bank  2025-05-23 | 1071.00 | INV-23466 STRATHMORE BOATYARD
books 2025-04-24 | 900.00 | INV-23466 | Strathmore Boatyard | due 2025-05-24

## Two percent were added instead of taken off => Return 26.00 EUR
bank  2025-05-26 | 1326.00 | INV-23470 ATELIER MARCHAND
books 2025-04-25 | 1300.00 | INV-23470 | Atelier Marchand | due 2025-05-25

## The number is in the reference => Return 50.00 EUR
bank  2025-05-27 | 6300.00 | CREDIT TRANSFER WINTERBOURNE | ref INV-23477
books 2025-04-28 | 6250.00 | INV-23477 | Winterbourne | due 2025-05-28
";
    table::count(&[cases]);
    table::is(RootCause::Overpayment, cases);
}

#[test]
fn what_is_more_for_a_reason_of_its_own() {
    let cases = "
## The same quantity at a higher rate -> rate_change => Raise the rate from 40.00 to 41.20.
bank  2025-05-14 | 1030.00 | INV-33417 COPPERFIELD ROOFING
books 2025-04-15 | 1000.00 | INV-33417 | Copperfield Roofing | due 2025-05-15 | memo CLEANING 25 x 40.00 site 12

## One transfer for two invoices that it names -> none
bank  2025-05-15 | 1180.50 | INV-33420 INV-33421 DELACROIX FRAMES
books 2025-04-16 | 740.20 | INV-33420 | Delacroix Frames | due 2025-05-16
books 2025-04-17 | 440.30 | INV-33421 | Delacroix Frames | due 2025-05-17

## Five cents too many -> fx_rounding
bank  2025-05-16 | 1290.05 | INV-33431 ELLERSLIE VETS
books 2025-05-08 | 1290.00 | INV-33431 | Ellerslie Vets | due 2025-06-07

## Digits swapped upwards -> transposition
bank  2025-05-19 | 1720.00 | INV-33440 FAIRLEIGH SCHOOL
books 2025-04-18 | 1270.00 | INV-33440 | Fairleigh School | due 2025-05-18

## What the bank adds when we pay -> fee => Book a fee of 15.00 EUR.
bank  2025-05-20 | -1037.50 | PAYMENT TO GLENDOWER STEEL BILL 776120
books 2025-04-21 | -1022.50 | 776120 | Glendower Steel | due 2025-05-21

## Exactly what is owed, in a round sum -> none
bank  2025-05-21 | 2500.00 | INV-33452 HOLLOWAY MUSIC
books 2025-04-22 | 2500.00 | INV-33452 | Holloway Music | due 2025-05-22

## Paid a second time a few days later -> duplicate
bank  2025-05-22 | 233.43 | INV-33461 ISLINGTON PRINTS
bank* 2025-05-26 | 233.43 | INV-33461 ISLINGTON PRINTS
books 2025-04-23 | 233.43 | INV-33461 | Islington Prints | due 2025-05-23

## A deposit nobody expects -> missing_in_ledger
bank  2025-05-23 | 7000.00 | DEPOSIT OF SHAREHOLDER

## Less by a little -> fee
bank  2025-05-26 | 1285.00 | INV-33470 JARVIS OFFICES
books 2025-04-25 | 1300.00 | INV-33470 | Jarvis Offices | due 2025-05-25

## Less by much -> partial_payment
bank  2025-05-27 | 3000.00 | INV-33477 KENSALL LOCKS
books 2025-04-28 | 6250.00 | INV-33477 | Kensall Locks | due 2025-05-28
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::Overpayment, cases);
}
