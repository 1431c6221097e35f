//! Columns are recognised from their names in six languages, with no configuration.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{currency, lines, read, table};
use tieout_domain::Side;
use tieout_statements::{ColumnRole, DateOrder, DecimalMark, Open, header_fingerprint, recognise};

/// Header and one row, the expected side, and the role of each column.
#[track_caller]
fn check(text: &str, side: Side, roles: &str) {
    let table = table(text);
    let found = recognise(&table, None);
    let words: Vec<&str> = found.mapping.roles.iter().map(|role| role.as_str()).collect();
    assert_eq!((found.side, words.join(" ").as_str()), (side, roles), "{:?}", table.header());
    assert_eq!(found.problems, Vec::<&str>::new());
}

#[test]
fn bank_statements_in_six_languages() {
    for (text, roles) in [
        (
            "Booking date,Value date,Description,Reference,Counterparty,Paid out,Paid in,Currency,Balance\n\
             2024-05-02,2024-05-02,Rent,R1,Landlord,500.00,,GBP,1500.00\n",
            "date value_date description reference counterparty debit credit currency balance",
        ),
        (
            "Buchungstag;Wertstellung;Auftraggeber/Empfänger;Verwendungszweck;Betrag;Währung;Saldo\n\
             02.05.2024;02.05.2024;Vermieter;Miete;-500,00;EUR;1.500,00\n",
            "date value_date counterparty description amount currency balance",
        ),
        (
            "Date opération;Date valeur;Libellé;Débit;Crédit;Devise;Référence;Solde\n\
             02/05/2024;02/05/2024;Loyer;500,00;;EUR;R1;1 500,00\n",
            "date value_date description debit credit currency reference balance",
        ),
        (
            "Fecha operación;Fecha valor;Concepto;Importe;Divisa;Saldo;Beneficiario\n\
             02/05/2024;02/05/2024;Alquiler;-500,00;EUR;1.500,00;Casero\n",
            "date value_date description amount currency balance counterparty",
        ),
        (
            "Data contabile;Data valuta;Causale;Dare;Avere;Valuta;Controparte\n\
             02/05/2024;02/05/2024;Affitto;500,00;;EUR;Locatore\n",
            "date value_date description debit credit currency counterparty",
        ),
        (
            "Boekdatum;Rentedatum;Omschrijving;Af Bij;Bedrag (EUR);Tegenrekening;Naam tegenpartij;Saldo na mutatie\n\
             02-05-2024;02-05-2024;Huur;Af;500,00;NL26BUNQ2025126409;Verhuurder;1500,00\n",
            "date value_date description direction amount counterparty_account counterparty balance",
        ),
    ] {
        check(text, Side::Statement, roles);
    }
}

#[test]
fn ledgers_in_six_languages() {
    for (text, roles) in [
        (
            "Invoice No,Invoice Date,Due Date,Customer,Customer Code,Amount,Currency,Memo\nI-1,2024-05-02,2024-06-01,Acme,C1,5.00,USD,x\n",
            "number date due_date counterparty counterparty_code amount currency description",
        ),
        (
            "Belegart;Rechnungsnummer;Rechnungsdatum;Fälligkeit;Kunde;Kundennummer;Rechnungsbetrag;Währung\n\
             Rechnung;R-1;02.05.2024;01.06.2024;Acme;K1;5,00;EUR\n",
            "kind number date due_date counterparty counterparty_code amount currency",
        ),
        (
            "N° facture;Date facture;Date d'échéance;Client;Code client;Montant TTC;Devise\nF-1;02/05/2024;01/06/2024;Acme;C1;5,00;EUR\n",
            "number date due_date counterparty counterparty_code amount currency",
        ),
        (
            "Nº factura;Fecha factura;Vencimiento;Cliente;Código cliente;Importe total;Moneda\nF-1;02/05/2024;01/06/2024;Acme;C1;5,00;EUR\n",
            "number date due_date counterparty counterparty_code amount currency",
        ),
        (
            "Numero fattura;Data fattura;Scadenza;Cliente;Codice cliente;Importo totale;Stato\nF-1;02/05/2024;01/06/2024;Acme;C1;5,00;aperta\n",
            "number date due_date counterparty counterparty_code amount status",
        ),
        (
            "Factuurnummer;Factuurdatum;Vervaldatum;Klant;Klantnummer;Openstaand bedrag;Totaalbedrag;Valuta\n\
             F-1;02-05-2024;01-06-2024;Acme;K1;5,00;7,00;EUR\n",
            "number date due_date counterparty counterparty_code amount ignore currency",
        ),
    ] {
        check(text, Side::Ledger, roles);
    }
}

#[test]
fn files_of_the_benchmarks_and_cases() {
    for (text, side, roles) in [
        (
            "bank_id,account,date,value_date,description,amount,currency,reference,balance,time,txn_uid\n\
             B1,ZA-1,2025-01-01,2025-01-01,EFT CUS72978841,100.00,ZAR,,200.00,00:50:11,0631757713B2\n",
            Side::Statement,
            "id account date value_date description amount currency reference balance ignore ignore",
        ),
        (
            "ledger_id,doc_no,date,due_date,customer,customer_code,amount,currency,memo\n\
             L1,WAL-1,2024-12-01,,Nandi Steyn,CUS76077489,,ZAR,0796455364\n",
            Side::Ledger,
            "id number date due_date counterparty counterparty_code amount currency description",
        ),
        (
            "bank_id,account,date,value_date,description,amount,currency,reference,balance,processor,transaction_id,type,fee,net,merchant_id,status,created_at,parent_id\n\
             B1,stripe,2025-09-01,2025-09-01,Charge,30.87,USD,ch_3h,,stripe,ch_3h,charge,1.20,29.67,GAMING_0008,succeeded,2025-09-01T00:00:24Z,\n",
            Side::Statement,
            "id account date value_date description amount currency reference balance ignore reference ignore ignore ignore ignore status ignore ignore",
        ),
        (
            "ledger_id,doc_no,date,due_date,customer,customer_code,amount,currency,memo,processor,processor_txn_id,merchant_id,status,created_at\n\
             L1,ORD-1,2025-09-01,2025-09-01,Emily,GAMING_0008,30.87,USD,charge,stripe,ch_3h,GAMING_0008,success,2025-09-01T02:00:46+02:00\n",
            Side::Ledger,
            "id number date due_date counterparty counterparty_code amount currency description ignore reference ignore status ignore",
        ),
        (
            "id,account,date,value_date,description,amount,currency,reference,counterparty,counterparty_account,balance\n\
             1,A,2024-05-14,2024-05-14,,1.00,EUR,X,Y,,\n",
            Side::Statement,
            "id account date value_date description amount currency reference counterparty counterparty_account balance",
        ),
        (
            "id,kind,doc_no,date,due_date,customer,customer_code,customer_account,amount,currency,reference,memo\n\
             1,invoice,I-1,2024-05-13,,Y,,,1.00,EUR,,\n",
            Side::Ledger,
            "id kind number date due_date counterparty counterparty_code counterparty_account amount currency reference description",
        ),
    ] {
        check(text, side, roles);
    }
}

#[test]
fn what_the_user_says_about_the_side_counts() {
    let table = table("Date,Description,Amount\n2024-01-01,x,1.00\n");
    assert_eq!(recognise(&table, None).side, Side::Statement);
    assert_eq!(recognise(&table, Some(Side::Ledger)).side, Side::Ledger);
}

#[test]
fn day_and_month_that_can_change_places_are_reported() {
    let (found, _) = read("Date;Text;Amount\n02/12/2009;a;1,50\n03/12/2009;b;2,50\n", None);
    assert_eq!(found.mapping.date_order, DateOrder::DayMonthYear);
    let ambiguity = found.ambiguities.first().unwrap();
    assert_eq!(ambiguity.what, Open::DateOrder);
    assert_eq!(
        ambiguity.readings,
        ["day before month: 02/12/2009 is 2 December 2009", "month before day: 02/12/2009 is 12 February 2009"]
    );
}

#[test]
fn one_date_of_the_column_settles_the_order() {
    for (text, order) in [
        ("Date,Text,Amount\n02/12/2009,a,1.50\n24/12/2009,b,2.50\n", DateOrder::DayMonthYear),
        ("Date,Text,Amount\n02/12/2009,a,1.50\n12/24/2009,b,2.50\n", DateOrder::MonthDayYear),
        ("Date,Text,Amount\n2009-12-02,a,1.50\n", DateOrder::YearMonthDay),
        ("Date,Text,Amount\n02.12.2009,a,1.50\n", DateOrder::DayMonthYear),
        ("Date,Text,Amount,Created at\n02/12/2009,a,1.50,2009-02-12T10:00:00Z\n", DateOrder::MonthDayYear),
    ] {
        let (found, _) = read(text, None);
        assert_eq!((found.mapping.date_order, found.ambiguities.len()), (order, 0), "{text}");
    }
}

#[test]
fn the_running_balance_settles_the_decimal_mark() {
    let (found, reading) = read("Date;Text;Amount;Balance\n2024-01-01;a;1.500;2.500\n2024-01-02;b;500;3.000\n", None);
    assert_eq!((found.mapping.decimal_mark, found.ambiguities.len()), (DecimalMark::Comma, 0));
    assert_eq!(common::amounts(&reading), [150_000, 50_000]);
    let (found, _) = read("Date;Text;Amount\n2024-01-01;a;1.500\n", None);
    assert_eq!(found.ambiguities.first().map(|one| one.what), Some(Open::DecimalMark));
}

#[test]
fn the_running_balance_settles_the_sign() {
    let text = "Date,Text,Amount,Balance\n2024-01-01,Coffee,4.00,96.00\n2024-01-02,Books,6.00,90.00\n2024-01-03,Refund,-6.00,96.00\n";
    let (found, reading) = read(text, None);
    assert!(found.mapping.invert_sign);
    assert_eq!(common::amounts(&reading), [-400, -600, 600]);
}

#[test]
fn a_file_without_header_is_read_by_its_values_and_says_so() {
    let text = "11/01/2014,0, Deposit today,0,500.00,500.00\n11/02/2014,101,Check to someone,100.00,0,400.00\n\
                11/13/2014,102,Check to someone,100.00,0,300.00\n";
    let (found, reading) = read(text, None);
    use ColumnRole::{Balance, Credit, Date, Debit, Description, Ignore};
    assert_eq!(found.mapping.roles, [Date, Ignore, Description, Debit, Credit, Balance]);
    assert_eq!(found.ambiguities.first().map(|one| one.what), Some(Open::Columns));
    assert_eq!(common::amounts(&reading), [50_000, -10_000, -10_000]);
}

#[test]
fn a_table_without_date_or_amount_has_problems() {
    let found = recognise(&table("name,description,amount,currency\n"), Some(Side::Statement));
    assert_eq!(found.problems, ["no column holds dates; say which column is the date"]);
    let found = recognise(&table("entry1,entry2,entry3\nentry4,entry5,entry6\n"), None);
    assert_eq!(found.problems.len(), 2);
}

#[test]
fn the_fingerprint_knows_the_kind_of_file_not_its_rows() {
    let one = header_fingerprint(&table("Date,Text,Amount\n2024-01-01,a,1.00\n"));
    assert_eq!(one, header_fingerprint(&table("DATE,text,Amount\n2025-01-01,b,2.00\n")));
    assert_ne!(one, header_fingerprint(&table("Date,Amount,Text\n2024-01-01,1.00,a\n")));
}

#[test]
fn the_header_of_the_balance_may_name_the_currency() {
    let text = "Buchungsdatum;Buchungstext;Belastung;Gutschrift;Saldo CHF\n\
                01.02.2025;Miete;1'200.00;;8'800.00\n\
                03.02.2025;Lohn;;5'000.50;13'800.50\n";
    let (_, reading) = read(text, Some(Side::Statement));
    let amounts: Vec<_> = lines(&reading).iter().map(|line| line.amount).collect();
    assert!(amounts.iter().all(|amount| amount.currency() == currency("CHF")), "{amounts:?}");
    assert_eq!(amounts.len(), 2);
}
