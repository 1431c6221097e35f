//! Two digits were swapped.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn neighbouring_digits_that_changed_places() {
    let cases = "
## Tens and hundreds of euro => Correct the books from 1530.00 EUR to 1350.00 EUR: 53 ↔ 35.
bank  2025-05-14 | 1350.00 | INV-25417 HARBOUR LANE BAKERY
books 2025-04-15 | 1530.00 | INV-25417 | Harbour Lane Bakery | due 2025-05-15

## The euro => 72 ↔ 27
bank  2025-05-15 | 827.40 | INV-25420 MERIDIAN CATERING LTD
books 2025-04-16 | 872.40 | INV-25420 | Meridian Catering Ltd | due 2025-05-16

## The cents => 19 ↔ 91
bank  2025-05-16 | 447.91 | INV-25431 OAKHURST TOOLS
books 2025-04-17 | 447.19 | INV-25431 | Oakhurst Tools | due 2025-05-17

## Across the point => 42 ↔ 24
bank  2025-05-19 | 622.47 | INV-25440 QUILLON FASTENERS
books 2025-04-18 | 624.27 | INV-25440 | Quillon Fasteners | due 2025-05-18

## The leading digits => 12 ↔ 21
bank  2025-05-20 | 2124.00 | INV-25446 LAKESIDE ORCHARDS
books 2025-04-21 | 1224.00 | INV-25446 | Lakeside Orchards | due 2025-05-21

## A zero among them => 05 ↔ 50
bank  2025-05-21 | 2500.00 | INV-25452 TAMSIN VALE STUDIO
books 2025-04-22 | 2050.00 | INV-25452 | Tamsin Vale Studio | due 2025-05-22

## Of what we pay => 87 ↔ 78
bank  2025-05-22 | -378.43 | PAYMENT TO PEVERIL PAPER BILL 778461
books 2025-04-23 | -387.43 | 778461 | Peveril Paper | due 2025-05-23

## Of a large amount => 34 ↔ 43
bank  2025-05-23 | 143800.00 | INV-25466 STRATHMORE BOATYARD
books 2025-04-24 | 134800.00 | INV-25466 | Strathmore Boatyard | due 2025-05-24

## In francs => 61 ↔ 16
bank  2025-05-26 | 1316.50 | INV-25470 ATELIER MARCHAND | currency CHF
books 2025-04-25 | 1361.50 | INV-25470 | Atelier Marchand | due 2025-05-25 | currency CHF

## By a payer who gives no number => 95 ↔ 59
bank  2025-05-27 | 6459.20 | CREDIT TRANSFER WINTERBOURNE ANTIQUARIANS
books 2025-04-28 | 6495.20 | INV-25477 | Winterbourne Antiquarians | due 2025-05-28
";
    table::count(&[cases]);
    table::is(RootCause::Transposition, cases);
}

#[test]
fn differences_that_are_no_swapped_digits() {
    let cases = "
## Eighteen euro, but no digits changed places -> fee
bank  2025-05-14 | 1332.00 | INV-35417 COPPERFIELD ROOFING
books 2025-04-15 | 1350.00 | INV-35417 | Copperfield Roofing | due 2025-05-15

## Digits that are not neighbours -> partial_payment
bank  2025-05-15 | 472.80 | INV-35420 DELACROIX FRAMES
books 2025-04-16 | 874.20 | INV-35420 | Delacroix Frames | due 2025-05-16

## A wrong digit -> overpayment
bank  2025-05-16 | 487.19 | INV-35431 ELLERSLIE VETS
books 2025-04-17 | 447.19 | INV-35431 | Ellerslie Vets | due 2025-05-17

## The same digits twice -> none
bank  2025-05-19 | 622.26 | INV-35440 FAIRLEIGH SCHOOL
books 2025-04-18 | 622.26 | INV-35440 | Fairleigh School | due 2025-05-18

## Nine cents without a swap -> fx_rounding
bank  2025-05-20 | 2124.41 | INV-35446 GLENDOWER STEEL
books 2025-04-21 | 2124.50 | INV-35446 | Glendower Steel | due 2025-05-21

## A digit left out -> partial_payment
bank  2025-05-21 | 250.00 | INV-35452 HOLLOWAY MUSIC
books 2025-04-22 | 2500.00 | INV-35452 | Holloway Music | due 2025-05-22

## A digit too many -> overpayment
bank  2025-05-22 | 3874.30 | INV-35461 ISLINGTON PRINTS
books 2025-04-23 | 387.43 | INV-35461 | Islington Prints | due 2025-05-23

## The digits of the number are swapped, not those of the amount -> reference_error => Correct the reference from 34566 to INV-35466.
bank  2025-05-23 | 1438.00 | INV 34566 JARVIS OFFICES
books 2025-04-24 | 1438.00 | INV-35466 | Jarvis Offices | due 2025-05-24

## Two percent, a multiple of nine -> discount
bank  2025-05-26 | 1323.00 | INV-35470 KENSALL LOCKS
books 2025-05-16 | 1350.00 | INV-35470 | Kensall Locks | due 2025-06-15

## Ninety euro more, no swap -> overpayment
bank  2025-05-27 | 6590.00 | INV-35477 LOXLEY TOYS
books 2025-04-28 | 6500.00 | INV-35477 | Loxley Toys | due 2025-05-28
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::Transposition, cases);
}
