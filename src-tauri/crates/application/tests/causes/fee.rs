//! A bank or processor kept a fee.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn what_a_bank_kept_or_added() {
    let cases = "
## A bank abroad kept 1.5 % => Book a fee of 15.00 EUR.
bank  2025-05-14 | 985.00 | INV-20417 HARBOUR LANE BAKERY
books 2025-04-14 | 1000.00 | INV-20417 | Harbour Lane Bakery | due 2025-05-14

## Half a percent of a larger payment => Book a fee of 12.50 EUR.
bank  2025-05-20 | 2487.50 | INV-20431 MERIDIAN CATERING LTD
books 2025-04-22 | 2500.00 | INV-20431 | Meridian Catering Ltd | due 2025-05-22

## The text names the fee => names a fee of 5.00 EUR
bank  2025-05-21 | 795.00 | INV-20444 OAKHURST DENTAL INCL. TRANSFER FEE 5.00
books 2025-04-25 | 800.00 | INV-20444 | Oakhurst Dental | due 2025-05-25

## The bank added its charge to what we paid out => Book a fee of 10.60 EUR.
bank  2025-05-22 | -1070.60 | PAYMENT TO QUILLON FASTENERS BILL 774102
books 2025-04-28 | -1060.00 | 774102 | Quillon Fasteners | due 2025-05-28

## An intermediary's charge on top of a small payment of ours => Book a fee of 45.00 EUR.
bank  2025-05-22 | -345.00 | PAYMENT TO RAVENSCAR TILES BILL 774133
books 2025-04-28 | -300.00 | 774133 | Ravenscar Tiles | due 2025-05-28

## A payment in dollars less the correspondent bank's 25 => Book a fee of 25.00 USD.
bank  2025-05-23 | 4975.00 | INV-20458 LAKESIDE ORCHARDS INC | currency USD
books 2025-04-29 | 5000.00 | INV-20458 | Lakeside Orchards Inc | due 2025-05-29 | currency USD

## Ten euro of a small invoice => Book a fee of 10.00 EUR.
bank  2025-05-26 | 362.70 | INV-20463 TAMSIN VALE STUDIO
books 2025-04-30 | 372.70 | INV-20463 | Tamsin Vale Studio | due 2025-05-30

## A few euro of a tiny one => Book a fee of 3.50 EUR.
bank  2025-05-27 | 45.00 | INV-20470 PEVERIL BOOKS
books 2025-05-02 | 48.50 | INV-20470 | Peveril Books | due 2025-06-01

## A flat charge on a large amount => Book a fee of 40.00 EUR.
bank  2025-05-28 | 11960.00 | INV-20475 STRATHMORE BOATYARD
books 2025-05-02 | 12000.00 | INV-20475 | Strathmore Boatyard | due 2025-06-01

## A French bank's charge, named => names a fee of 18.00 EUR
bank  2025-05-30 | 1482.00 | VIREMENT INV-20488 ATELIER MARCHAND FRAIS 18.00
books 2025-05-05 | 1500.00 | INV-20488 | Atelier Marchand | due 2025-06-04

## The payer quotes no number but is well known => Book a fee of 12.00 EUR.
bank  2025-06-03 | 733.25 | CREDIT TRANSFER WINTERBOURNE ANTIQUARIANS
books 2025-05-06 | 745.25 | INV-20492 | Winterbourne Antiquarians | due 2025-06-05

## A German bank's charge, named => names a fee of 7.50 EUR
bank  2025-06-04 | 1267.50 | RE 20497 KESSELBACH METALLBAU ABZGL GEBUEHR 7.50
books 2025-05-07 | 1275.00 | 20497 | Kesselbach Metallbau | due 2025-06-06
";
    table::count(&[cases]);
    table::is(RootCause::Fee, cases);
}

#[test]
fn what_is_short_or_over_for_another_reason() {
    let cases = "
## Two percent to the cent are a discount -> discount => Ask the customer for the remaining 20.00 EUR.
bank  2025-05-14 | 980.00 | INV-30417 COPPERFIELD ROOFING
books 2025-05-06 | 1000.00 | INV-30417 | Copperfield Roofing | due 2025-06-05

## A customer pays too much: no bank adds to what comes in -> overpayment => Return 15.00 EUR
bank  2025-05-15 | 1015.00 | INV-30425 DELACROIX FRAMES
books 2025-04-18 | 1000.00 | INV-30425 | Delacroix Frames | due 2025-05-18

## Four cents are rounding -> fx_rounding
bank  2025-05-16 | 1299.96 | INV-30431 ELLERSLIE VETS
books 2025-04-19 | 1300.00 | INV-30431 | Ellerslie Vets | due 2025-05-19

## Six tenths of an invoice are a part -> partial_payment => remaining 560.00 EUR
bank  2025-05-19 | 840.00 | INV-30440 FAIRLEIGH SCHOOL
books 2025-04-21 | 1400.00 | INV-30440 | Fairleigh School | due 2025-05-21

## We paid a supplier too little: no bank keeps that -> partial_payment => Pay the remaining 15.00 EUR
bank  2025-05-20 | -1585.00 | PAYMENT TO GLENDOWER STEEL BILL 884120
books 2025-04-22 | -1600.00 | 884120 | Glendower Steel | due 2025-05-22

## We paid a supplier half as much again: no bank adds so much -> overpayment => Ask for 700.00 EUR back
bank  2025-05-20 | -2100.00 | PAYMENT TO HAWKSER PLANT BILL 884127
books 2025-04-22 | -1400.00 | 884127 | Hawkser Plant | due 2025-05-22

## We took two percent that no terms grant -> discount => Pay the remaining 20.00 EUR
bank  2025-05-20 | -980.00 | PAYMENT TO ILKLEY BRICK BILL 884133
books 2025-04-22 | -1000.00 | 884133 | Ilkley Brick | due 2025-05-22

## Two digits swapped -> transposition => 76 ↔ 67
bank  2025-05-21 | 4167.00 | INV-30458 HOLLOWAY MUSIC
books 2025-04-23 | 4176.00 | INV-30458 | Holloway Music | due 2025-05-23

## The bank's own monthly charge is in no books -> missing_in_ledger => Book -9.90 EUR.
bank  2025-05-30 | -9.90 | ACCOUNT MAINTENANCE MAY

## A named charge of nothing -> none
bank  2025-05-23 | 655.40 | INV-30466 ISLINGTON PRINTS CHARGES 0.00
books 2025-04-25 | 655.40 | INV-30466 | Islington Prints | due 2025-05-25

## The work at a lower rate -> rate_change => Lower the rate from 40.00 to 38.00.
bank  2025-05-26 | 950.00 | INV-30471 JARVIS OFFICES
books 2025-04-28 | 1000.00 | INV-30471 | Jarvis Offices | due 2025-05-28 | memo CLEANING 25 x 40.00 site 12

## In full and late -> timing
bank  2025-06-12 | 912.60 | INV-30480 KENSALL LOCKS
books 2025-04-22 | 912.60 | INV-30480 | Kensall Locks | due 2025-05-22

## Half of it is no charge -> partial_payment
bank  2025-06-02 | 41.00 | INV-30488 LOXLEY TOYS
books 2025-05-05 | 82.00 | INV-30488 | Loxley Toys | due 2025-06-04
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::Fee, cases);
}
