//! An early-payment discount was taken.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn what_is_short_by_a_usual_percentage() {
    let cases = "
## Two percent within ten days, as the terms grant => Book the discount of 2 %, 24.00 EUR.
bank  2025-05-09 | 1176.00 | INV-21417 HARBOUR LANE BAKERY
books 2025-05-02 | 1200.00 | INV-21417 | Harbour Lane Bakery | due 2025-06-01 | memo 2/10 NET 30

## Three percent within a week => Book the discount of 3 %, 51.00 EUR.
bank  2025-05-12 | 1649.00 | INV-21420 MERIDIAN CATERING LTD
books 2025-05-06 | 1700.00 | INV-21420 | Meridian Catering Ltd | due 2025-06-05 | memo 3/7 NET 30

## In words => Book the discount of 2 %, 9.30 EUR.
bank  2025-05-14 | 455.70 | INV-21431 OAKHURST DENTAL
books 2025-05-07 | 465.00 | INV-21431 | Oakhurst Dental | due 2025-06-06 | memo terms 2% 10 days

## On the last day of the terms => Paid 10 days after the document.
bank  2025-05-15 | 882.00 | INV-21440 QUILLON FASTENERS
books 2025-05-05 | 900.00 | INV-21440 | Quillon Fasteners | due 2025-06-04 | memo 2/10 NET 30

## Taken three weeks late => Ask the customer for the remaining 28.00 EUR.
bank  2025-05-26 | 1372.00 | INV-21446 LAKESIDE ORCHARDS
books 2025-05-02 | 1400.00 | INV-21446 | Lakeside Orchards | due 2025-06-01 | memo 2/10 NET 30

## Taken without any terms => The terms grant no such discount.
bank  2025-05-16 | 2156.00 | INV-21452 TAMSIN VALE STUDIO
books 2025-05-08 | 2200.00 | INV-21452 | Tamsin Vale Studio | due 2025-06-07

## We take a supplier's discount => Book the discount of 2 %, 13.00 EUR.
bank  2025-05-19 | -637.00 | PAYMENT TO PEVERIL PAPER BILL 774820
books 2025-05-12 | -650.00 | 774820 | Peveril Paper | due 2025-06-11 | memo 2/10 NET 30

## Five percent => Book the discount of 5 %, 155.00 EUR.
bank  2025-05-20 | 2945.00 | INV-21461 STRATHMORE BOATYARD
books 2025-05-13 | 3100.00 | INV-21461 | Strathmore Boatyard | due 2025-06-12 | memo 5/10 NET 30

## Rounded to the cent => Book the discount of 2 %, 15.07 EUR.
bank  2025-05-21 | 738.58 | INV-21466 ATELIER MARCHAND
books 2025-05-14 | 753.65 | INV-21466 | Atelier Marchand | due 2025-06-13 | memo 2/10 NET 30

## In dollars => Book the discount of 2 %, 84.00 USD.
bank  2025-05-22 | 4116.00 | INV-21470 WINTERBOURNE INC | currency USD
books 2025-05-15 | 4200.00 | INV-21470 | Winterbourne Inc | due 2025-06-14 | memo 2/10 NET 30 | currency USD

## Ten percent, a quick payer's => Book the discount of 10 %, 61.00 EUR.
bank  2025-05-23 | 549.00 | INV-21477 KESSELBACH METALLBAU
books 2025-05-19 | 610.00 | INV-21477 | Kesselbach Metallbau | due 2025-06-18 | memo 10/5 NET 30
";
    table::count(&[cases]);
    table::is(RootCause::Discount, cases);
}

#[test]
fn what_is_short_by_another_amount() {
    let cases = "
## Half a percent is no discount -> fee => Book a fee of 6.00 EUR.
bank  2025-05-09 | 1194.00 | INV-31417 COPPERFIELD ROOFING
books 2025-05-02 | 1200.00 | INV-31417 | Copperfield Roofing | due 2025-06-01 | memo 2/10 NET 30

## A euro less than two percent -> fee => Book a fee of 33.00 EUR.
bank  2025-05-12 | 1667.00 | INV-31420 DELACROIX FRAMES
books 2025-05-05 | 1700.00 | INV-31420 | Delacroix Frames | due 2025-06-04 | memo 2/10 NET 30

## Paid in full although the terms grant two percent -> none
bank  2025-05-14 | 465.00 | INV-31431 ELLERSLIE VETS
books 2025-05-07 | 465.00 | INV-31431 | Ellerslie Vets | due 2025-06-06 | memo 2/10 NET 30

## Two percent more -> overpayment => Return 18.00 EUR
bank  2025-05-15 | 918.00 | INV-31440 FAIRLEIGH SCHOOL
books 2025-05-05 | 900.00 | INV-31440 | Fairleigh School | due 2025-06-04 | memo 2/10 NET 30

## The quantity of the memo at a rate that is two percent lower -> rate_change => Lower the rate from 50.00 to 49.00.
bank  2025-05-16 | 1372.00 | INV-31446 GLENDOWER OFFICES
books 2025-05-02 | 1400.00 | INV-31446 | Glendower Offices | due 2025-06-01 | memo CLEANING 28 x 50.00 site 3

## Digits swapped, and by chance about two percent -> transposition
bank  2025-05-19 | 5238.00 | INV-31452 HOLLOWAY MUSIC
books 2025-05-08 | 5328.00 | INV-31452 | Holloway Music | due 2025-06-07 | memo 2/10 NET 30

## Twenty percent short are a part -> partial_payment => remaining 130.00 EUR
bank  2025-05-20 | 520.00 | INV-31461 ISLINGTON PRINTS
books 2025-05-12 | 650.00 | INV-31461 | Islington Prints | due 2025-06-11 | memo 2/10 NET 30

## Two cents -> fx_rounding
bank  2025-05-21 | 3099.98 | INV-31466 JARVIS OFFICES
books 2025-05-13 | 3100.00 | INV-31466 | Jarvis Offices | due 2025-06-12 | memo 2/10 NET 30

## A named fee of just two and a half percent -> fee => names a fee of 18.85 EUR
bank  2025-05-22 | 735.15 | INV-31470 KENSALL LOCKS INCL. TRANSFER FEE 18.85
books 2025-05-14 | 754.00 | INV-31470 | Kensall Locks | due 2025-06-13

## Half is paid within the discount's days -> partial_payment
bank  2025-05-23 | 2100.00 | INV-31477 LOXLEY TOYS
books 2025-05-15 | 4200.00 | INV-31477 | Loxley Toys | due 2025-06-14 | memo 2/10 NET 30

## The terms speak of a date -> none
bank  2025-05-26 | 611.30 | INV-31482 MARLOWE COSTUMES
books 2025-05-16 | 611.30 | INV-31482 | Marlowe Costumes | due 2025-06-15 | memo ordered 12/10/2024
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::Discount, cases);
}
