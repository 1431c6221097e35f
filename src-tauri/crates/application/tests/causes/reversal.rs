//! A payment was returned or cancelled.

use tieout_application::Profile;
use tieout_domain::RootCause;

use crate::table;

const RETURNED: &str = "
## A direct debit is returned unpaid => Reverse the payment of 394.11 EUR as of 2025-05-20
bank  2025-05-16 | 394.11 | DIRECT DEBIT COLLECTION INV-29431 OAKHURST TOOLS
bank  2025-05-20 | -394.11 | RETURNED DIRECT DEBIT INV-29431 OAKHURST TOOLS
books 2025-04-17 | 394.11 | INV-29431 | Oakhurst Tools | due 2025-05-17

## A cheque bounces => Reverse the payment of 841.76 EUR as of 2025-05-22
bank  2025-05-15 | 841.76 | CHEQUE 100231 INV-29420 MERIDIAN CATERING
bank  2025-05-22 | -841.76 | RETURNED CHEQUE 100231 INV-29420 MERIDIAN CATERING
books 2025-04-16 | 841.76 | INV-29420 | Meridian Catering | due 2025-05-16

## A German direct debit comes back => Reverse the payment of 283.83 EUR as of 2025-05-23
bank  2025-05-19 | 283.83 | LASTSCHRIFT RE 29440 KESSELBACH METALLBAU
bank  2025-05-23 | -283.83 | RÜCKLASTSCHRIFT RE 29440 KESSELBACH METALLBAU
books 2025-04-18 | 283.83 | 29440 | Kesselbach Metallbau | due 2025-05-18

## A transfer of ours comes back: the account is closed => Taken back on 2025-05-27: 680.71 EUR.
bank  2025-05-23 | -680.71 | PAYMENT TO LAKESIDE ORCHARDS BILL 789446
bank  2025-05-27 | 680.71 | RETURNED PAYMENT LAKESIDE ORCHARDS BILL 789446
books 2025-04-24 | -680.71 | 789446 | Lakeside Orchards | due 2025-05-24

## The bank cancels its own booking => Taken back on 2025-05-28: -2240.69 EUR.
bank  2025-05-27 | 2240.69 | CREDIT TRANSFER WINTERBOURNE ANTIQUARIANS 774411
bank  2025-05-28 | -2240.69 | REVERSAL CREDIT TRANSFER WINTERBOURNE ANTIQUARIANS 774411
";

const REFUNDED: &str = "
## A refund of an order => A text says that money was paid back.
bank  2025-06-10 | -43.33 | Refund Daniel Donnelly order ORD-107321 | ref re_3fIChmnL4KcGFch3oSEuEg5c
books 2025-06-10 | -43.33 | ORD-107321 | Daniel Donnelly | type transaction | memo refund re_3fIChmnL4KcGFch3oSEuEg5c

## A part of an order is refunded
bank  2025-06-11 | -12.50 | Refund Leo Martin order ORD-118770 | ref re_7kLpQ2xZ9RrT4wVb1MnE8sHd
books 2025-06-11 | -12.50 | ORD-118770 | Leo Martin | type transaction | memo refund re_7kLpQ2xZ9RrT4wVb1MnE8sHd

## In German
bank  2025-06-12 | -89.90 | Rückerstattung Nora Feld Bestellung ORD-120455 | ref re_9aQwErTyUiOpAsDfGhJkLzXc
books 2025-06-12 | -89.90 | ORD-120455 | Nora Feld | type transaction | memo re_9aQwErTyUiOpAsDfGhJkLzXc

## In French
bank  2025-06-13 | -15.40 | Remboursement Lucie Armand ORD-120999 | ref re_2bNmAsDfGhQwErTyUiOpZxCv
books 2025-06-13 | -15.40 | ORD-120999 | Lucie Armand | type transaction | memo re_2bNmAsDfGhQwErTyUiOpZxCv

## Only the books call it so
bank  2025-06-16 | -230.00 | Payment to Omar Haddad ORD-121377 | ref re_5tGbYhNuJmIkOlPqAzWsXeDc
books 2025-06-16 | -230.00 | ORD-121377 | Omar Haddad | type transaction | memo refund re_5tGbYhNuJmIkOlPqAzWsXeDc
";

#[test]
fn what_is_taken_back_and_what_a_processor_refunds() {
    table::count(&[RETURNED, REFUNDED]);
    table::is(RootCause::Reversal, RETURNED);
    table::is_of(Profile::Processor, RootCause::Reversal, REFUNDED);
}

#[test]
fn pairs_of_amounts_that_take_nothing_back() {
    let cases = "
## A receipt and a bill of one amount, of two parties -> none
bank  2025-05-14 | 1013.21 | INV-39417 COPPERFIELD ROOFING
bank  2025-05-16 | -1013.21 | PAYMENT TO DELACROIX FRAMES BILL 799417
books 2025-04-15 | 1013.21 | INV-39417 | Copperfield Roofing | due 2025-05-15
books 2025-04-16 | -1013.21 | 799417 | Delacroix Frames | due 2025-05-16

## Paid twice: nothing went back -> duplicate
bank  2025-05-16 | 394.11 | INV-39431 ELLERSLIE VETS
bank* 2025-05-20 | 394.11 | INV-39431 ELLERSLIE VETS
books 2025-04-17 | 394.11 | INV-39431 | Ellerslie Vets | due 2025-05-17

## A return whose payment is of another quarter -> missing_in_ledger
bank  2025-05-19 | -777.83 | RETURNED DIRECT DEBIT ZOLTAN FEHERVARI

## A credit note that is paid out -> none
bank  2025-05-20 | -283.83 | CN-39440 FAIRLEIGH SCHOOL
books 2025-05-12 | -283.83 | CN-39440 | Fairleigh School | due 2025-05-26

## An entry with the wrong sign -> sign_error
bank  2025-05-20 | 6170.28 | INV-39446 GLENDOWER STEEL
books 2025-04-21 | -6170.28 | INV-39446 | Glendower Steel | due 2025-05-21

## A customer named Return Logistics -> none
bank  2025-05-21 | 973.92 | INV-39452 RETURN LOGISTICS HOLLOWAY
books 2025-04-22 | 973.92 | INV-39452 | Return Logistics Holloway | due 2025-05-22

## A part now and the rest later -> partial_payment
bank  2025-05-06 | 134.00 | INV-39461 ISLINGTON PRINTS
bank  2025-05-22 | 134.35 | INV-39461 ISLINGTON PRINTS
books 2025-04-23 | 268.35 | INV-39461 | Islington Prints | due 2025-05-23

## Too much, and nothing sent back -> overpayment
bank  2025-05-23 | 9000.00 | INV-39466 JARVIS OFFICES
books 2025-04-24 | 8350.46 | INV-39466 | Jarvis Offices | due 2025-05-24

## A sale of a processor, positive -> none
bank  2025-05-26 | 1170.34 | INV-39470 KENSALL LOCKS
books 2025-04-25 | 1170.34 | INV-39470 | Kensall Locks | due 2025-05-25

## A charge for a returned debit is in no books -> missing_in_ledger
bank  2025-05-27 | -7.85 | CHARGE FOR UNPAID ITEM
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::Reversal, cases);
}
