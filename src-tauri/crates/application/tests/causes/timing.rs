//! Booked on one side, to arrive on the other later.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn what_comes_late_or_is_still_to_come() {
    let cases = "
## An invoice that is due next month => Wait until 2025-07-25
books 2025-06-15 | 1013.23 | INV-42417 | Harbour Lane Bakery | due 2025-07-15

## One that was due last week: customers take some days => Wait until 2025-07-05
books 2025-05-26 | 841.78 | INV-42420 | Meridian Catering Ltd | due 2025-06-25

## An invoice of the last day, without a due date => Wait until 2025-07-10
books 2025-06-30 | 394.13 | INV-42431 | Oakhurst Tools

## A transfer booked on the last day => Wait until 2025-07-05
books 2025-06-30 | -283.85 | 814440 | Quillon Fasteners | type payment

## A cheque given to the post on Friday => Wait until 2025-07-02
books 2025-06-27 | -680.73 | 814446 | Lakeside Orchards | type payment

## Paid sixteen days after it was due => Paid 16 days after it was due.
bank  2025-06-07 | 973.94 | INV-42452 TAMSIN VALE STUDIO
books 2025-04-22 | 973.94 | INV-42452 | Tamsin Vale Studio | due 2025-05-22

## Paid a month after it was due => Paid 32 days after it was due.
bank  2025-06-24 | 268.37 | INV-42461 PEVERIL BOOKS
books 2025-04-23 | 268.37 | INV-42461 | Peveril Books | due 2025-05-23

## A cheque that was cashed after two weeks => 14 days between the books and the bank.
bank  2025-06-06 | -8350.48 | CHEQUE 100466 STRATHMORE STEEL 814466
books 2025-05-23 | -8350.48 | 814466 | Strathmore Steel | type payment

## A supplier's bill that is not due => Wait until 2025-07-28
books 2025-06-18 | -1170.36 | 814470 | Atelier Marchand | due 2025-07-18

## A bill of ours that we pay late => Paid 20 days after it was due.
bank  2025-06-17 | -2240.71 | PAYMENT TO WINTERBOURNE PAPER BILL 814477
books 2025-04-28 | -2240.71 | 814477 | Winterbourne Paper | due 2025-05-28
";
    table::count(&[cases]);
    table::is(RootCause::Timing, cases);
}

#[test]
fn what_is_in_time_or_will_not_come() {
    let cases = "
## Due long ago and never paid -> missing_in_bank => Ask the customer for payment of 1013.23 EUR
books 2025-04-01 | 1013.23 | INV-43417 | Copperfield Roofing | due 2025-05-01

## A payment of May that the bank does not show -> missing_in_bank
books 2025-05-12 | -841.78 | 815420 | Delacroix Frames | type payment

## Paid on the day it was due -> none
bank  2025-05-17 | 394.13 | INV-43431 ELLERSLIE VETS
books 2025-04-17 | 394.13 | INV-43431 | Ellerslie Vets | due 2025-05-17

## Paid a week late: not worth a word -> none
bank  2025-05-25 | 283.85 | INV-43440 FAIRLEIGH SCHOOL
books 2025-04-18 | 283.85 | INV-43440 | Fairleigh School | due 2025-05-18

## A transfer over a weekend -> none
bank  2025-05-19 | -680.73 | PAYMENT TO GLENDOWER STEEL 815446
books 2025-05-16 | -680.73 | 815446 | Glendower Steel | type payment

## Late and short: the difference is what matters -> partial_payment
bank  2025-06-20 | 486.97 | INV-43452 HOLLOWAY MUSIC
books 2025-04-22 | 973.94 | INV-43452 | Holloway Music | due 2025-05-22

## Late with a bank's charge -> fee
bank  2025-06-23 | 258.37 | INV-43461 ISLINGTON PRINTS
books 2025-04-23 | 268.37 | INV-43461 | Islington Prints | due 2025-05-23

## Money of the last day that is in no books -> missing_in_ledger
bank  2025-06-30 | 7350.48 | CREDIT TRANSFER ZOLTAN FEHERVARI

## Entered twice, and the copy is not due -> duplicate
bank  2025-06-26 | 1170.36 | INV-43470 KENSALL LOCKS
books 2025-06-02 | 1170.36 | INV-43470 | Kensall Locks | due 2025-07-02
books* 2025-06-03 | 1170.36 | INV-43470A | Kensall Locks | due 2025-07-03

## Paid before it is due -> none
bank  2025-05-05 | 2240.71 | INV-43477 LOXLEY TOYS
books 2025-04-28 | 2240.71 | INV-43477 | Loxley Toys | due 2025-06-28

## Due just over ten days before the end -> missing_in_bank
books 2025-05-19 | 3120.55 | INV-43482 | Marlowe Costumes | due 2025-06-18
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::Timing, cases);
}
