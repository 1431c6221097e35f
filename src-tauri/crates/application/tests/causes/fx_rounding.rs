//! Currency conversion or rounding.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn what_is_off_by_no_more_than_a_conversion_leaves() {
    let cases = "
## A cent => Book a rounding difference of -0.01 EUR.
bank  2025-05-14 | 1499.99 | INV-22417 HARBOUR LANE BAKERY
books 2025-04-15 | 1500.00 | INV-22417 | Harbour Lane Bakery | due 2025-05-15

## Five cents more => Book a rounding difference of 0.05 EUR.
bank  2025-05-15 | 812.45 | INV-22420 MERIDIAN CATERING LTD
books 2025-04-16 | 812.40 | INV-22420 | Meridian Catering Ltd | due 2025-05-16

## Three cents of what we pay
bank  2025-05-16 | -447.17 | PAYMENT TO OAKHURST TOOLS BILL 775431
books 2025-04-17 | -447.20 | 775431 | Oakhurst Tools | due 2025-05-17

## Half a percent lost in a conversion => Book a rounding difference of -5.12 EUR.
bank  2025-05-19 | 1018.88 | INV-22440 QUILLON FASTENERS
books 2025-04-18 | 1024.00 | INV-22440 | Quillon Fasteners | due 2025-05-18

## Half a percent gained in one => Book a rounding difference of 5.12 EUR.
bank  2025-05-20 | 1029.12 | INV-22446 LAKESIDE ORCHARDS
books 2025-04-21 | 1024.00 | INV-22446 | Lakeside Orchards | due 2025-05-21

## A fraction of a large amount
bank  2025-05-21 | 24973.36 | INV-22452 TAMSIN VALE STUDIO
books 2025-04-22 | 25000.00 | INV-22452 | Tamsin Vale Studio | due 2025-05-22

## Rounded to five rappen
bank  2025-05-22 | 233.45 | INV-22461 PEVERIL BOOKS | currency CHF
books 2025-04-23 | 233.43 | INV-22461 | Peveril Books | due 2025-05-23 | currency CHF

## Rounded to whole kroner
bank  2025-05-23 | 8812.00 | INV-22466 STRATHMORE AS | currency NOK
books 2025-04-24 | 8811.63 | INV-22466 | Strathmore AS | due 2025-05-24 | currency NOK

## Two cents, and the payer gives no number
bank  2025-05-26 | 1367.48 | CREDIT TRANSFER ATELIER MARCHAND
books 2025-04-25 | 1367.50 | INV-22470 | Atelier Marchand | due 2025-05-25

## Tenths of a percent of a payment in dollars
bank  2025-05-27 | 6237.41 | INV-22477 WINTERBOURNE INC | currency USD
books 2025-04-28 | 6250.00 | INV-22477 | Winterbourne Inc | due 2025-05-28 | currency USD
";
    table::count(&[cases]);
    table::is(RootCause::FxRounding, cases);
}

#[test]
fn what_is_off_by_more_or_for_another_reason() {
    let cases = "
## Half a percent in even euro is a charge -> fee => Book a fee of 10.00 EUR.
bank  2025-05-14 | 1990.00 | INV-32417 COPPERFIELD ROOFING
books 2025-04-15 | 2000.00 | INV-32417 | Copperfield Roofing | due 2025-05-15

## Nine cents, and the digits are swapped -> transposition
bank  2025-05-15 | 812.45 | INV-32420 DELACROIX FRAMES
books 2025-04-16 | 812.54 | INV-32420 | Delacroix Frames | due 2025-05-16

## One percent to the cent -> discount
bank  2025-05-16 | 1277.10 | INV-32431 ELLERSLIE VETS
books 2025-05-08 | 1290.00 | INV-32431 | Ellerslie Vets | due 2025-06-07

## One and a half percent -> fee
bank  2025-05-19 | 1007.10 | INV-32440 FAIRLEIGH SCHOOL
books 2025-04-18 | 1022.50 | INV-32440 | Fairleigh School | due 2025-05-18

## One and a half percent more -> overpayment
bank  2025-05-20 | 1037.90 | INV-32446 GLENDOWER STEEL
books 2025-04-21 | 1022.50 | INV-32446 | Glendower Steel | due 2025-05-21

## Nothing is off -> none
bank  2025-05-21 | 24973.36 | INV-32452 HOLLOWAY MUSIC | currency USD
books 2025-04-22 | 24973.36 | INV-32452 | Holloway Music | due 2025-05-22 | currency USD

## A few cents of a payment in two parts are still a part -> partial_payment
bank  2025-05-22 | 116.72 | INV-32461 ISLINGTON PRINTS
books 2025-04-23 | 233.43 | INV-32461 | Islington Prints | due 2025-05-23

## A cent is all the bank credits in interest -> missing_in_ledger
bank  2025-05-23 | 0.01 | INTEREST CREDITED

## Three euro of ten are no rounding -> fee
bank  2025-05-26 | 9.50 | INV-32470 JARVIS OFFICES
books 2025-04-25 | 12.50 | INV-32470 | Jarvis Offices | due 2025-05-25

## Late and right to the cent -> timing
bank  2025-06-20 | 1367.48 | INV-32477 KENSALL LOCKS
books 2025-04-28 | 1367.48 | INV-32477 | Kensall Locks | due 2025-05-28
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::FxRounding, cases);
}
