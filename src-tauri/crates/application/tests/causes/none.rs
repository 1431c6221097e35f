//! Nothing is wrong.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn payments_as_they_should_be() {
    let cases = "
## By number, on the day
bank  2025-05-15 | 1013.26 | INV-47417 HARBOUR LANE BAKERY
books 2025-04-15 | 1013.26 | INV-47417 | Harbour Lane Bakery | due 2025-05-15

## By name alone
bank  2025-05-15 | 841.81 | CREDIT TRANSFER MERIDIAN CATERING LTD
books 2025-04-16 | 841.81 | INV-47420 | Meridian Catering Ltd | due 2025-05-16

## A bill
bank  2025-05-16 | -394.16 | PAYMENT TO OAKHURST TOOLS BILL 837431
books 2025-04-17 | -394.16 | 837431 | Oakhurst Tools | due 2025-05-17

## Two invoices in one sum
bank  2025-05-18 | 783.87 | INV-47440 INV-47441 QUILLON FASTENERS
books 2025-04-18 | 283.87 | INV-47440 | Quillon Fasteners | due 2025-05-18
books 2025-04-18 | 500.00 | INV-47441 | Quillon Fasteners | due 2025-05-18

## A booked transfer over a weekend
bank  2025-05-19 | -680.76 | PAYMENT TO LAKESIDE ORCHARDS 837446
books 2025-05-16 | -680.76 | 837446 | Lakeside Orchards | type payment

## In full although the terms grant a discount
bank  2025-05-22 | 973.97 | INV-47452 TAMSIN VALE STUDIO
books 2025-04-22 | 973.97 | INV-47452 | Tamsin Vale Studio | due 2025-05-22 | memo 2/10 NET 30

## A few days late
bank  2025-05-27 | 268.40 | INV-47461 PEVERIL BOOKS
books 2025-04-23 | 268.40 | INV-47461 | Peveril Books | due 2025-05-23

## Early
bank  2025-04-30 | 8350.51 | INV-47466 STRATHMORE BOATYARD
books 2025-04-24 | 8350.51 | INV-47466 | Strathmore Boatyard | due 2025-05-24

## Less a credit note that it names
bank  2025-05-25 | 1070.39 | INV-47470 CN-47471 ATELIER MARCHAND
books 2025-04-25 | 1170.39 | INV-47470 | Atelier Marchand | due 2025-05-25
books 2025-04-29 | -100.00 | CN-47471 | Atelier Marchand | due 2025-05-29

## In dollars
bank  2025-05-27 | 2240.74 | INV-47477 WINTERBOURNE INC | currency USD
books 2025-04-28 | 2240.74 | INV-47477 | Winterbourne Inc | due 2025-05-28 | currency USD
";
    table::count(&[cases]);
    table::is(RootCause::None, cases);
}

#[test]
fn payments_with_one_thing_wrong() {
    let cases = "
## A cent -> fx_rounding
bank  2025-05-15 | 1013.25 | INV-48417 COPPERFIELD ROOFING
books 2025-04-15 | 1013.26 | INV-48417 | Copperfield Roofing | due 2025-05-15

## A digit of the number -> reference_error
bank  2025-05-15 | 841.81 | INV-48429 DELACROIX FRAMES
books 2025-04-16 | 841.81 | INV-48420 | Delacroix Frames | due 2025-05-16

## Eleven days late -> timing
bank  2025-05-28 | 394.16 | INV-48431 ELLERSLIE VETS
books 2025-04-17 | 394.16 | INV-48431 | Ellerslie Vets | due 2025-05-17

## In two instalments -> partial_payment
bank  2025-05-05 | 141.93 | INV-48440 FAIRLEIGH SCHOOL
bank  2025-05-18 | 141.94 | INV-48440 FAIRLEIGH SCHOOL
books 2025-04-18 | 283.87 | INV-48440 | Fairleigh School | due 2025-05-18

## A sign -> sign_error
bank  2025-05-19 | -680.76 | PAYMENT TO GLENDOWER STEEL BILL 848446
books 2025-04-21 | 680.76 | 848446 | Glendower Steel | due 2025-05-21

## Two digits of the amount -> transposition
bank  2025-05-22 | 937.97 | INV-48452 HOLLOWAY MUSIC
books 2025-04-22 | 973.97 | INV-48452 | Holloway Music | due 2025-05-22

## Two percent -> discount
bank  2025-05-02 | 980.00 | INV-48461 ISLINGTON PRINTS
books 2025-04-23 | 1000.00 | INV-48461 | Islington Prints | due 2025-05-23 | memo 2/10 NET 30

## Ten euro of the bank's -> fee
bank  2025-05-24 | 835.50 | INV-48466 JARVIS OFFICES
books 2025-04-24 | 845.50 | INV-48466 | Jarvis Offices | due 2025-05-24

## A round sum -> overpayment
bank  2025-05-25 | 1200.00 | INV-48470 KENSALL LOCKS
books 2025-04-25 | 1170.39 | INV-48470 | Kensall Locks | due 2025-05-25

## Another rate -> rate_change
bank  2025-05-28 | 1030.00 | INV-48477 LOXLEY OFFICES
books 2025-04-28 | 1000.00 | INV-48477 | Loxley Offices | due 2025-05-28 | memo CLEANING 25 x 40.00

## Returned -> reversal
bank  2025-05-26 | 3240.74 | DIRECT DEBIT COLLECTION INV-48482 MARLOWE COSTUMES
bank  2025-05-29 | -3240.74 | RETURNED DIRECT DEBIT INV-48482 MARLOWE COSTUMES
books 2025-04-29 | 3240.74 | INV-48482 | Marlowe Costumes | due 2025-05-29
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::None, cases);
}
