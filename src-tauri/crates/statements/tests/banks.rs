//! Exports of many banks and processors, as their customers download them: header and a few made-up rows, read without
//! configuration to the amounts and days that the bank means.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{amounts, lines, table};
use tieout_domain::Side;
use tieout_statements::recognise;

/// The text of an export; then its first day, its amounts in cents, and its first description or counterparty.
type Case = (&'static str, &'static str, &'static [i64]);

#[track_caller]
fn check(cases: &[Case]) {
    let mut failures = Vec::new();
    for (text, day, cents) in cases {
        let header = text.lines().find(|line| line.len() > 20).unwrap_or(text);
        let table = table(text);
        let found = recognise(&table, Some(Side::Statement));
        if !found.problems.is_empty() {
            failures.push(format!("{header}\n   {:?}", found.problems));
            continue;
        }
        let reading = common::interpret_all(&table, found.side, &found.mapping).unwrap();
        let days: Vec<String> =
            lines(&reading).iter().filter_map(|line| line.date).map(|date| date.to_string()).collect();
        let texts = lines(&reading).iter().all(|line| !line.description.is_empty() || !line.counterparty.is_empty());
        if days.first().map(String::as_str) != Some(*day) || amounts(&reading) != *cents || !texts {
            let roles: Vec<&str> = found.mapping.roles.iter().map(|role| role.as_str()).collect();
            failures.push(format!(
                "{header}\n   {:?} {:?} instead of {day} {cents:?}\n   {roles:?} {:?} {:?} {:?}",
                days.first(),
                amounts(&reading),
                found.mapping.date_order,
                found.mapping.decimal_mark,
                common::said(&reading)
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn apps_and_neobanks() {
    check(&[
        (
            "\"Booking Date\",\"Value Date\",\"Partner Name\",\"Partner Iban\",Type,\"Payment Reference\",\"Account Name\",\"Amount (EUR)\",\"Original Amount\",\"Original Currency\",\"Exchange Rate\"\n2024-05-13,2024-05-13,Grocer,,Presentment,-,Main Account,-12.50,12.50,EUR,1.00\n2024-05-14,2024-05-14,Employer,DE89370400440532013000,Credit Transfer,Salary,Main Account,2000.00,,,\n",
            "2024-05-13",
            &[-1_250, 200_000],
        ),
        (
            "\"Date\",\"Payee\",\"Account number\",\"Transaction type\",\"Payment reference\",\"Amount (EUR)\",\"Amount (Foreign Currency)\",\"Type Foreign Currency\",\"Exchange Rate\"\n\"2019-01-31\",\"Shop\",\"\",\"MasterCard Payment\",\"\",\"-7.20\",\"-7.20\",\"EUR\",\"1.0\"\n\"2019-02-01\",\"Anna\",\"DE89370400440532013000\",\"Income\",\"rent\",\"300.0\",\"\",\"\",\"\"\n",
            "2019-01-31",
            &[-720, 30_000],
        ),
        (
            "\"TransferWise ID\",Date,Amount,Currency,Description,\"Payment Reference\",\"Running Balance\",\"Exchange From\",\"Exchange To\",\"Exchange Rate\",\"Payer Name\",\"Payee Name\",\"Payee Account Number\",Merchant,\"Card Last Four Digits\",\"Card Holder Full Name\",Attachment,Note,\"Total fees\"\nCARD-1,13-05-2024,-12.50,EUR,\"Card transaction of 12.50 EUR\",,87.50,,,,,,,Grocer,1234,Me,,,0.00\nTRANSFER-2,12-05-2024,100.00,EUR,\"Received money\",,100.00,,,,Anna,,,,,,,,0.00\n",
            "2024-05-13",
            &[-1_250, 10_000],
        ),
        (
            "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In\ntx_1,13/05/2024,10:11:12,Card payment,Tesco,,Groceries,-12.50,GBP,-12.50,GBP,,,,TESCO STORES,,-12.50,\ntx_2,14/05/2024,10:11:12,Faster payment,Anna,,General,20.00,GBP,20.00,GBP,,,,rent,,,20.00\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes\n13/05/2024,Tesco,TESCO 123,CONTACTLESS,-12.50,87.50,GROCERIES,\n14/05/2024,Anna,rent,FASTER PAYMENT,20.00,107.50,INCOME,\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nCARD_PAYMENT,Current,2024-05-12 10:00:00,2024-05-13 10:00:00,Grocer,-12.50,0.00,EUR,COMPLETED,87.50\nCARD_PAYMENT,Current,2024-05-14 10:00:00,,Hold,-5.00,0.00,EUR,REVERTED,\nTOPUP,Current,2024-05-15 10:00:00,2024-05-15 10:00:00,Top-Up,20.00,0.00,EUR,COMPLETED,107.50\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
    ]);
}

#[test]
fn british_and_irish_banks() {
    check(&[
        (
            "Number,Date,Account,Amount,Subcategory,Memo\n\t,13/05/2024,20-12-34 12345678,-12.50,PAYMENT,\"TESCO   ON 12 MAY\"\n\t,10/05/2024,20-12-34 12345678,20.00,FT,\"ANNA\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        ("13/05/2024,TESCO STORES 1234,-12.50\n10/05/2024,ANNA RENT,\"1,020.00\"\n", "2024-05-13", &[-1_250, 102_000]),
        (
            "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n13/05/2024,DEB,'30-12-34,12345678,TESCO,12.50,,107.50\n10/05/2024,FPI,'30-12-34,12345678,ANNA,,20.00,120.00\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Date, Type, Description, Value, Balance, Account Name, Account Number\n\n13/05/2024,POS,\"'1234 12MAY24 , TESCO\",-12.50,107.50,\"'SMITH J\",\"'601234-12345678\"\n10/05/2024,BAC,\"'ANNA\",20.00,120.00,\"'SMITH J\",\"'601234-12345678\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "\"Account Name:\",\"FlexAccount ****12345\"\n\"Account Balance:\",\"£107.50\"\n\"Available Balance: \",\"£107.50\"\n\n\"Date\",\"Transaction type\",\"Description\",\"Paid out\",\"Paid in\",\"Balance\"\n\"10 May 2024\",\"Bank credit\",\"Anna\",\"\",\"£20.00\",\"£120.00\"\n\"13 May 2024\",\"Visa purchase\",\"Tesco\",\"£12.50\",\"\",\"£107.50\"\n",
            "2024-05-10",
            &[2_000, -1_250],
        ),
        (
            "Posted Account, Posted Transactions Date, Description, Debit Amount, Credit Amount,Balance,Transaction Type\n\"931012-12345678\",\"13/05/24\",\"VDP-TESCO\",\"12.50\",,\"107.50\",\"Debit\"\n\"931012-12345678\",\"14/05/24\",\"SALARY\",,\"1,000.00\",\"1107.50\",\"Credit\"\n",
            "2024-05-13",
            &[-1_250, 100_000],
        ),
    ]);
}

#[test]
fn north_american_banks() {
    check(&[
        (
            "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #\nDEBIT,05/13/2024,\"TESCO 05/12\",-12.50,DEBIT_CARD,107.50,,\nCREDIT,05/10/2024,\"ANNA\",20.00,ACH_CREDIT,120.00,,\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Transaction Date,Post Date,Description,Category,Type,Amount,Memo\n05/12/2024,05/13/2024,TESCO,Groceries,Sale,-12.50,\n05/14/2024,05/15/2024,Payment Thank You - Web,,Payment,100.00,\n",
            "2024-05-13",
            &[-1_250, 10_000],
        ),
        (
            "Description,,Summary Amt.\nBeginning balance as of 05/01/2024,,\"1,100.00\"\nTotal credits,,\"20.00\"\nTotal debits,,\"-12.50\"\nEnding balance as of 05/31/2024,,\"1,107.50\"\n\nDate,Description,Amount,Running Bal.\n05/01/2024,Beginning balance as of 05/01/2024,,\"1,100.00\"\n05/10/2024,\"ANNA\",\"20.00\",\"1,120.00\"\n05/13/2024,\"TESCO\",\"-12.50\",\"1,107.50\"\n",
            "2024-05-10",
            &[2_000, -1_250],
        ),
        (
            "\"05/13/2024\",\"-12.50\",\"*\",\"\",\"PURCHASE AUTHORIZED ON 05/12 TESCO\"\n\"05/10/2024\",\"20.00\",\"*\",\"\",\"ANNA\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit\n2024-05-12,2024-05-13,1234,TESCO,Merchandise,12.50,\n2024-05-14,2024-05-14,1234,CAPITAL ONE AUTOPAY PYMT,Payment/Credit,,100.00\n",
            "2024-05-13",
            &[-1_250, 10_000],
        ),
        (
            "Account Number,Transaction Description,Transaction Date,Transaction Type,Transaction Amount,Balance\n1234,TESCO,05/13/24,Debit,12.50,107.50\n1234,ANNA,05/10/24,Credit,20,120.00\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Date,Description,Card Member,Account #,Amount\n05/13/2024,TESCO,J SMITH,-12345,12.50\n05/14/2024,GROCER,J SMITH,-12345,20.00\n05/15/2024,AUTOPAY PAYMENT - THANK YOU,J SMITH,-12345,-32.50\n",
            "2024-05-13",
            &[-1_250, -2_000, 3_250],
        ),
        (
            "Status,Date,Description,Debit,Credit\nCleared,05/13/2024,\"TESCO\",12.50,\nCleared,05/14/2024,\"ONLINE PAYMENT, THANK YOU\",,-100.00\n",
            "2024-05-13",
            &[-1_250, 10_000],
        ),
        (
            "\"Date\",\"Status\",\"Type\",\"CheckNumber\",\"Description\",\"Withdrawal\",\"Deposit\",\"RunningBalance\"\n\"05/13/2024\",\"Posted\",\"VISA\",\"\",\"TESCO\",\"$12.50\",\"\",\"$107.50\"\n\"05/10/2024\",\"Posted\",\"ACH\",\"\",\"ANNA\",\"\",\"$20.00\",\"$120.00\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "\"Account Type\",\"Account Number\",\"Transaction Date\",\"Cheque Number\",\"Description 1\",\"Description 2\",\"CAD$\",\"USD$\"\nChequing,01234-1234567,5/13/2024,,\"TESCO\",\"\",-12.50,,\nChequing,01234-1234567,5/14/2024,,\"ANNA\",\"e-Transfer\",20.00,,\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        ("05/13/2024,TESCO,12.50,,107.50\n05/10/2024,ANNA PAYROLL,,20.00,120.00\n", "2024-05-13", &[-1_250, 2_000]),
        (
            "Following data is valid as of 20240531123045 (Year/Month/Day/Hour/Minute/Second)\n\n\nFirst Bank Card,Transaction Type,Date Posted, Transaction Amount,Description\n\n'5007661234567890',DEBIT,20240513,-12.5,[DS]TESCO STORES\n'5007661234567890',CREDIT,20240514,20.0,[CW]ANNA\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
    ]);
}

#[test]
fn banks_of_australia_africa_and_india() {
    check(&[
        (
            "13/05/2024,\"-12.50\",\"COLES 1234 SYDNEY\",\"+107.50\"\n10/05/2024,\"+20.00\",\"ANNA\",\"+120.00\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Bank Account,Date,Narrative,Debit Amount,Credit Amount,Balance,Categories,Serial\n032000123456,13/05/2024,\"COLES 1234\",12.50,,107.50,DEP,\n032000123456,10/05/2024,\"ANNA\",,20.00,120.00,DEP,\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Date,Amount,Account Number,,Transaction Type,Transaction Details,Balance,Category,Merchant Name\n13 May 24,-12.50,123456789,,MISCELLANEOUS DEBIT,COLES,107.50,Groceries,Coles\n10 May 24,20.00,123456789,,TRANSFER CREDIT,ANNA,120.00,Income,\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "ACCOUNT TRANSACTION HISTORY\n\nName:,JAN,SMITH\nAccount:,62000000000,[FNB PREMIER]\nBalance:,107.50,107.50\n\nDate, Amount, Balance, Description\n2024/05/13,-12.50,107.50,POS PURCHASE SPAR\n2024/05/10,20.00,120.00,FNB APP PAYMENT FROM ANNA\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "S No.,Value Date,Transaction Date,Cheque Number,Transaction Remarks,Withdrawal Amount (INR ),Deposit Amount (INR ),Balance (INR )\n1,13/05/2024,13/05/2024,-,UPI/GROCER/1234,12.50,0,\"1,00,107.50\"\n2,14/05/2024,14/05/2024,-,NEFT-ANNA,0,\"1,20,000.00\",\"2,20,107.50\"\n",
            "2024-05-13",
            &[-1_250, 12_000_000],
        ),
        (
            "  Date     ,Narration                ,Value Dat,Debit Amount       ,Credit Amount      ,Chq/Ref Number   ,Closing Balance\n 13/05/24  ,UPI-GROCER               ,13/05/24 ,         12.50     ,        0.00       ,0000001234       ,       107.50\n 14/05/24  ,NEFT ANNA                ,14/05/24 ,          0.00     ,       20.00       ,0000001235       ,       127.50\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Account Number :\t_00000012345678901\nOpening Balance :\t120.00\n\nTxn Date\tValue Date\tDescription\tRef No./Cheque No.\t        Debit\tCredit\tBalance\n13 May 2024\t13 May 2024\tTO TRANSFER-UPI\tREF 1\t 12.50 \t \t107.50\n14 May 2024\t14 May 2024\tBY SALARY\tREF 2\t \t 20.00 \t127.50\n\n**This is a computer generated statement and does not require a signature\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Sl. No.,Transaction Date,Value Date,Description,Chq / Ref No.,Amount,Dr / Cr,Balance,Dr / Cr\n1,13-05-2024,13-05-2024,UPI/GROCER,1234,12.50,DR,107.50,CR\n2,14-05-2024,14-05-2024,NEFT ANNA,1235,20.00,CR,127.50,CR\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
    ]);
}

#[test]
fn banks_of_the_low_countries_and_france() {
    check(&[
        (
            "\"Datum\";\"Naam / Omschrijving\";\"Rekening\";\"Tegenrekening\";\"Code\";\"Af Bij\";\"Bedrag (EUR)\";\"Mutatiesoort\";\"Mededelingen\";\"Saldo na mutatie\";\"Tag\"\n\"20240513\";\"Albert Heijn\";\"NL26BUNQ2025126409\";\"\";\"BA\";\"Af\";\"12,50\";\"Betaalautomaat\";\"Pasvolgnr\";\"107,50\";\"\"\n\"20240510\";\"Anna\";\"NL26BUNQ2025126409\";\"\";\"OV\";\"Bij\";\"20,00\";\"Overschrijving\";\"huur\";\"120,00\";\"\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Rekeningnummer;Naam van de rekening;Rekening tegenpartij;Omzetnummer;Boekingsdatum;Valutadatum;Bedrag;Munteenheid;Omschrijving;Detail van de omzet;Bericht\n363-0123456-12;ZICHT;;5;13/05/2024;12/05/2024;-12,50;EUR;Aankoop;Delhaize;\n363-0123456-12;ZICHT;BE68539007547034;4;10/05/2024;10/05/2024;20,00;EUR;Overschrijving;Anna;\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "\"IBAN/BBAN\",\"Munt\",\"BIC\",\"Volgnr\",\"Datum\",\"Rentedatum\",\"Bedrag\",\"Saldo na trn\",\"Tegenrekening IBAN/BBAN\",\"Naam tegenpartij\",\"Naam uiteindelijke partij\",\"Naam initiërende partij\",\"BIC tegenpartij\",\"Code\",\"Batch ID\",\"Transactiereferentie\",\"Machtigingskenmerk\",\"Incassant ID\",\"Betalingskenmerk\",\"Omschrijving-1\",\"Omschrijving-2\",\"Omschrijving-3\",\"Reden retour\",\"Oorspr bedrag\",\"Oorspr munt\",\"Koers\"\n\"NL44RABO0123456789\",\"EUR\",\"RABONL2U\",\"000000000000000001\",\"2024-05-13\",\"2024-05-13\",\"-12,50\",\"+107,50\",\"NL26BUNQ2025126409\",\"Jumbo\",\"\",\"\",\"\",\"bc\",\"\",\"\",\"\",\"\",\"\",\"Betaalautomaat\",\" \",\" \",\"\",\"\",\"\",\"\"\n\"NL44RABO0123456789\",\"EUR\",\"RABONL2U\",\"000000000000000002\",\"2024-05-14\",\"2024-05-14\",\"+20,00\",\"+127,50\",\"NL26BUNQ2025126409\",\"Anna\",\"\",\"\",\"\",\"cb\",\"\",\"\",\"\",\"\",\"\",\"huur\",\" \",\" \",\"\",\"\",\"\",\"\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Rekeningnummer;Rubrieknaam;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;credit;debet;rekeningnummer tegenpartij;BIC tegenpartij;Naam tegenpartij;Adres tegenpartij;gestructureerde mededeling;Vrije mededeling\nBE68539007547034;;JAN;EUR;2024001;13/05/2024;BETALING DELHAIZE;13/05/2024;-12,50;107,50;;-12,50;;;;;;\nBE68539007547034;;JAN;EUR;2024001;14/05/2024;OVERSCHRIJVING;14/05/2024;20,00;127,50;20,00;;BE71096123456769;;ANNA;;;huur\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Boekingsdatum vanaf;01/05/2024\nBoekingsdatum tot en met;31/05/2024\nLaatste saldo;107,50 EUR\nDatum/uur van het laatste saldo;31/05/2024 10:11:12\n;\nRekening;Boekingsdatum;Rekeninguittrekselnummer;Transactienummer;Rekening tegenpartij;Naam tegenpartij bevat;Straat en nummer;Postcode en plaats;Transactie;Valutadatum;Bedrag;Devies;BIC;Landcode;Mededelingen\nBE68 5390 0754 7034;13/05/2024;00005;10;;;;;AANKOOP BANCONTACT DELHAIZE;13/05/2024;-12,50;EUR;;;\nBE68 5390 0754 7034;10/05/2024;00005;9;BE71096123456769;ANNA;;;STORTING;10/05/2024;20,00;EUR;;;huur\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Nº de séquence;Date d'exécution;Date valeur;Montant;Devise du compte;Numéro de compte;Type de transaction;Contrepartie;Nom de la contrepartie;Communication;Détails;Statut;Motif du refus\n2024-00010;13/05/2024;13/05/2024;-12,50;EUR;BE68539007547034;Paiement par carte;;;;DELHAIZE;Accepté;\n2024-00009;10/05/2024;10/05/2024;20,00;EUR;BE68539007547034;Virement;BE71096123456769;ANNA;loyer;VIREMENT;Accepté;\n2024-00008;09/05/2024;09/05/2024;-7,00;EUR;BE68539007547034;Domiciliation;;X;;Y;Refusé;Solde\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Téléchargement du 31/05/2024;\n\n\nMme DUPONT ANNE\nCompte de Dépôt carte n° 12345678901;\nSolde au 31/05/2024 107,50 €\n\nListe des opérations du compte entre le 01/05/2024 et le 31/05/2024;\n\nDate;Libellé;Débit euros;Crédit euros;\n13/05/2024;\"PAIEMENT PAR CARTE    \nCARREFOUR 12/05\";12,50;;\n10/05/2024;\"VIREMENT EN VOTRE FAVEUR    \nANNA\";;1 020,00;\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance\n2024-05-13;2024-05-13;\"CARTE 12/05/24 CARREFOUR\";\"Alimentation\";\"Vie quotidienne\";\"carrefour\";-12,50;;00040123456;BoursoBank;107.50\n2024-05-10;2024-05-10;\"VIR ANNA\";\"Virements\";\"Virements\";\"anna\";1 020,00;;00040123456;BoursoBank;107.50\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "Numéro Compte   ;1234567A020\nType         ;CCP\nCompte tenu en  ;euros\nDate            ;31/05/2024\nSolde (EUROS)   ;107,50\nSolde (FRANCS)  ;705,15\n\nDate;Libellé;Montant(EUROS);Montant(FRANCS)\n13/05/2024;ACHAT CB CARREFOUR;-12,50;-81,99\n10/05/2024;VIREMENT DE ANNA;20,00;131,19\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n13/05/2024;13/05/2024;-12,50;;CARTE CARREFOUR;107,50\n14/05/2024;14/05/2024;;20,00;VIR ANNA;127,50\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
    ]);
}

#[test]
fn banks_of_spain_italy_and_portugal() {
    check(&[
        (
            "F.Valor;Fecha;Concepto;Movimiento;Importe;Divisa;Disponible;Divisa;Observaciones\n13/05/2024;13/05/2024;Mercadona;Pago con tarjeta;-12,50;EUR;107,50;EUR;4321\n10/05/2024;10/05/2024;Transferencia recibida;Anna;20,00;EUR;120,00;EUR;alquiler\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Fecha;Fecha valor;Movimiento;Más datos;Importe;Saldo\n13/05/2024;13/05/2024;MERCADONA;VALENCIA;-12,50EUR;1.107,50EUR\n10/05/2024;10/05/2024;TRANSF. A SU FAVOR;ANNA;+20,00EUR;1.120,00EUR\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "13/05/2024|COMPRA TARJ. MERCADONA|13/05/2024|-12.50|107.50||4321\n10/05/2024|TRANSFERENCIA DE ANNA|10/05/2024|20.00|120.00||\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Data_Operazione;Data_Valuta;Entrate;Uscite;Descrizione;Descrizione_Completa;Stato;Moneymap\n13/05/2024;13/05/2024;;-12,50;Pagamento Visa Debit;ESSELUNGA MILANO;Contabilizzato;Spesa\n10/05/2024;10/05/2024;20;;Bonifico SEPA;Ord: ANNA;Contabilizzato;Entrate\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Data Registrazione;Data Valuta;Descrizione;Importo (EUR)\n13.05.2024;12.05.2024;PAGAMENTO POS ESSELUNGA;-12,50\n10.05.2024;10.05.2024;BONIFICO DA ANNA;1.020,00\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "Data Contabile;Data Valuta;Addebiti (euro);Accrediti (euro);Descrizione operazioni\n13/05/2024;13/05/2024;12,50;;PAGAMENTO POSTAMAT\n10/05/2024;10/05/2024;;20,00;BONIFICO ANNA\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Consultar saldos e movimentos à ordem - 31-05-2024\n\nConta ;0123012345678 - EUR - Conta Extracto \nData de início ;01-05-2024\nData de fim ;31-05-2024\n\nData mov. ;Data valor ;Descrição ;Débito ;Crédito ;Saldo contabilístico ;Saldo disponível ;Categoria ;\n13-05-2024;13-05-2024;COMPRA PINGO DOCE ;12,50;;107,50;107,50;Diversos ;\n14-05-2024;14-05-2024;TRF ANNA ;;1.020,00;1.127,50;1.127,50;Diversos ;\n ; ; ; ; Saldo contabilístico ;1.127,50 EUR\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "Data lançamento;Data valor;Descrição;Montante;Tipo;Saldo\n13-05-2024;13-05-2024;COMPRA 1234 CONTINENTE;-12,50;Débito;107,50\n10-05-2024;10-05-2024;TRF DE ANNA;20,00;Crédito;120,00\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
    ]);
}

#[test]
fn german_austrian_and_swiss_banks() {
    check(&[
        (
            "\"Auftragskonto\";\"Buchungstag\";\"Valutadatum\";\"Buchungstext\";\"Verwendungszweck\";\"Glaeubiger ID\";\"Mandatsreferenz\";\"Kundenreferenz (End-to-End)\";\"Sammlerreferenz\";\"Lastschrift Ursprungsbetrag\";\"Auslagenersatz Ruecklastschrift\";\"Beguenstigter/Zahlungspflichtiger\";\"Kontonummer/IBAN\";\"BIC (SWIFT-Code)\";\"Betrag\";\"Waehrung\";\"Info\"\n\"DE89370400440532013000\";\"13.05.24\";\"13.05.24\";\"KARTENZAHLUNG\";\"REWE\";\"\";\"\";\"\";\"\";\"\";\"\";\"REWE SAGT DANKE\";\"DE02120300000000202051\";\"BYLADEM1001\";\"-12,50\";\"EUR\";\"Umsatz gebucht\"\n",
            "2024-05-13",
            &[-1_250],
        ),
        (
            "\"Kontonummer:\";\"DE89370400440532013000 / Girokonto\";\n\n\"Von:\";\"01.05.2024\";\n\"Bis:\";\"31.05.2024\";\n\"Kontostand vom 31.05.2024:\";\"107,50 EUR\";\n\n\"Buchungstag\";\"Wertstellung\";\"Buchungstext\";\"Auftraggeber / Begünstigter\";\"Verwendungszweck\";\"Kontonummer\";\"BLZ\";\"Betrag (EUR)\";\"Gläubiger-ID\";\"Mandatsreferenz\";\"Kundenreferenz\";\n\"13.05.2024\";\"13.05.2024\";\"Lastschrift\";\"REWE\";\"Einkauf\";\"DE02120300000000202051\";\"BYLADEM1001\";\"-12,50\";\"\";\"\";\"\";\n\"10.05.2024\";\"10.05.2024\";\"Gutschrift\";\"Anna\";\"Miete\";\"DE02120300000000202051\";\"BYLADEM1001\";\"1.020,00\";\"\";\"\";\"\";\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "Umsätze Girokonto;;;Kundennummer: 100 1234567\n01.05.2024 - 31.05.2024\nLetzter Kontostand;;;;120,00;EUR\nVorgemerkte und noch nicht gebuchte Umsätze sind nicht Bestandteil dieser Übersicht.\nBuchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN;BIC;Kundenreferenz;Mandatsreferenz ;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung\n13.05.2024;13.05.2024;SEPA-Lastschrift;REWE;Einkauf;DE02120300000000202051;BYLADEM1001;;;;;;;;;-12,50;;EUR\n14.05.2024;14.05.2024;SEPA-Gutschrift;Anna;Miete;DE02120300000000202051;BYLADEM1001;;;;;;;;;;20,00;EUR\nKontostand;31.05.2024;;;127,50;EUR\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            ";\n\"Umsätze Girokonto\";\"Zeitraum: 30 Tage\";\n\"Neuer Kontostand\";\"127,50 EUR\";\n\n\"Buchungstag\";\"Wertstellung (Valuta)\";\"Vorgang\";\"Buchungstext\";\"Umsatz in EUR\";\n\"offen\";\"--\";\"Lastschrift\";\"KARTE\";\"-5,00\";\n\"14.05.2024\";\"14.05.2024\";\"Übertrag\";\"Auftraggeber: Anna Buchungstext: Miete\";\"20,00\";\n\"13.05.2024\";\"13.05.2024\";\"Lastschrift\";\"Auftraggeber: REWE\";\"-12,50\";\n\n\"Alter Kontostand\";\"120,00 EUR\";\n",
            "2024-05-14",
            &[2_000, -1_250],
        ),
        (
            "Umsatzauskunft - gebuchte Umsätze;\nName;ANNA MUSTER;\nIBAN;DE89 3704 0044 0532 0130 00;\nAktueller Kontostand;107,50 €;\n\nBuchungstag;Wertstellung;Umsatzart;Buchungsdetails;Auftraggeber;Empfänger;Betrag (€);Saldo (€)\n13.05.2024;13.05.2024;SEPA Lastschrift;Einkauf;ANNA MUSTER;REWE;-12,50 €;107,50 €\n10.05.2024;10.05.2024;SEPA Überw.;Miete;BERTA;ANNA MUSTER;20,00 €;120,00 €\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Kontonummer:;0234 00123456.40;\nIBAN:;CH5604835012345678009;\nVon:;2024-05-01;\nBis:;2024-05-31;\nAnfangssaldo:;120.00;\nSchlusssaldo:;127.50;\nBewertet in:;CHF;\nAnzahl Transaktionen in diesem Zeitraum:;2;\n\nAbschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten;\n2024-05-14;;2024-05-14;2024-05-14;CHF;;20.00;;127.50;1234;\"Anna\";\"Gutschrift\";;;\n2024-05-13;;2024-05-13;2024-05-13;CHF;-12.50;;;107.50;1233;\"Migros\";\"Zahlung Debitkarte\";;;\n",
            "2024-05-14",
            &[2_000, -1_250],
        ),
        (
            "Datum von:;=\"2024-05-01\"\nDatum bis:;=\"2024-05-31\"\nBuchungsart:;=\"Alle Buchungen\"\nKonto:;=\"CH5604835012345678009\"\nWährung:;=\"CHF\"\n\nDatum;Bewegungstyp;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Label;Kategorie;Valuta;Saldo in CHF\n14.05.2024;Zahlungseingang;Anna;20;;;Einkommen;14.05.2024;127.50\n13.05.2024;Kauf;Migros;;-12.5;;Einkauf;13.05.2024;\n\nDisclaimer:\nDer Dokumentinhalt wurde durch Filtereinstellungen der Kund:innen generiert.\n",
            "2024-05-14",
            &[2_000, -1_250],
        ),
        (
            "IBAN;Booked At;Text;Credit/Debit Amount;Balance;Valuta Date\nCH5604835012345678009;2024-05-13 00:00:00.0;Migros;-12.50;107.50;2024-05-13 00:00:00.0\nCH5604835012345678009;2024-05-14 00:00:00.0;Anna;20.00;127.50;2024-05-14 00:00:00.0\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Buchungsdatum,Partnername,Partner IBAN,BIC/SWIFT,Partner Kontonummer,Bankleitzahl,Betrag,Währung,Buchungs-Details\n13.05.2024,Billa,,,,,\"-12,50\",EUR,Einkauf\n14.05.2024,Anna,AT611904300234573201,,,,\"1.020,00\",EUR,Miete\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "Buchungsdatum;Valutadatum;Buchungstext;Interne Notiz;Währung;Betrag;Belegdaten;Belegnummer;Auftraggebername;Auftraggeberkonto;Auftraggeber BLZ;Empfängername;Empfängerkonto;Empfänger BLZ;Zahlungsgrund\n13.05.2024;13.05.2024;POS 12,50;;EUR;-12,50;POS;;;;;BILLA;;;\n14.05.2024;14.05.2024;SEPA GUTSCHRIFT;;EUR;20,00;;;ANNA;AT611904300234573201;;ICH;;;Miete\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
    ]);
}

#[test]
fn nordic_and_baltic_banks() {
    check(&[
        (
            "Bokföringsdatum;Valutadatum;Verifikationsnummer;Text/mottagare;Belopp;Saldo\n2024-05-13;2024-05-13;5484939393;ICA KVANTUM/24-05-12;-12.50;107.50\n2024-05-10;2024-05-10;5484939392;ANNA;20.00;120.00\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "* Transaktioner Period 2024-05-01 – 2024-05-31 Skapad 2024-06-01 10:11 CEST\nRadnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo\n1,81234,9012345678,Privatkonto,SEK,2024-05-13,2024-05-12,2024-05-13,ICA,ICA KVANTUM,-12.50,107.50\n2,81234,9012345678,Privatkonto,SEK,2024-05-10,2024-05-10,2024-05-10,Hyra,ANNA,20.00,120.00\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "\"Dato\";\"Forklaring\";\"Rentedato\";\"Ut fra konto\";\"Inn på konto\"\n\"13.05.2024\";\"Varekjøp REMA 1000\";\"13.05.2024\";\"12,50\";\"\"\n\"10.05.2024\";\"Giro Anna\";\"10.05.2024\";\"\";\"1.020,00\"\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "\"Dato\";\"Tekst\";\"Beløb\";\"Saldo\";\"Status\";\"Afstemt\"\n\"13.05.2024\";\"Netto\";\"-12,50\";\"107,50\";\"Udført\";\"Nej\"\n\"14.05.2024\";\"Anna\";\"20,00\";\"127,50\";\"Udført\";\"Nej\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Kirjauspäivä;Arvopäivä;Määrä EUROA;Laji;Selitys;Saaja/Maksaja;Saajan tilinumero ja pankin BIC;Viite;Viesti;Arkistointitunnus\n13.5.2024;13.5.2024;-12,50;162;PKORTTIMAKSU;PRISMA;;;;2024051\n14.5.2024;14.5.2024;20,00;700;TILISIIRTO;ANNA;;;vuokra;2024052\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "\"Client account\",\"Row type\",\"Date\",\"Beneficiary/Payer\",\"Details\",\"Amount\",\"Currency\",\"Debit/Credit\",\"Transfer reference\",\"Transaction type\",\"Reference number\",\"Document number\"\n\"LT121000011101001000\",\"10\",\"2024-05-01\",\"\",\"Opening balance\",\"120.00\",\"EUR\",\"K\",\"\",\"AS\",\"\",\"\"\n\"LT121000011101001000\",\"20\",\"2024-05-13\",\"MAXIMA\",\"Purchase\",\"12.50\",\"EUR\",\"D\",\"1\",\"K\",\"\",\"\"\n\"LT121000011101001000\",\"20\",\"2024-05-14\",\"ANNA\",\"rent\",\"20.00\",\"EUR\",\"K\",\"2\",\"MK\",\"\",\"\"\n\"LT121000011101001000\",\"82\",\"2024-05-31\",\"\",\"Turnover\",\"12.50\",\"EUR\",\"D\",\"\",\"K2\",\"\",\"\"\n\"LT121000011101001000\",\"82\",\"2024-05-31\",\"\",\"Turnover\",\"20.00\",\"EUR\",\"K\",\"\",\"K2\",\"\",\"\"\n\"LT121000011101001000\",\"86\",\"2024-05-31\",\"\",\"closing balance\",\"127.50\",\"EUR\",\"K\",\"\",\"LS\",\"\",\"\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
    ]);
}

#[test]
fn banks_of_central_and_eastern_europe() {
    check(&[
        (
            "mBank S.A. Bankowość Detaliczna;\n\n#Klient;\nANNA NOWAK;\n\n#Za okres:;\n01.05.2024;31.05.2024;\n\n#Waluta;#Wpływy;#Wydatki;\nPLN;20,00;-12,50;\n\n#Data operacji;#Opis operacji;#Rachunek;#Kategoria;#Kwota;\n2024-05-13;\"BIEDRONKA ZAKUP PRZY UŻYCIU KARTY\";\"eKonto 1234\";\"Żywność\";-12,50 PLN;;\n2024-05-10;\"ANNA PRZELEW\";\"eKonto 1234\";\"Wpływy\";1 020,00 PLN;;\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "#Data księgowania;#Data operacji;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Kwota;#Saldo po operacji;\n2024-05-13;2024-05-12;ZAKUP PRZY UŻYCIU KARTY;\"BIEDRONKA\";\"\";'';-12,50;107,50;\n2024-05-14;2024-05-14;PRZELEW;\"czynsz\";\"ANNA\";'12345';20,00;127,50;\n;;;;;;#Saldo końcowe;127,50 PLN;\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "\"Data operacji\",\"Data waluty\",\"Typ transakcji\",\"Kwota\",\"Waluta\",\"Saldo po transakcji\",\"Opis transakcji\",\"\",\"\",\"\"\n\"2024-05-13\",\"2024-05-12\",\"Płatność kartą\",\"-12.50\",\"PLN\",\"+107.50\",\"Tytuł: BIEDRONKA\",\"Lokalizacja: Kraj\",\"\",\"\"\n\"2024-05-10\",\"2024-05-10\",\"Przelew\",\"+20.00\",\"PLN\",\"+120.00\",\"Nadawca: ANNA\",\"\",\"\",\"\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Numer rachunku/karty,Data transakcji,Data rozliczenia,Rodzaj transakcji,Na konto/Z konta,Odbiorca/Zleceniodawca,Opis,Obciążenia,Uznania,Saldo,Waluta\n\"PL 12 1160 0000\",2024-05-12,2024-05-13,TRANSAKCJA KARTĄ,,,\"BIEDRONKA\",-12.50,,107.50,PLN\n\"PL 12 1160 0000\",2024-05-14,2024-05-14,PRZELEW,,ANNA,\"czynsz\",,20.00,127.50,PLN\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "accountId;2000123456\nbankId;2010\ncurrency;CZK\niban;CZ6508000000192000145399\nopeningBalance;120,00\nclosingBalance;127,50\ndateStart;01.05.2024\ndateEnd;31.05.2024\n\nID pohybu;Datum;Objem;Měna;Protiúčet;Název protiúčtu;Kód banky;Název banky;KS;VS;SS;Uživatelská identifikace;Zpráva pro příjemce;Typ;Provedl;Upřesnění;Komentář;BIC;ID pokynu\n26000000001;13.05.2024;-12,50;CZK;;;;;;1234;;Nákup: ALBERT;Nákup: ALBERT;Platba kartou;Anna;;;;1\n26000000002;14.05.2024;20,00;CZK;123456;Anna;0100;KB;;;;;nájem;Příjem;;;;;2\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Datum provedení;Datum zaúčtování;Číslo účtu;Název účtu;Kategorie transakce;Číslo protiúčtu;Název protiúčtu;Typ transakce;Zpráva;Poznámka;VS;KS;SS;Zaúčtovaná částka;Měna účtu\n12.05.2024;13.05.2024;123456/5500;Anna;Platba;;ALBERT;Platba kartou;Nákup;;;;;-12,50;CZK\n14.05.2024;14.05.2024;123456/5500;Anna;Platba;98/0100;Berta;Příchozí úhrada;nájem;;;;;1 020,00;CZK\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "könyvelés dátuma;tranzakció azonosító;típus;könyvelési számla;könyvelési számla elnevezése;partner számla;partner elnevezése;összeg;összeg devizaneme;közlemény\n2024.05.13;1;Kártyás vásárlás;10400000;Anna;;SPAR;-1250;HUF;vásárlás\n2024.05.14;2;Utalás;10400000;Anna;11700000;BERTA;2000;HUF;bér\n",
            "2024-05-13",
            &[-125_000, 200_000],
        ),
        (
            "\"Data tranzactie\",\"Data valuta\",\"Descriere\",\"Referinta tranzactiei\",\"Debit\",\"Credit\",\"Sold contabil\"\n\"2024-05-13\",\"2024-05-13\",\"Plata la POS KAUFLAND\",\"123\",\"-12.50\",\"\",\"107.50\"\n\"2024-05-14\",\"2024-05-14\",\"Incasare ANNA\",\"124\",\"\",\"20.00\",\"127.50\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "Tarih;Açıklama;Etiket;Tutar;Bakiye;Dekont No\n13.05.2024;MIGROS;Market;-12,50;107,50;1\n14.05.2024;ANNA;Diğer;1.020,00;1.127,50;2\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "\"Дата операции\";\"Дата платежа\";\"Номер карты\";\"Статус\";\"Сумма операции\";\"Валюта операции\";\"Сумма платежа\";\"Валюта платежа\";\"Кэшбэк\";\"Категория\";\"MCC\";\"Описание\";\"Бонусы (включая кэшбэк)\"\n\"13.05.2024 10:11:12\";\"13.05.2024\";\"*1234\";\"OK\";\"-1,00\";\"USD\";\"-92,50\";\"RUB\";\"\";\"Супермаркеты\";\"5411\";\"Пятёрочка\";\"0,00\"\n\"14.05.2024 10:11:12\";\"14.05.2024\";\"*1234\";\"FAILED\";\"-5,00\";\"RUB\";\"-5,00\";\"RUB\";\"\";\"Супермаркеты\";\"5411\";\"Пятёрочка\";\"0,00\"\n\"15.05.2024 10:11:12\";\"15.05.2024\";\"*1234\";\"OK\";\"20,00\";\"RUB\";\"20,00\";\"RUB\";\"\";\"Переводы\";\"\";\"Анна\";\"0,00\"\n",
            "2024-05-13",
            &[-9_250, 2_000],
        ),
        (
            "\"Дата i час операції\",\"Деталі операції\",MCC,\"Сума в валюті картки (UAH)\",\"Сума в валюті операції\",Валюта,Курс,\"Сума комісій (UAH)\",\"Сума кешбеку (UAH)\",\"Залишок після операції\"\n\"14.05.2024 10:11:12\",\"Анна\",4829,20.0,20.0,UAH,—,—,—,127.5\n\"13.05.2024 10:11:12\",\"Сільпо\",5411,-12.5,-12.5,UAH,—,—,0.13,107.5\n",
            "2024-05-14",
            &[2_000, -1_250],
        ),
        (
            "Дата;Час;Категорія;Картка;Опис операції;Сума в валюті картки;Валюта картки;Сума в валюті транзакції;Валюта транзакції;Залишок на кінець періоду;Валюта залишку\n14.05.2024;10:11;Зарахування;1234;Анна;20,00;UAH;20,00;UAH;127,50;UAH\n13.05.2024;10:11;Продукти;1234;Сільпо;-12,50;UAH;-12,50;UAH;107,50;UAH\n",
            "2024-05-14",
            &[2_000, -1_250],
        ),
    ]);
}

#[test]
fn banks_of_brazil_and_east_asia() {
    check(&[
        ("13/05/2024;PIX ENVIADO MERCADO;-12,50\n14/05/2024;PIX RECEBIDO ANNA;20,00\n", "2024-05-13", &[-1_250, 2_000]),
        (
            "Data,Valor,Identificador,Descrição\n13/05/2024,-12.50,6641-a,Compra no débito - MERCADO\n14/05/2024,20.00,6641-b,Transferência recebida - ANNA\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "date,title,amount\n2024-05-13,Mercado,12.50\n2024-05-14,Pagamento recebido,-20.00\n2024-05-15,Uber,7.50\n2024-05-16,Padaria,2.50\n",
            "2024-05-13",
            &[-1_250, 2_000, -750, -250],
        ),
        (
            "Data;Histórico;Docto.;Crédito (R$);Débito (R$);Saldo (R$)\n13/05/24;COMPRA MERCADO;1234;;-12,50;107,50\n14/05/24;PIX ANNA;1235;1.020,00;;1.127,50\n;Total;;1.020,00;-12,50;1.127,50\n",
            "2024-05-13",
            &[-1_250, 102_000],
        ),
        (
            "\"Conta\";\"Data_Mov\";\"Nr_Doc\";\"Historico\";\"Valor\";\"Deb_Cred\"\n\"0123\";\"20240513\";\"000001\";\"COMPRA ELO\";\"12.50\";\"D\"\n\"0123\";\"20240514\";\"000002\";\"CRED PIX\";\"20.00\";\"C\"\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
        (
            "\"日付\",\"摘要\",\"摘要内容\",\"支払い金額\",\"預かり金額\",\"差引残高\",\"メモ\",\"未資金化区分\",\"入払区分\"\n\"2024/5/13\",\"カード\",\"スーパー\",\"1,250\",\"\",\"10,750\",\"\",\"\",\"支払い\"\n\"2024/5/14\",\"振込\",\"アンナ\",\"\",\"2,000\",\"12,750\",\"\",\"\",\"入金\"\n",
            "2024-05-13",
            &[-125_000, 200_000],
        ),
        (
            "取引日,入出金(円),取引後残高(円),入出金内容\n20240513,-1250,10750,スーパー\n20240514,2000,12750,アンナ\n",
            "2024-05-13",
            &[-125_000, 200_000],
        ),
        (
            "支付宝交易记录明细查询\n账号:[a@example.com]\n\n交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注\n2024-05-13 10:11:12,餐饮美食,饭店,a***,午餐消费,支出,12.50,余额,交易成功,20240513,1,\n2024-05-14 10:11:12,转账红包,安娜,b***,转账给我,收入,20.00,余额,交易成功,20240514,2,\n2024-05-15 10:11:12,餐饮美食,饭店,a***,晚餐消费,支出,9.00,余额,交易关闭,20240515,3,\n",
            "2024-05-13",
            &[-1_250, 2_000],
        ),
    ]);
}

#[test]
fn processors() {
    check(&[
        (
            "balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,reporting_category,description\ntxn_1,2024-05-13 10:11:12,2024-05-15 00:00:00,usd,100.00,3.20,96.80,charge,Order 1\ntxn_2,2024-05-14 10:11:12,2024-05-14 00:00:00,usd,-96.80,0.00,-96.80,payout,STRIPE PAYOUT\n",
            "2024-05-13",
            &[9_680, -9_680],
        ),
        (
            "id,Type,Source,Amount,Fee,Destination Platform Fee,Net,Currency,Created (UTC),Available On (UTC),Description\ntxn_1,charge,ch_1,100.00,3.20,,96.80,usd,2024-05-13 10:11,2024-05-15 00:00,Order 1\ntxn_2,payout,po_1,-96.80,0.00,,-96.80,usd,2024-05-14 10:11,2024-05-14 00:00,STRIPE PAYOUT\n",
            "2024-05-13",
            &[9_680, -9_680],
        ),
        (
            "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Decline Reason,Description,Fee,Status,Customer Email\nch_1,2024-05-13 10:11:12,100.00,0.00,usd,true,,Order 1,3.20,Paid,a@example.com\nch_2,2024-05-14 10:11:12,50.00,0.00,usd,false,declined,Order 2,0.00,Failed,b@example.com\n",
            "2024-05-13",
            &[10_000],
        ),
        (
            "\"Date\",\"Heure\",\"Fuseau horaire\",\"Nom\",\"Type\",\"État\",\"Devise\",\"Avant commission\",\"Commission\",\"Net\",\"De l'adresse email\",\"À l'adresse email\",\"Numéro de transaction\",\"Solde\"\n\"13/05/2024\",\"10:11:12\",\"CEST\",\"Anna\",\"Paiement\",\"Terminé\",\"EUR\",\"100,00\",\"-3,20\",\"96,80\",\"a@example.com\",\"b@example.com\",\"1A\",\"96,80\"\n\"14/05/2024\",\"10:11:12\",\"CEST\",\"\",\"Virement\",\"Terminé\",\"EUR\",\"-96,80\",\"0,00\",\"-96,80\",\"\",\"\",\"1B\",\"0,00\"\n\"15/05/2024\",\"10:11:12\",\"CEST\",\"Berta\",\"Paiement\",\"Refusé\",\"EUR\",\"5,00\",\"0,00\",\"5,00\",\"\",\"\",\"1C\",\"0,00\"\n",
            "2024-05-13",
            &[9_680, -9_680],
        ),
        (
            "\"Fecha\",\"Hora\",\"Zona horaria\",\"Nombre\",\"Tipo\",\"Estado\",\"Divisa\",\"Bruto\",\"Comisión\",\"Neto\",\"Saldo\"\n\"13/05/2024\",\"10:11:12\",\"CEST\",\"Anna\",\"Pago\",\"Completado\",\"EUR\",\"1.100,00\",\"-3,20\",\"1.096,80\",\"1.096,80\"\n\"14/05/2024\",\"10:11:12\",\"CEST\",\"Berta\",\"Pago\",\"Completado\",\"EUR\",\"-96,80\",\"0,00\",\"-96,80\",\"1.000,00\"\n",
            "2024-05-13",
            &[109_680, -9_680],
        ),
        (
            "Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Tender Note,Fees,Net Total,Transaction ID,Payment ID,Card Brand,PAN Suffix,Device Name,Staff Name,Description,Event Type,Location,Customer Name,Transaction Status\n05/13/24,10:11:12,Eastern Time (US & Canada),$90.00,$0.00,$90.00,$0.00,$8.00,$2.00,$0.00,$100.00,Point of Sale,$100.00,Tapped,$0.00,$0.00,$0.00,,-$2.60,$97.40,tx1,p1,Visa,1234,iPad,Jo,2 x Coffee,Payment,Main Street,,Complete\n05/14/24,10:11:12,Eastern Time (US & Canada),-$9.00,$0.00,-$9.00,$0.00,$0.00,$0.00,$0.00,-$9.00,Point of Sale,-$9.00,Tapped,$0.00,$0.00,$0.00,,$0.00,-$9.00,tx2,p2,Visa,1234,iPad,Jo,Coffee,Refund,Main Street,,Complete\n",
            "2024-05-13",
            &[9_740, -900],
        ),
    ]);
}
