//! A client's export of jobs and the ledger of jobs, by their columns alone.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{entries, lines, read, said};
use tieout_domain::{Job, Side};
use tieout_statements::{ColumnRole, recognise};

fn show(job: Option<&Job>) -> String {
    job.map_or_else(
        || "none".to_owned(),
        |job| {
            let or_none = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
            format!(
                "{} | {} | {} | {} | {}",
                or_none(job.month.map(|month| month.to_string())),
                job.site,
                job.service_type,
                or_none(job.quantity.map(|value| value.to_string())),
                or_none(job.rate.map(|value| value.to_string())),
            )
        },
    )
}

#[test]
fn a_ledger_of_jobs() {
    let (found, reading) = read(
        "Job No,Date,Site,Service Type,Month,Quantity,Rate,Amount,Customer\n\
         J-1001,2024-05-31,Leeds,Window cleaning,May 2024,12.5,40.00,500.00,Acme Ltd\n\
         J-1002,2024-05-31,York,,2024-05,2,95.50,191.00,Acme Ltd\n",
        None,
    );
    assert_eq!(found.side, Side::Ledger);
    let jobs: Vec<String> = entries(&reading).iter().map(|entry| show(entry.job.as_deref())).collect();
    assert_eq!(jobs, ["2024-05-01 | Leeds | Window cleaning | 12.5 | 40.00", "2024-05-01 | York |  | 2 | 95.50"]);
    assert_eq!(entries(&reading)[0].number, "J-1001");
    assert_eq!(said(&reading), Vec::<String>::new());
}

#[test]
fn a_clients_export_in_other_languages() {
    for (text, job) in [
        (
            "Auftragsnummer;Datum;Einsatzort;Leistungsart;Leistungsmonat;Menge;Einzelpreis;Betrag\n\
             A-77;31.05.2024;Köln;Reinigung;Mai 24;1.250,5;2,40;3.001,20\n",
            "2024-05-01 | Köln | Reinigung | 1250.5 | 2.40",
        ),
        (
            "N° intervention;Date;Lieu;Type de prestation;Mois;Quantité;Prix unitaire;Montant\n\
             I-5;31/05/2024;Lyon;Nettoyage;05/2024;3,5;40,00;140,00\n",
            "2024-05-01 | Lyon | Nettoyage | 3.5 | 40.00",
        ),
        (
            "Orden de trabajo;Fecha;Lugar;Tipo de servicio;Mes;Horas;Tarifa;Importe\n\
             O-5;31/05/2024;Soria;Limpieza;mayo 2024;3,5;40,00;140,00\n",
            "2024-05-01 | Soria | Limpieza | 3.5 | 40.00",
        ),
        (
            "Commessa;Data;Sede;Tipo di servizio;Mese;Ore;Tariffa;Importo\n\
             C-5;31/05/2024;Pisa;Pulizia;maggio 2024;3,5;40,00;140,00\n",
            "2024-05-01 | Pisa | Pulizia | 3.5 | 40.00",
        ),
        (
            "Werkbonnummer;Datum;Locatie;Soort dienst;Maand;Uren;Uurtarief;Bedrag\n\
             W-5;31-05-2024;Breda;Schoonmaak;mei 2024;3,5;40,00;140,00\n",
            "2024-05-01 | Breda | Schoonmaak | 3.5 | 40.00",
        ),
        (
            "Ordem de serviço;Data;Local;Tipo de serviço;Mês;Quantidade;Preço unitário;Valor\n\
             S-5;31/05/2024;Porto;Limpeza;maio de 2024;3,5;40,00;140,00\n",
            "2024-05-01 | Porto | Limpeza | 3.5 | 40.00",
        ),
    ] {
        let (_, reading) = read(text, Some(Side::Statement));
        let line = &lines(&reading)[0];
        assert_eq!(show(line.job.as_deref()), job, "{text}");
        assert!(!line.reference.is_empty(), "{text}");
    }
}

#[test]
fn a_clients_export_may_tell_the_month_alone() {
    let (found, reading) = read(
        "Job No,Site,Service Type,Month,Quantity,Rate,Amount\n\
         J-1001,Leeds,Window cleaning,May 2024,12.5,40.00,500.00\n\
         J-1002,York,Window cleaning,Jun 2024,2,40.00,80.00\n\
         Total,,,,14.5,,580.00\n",
        Some(Side::Statement),
    );
    assert_eq!(found.problems, Vec::<&str>::new());
    let jobs: Vec<String> = lines(&reading).iter().map(|line| show(line.job.as_deref())).collect();
    assert_eq!(
        jobs,
        ["2024-05-01 | Leeds | Window cleaning | 12.5 | 40.00", "2024-06-01 | York | Window cleaning | 2 | 40.00"]
    );
    assert!(lines(&reading).iter().all(|line| line.date.is_none()));
    assert_eq!(said(&reading), ["3//Total,,,,14.5,,580.00/a transaction; a line of totals was left out"]);
}

#[test]
fn what_cannot_be_read_of_a_job_is_said_and_the_row_kept() {
    let (_, reading) = read(
        "Job No,Date,Site,Month,Quantity,Rate,Amount\n\
         J-1,2024-05-31,Leeds,May,many,12.x4,500.00\n\
         J-2,2024-05-31,Leeds,2024-05-17,1,45.00/h,500.00\n\
         J-3,2024-05-31,Leeds,2024-05,2 h,45.00,90.00\n\
         J-4,2024-05-31,,,,,500.00\n\
         J-5,2024-05-31,York,2024-05,3,10.00,30.00\n\
         J-6,2024-05-31,York,2024-05,4,10.00,40.00\n",
        Some(Side::Ledger),
    );
    let jobs: Vec<String> = entries(&reading).iter().map(|entry| show(entry.job.as_deref())).collect();
    assert_eq!(
        jobs,
        [
            "- | Leeds |  | - | -",
            "2024-05-01 | Leeds |  | 1 | 45.00",
            "2024-05-01 | Leeds |  | 2 | 45.00",
            "none",
            "2024-05-01 | York |  | 3 | 10.00",
            "2024-05-01 | York |  | 4 | 10.00"
        ]
    );
    assert_eq!(
        said(&reading),
        [
            "1/Month/May/a month with its year, such as 2024-05 or May 2024; it was left out",
            "1/Quantity/many/a quantity such as 1,234.56; it was left out",
            "1/Rate/12.x4/a rate such as 1,234.56; it was left out",
        ]
    );
}

#[test]
fn columns_of_a_bank_or_shop_are_not_taken_for_jobs() {
    for header in [
        "Date,Description,Amount,Currency,Rate,Balance\n2024-05-01,x,1.00,EUR,1.0845,2.00\n",
        "Date,Description,Amount,Exchange rate,Location\n2024-05-01,x,1.00,1.0845,Leeds\n",
        "Date,Time,Description,Qty,Location,Gross Sales,Net\n2024-05-01,10:00,Tea,2,Leeds,1.00,1.00\n",
        "Date,Description,Amount,Month\n2024-05-01,x,1.00,May\n",
        "Invoice No,Date,Customer,Quantity,Unit price,VAT rate,Amount\nI-1,2024-05-01,Acme,2,3.00,20,6.00\n",
    ] {
        let roles = recognise(&common::table(header), None).mapping.roles;
        let jobs =
            [ColumnRole::Month, ColumnRole::Site, ColumnRole::ServiceType, ColumnRole::Quantity, ColumnRole::Rate];
        assert!(!roles.iter().any(|role| jobs.contains(role)), "{header}");
    }
}

#[test]
fn an_exchange_rate_in_a_file_of_jobs_is_no_rate_of_the_job() {
    let table = common::table("Job No,Date,Site,Month,Exchange rate,Amount\nJ-1,2024-05-31,Leeds,2024-05,1.08,5.00\n");
    assert_eq!(recognise(&table, None).mapping.column(ColumnRole::Rate), None);
}
