//! The payer quoted a wrong reference.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn a_number_that_is_not_the_documents() {
    let cases = "
## Two digits of the number swapped => Correct the reference from 27471 to INV-27417.
bank  2025-05-14 | 1013.20 | INV-27471 HARBOUR LANE BAKERY
books 2025-04-15 | 1013.20 | INV-27417 | Harbour Lane Bakery | due 2025-05-15

## A wrong digit => Correct the reference from 27429 to INV-27420.
bank  2025-05-15 | 841.75 | INV-27429 MERIDIAN CATERING LTD
books 2025-04-16 | 841.75 | INV-27420 | Meridian Catering Ltd | due 2025-05-16

## The last digit cut off => Correct the reference from 2743 to INV-27431.
bank  2025-05-16 | 394.10 | INV-2743 OAKHURST TOOLS
books 2025-04-17 | 394.10 | INV-27431 | Oakhurst Tools | due 2025-05-17

## A digit too many => INV-27440
bank  2025-05-19 | 283.82 | INV-274400 QUILLON FASTENERS
books 2025-04-18 | 283.82 | INV-27440 | Quillon Fasteners | due 2025-05-18

## A letter O for a zero => INV-20746
bank  2025-05-20 | 680.70 | INV-2O746 LAKESIDE ORCHARDS
books 2025-04-21 | 680.70 | INV-20746 | Lakeside Orchards | due 2025-05-21

## The number of last month's invoice => INV-27452
bank  2025-05-21 | 973.92 | INV-27399 TAMSIN VALE STUDIO
bank  2025-04-22 | 955.15 | INV-27399 TAMSIN VALE STUDIO
books 2025-03-22 | 955.15 | INV-27399 | Tamsin Vale Studio | due 2025-04-22
books* 2025-04-22 | 973.92 | INV-27452 | Tamsin Vale Studio | due 2025-05-22

## A digit left out in the middle => INV-27461
bank  2025-05-22 | 268.35 | INV-2761 PEVERIL BOOKS
books 2025-04-23 | 268.35 | INV-27461 | Peveril Books | due 2025-05-23

## In the reference field => INV-27466
bank  2025-05-23 | 8350.45 | CREDIT TRANSFER STRATHMORE BOATYARD | ref INV-27486
books 2025-04-24 | 8350.45 | INV-27466 | Strathmore Boatyard | due 2025-05-24

## On a payment of ours => 787470
bank  2025-05-26 | -1170.33 | PAYMENT TO ATELIER MARCHAND BILL 787740
books 2025-04-25 | -1170.33 | 787470 | Atelier Marchand | due 2025-05-25

## In dollars => INV-27477
bank  2025-05-27 | 2240.68 | INV-27447 WINTERBOURNE INC | currency USD
books 2025-04-28 | 2240.68 | INV-27477 | Winterbourne Inc | due 2025-05-28 | currency USD
";
    table::count(&[cases]);
    table::is(RootCause::ReferenceError, cases);
}

#[test]
fn numbers_that_are_right_or_none() {
    let cases = "
## The right number, written apart -> none
bank  2025-05-14 | 1013.20 | INV NO. 37417 COPPERFIELD ROOFING
books 2025-04-15 | 1013.20 | INV-37417 | Copperfield Roofing | due 2025-05-15

## No number at all -> none
bank  2025-05-15 | 841.75 | CREDIT TRANSFER DELACROIX FRAMES
books 2025-04-16 | 841.75 | INV-37420 | Delacroix Frames | due 2025-05-16

## The right number with the digits of the year before it -> none
bank  2025-05-16 | 394.10 | INV-2025-37431 ELLERSLIE VETS
books 2025-04-17 | 394.10 | INV-2025-37431 | Ellerslie Vets | due 2025-05-17

## The date stands after the number -> none
bank  2025-05-19 | 283.82 | INV-37440 190525 FAIRLEIGH SCHOOL
books 2025-04-18 | 283.82 | INV-37440 | Fairleigh School | due 2025-05-18

## Small letters and no dash -> none
bank  2025-05-20 | 680.70 | inv37446 glendower steel
books 2025-04-21 | 680.70 | INV-37446 | Glendower Steel | due 2025-05-21

## The right number and a part of the amount -> partial_payment
bank  2025-05-21 | 400.00 | INV-37452 HOLLOWAY MUSIC
books 2025-04-22 | 973.92 | INV-37452 | Holloway Music | due 2025-05-22

## The right number, late -> timing
bank  2025-06-20 | 268.35 | INV-37461 ISLINGTON PRINTS
books 2025-04-23 | 268.35 | INV-37461 | Islington Prints | due 2025-05-23

## The right number and swapped digits in the amount -> transposition
bank  2025-05-23 | 8530.45 | INV-37466 JARVIS OFFICES
books 2025-04-24 | 8350.45 | INV-37466 | Jarvis Offices | due 2025-05-24

## Two numbers, both right -> none
bank  2025-05-26 | 1510.43 | INV-37470 INV-37471 KENSALL LOCKS
books 2025-04-25 | 1170.33 | INV-37470 | Kensall Locks | due 2025-05-25
books 2025-04-25 | 340.10 | INV-37471 | Kensall Locks | due 2025-05-25

## A number of nobody's, by a stranger -> missing_in_ledger
bank  2025-05-27 | 2240.68 | INV-91177 ZOLTAN FEHERVARI
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::ReferenceError, cases);
}
