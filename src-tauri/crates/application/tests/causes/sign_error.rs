//! Money in was recorded as money out, or the other way round.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn the_same_amount_with_the_other_sign() {
    let cases = "
## A receipt booked as a payment => Turn the sign of the entry: 1013.21 EUR.
bank  2025-05-14 | 1013.21 | INV-28417 HARBOUR LANE BAKERY
books 2025-05-13 | -1013.21 | INV-28417 | Harbour Lane Bakery | type payment

## An invoice entered as a credit note => Turn the sign of the entry: 841.76 EUR.
bank  2025-05-15 | 841.76 | INV-28420 MERIDIAN CATERING LTD
books 2025-04-16 | -841.76 | INV-28420 | Meridian Catering Ltd | due 2025-05-16

## A bill entered as an invoice => Turn the sign of the entry: -394.11 EUR.
bank  2025-05-16 | -394.11 | PAYMENT TO OAKHURST TOOLS BILL 788431
books 2025-04-17 | 394.11 | 788431 | Oakhurst Tools | due 2025-05-17

## A payment out booked as a receipt => Turn the sign of the entry: -283.83 EUR.
bank  2025-05-19 | -283.83 | PAYMENT TO QUILLON FASTENERS BILL 788440
books 2025-05-16 | 283.83 | 788440 | Quillon Fasteners | type payment

## In dollars => Turn the sign of the entry: 680.71 USD.
bank  2025-05-20 | 680.71 | INV-28446 LAKESIDE ORCHARDS INC | currency USD
books 2025-04-21 | -680.71 | INV-28446 | Lakeside Orchards Inc | due 2025-05-21 | currency USD

## A large one => Turn the sign of the entry: 97392.40 EUR.
bank  2025-05-21 | 97392.40 | INV-28452 TAMSIN VALE STUDIO
books 2025-04-22 | -97392.40 | INV-28452 | Tamsin Vale Studio | due 2025-05-22

## A small one => Turn the sign of the entry: 26.37 EUR.
bank  2025-05-22 | 26.37 | INV-28461 PEVERIL BOOKS
books 2025-04-23 | -26.37 | INV-28461 | Peveril Books | due 2025-05-23

## Named in the reference field => Turn the sign of the entry: 8350.46 EUR.
bank  2025-05-23 | 8350.46 | CREDIT TRANSFER STRATHMORE BOATYARD | ref INV-28466
books 2025-04-24 | -8350.46 | INV-28466 | Strathmore Boatyard | due 2025-05-24

## A supplier's refund entered as a bill => Turn the sign of the entry: 1170.34 EUR.
bank  2025-05-26 | 1170.34 | ATELIER MARCHAND BILL 788470
books 2025-04-25 | -1170.34 | 788470 | Atelier Marchand | due 2025-05-25

## A day later => Turn the sign of the entry: 2240.69 EUR.
bank  2025-05-28 | 2240.69 | INV-28477 WINTERBOURNE ANTIQUARIANS
books 2025-05-27 | -2240.69 | INV-28477 | Winterbourne Antiquarians | type payment
";
    table::count(&[cases]);
    table::is(RootCause::SignError, cases);
}

#[test]
fn opposite_signs_that_are_no_error_and_errors_of_another_kind() {
    let cases = "
## A receipt and its invoice, both positive -> none
bank  2025-05-14 | 1013.21 | INV-38417 COPPERFIELD ROOFING
books 2025-04-15 | 1013.21 | INV-38417 | Copperfield Roofing | due 2025-05-15

## A payment and its bill, both negative -> none
bank  2025-05-15 | -841.76 | PAYMENT TO DELACROIX FRAMES BILL 798420
books 2025-04-16 | -841.76 | 798420 | Delacroix Frames | due 2025-05-16

## A returned direct debit takes its collection back -> reversal
bank  2025-05-16 | 394.11 | DIRECT DEBIT COLLECTION INV-38431 ELLERSLIE VETS
bank  2025-05-20 | -394.11 | RETURNED DIRECT DEBIT INV-38431 ELLERSLIE VETS
books 2025-04-17 | 394.11 | INV-38431 | Ellerslie Vets | due 2025-05-17

## A credit note that is paid out -> none
bank  2025-05-19 | -283.83 | REFUND CN-38440 FAIRLEIGH SCHOOL
books 2025-05-12 | -283.83 | CN-38440 | Fairleigh School | due 2025-05-26

## Somebody else's bill of the same amount -> missing_in_ledger
bank  2025-05-20 | 6170.28 | CREDIT TRANSFER GLENDOWER STEEL
books 2025-02-03 | -6170.28 | 798446 | Zoltan Fehervari | due 2025-03-05

## Half of a bill, with the right sign -> partial_payment
bank  2025-05-21 | -486.96 | PAYMENT TO HOLLOWAY MUSIC BILL 798452
books 2025-04-22 | -973.92 | 798452 | Holloway Music | due 2025-05-22

## Swapped digits, with the right sign -> transposition
bank  2025-05-22 | 263.85 | INV-38461 ISLINGTON PRINTS
books 2025-04-23 | 268.35 | INV-38461 | Islington Prints | due 2025-05-23

## The bank's charge on its own -> missing_in_ledger
bank  2025-05-23 | -4.50 | CARD FEE

## A wrong number, with the right sign -> reference_error
bank  2025-05-26 | 1170.34 | INV-38407 KENSALL LOCKS
books 2025-04-25 | 1170.34 | INV-38470 | Kensall Locks | due 2025-05-25

## Late, with the right sign -> timing
bank  2025-06-27 | 2240.69 | INV-38477 LOXLEY TOYS
books 2025-04-28 | 2240.69 | INV-38477 | Loxley Toys | due 2025-05-28
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::SignError, cases);
}
