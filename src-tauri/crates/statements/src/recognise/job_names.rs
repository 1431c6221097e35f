//! Names of the columns of a client's export of jobs, in English, German, French, Spanish, Italian, Dutch and
//! Portuguese, folded like those of `names`. They only hold in a file of jobs: elsewhere a rate is an exchange rate and
//! a location is where a card was used.

use super::vocabulary::{EXACT, Group, On, Suggestion};
use crate::ColumnRole;

const fn group(role: ColumnRole, on: On, rank: u16, names: &'static str) -> Group {
    Group { role, on, rank, names }
}

use ColumnRole as R;
use On::{Both, Ledger, Statement};

/// Numbers of jobs. One of them alone makes a file of jobs.
const JOB_NUMBERS: &str = "job no|job number|job id|job nr|job|job ref|job reference|job code|jobno|jobnr|jobnummer|\
    work order|work order no|work order number|wo no|wo number|service order|service order no|ticket no|ticket number|\
    auftragsnummer|auftragsnr|auftrag nr|auftrag|einsatznummer|einsatznr|arbeitsauftrag|projektnummer|projektnr|\
    numero d intervention|n intervention|n d intervention|intervention no|numero de mission|n mission|ordre de travail|\
    bon de travail|bon d intervention|n chantier|numero de chantier|orden de trabajo|numero de trabajo|n de trabajo|\
    numero de servicio|n de servicio|parte de trabajo|n parte|numero intervento|n intervento|commessa|numero commessa|\
    n commessa|ordine di lavoro|werkbon|werkbonnummer|werkorder|werkordernummer|opdrachtnummer|klusnummer|\
    ordem de servico|numero da ordem de servico|n ordem de servico|numero do trabalho|numero da obra|os numero";

/// The names, those of a group apart by `|`.
pub(super) const JOB_GROUPS: &[Group] = &[
    group(R::Number, Ledger, 49, JOB_NUMBERS),
    group(R::Reference, Statement, 49, JOB_NUMBERS),
    group(
        R::Month,
        Both,
        48,
        "month|service month|billing month|job month|invoice month|accounting month|month of service|period|\
         billing period|service period|period month|yearmonth|year month|monat|leistungsmonat|abrechnungsmonat|\
         rechnungsmonat|leistungszeitraum|abrechnungszeitraum|zeitraum|mois|mois de facturation|mois de prestation|\
         periode|mes|mes de servicio|mes de facturacion|periodo|mese|mese di competenza|mese di riferimento|competenza|\
         maand|factuurmaand|prestatiemaand|mes de referencia|mes do servico|mes de competencia",
    ),
    group(
        R::Site,
        Both,
        48,
        "site|site name|site code|site id|job site|work site|worksite|service site|store|store name|branch site|\
         standort|einsatzort|leistungsort|objekt|baustelle|filiale|niederlassung|lieu|lieu d intervention|chantier|\
         nom du site|code site|agence|sitio|centro|centro de trabajo|lugar|obra|ubicacion|sede|sede di lavoro|luogo|\
         cantiere|punto vendita|locatie|werklocatie|vestiging|local|local de servico|localizacao|unidade|posto",
    ),
    group(R::Site, Both, 40, LOCATIONS),
    group(
        R::ServiceType,
        Both,
        49,
        "service type|type of service|service kind|job type|type of job|type of work|work type|service category|\
         service code|service name|leistungsart|art der leistung|auftragsart|tatigkeit|taetigkeit|tatigkeitsart|\
         servicetyp|serviceart|dienstleistungsart|type de service|type de prestation|type d intervention|prestation|\
         nature de la prestation|tipo de servicio|tipo servicio|clase de servicio|tipo de trabajo|tipo di servizio|\
         tipo servizio|tipo di intervento|tipo intervento|tipo lavoro|type dienst|soort dienst|diensttype|dienstsoort|\
         soort werk|type werk|tipo de servico|tipo servico|tipo de trabalho|tipo de atendimento",
    ),
    group(
        R::Quantity,
        Both,
        48,
        "quantity|qty|qnty|quantities|units|no of units|number of units|hours|hrs|hours worked|no of hours|jobs done|\
         menge|anzahl|stuckzahl|stunden|std|einheiten|quantite|qte|nombre d heures|heures|nb heures|unites|\
         cantidad de horas|cant|horas|unidades|numero de horas|quantita|qta|ore|numero ore|unita|aantal|hoeveelheid|\
         uren|aantal uren|eenheden|quantidade|qtd|qtde|quant|numero de horas trabalhadas",
    ),
    group(
        R::Rate,
        Both,
        48,
        "rate|unit rate|hourly rate|rate per hour|rate per unit|rate per job|day rate|daily rate|job rate|service rate|\
         billing rate|agreed rate|contract rate|unit price|price per unit|price per hour|unit cost|stundensatz|satz|\
         einzelpreis|preis pro einheit|preis je einheit|stuckpreis|einheitspreis|ep|verrechnungssatz|tagessatz|tarif|\
         tarif unitaire|tarif horaire|taux horaire|prix unitaire|pu|pu ht|prix unitaire ht|precio unitario|\
         precio unidad|tarifa|tarifa horaria|precio hora|p unitario|prezzo unitario|tariffa|tariffa oraria|\
         prezzo unita|tarief|uurtarief|eenheidsprijs|stukprijs|prijs per eenheid|prijs per stuk|preco unitario|\
         preco por unidade|valor unitario|valor hora|preco unit",
    ),
];

/// Names of places that files of other kinds have too.
const LOCATIONS: &str = "location|job location|service location|ort|place|place of work";

/// Words that make a rate one of something else.
const OTHER_RATES: [&str; 18] = [
    "exchange",
    "fx",
    "currency",
    "conversion",
    "tax",
    "vat",
    "gst",
    "interest",
    "discount",
    "commission",
    "fee",
    "mwst",
    "ust",
    "tva",
    "iva",
    "btw",
    "wechselkurs",
    "steuer",
];

/// Whether a wish is of a role that only files of jobs have.
const fn is_job_role(role: ColumnRole) -> bool {
    matches!(role, R::Month | R::Site | R::ServiceType | R::Quantity | R::Rate)
}

/// Takes back what was suggested for jobs where the file is none: it is one if it names a job's number, or two of the
/// other columns with a month, a site or a type of service among them. `names` are the folded names of the columns.
pub(super) fn keep_where_jobs(names: &[String], wishes: &mut Vec<(usize, Suggestion)>) {
    wishes.retain(|(column, wish)| {
        let name = names.get(*column).map_or("", String::as_str);
        !(wish.role == R::Rate && name.split(' ').any(|word| OTHER_RATES.contains(&word)))
    });
    if !is_of_jobs(names, wishes) {
        wishes.retain(|(_, wish)| !is_job_role(wish.role));
    }
}

fn is_of_jobs(names: &[String], wishes: &[(usize, Suggestion)]) -> bool {
    let listed = |list: &str, name: &str| list.split('|').any(|known| known == name);
    if names.iter().any(|name| listed(JOB_NUMBERS, name) && name != "auftrag") {
        return true;
    }
    let (mut roles, mut telling) = (Vec::new(), false);
    for (column, wish) in wishes.iter().filter(|(_, wish)| is_job_role(wish.role) && wish.score >= EXACT) {
        let name = names.get(*column).map_or("", String::as_str);
        telling |= matches!(wish.role, R::Month | R::ServiceType) || wish.role == R::Site && !listed(LOCATIONS, name);
        if !roles.contains(&wish.role) {
            roles.push(wish.role);
        }
    }
    roles.len() >= 2 && telling
}
