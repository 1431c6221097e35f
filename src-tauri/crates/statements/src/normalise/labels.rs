//! Words that say what the number behind them is, in the languages of the banks read so far.

use super::text::Folded;

/// What a word says of the number behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A document or contract: invoice, order, customer, mandate. The number may be short.
    Document,
    /// As above, but the word is short enough to be another one.
    Vague,
    /// "Number" alone.
    Number,
    /// Something that is no reference: a phone, a card, an account.
    Other,
    /// Goes between numbers of a list, or between a label and its number.
    Link,
    /// A customer's code.
    Customer,
}

/// What a word says, if anything.
pub(super) fn of(word: &str) -> Option<Label> {
    let folded = Folded::of(word);
    let bytes = folded.as_bytes();
    if bytes.is_empty() {
        return None;
    }
    other(bytes)
        .or_else(|| english(bytes))
        .or_else(|| german_and_dutch(bytes))
        .or_else(|| romance(bytes))
        .or_else(|| northern_and_eastern(bytes))
        .or_else(|| by_ending(bytes))
}

/// Whether a word says that the number behind it is no reference.
pub(super) fn is_other(word: &str) -> bool {
    other(Folded::of(word).as_bytes()) == Some(Label::Other)
}

/// Whether a word means "number" and no more.
pub(super) fn of_number(word: &str) -> bool {
    other(Folded::of(word).as_bytes()) == Some(Label::Number)
}

/// `kundennr`, `bestelnummer`, `laskunro`: any word that ends in one for number.
fn by_ending(word: &[u8]) -> Option<Label> {
    let endings: [&[u8]; 7] = [b"nr", b"nummer", b"numero", b"number", b"nro", b"referenz", b"nrn"];
    endings.iter().any(|ending| word.len() > ending.len() + 1 && word.ends_with(ending)).then_some(Label::Document)
}

fn other(word: &[u8]) -> Option<Label> {
    match word {
        b"tel" | b"telefon" | b"telnr" | b"telefonnr" | b"telefonnummer" | b"phone" | b"telephone" | b"fax"
        | b"mobile" | b"mob" | b"mobil" | b"cell" | b"gsm" | b"handy" | b"telefono" | b"telefoon" | b"telefone" => {
            Some(Label::Other)
        }
        b"card" | b"cardno" | b"cardnumber" | b"karte" | b"kartennr" | b"kartennummer" | b"carte" | b"cb"
        | b"tarjeta" | b"tarj" | b"carta" | b"cartao" | b"kort" | b"kortnr" | b"karty" | b"karta" | b"pas"
        | b"pasnr" | b"pasvolgnr" | b"kaart" | b"kaartnr" | b"kartya" | b"visa" | b"mastercard" | b"maestro"
        | b"checkcard" => Some(Label::Other),
        b"iban" | b"bic" | b"blz" | b"swift" | b"konto" | b"kto" | b"ktonr" | b"kontonr" | b"kontonummer" | b"acct"
        | b"ac" | b"account" | b"accountno" | b"cuenta" | b"conto" | b"rekening" | b"rek" | b"rekeningnr"
        | b"rekeningnummer" | b"szamlaszam" | b"compte" | b"sortcode" | b"sort" | b"clabe" | b"kontonro" | b"tili"
        | b"clearing" => Some(Label::Other),
        b"terminal" | b"term" | b"tid" | b"terminalnr" | b"auth" | b"arn" | b"atm" | b"plz" | b"zip" | b"store"
        | b"box" | b"postfach" | b"suite" | b"unit" | b"rate" | b"kurs" | b"page" | b"seite" | b"blatt"
        | b"bankleitzahl" | b"hausnummer" | b"hausnr" => Some(Label::Other),
        b"and" | b"und" | b"u" | b"et" | b"y" | b"e" | b"en" | b"og" | b"och" | b"ja" | b"i" | b"to" | b"bis"
        | b"vom" | b"dated" | b"of" | b"du" | b"del" | b"van" | b"z" | b"ze" | b"dd" | b"for" | b"till" | b"av"
        | b"am" | b"oraz" | b"from" => Some(Label::Link),
        b"no" | b"nr" | b"nro" | b"num" | b"number" | b"nummer" | b"numero" | b"nos" | b"nrs" | b"nrn" | b"n"
        | b"id" | b"cislo" | b"szam" | b"sz" | b"numer" => Some(Label::Number),
        b"cus" | b"cust" => Some(Label::Customer),
        _ => None,
    }
}

fn english(word: &[u8]) -> Option<Label> {
    match word {
        b"invoice" | b"invoices" | b"inv" | b"invs" | b"invno" | b"invoiceno" | b"bill" | b"billno" | b"reference"
        | b"refno" | b"refs" | b"order" | b"orders" | b"orderno" | b"pono" | b"purchaseorder" | b"customer"
        | b"customerno" | b"client" | b"contract" | b"policy" | b"policyno" | b"claim" | b"quote" | b"creditnote"
        | b"docno" | b"document" | b"receipt" | b"booking" | b"ticket" | b"cheque" | b"check" | b"chq" | b"chk"
        | b"mandate" | b"statement" | b"job" | b"jobno" | b"voucher" | b"subscription" | b"membership"
        | b"confirmation" | b"remittance" | b"trn" | b"ref" | b"jobcard" | b"reservation" | b"payout" | b"batch"
        | b"serial" => Some(Label::Document),
        b"po" | b"so" | b"cn" | b"crn" | b"doc" | b"case" => Some(Label::Vague),
        _ => None,
    }
}

fn german_and_dutch(word: &[u8]) -> Option<Label> {
    match word {
        b"rechnung" | b"rechnungen" | b"rechn" | b"rech" | b"rechnungs" | b"rgnr" | b"renr" | b"beleg" | b"belege"
        | b"kunde" | b"kunden" | b"kdnr" | b"knr" | b"auftrag" | b"auftrags" | b"bestellung" | b"bestell"
        | b"vertrag" | b"vertrags" | b"vertragskonto" | b"mitglied" | b"mitglieds" | b"aktenzeichen"
        | b"versicherung" | b"police" | b"lieferschein" | b"gutschrift" | b"kassenzeichen" | b"buchungszeichen"
        | b"zeichen" | b"angebot" | b"mandat" | b"mandatsref" | b"mandatsreferenz" | b"storno" | b"mahnung"
        | b"steuernr" | b"objekt" | b"scheck" | b"bestellnr" => Some(Label::Document),
        b"factuur"
        | b"facturen"
        | b"bestelling"
        | b"bestel"
        | b"kenmerk"
        | b"betalingskenmerk"
        | b"betalingskenm"
        | b"klant"
        | b"relatie"
        | b"polis"
        | b"abonnement"
        | b"debiteur"
        | b"nota"
        | b"offerte"
        | b"ordernr"
        | b"machtiging"
        | b"machtigingskenmerk"
        | b"dossier"
        | b"lidmaatschap" => Some(Label::Document),
        b"re" | b"rg" | b"kd" | b"vn" | b"az" | b"ls" | b"va" | b"rnr" => Some(Label::Vague),
        _ => None,
    }
}

fn romance(word: &[u8]) -> Option<Label> {
    match word {
        b"facture" | b"factures" | b"commande" | b"cde" | b"contrat" | b"devis" | b"avoir" | b"cheque" | b"abonne"
        | b"reference" | b"refclient" | b"echeance" | b"adherent" | b"mandat" => Some(Label::Document),
        b"factura" | b"facturas" | b"fra" | b"fras" | b"fact" | b"fac" | b"pedido" | b"contrato" | b"poliza"
        | b"expediente" | b"recibo" | b"albaran" | b"referencia" | b"cliente" | b"socio" | b"presupuesto"
        | b"mandato" => Some(Label::Document),
        b"fattura" | b"fatture" | b"fatt" | b"ordine" | b"rif" | b"contratto" | b"polizza" | b"pratica"
        | b"bolletta" | b"ddt" | b"riferimento" | b"assegno" | b"cro" => Some(Label::Document),
        b"fatura" | b"faturas" | b"encomenda" | b"apolice" | b"nfe" | b"boleto" | b"processo" => Some(Label::Document),
        b"fa" | b"ft" | b"nf" | b"ft1" | b"fc" => Some(Label::Vague),
        _ => None,
    }
}

fn northern_and_eastern(word: &[u8]) -> Option<Label> {
    match word {
        b"faktura" | b"fakturanr" | b"faktury" | b"fakt" | b"fv" | b"fvat" | b"zamowienie" | b"zam" | b"umowa"
        | b"umowy" | b"polisa" | b"objednavka" | b"smlouva" | b"zmluva" | b"racun" | b"predracun" | b"pogodba"
        | b"ugovor" | b"ponudba" => Some(Label::Document),
        b"szamla" | b"sorszam" | b"szerzodes" | b"rendeles" | b"dijbekero" => Some(Label::Document),
        b"ordre" | b"kundenr" | b"bilag" | b"regning" | b"medlem" | b"avtale" | b"avtal" | b"lasku" | b"laskun"
        | b"tilaus" | b"kid" | b"ocr" | b"viite" | b"viitenro" | b"viitenumero" | b"asiakas" | b"sopimus" => {
            Some(Label::Document)
        }
        b"vs" | b"ss" | b"szla" => Some(Label::Vague),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_numbers() {
        for (word, label) in [
            ("Rechnungs-Nr", Some(Label::Document)),
            ("INVOICE", Some(Label::Document)),
            ("Zamówienie", Some(Label::Document)),
            ("Vertragsnummer", Some(Label::Document)),
            ("Nº", Some(Label::Number)),
            ("Telefonnr", Some(Label::Other)),
            ("Konto", Some(Label::Other)),
            ("und", Some(Label::Link)),
            ("RE", Some(Label::Vague)),
            ("Tesco", None),
            ("", None),
        ] {
            assert_eq!(of(word), label, "{word}");
        }
    }
}
