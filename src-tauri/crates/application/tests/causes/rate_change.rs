//! One side uses an old price or rate.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn the_memos_quantity_at_another_rate() {
    let cases = "
## Raised by three percent => Raise the rate from 40.00 to 41.20.
bank  2025-05-14 | 1030.00 | INV-26417 HARBOUR LANE OFFICES
books 2025-04-15 | 1000.00 | INV-26417 | Harbour Lane Offices | due 2025-05-15 | memo CLEANING 25 x 40.00 site 12

## Raised by four percent => Raise the rate from 95.00 to 98.80.
bank  2025-05-15 | 4841.20 | INV-26420 MERIDIAN GROUNDS LTD
books 2025-04-16 | 4655.00 | INV-26420 | Meridian Grounds Ltd | due 2025-05-16 | memo GROUNDS 49 x 95.00 site 134

## Lowered by five percent => Lower the rate from 60.00 to 57.00.
bank  2025-05-16 | 2394.00 | INV-26431 OAKHURST WINDOWS
books 2025-04-17 | 2520.00 | INV-26431 | Oakhurst Windows | due 2025-05-17 | memo WINDOW-CLN 42 x 60.00 site 134

## Raised with tax on top => Raise the rate from 45.00 to 47.70.
bank  2025-05-19 | 283.82 | INV-26440 QUILLON ENTSORGUNG
books 2025-04-18 | 267.75 | INV-26440 | Quillon Entsorgung | due 2025-05-18 | memo ENTSORGUNG 5 x 45.00 site 173

## Lowered by two percent, without terms of payment => Lower the rate from 35.00 to 34.30.
bank  2025-05-20 | 1680.70 | INV-26446 LAKESIDE LANDSCAPES
books 2025-04-21 | 1715.00 | INV-26446 | Lakeside Landscapes | due 2025-05-21 | memo LANDSCAPE 49 x 35.00 site 146

## Of an odd price => Raise the rate from 79.99 to 82.79.
bank  2025-05-21 | 3973.92 | INV-26452 TAMSIN VALE FACADES
books 2025-04-22 | 3839.52 | INV-26452 | Tamsin Vale Facades | due 2025-05-22 | memo WINDOW-CLN 48 x 79.99 site 142

## In dollars => Raise the rate from 120.00 to 126.00.
bank  2025-05-22 | 2268.00 | INV-26461 PEVERIL SECURITY INC | currency USD
books 2025-04-23 | 2160.00 | INV-26461 | Peveril Security Inc | due 2025-05-23 | memo SECURITY-GRD 18 x 120.00 | currency USD

## A supplier charges more, and we pay it => Raise the rate from 900.00 to 967.50.
bank  2025-05-23 | -29025.00 | PAYMENT TO STRATHMORE FLEET BILL 786466
books 2025-04-24 | -27000.00 | 786466 | Strathmore Fleet | due 2025-05-24 | memo FLEET-KM 30 x 900.00 site 174

## Lowered by ten percent: the new contract => Lower the rate from 50.00 to 45.00.
bank  2025-05-26 | 1170.00 | INV-26470 ATELIER MARCHAND
books 2025-04-25 | 1300.00 | INV-26470 | Atelier Marchand | due 2025-05-25 | memo MAINTENANCE 26 x 50.00

## Lowered by an eighth: most of it is no part => Lower the rate from 64.00 to 56.00.
bank  2025-05-27 | 2240.00 | INV-26477 WINTERBOURNE
books 2025-04-28 | 2560.00 | INV-26477 | Winterbourne | due 2025-05-28 | memo HYGIENE 40 x 64.00 site 9
";
    table::count(&[cases]);
    table::is(RootCause::RateChange, cases);
}

#[test]
fn what_no_rate_explains() {
    let cases = "
## The memo's quantity at the memo's rate -> none
bank  2025-05-14 | 1000.00 | INV-36417 COPPERFIELD ROOFING
books 2025-04-15 | 1000.00 | INV-36417 | Copperfield Roofing | due 2025-05-15 | memo CLEANING 25 x 40.00 site 12

## A round sum that no rate of hundredths gives -> overpayment
bank  2025-05-15 | 4800.00 | INV-36420 DELACROIX FRAMES
books 2025-04-16 | 4655.00 | INV-36420 | Delacroix Frames | due 2025-05-16 | memo GROUNDS 49 x 95.00 site 134

## The discount that the terms grant -> discount
bank  2025-05-12 | 1372.00 | INV-36431 ELLERSLIE VETS
books 2025-05-06 | 1400.00 | INV-36431 | Ellerslie Vets | due 2025-06-05 | memo CLEANING 28 x 50.00 2/10 NET 30

## Half of it: no rate falls so far -> partial_payment
bank  2025-05-19 | 1260.00 | INV-36440 FAIRLEIGH SCHOOL
books 2025-04-18 | 2520.00 | INV-36440 | Fairleigh School | due 2025-05-18 | memo WINDOW-CLN 42 x 60.00 site 134

## Three percent more without a quantity in the books -> overpayment
bank  2025-05-20 | 1053.00 | INV-36446 GLENDOWER STEEL
books 2025-04-21 | 1022.50 | INV-36446 | Glendower Steel | due 2025-05-21 | memo Steel sheets

## A charge that the text names -> fee
bank  2025-05-21 | 1735.00 | INV-36452 HOLLOWAY MUSIC INCL. TRANSFER FEE 15.00
books 2025-04-22 | 1750.00 | INV-36452 | Holloway Music | due 2025-05-22 | memo TUITION 35 x 50.00

## A cent -> fx_rounding
bank  2025-05-22 | 3839.51 | INV-36461 ISLINGTON PRINTS
books 2025-04-23 | 3839.52 | INV-36461 | Islington Prints | due 2025-05-23 | memo PRINTS 48 x 79.99

## Swapped digits -> transposition
bank  2025-05-23 | 7320.00 | INV-36466 JARVIS OFFICES
books 2025-04-24 | 7230.00 | INV-36466 | Jarvis Offices | due 2025-05-24 | memo FLEET-KM 10 x 723.00

## The memo is of another amount: part of a longer order -> overpayment
bank  2025-05-26 | 1365.00 | INV-36470 KENSALL LOCKS
books 2025-04-25 | 1300.00 | INV-36470 | Kensall Locks | due 2025-05-25 | memo LOCKS 5 x 50.00 of 200

## Late, at the old rate on both sides -> timing
bank  2025-06-18 | 2560.00 | INV-36477 LOXLEY TOYS
books 2025-04-28 | 2560.00 | INV-36477 | Loxley Toys | due 2025-05-28 | memo HYGIENE 40 x 64.00 site 9
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::RateChange, cases);
}
