//! The same thing was recorded twice.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn what_stands_there_twice() {
    let cases = "
## An invoice entered twice under one number => Cancel it: it is a copy of INV-40417.
bank  2025-05-14 | 1013.22 | INV-40417 HARBOUR LANE BAKERY
books 2025-04-15 | 1013.22 | INV-40417 | Harbour Lane Bakery | due 2025-05-15
books* 2025-04-16 | 1013.22 | INV-40417 | Harbour Lane Bakery | due 2025-05-15

## Entered again with a letter behind its number => Cancel it: it is a copy of INV-40420.
bank  2025-05-15 | 841.77 | INV-40420 MERIDIAN CATERING LTD
books 2025-04-16 | 841.77 | INV-40420 | Meridian Catering Ltd | due 2025-05-16
books* 2025-04-18 | 841.77 | INV-40420A | Meridian Catering Ltd | due 2025-05-18

## Entered again as a copy => Cancel it: it is a copy of INV-40431.
bank  2025-05-16 | 394.12 | INV-40431 OAKHURST TOOLS
books 2025-04-17 | 394.12 | INV-40431 | Oakhurst Tools | due 2025-05-17
books* 2025-04-22 | 394.12 | INV-40431-DUP | Oakhurst Tools | due 2025-05-22

## Entered again with a two behind it => Cancel it: it is a copy of INV-40440.
bank  2025-05-19 | 283.84 | INV-40440 QUILLON FASTENERS
books 2025-04-18 | 283.84 | INV-40440 | Quillon Fasteners | due 2025-05-18
books* 2025-04-18 | 283.84 | INV-40440/2 | Quillon Fasteners | due 2025-05-18

## Entered again with an O for a zero => Cancel it: it is a copy of INV-40446.
bank  2025-05-20 | 680.72 | INV-40446 LAKESIDE ORCHARDS
books 2025-04-21 | 680.72 | INV-40446 | Lakeside Orchards | due 2025-05-21
books* 2025-04-23 | 680.72 | INV-4O446 | Lakeside Orchards | due 2025-05-23

## A customer pays an invoice twice => Ask whether 973.93 EUR was paid or booked twice.
bank  2025-05-22 | 973.93 | INV-40452 TAMSIN VALE STUDIO
bank* 2025-05-26 | 973.93 | INV-40452 TAMSIN VALE STUDIO
books 2025-04-22 | 973.93 | INV-40452 | Tamsin Vale Studio | due 2025-05-22

## We pay a bill twice => Ask whether 268.36 EUR was paid or booked twice.
bank  2025-05-23 | -268.36 | PAYMENT TO PEVERIL PAPER BILL 804461
bank* 2025-05-28 | -268.36 | PAYMENT TO PEVERIL PAPER BILL 804461
books 2025-04-23 | -268.36 | 804461 | Peveril Paper | due 2025-05-23

## A bill entered twice, with its copy => Cancel it: it is a copy of 804466.
bank  2025-05-23 | -8350.47 | PAYMENT TO STRATHMORE STEEL BILL 804466
books 2025-04-24 | -8350.47 | 804466 | Strathmore Steel | due 2025-05-24
books* 2025-04-25 | -8350.47 | 804466-COPY | Strathmore Steel | due 2025-05-25

## Paid twice, the second time without the number => Ask whether 1170.35 EUR was paid or booked twice.
bank  2025-05-21 | 1170.35 | INV-40470 ATELIER MARCHAND
bank* 2025-05-26 | 1170.35 | CREDIT TRANSFER ATELIER MARCHAND
books 2025-04-25 | 1170.35 | INV-40470 | Atelier Marchand | due 2025-05-25

## In dollars, paid twice => Ask whether 2240.70 USD was paid or booked twice.
bank  2025-05-28 | 2240.70 | INV-40477 WINTERBOURNE INC | currency USD
bank* 2025-06-03 | 2240.70 | INV-40477 WINTERBOURNE INC | currency USD
books 2025-04-28 | 2240.70 | INV-40477 | Winterbourne Inc | due 2025-05-28 | currency USD
";
    table::count(&[cases]);
    table::is(RootCause::Duplicate, cases);
}

#[test]
fn what_is_alike_and_no_copy() {
    let cases = "
## Two invoices of one amount, both paid -> none
bank  2025-05-14 | 1013.22 | INV-41417 COPPERFIELD ROOFING
bank  2025-05-15 | 1013.22 | INV-41418 COPPERFIELD ROOFING
books 2025-04-15 | 1013.22 | INV-41417 | Copperfield Roofing | due 2025-05-15
books 2025-04-15 | 1013.22 | INV-41418 | Copperfield Roofing | due 2025-05-15

## Two instalments of one amount -> partial_payment
bank  2025-05-02 | 420.88 | INV-41420 DELACROIX FRAMES
bank  2025-05-16 | 420.89 | INV-41420 DELACROIX FRAMES
books 2025-04-16 | 841.77 | INV-41420 | Delacroix Frames | due 2025-05-16

## The same charge of the bank on two days -> missing_in_ledger
bank  2025-04-30 | -9.95 | ACCOUNT FEE APRIL
bank  2025-05-30 | -9.95 | ACCOUNT FEE MAY

## A later invoice of the same amount is not due -> timing
bank  2025-05-19 | 283.84 | INV-41440 FAIRLEIGH SCHOOL
books 2025-04-18 | 283.84 | INV-41440 | Fairleigh School | due 2025-05-18
books* 2025-06-17 | 283.84 | INV-41599 | Fairleigh School | due 2025-07-17

## Rent, month by month -> none
bank  2025-04-28 | -1800.00 | RENT APRIL GLENDOWER ESTATES 804146
bank  2025-05-28 | -1800.00 | RENT MAY GLENDOWER ESTATES 804147
books 2025-04-25 | -1800.00 | 804146 | Glendower Estates | due 2025-04-28
books 2025-05-25 | -1800.00 | 804147 | Glendower Estates | due 2025-05-28

## One number at two amounts -> none
bank  2025-05-21 | 973.93 | INV-41452 HOLLOWAY MUSIC
books 2025-04-22 | 973.93 | INV-41452 | Holloway Music | due 2025-05-22

## Two customers with one amount -> none
bank  2025-05-22 | 268.36 | INV-41461 ISLINGTON PRINTS
bank  2025-05-22 | 268.36 | INV-41466 JARVIS OFFICES
books 2025-04-23 | 268.36 | INV-41461 | Islington Prints | due 2025-05-23
books 2025-04-23 | 268.36 | INV-41466 | Jarvis Offices | due 2025-05-23

## A payment and its return -> reversal
bank  2025-05-22 | 8350.47 | DIRECT DEBIT COLLECTION INV-41470 KENSALL LOCKS
bank  2025-05-26 | -8350.47 | RETURNED DIRECT DEBIT INV-41470 KENSALL LOCKS
books 2025-04-25 | 8350.47 | INV-41470 | Kensall Locks | due 2025-05-25

## An unpaid invoice of an amount that another customer paid -> missing_in_bank
bank  2025-05-02 | 1170.35 | INV-41477 LOXLEY TOYS
books 2025-04-02 | 1170.35 | INV-41477 | Loxley Toys | due 2025-05-02
books* 2025-04-02 | 1170.35 | INV-41482 | Marlowe Costumes | due 2025-05-02

## Twice as much in one payment -> overpayment
bank  2025-05-27 | 4481.40 | INV-41490 NORTHCOTE SAILS
books 2025-04-28 | 2240.70 | INV-41490 | Northcote Sails | due 2025-05-28
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::Duplicate, cases);
}
