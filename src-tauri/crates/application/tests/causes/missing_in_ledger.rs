//! The bank has it, the books do not.

use tieout_domain::RootCause;

use crate::table;

#[test]
fn what_only_the_bank_shows() {
    let cases = "
## The bank's monthly charge => Book -9.95 EUR.
bank  2025-05-30 | -9.95 | ACCOUNT MAINTENANCE MAY

## Interest credited => Ask the payer what the 3.41 EUR are for.
bank  2025-06-30 | 3.41 | INTEREST CREDIT INTEREST Q2

## A loan instalment => Book -1250.00 EUR.
bank  2025-06-02 | -1250.00 | LOAN 88-1204 INSTALMENT 17

## A payroll run that was not posted => Book -18422.17 EUR.
bank  2025-05-28 | -18422.17 | BATCH PAYMENT SALARIES MAY

## A stranger's transfer => Ask the payer what the 641.90 EUR are for.
bank  2025-05-21 | 641.90 | CREDIT TRANSFER ZOLTAN FEHERVARI

## A tax payment => Book -2311.00 EUR.
bank  2025-06-10 | -2311.00 | TAX OFFICE VAT 2025-05

## Card payments at a filling station => Book -74.31 EUR.
bank  2025-05-23 | -74.31 | CARD 4711 FUEL STATION A7

## A deposit of cash => Ask the payer what the 500.00 EUR are for.
bank  2025-05-26 | 500.00 | CASH DEPOSIT BRANCH 12

## A subscription => Book -129.00 EUR.
bank  2025-06-05 | -129.00 | DIRECT DEBIT CLOUDSTORE SUBSCRIPTION 7781

## A refund of an insurance => Ask the payer what the 218.64 EUR are for.
bank  2025-06-12 | 218.64 | ALBION INSURANCE PREMIUM REFUND POLICY 55-1
";
    table::count(&[cases]);
    table::is(RootCause::MissingInLedger, cases);
}

#[test]
fn what_the_books_have_after_all() {
    let cases = "
## A payment without its number, but of a known customer -> none
bank  2025-05-14 | 1013.24 | CREDIT TRANSFER COPPERFIELD ROOFING
books 2025-04-15 | 1013.24 | INV-44417 | Copperfield Roofing | due 2025-05-15

## A misspelt number -> reference_error
bank  2025-05-15 | 841.79 | INV-44402 DELACROIX FRAMES
books 2025-04-16 | 841.79 | INV-44420 | Delacroix Frames | due 2025-05-16

## A sum for two invoices -> none
bank  2025-05-16 | 1394.14 | INV-44431 INV-44432 ELLERSLIE VETS
books 2025-04-17 | 394.14 | INV-44431 | Ellerslie Vets | due 2025-05-17
books 2025-04-17 | 1000.00 | INV-44432 | Ellerslie Vets | due 2025-05-17

## Less a charge -> fee
bank  2025-05-19 | 276.34 | INV-44440 FAIRLEIGH SCHOOL
books 2025-04-18 | 283.84 | INV-44440 | Fairleigh School | due 2025-05-18

## The second time it is paid -> duplicate
bank  2025-05-21 | 680.74 | INV-44446 GLENDOWER STEEL
bank* 2025-05-27 | 680.74 | INV-44446 GLENDOWER STEEL
books 2025-04-21 | 680.74 | INV-44446 | Glendower Steel | due 2025-05-21

## With the wrong sign in the books -> sign_error
bank  2025-05-21 | 973.95 | INV-44452 HOLLOWAY MUSIC
books 2025-04-22 | -973.95 | INV-44452 | Holloway Music | due 2025-05-22

## A part -> partial_payment
bank  2025-05-22 | 100.00 | INV-44461 ISLINGTON PRINTS
books 2025-04-23 | 268.38 | INV-44461 | Islington Prints | due 2025-05-23

## A collection that is returned -> reversal
bank  2025-05-23 | 8350.49 | DIRECT DEBIT COLLECTION INV-44466 JARVIS OFFICES
bank  2025-05-27 | -8350.49 | RETURNED DIRECT DEBIT INV-44466 JARVIS OFFICES
books 2025-04-24 | 8350.49 | INV-44466 | Jarvis Offices | due 2025-05-24

## Much later than it was due -> timing
bank  2025-06-25 | 1170.37 | INV-44470 KENSALL LOCKS
books 2025-04-25 | 1170.37 | INV-44470 | Kensall Locks | due 2025-05-25

## Swapped digits -> transposition
bank  2025-05-27 | 2420.72 | INV-44477 LOXLEY TOYS
books 2025-04-28 | 2240.72 | INV-44477 | Loxley Toys | due 2025-05-28
";
    table::count(&[cases]);
    table::only_looks_like(RootCause::MissingInLedger, cases);
}
