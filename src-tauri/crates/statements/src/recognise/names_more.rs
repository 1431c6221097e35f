//! Names of columns in further languages, in their own spelling: Portuguese, Swedish, Norwegian, Danish, Finnish, Estonian,
//! Latvian, Lithuanian, Polish, Czech, Slovak, Hungarian, Romanian, Slovenian, Croatian, Turkish, Greek, Russian,
//! Ukrainian, Bulgarian, Japanese and Chinese; and what banks of the other languages write besides the usual names.

use super::vocabulary::{Group, On};
use crate::ColumnRole as R;
use On::{Both, Statement};

const fn group(role: R, on: On, rank: u16, names: &'static str) -> Group {
    Group { role, on, rank, names }
}

/// As [`super::names::GROUPS`].
pub(super) const MORE_GROUPS: &[Group] = &[
    group(
        R::Id,
        Statement,
        30,
        "transferwise id|id pohybu|id transakce|archiving code|arkistointitunnus|identificador|número de referência único",
    ),
    // Booking days.
    group(
        R::Date,
        Both,
        40,
        "data mov|data lançamento|data de lançamento|data movimento|data do movimento|data operação|data da operação|\
         data transação|dt lançamento|bokföringsdatum|bokföringsdag|bokförd|bokförd datum|reskontradatum|dato|bokført dato|\
         bokføringsdato|bokførings dato|bogføringsdato|bogført|posteringsdato|kirjauspäivä|kirjaamispäivä|pvm|päivämäärä|\
         kuupäev|maksekuupäev|datums|grāmatošanas datums|data ir laikas|datum zaúčtování|\
         datum zúčtování|datum|dátum|dátum zaúčtovania|dátum účtovania|dátum transakcie|könyvelés dátuma|könyvelési dátum|\
         könyvelés napja|data tranzacției|data tranzactie|data tranzactiei|data înregistrării|data inregistrarii|\
         datum knjiženja|datum knjizenja|datum izvršenja|data księgowania|data operacji|data rozliczenia|data zaksięgowania|\
         tarih|işlem tarihi|tarih saat|ημερομηνία|ημερομηνία συναλλαγής|ημ νία|дата|дата операции|дата проводки|\
         дата проведения|дата обработки|дата и время|дата операції|дата i час операції|дата та час операції|дата проведення|\
         дата на сметката|счетоводна дата|日付|取引日|年月日|お取引日|お取り引き日|ご利用日|利用日|交易日期|交易时间|\
         记账日期|入账日期|日期|交易日|记账日|거래일자|거래일시|txn date|tran date|txn posted date|accounting date|operation date|\
         date dop|date op|dateop|date de comptabilisation|date comptabilisation|date d execution|date exécution|\
         date de l opération|date mouvement|uitvoeringsdatum|boekingsdatum|verwerkingsdatum|verrichtingsdatum|transactiondate|\
         booked at|booked on|abschlussdatum|buchungszeit|belegdatum|data registrazione|data_operazione|data contabilizzazione|\
         contabilizzazione|fecha movimiento|fecha de transacción|fecha mov|f contable|finished on|date posted|posting dt|\
         entry date|date processed|process date|booking day|posted on|date of transaction|statement date|valueday",
    ),
    group(
        R::Date,
        Both,
        28,
        "datum provedení|tranzakció dátuma|tranzakció időpontja|data transakcji|transaktionsdatum|transaktionsdag|transaksjonsdato|дата платежа|datum transakce|tranzakció dátuma|\
         tranzakció időpontja|data realizacji|date settled|settlement date|trade date|created on|date initiated|date completed utc",
    ),
    group(
        R::ValueDate,
        Statement,
        40,
        "data valor|data-valor|data do valor|valutadag|valutadatum|valuteringsdag|rentedato|rente dato|valørdato|valuteringsdato|\
         arvopäivä|väärtuspäev|valutēšanas datums|data waluty|data valuty|datum valuty|valuta datum|dátum valuty|értéknap|\
         értéknap dátuma|teljesítés napja|data valuta|data valutei|datum valute|datum valutacije|valör|valör tarihi|arrival date|arrival date utc|\
         ημερομηνία αξίας|αξία|дата валютирования|дата валюти|вальор|起息日|value dt|value dat|date val|dateval|\
         date_valeur|data_valuta|f valor|fecha val|valuta date|wertstellung valuta|valutare|date de val",
    ),
    group(
        R::ValueDate,
        Statement,
        20,
        "tranzakció dátuma|tranzakció időpontja|datum provedení|data transakcji|transaktionsdatum|transaktionsdag|transaksjonsdato|maksupäivä|datum transakce|дата операции|\
         date_operazione|belegdatum|ostopäivä|data zakupu|købsdato|inköpsdatum|authorized date|authorised date",
    ),
    group(
        R::Description,
        Both,
        40,
        "descrição|descrição do movimento|histórico|lançamento|detalhes|movimento|beskrivning|text mottagare|forklaring|\
         beskrivelse|selitys|viesti|tapahtuma|selgitus|paskirtis|mokėjimo paskirtis|operacijos aprašymas|maksājuma mērķis|\
         informācija saņēmējam|opis operacji|opis transakcji|tytuł|tytułem|tytuł operacji|tytuł płatności|szczegóły|popis|\
         popis transakce|zpráva pro příjemce|zpráva|popis pro příjemce|správa pre príjemcu|informácia pre príjemcu|közlemény|\
         leírás|megjegyzés|forgalom típusa|descriere|detalii tranzactie|detalii tranzacție|detalii|namen|opis plaćanja|\
         svrha plaćanja|açıklama|işlem açıklaması|περιγραφή|αιτιολογία|описание|описание операции|вид операции|место совершения|место совершения операции|место операции|назначение платежа|\
         назначение|наименование операции|детали операции|деталі операції|опис операції|призначення платежу|опис|\
         основание|摘要|摘要内容|お取り扱い内容|お取引内容|入出金内容|取引内容|内容|商品说明|商品|交易摘要|交易说明|附言|用途|적요|\
         narrative|transaction remarks|remarks|transaction particulars|particulars|payment reference|transaction narration|\
         booking text|avisierungstext|avisierungstext mitteilung|mitteilung|beschreibung1|beschreibung 1|buchungs details|\
         umsatzart|belegdaten|zahlungsgrund|verwendungszweck zeile 1|vwz1|text|libellés|détails du mouvement|détails|\
         libellé simplifié|libelle_operation|info complémentaire|nature de l opération|movimiento|más datos|concepto movimiento|\
         informacion adicional|operazione|dettaglio|descrizione operazioni|descrizione_completa|omschrijving 1|mededelingen|\
         naam omschrijving|detail van de omzet|vrije mededeling|type verrichting|transaction details 1|description 1|\
         description 2|description1|description2|description3|beschreibung2|beschreibung3|merchant description|title|\
         activity|label",
    ),
    group(
        R::Description,
        Both,
        18,
        "transactie|transaction|verrichting|transaktion|transacción|zpráva|poznámka|komentář|notatka|notat|anteckning|märkus|muistiinpano|примечание|комментарий|备注|メモ|nota|\
         observações|observaciones|interne notiz|details de la transaction",
    ),
    group(
        R::Amount,
        Both,
        40,
        "valor|valor r|montante|importância|belopp|insättningar uttag|insättning uttag|beløp|beløb|beløp i nok|määrä|\
         määrä euroa|summa|suma|summa eur|suma eur|kwota|kwota operacji|kwota transakcji|kwota transakcji waluta rachunku|\
         kwota w walucie rachunku|częstotliwość kwota|částka|objem|zaúčtovaná částka|částka v měně účtu|čiastka|suma transakcie|\
         összeg|könyvelt összeg|tranzakció összege|sumă|valoare|znesek|iznos|tutar|işlem tutarı|ποσό|ποσό συναλλαγής|сумма|\
         сумма в валюте счета|сумма платежа|сумма в рублях|сума|сума в валюті картки|сума в валюті рахунку|сума операції|金額|\
         入出金|入出金円|取引金額|ご利用金額|利用金額|金额|金额元|交易金额|发生额|记账金额|이용금액|거래금액|value gbp|einzelbetrag|\
         umsatz in eur|betrag eur|betrag in eur|betrag in chf|credit debit amount|debit credit amount|amount eur|\
         account amount|settled amount|booked amount|amount in account currency|transaction value|source amount after fees|\
         montant eur|montant euros|montant de la transaction|importe eur|importe euros|importe movimiento|importo eur|\
         importo euro|importo in euro|bedrag eur|cad|mutatie bedrag|amount gbp|amount usd|net proceeds|local currency amount",
    ),
    group(
        R::Amount,
        Statement,
        26,
        "net total|total collected|gross total|avant commission|lordo|importe bruto|valor bruto",
    ),
    group(R::Amount, Statement, 22, "value|сумма операции|сума в валюті транзакції|částka úhrady|wert in eur|total"),
    group(
        R::Debit,
        Both,
        40,
        "débito|débitos|débito r|valor débito|saída|saídas|uttag|ut|ut fra konto|ut av konto|ut fra|belastet|debet|hævet|\
         pano pois|deebet|debetas|debets|obciążenia|obciążenie|wydatki|wypłaty|wypłata|debet ma dať|odchozí|výdaj|výdaje|\
         terhelés|terhelések|debitare|isplata|isplate|breme|odliv|borç|giden|çekilen|χρέωση|расход|списание|дебет|витрата|видаток|\
         дебет сума|支払い金額|お引出し|お引き出し|お支払金額|出金|出金額|出金円|引出|引出金額|支出|支出金额|借方|借方金额|借方发生额|\
         출금|출금액|withdrawal amt|withdrawal amount inr|withdrawal dr|withdrawals inr|debit amt|debit amount inr|dr|\
         dr amount|debit euros|débit euros|débit eur|lastschrift in chf|lastschrift in eur|belastung in chf|montant du débit|\
         adeudo|adeudos|cargo|cargos|débitos|retiros|retiro|importe cargo|addebiti euro|addebiti in euro|importo dare|\
         money out|paid out gbp|outgoing|sent|amount out|charges|charge|purchases|spending|spend|payments out",
    ),
    group(
        R::Credit,
        Both,
        40,
        "crédito|créditos|crédito r|valor crédito|entrada|entradas|insättning|insättningar|inn|inn på konto|inn til konto|\
         godskrevet|indsat|kreedit|kreditas|kredīts|kredits|uznania|uznanie|wpływy|wpływ|wpłaty|wpłata|příchozí|příjem|\
         příjmy|jóváírás|jóváírások|creditare|uplata|uplate|dobro|priliv|alacak|gelen|yatan|πίστωση|приход|зачисление|\
         поступление|кредит|надходження|прибуток|預かり金額|お預入れ|お預け入れ|お預り金額|入金|入金額|入金円|預入|預入金額|\
         收入|收入金额|贷方|贷方金额|贷方发生额|입금|입금액|deposit amt|deposit amount inr|deposits inr|deposit cr|credit amt|\
         credit amount inr|cr|cr amount|crédit euros|crédit eur|gutschrift in chf|gutschrift in eur|montant du crédit|abono|\
         abonos|depósitos|depósito|importe abono|accrediti euro|accrediti in euro|importo avere|money in|paid in gbp|\
         incoming|amount in|payments and credits|payments in",
    ),
    group(
        R::Direction,
        Both,
        45,
        "débito crédito|d c|deb cred|deb_cred|deebet kreedit|deebet kreedit d c|debetas kreditas|d k|debets kredīts|smer|směr|\
         směr úhrady|wn ma|terhelés jóváírás|t j|be ki|tartozik követel|debit credit d c|borç alacak|тип движения|вид движения|\
         дебет кредит|дт кт|收 支|收支|借贷|借贷标志|入払区分|收支类型|direction|dr cr indicator|cr dr indicator|transaction direction|\
         sens de l opération|signe|segno|d h|soll haben|auswirkung auf guthaben|balance impact|plus minus|plus or minus|\
         vorzeichen|sign|credit or debit",
    ),
    group(R::Direction, Both, 20, "тип операции|tipo de movimento|tip|typ operacji|rodzaj transakcji|details"),
    group(
        R::Currency,
        Both,
        40,
        "moeda|valuta|valuuta|valūta|valiuta|waluta|waluta rachunku|měna|měna účtu|mena|mena účtu|devizanem|összeg devizaneme|\
         deviza|moneda|moneda contului|para birimi|döviz|νόμισμα|валюта|валюта счета|валюта картки|валюта операции|\
         валюта платежа|валюта рахунку|通貨|币种|货币|货币类型|통화|devies|munt|valuta rekening|devise du compte|divisa|\
         kontowährung|whg|curr code|currency name",
    ),
    group(
        R::Reference,
        Both,
        38,
        "referência|número do documento|nº documento|docto|nr doc|referens|referanse|viite|maksajan viite|viitenumber|\
         reference no|nuoroda|maksājuma atsauce|numer referencyjny|referencja|variabilní symbol|vs|variabilný symbol|\
         tranzakció azonosító|referinta|referinta tranzactiei|sklic|poziv na broj|referans|dekont no|fiş no|αναφορά|референс|\
         референс проводки|номер документа|交易订单号|交易单号|流水号|交易流水号|transaktions nr|transaktionsnr|transaktionsnummer|\
         verifikationsnummer|ref no cheque no|chq ref number|chq ref no|ref chq no|cheque ref no|cheque number|chequeno|\
         chqno|serial|check or slip no|bank reference|référence de l opération|référence mouvement|gestructureerde mededeling|\
         mandatsreferenz kundenreferenz|transfer reference|auftraggeberreferenz|bezugsnummer|ref number|check number|checknumber",
    ),
    group(
        R::Counterparty,
        Both,
        40,
        "contraparte|nome contraparte|destinatário|mottagare|avsändare|mottaker|avsender|modtager|saaja|saaja maksaja|maksja|\
         saaja nimi|beneficiary payer|gavėjas|gavėjas mokėtojas|mokėtojas arba gavėjas|saņēmējs|saņēmējs maksātājs|nadawca odbiorca|\
         nadawca|odbiorca zleceniodawca|dane kontrahenta|nazwa kontrahenta|protistrana|název protiúčtu|název protistrany|\
         protiúčet název|názov protistrany|názov protiúčtu|partner elnevezése|partner neve|ellenoldali név|kedvezményezett|\
         beneficiar|ordonator|platitor|prejemnik|plačnik|primatelj|platitelj|alıcı|gönderen|karşı taraf|αντισυμβαλλόμενος|\
         контрагент|плательщик|получатель|отправитель|наименование контрагента|отримувач|платник|交易对方|对方户名|对方名称|\
         対方户名|partnername|partner name|auftraggeber|auftraggebername|empfängername|begünstigter auftraggeber|\
         auftraggeber begünstigter|zahlungspflichtige r|zahlungsempfänger in|name der gegenpartei|beteiligter|\
         nom de la contrepartie|nom de la partie adverse|supplier found|supplierfound|tiers|beneficiario ordenante|\
         naam van de tegenpartij|naam tegenpartij bevat|naam begunstigde|payee name|payer name|sender receiver name|\
         counter party|remitter|sender|recipient|store name|from to|nom contrepartie",
    ),
    group(
        R::CounterpartyAccount,
        Both,
        45,
        "conta contraparte|iban contraparte|mottagarkonto|til konto|to account|saajan tilinumero|saajan tilinumero ja pankin bic|\
         saaja konto|gavėjo sąskaita|saņēmēja konts|numer konta|na konto z konta|rachunek kontrahenta|nr rachunku|\
         numer rachunku nadawcy odbiorcy|protiúčet|číslo protiúčtu|číslo účtu protistrany|protiúčet kód banky|číslo protistrany|\
         partner számla|partner számlaszáma|ellenszámla|iban beneficiar|cont beneficiar|račun prejemnika|karşı hesap|\
         счет контрагента|счет получателя|рахунок контрагента|对方账号|对方账户|partner iban|partner kontonummer|empfängerkonto|\
         payee account number|sender receiver account|compte partie adverse|rekening tegenpartij|tegenrekening iban bban|\
         kontonummer iban|iban der gegenpartei",
    ),
    group(
        R::Account,
        Statement,
        45,
        "conta|número da conta|konto|kontonummer|tili|tilinumero|kliendi konto|client account|customer account no|sąskaita|\
         sąskaitos nr|konts|klienta konts|rachunek|numer rachunku|numer rachunku karty|rachunek źródłowy|číslo účtu|účet|\
         számlaszám|könyvelési számla|cont|numar cont|račun|broj računa|hesap|hesap no|λογαριασμός|номер счета|счет|счёт|\
         номер картки|номер карты|рахунок|账号|账户|口座番号|계좌번호|auftraggeberkonto|iban auftraggeberkonto|iban kontoinhaber|\
         iban des auftragskontos|accountnum|accountnumber|accountnbr|bank account|account iban|numéro de compte|\
         n de compte client|numero de cuenta|iban conto|produit|card no|card number",
    ),
    group(
        R::Balance,
        Statement,
        40,
        "saldo|saldo r|saldos r|saldo contabilístico|saldo contábil|bokfört saldo|saldo efter transaktion|saldo etter bevegelse|\
         bokført saldo|saldi|jääk|likutis|atlikums|saldo po operacji|saldo po transakcji|saldo końcowe|zůstatek|zostatok|\
         zůstatek po transakci|egyenleg|könyvelt egyenleg|záróegyenleg|sold|sold contabil|sold final|stanje|stanje računa|bakiye|\
         υπόλοιπο|λογιστικό υπόλοιπο|остаток|остаток на счете|остаток после операции|баланс|залишок|залишок після операції|\
         залишок на кінець періоду|баланс після операції|салдо|残高|差引残高|取引後残高|取引後残高円|余额|账户余额|交易后余额|\
         잔액|거래후잔액|balance gbp|balance inr|running bal|runningbalance|bal|balance amount|account running balance|\
         available bal|closing bal|solde eur|solde euros|solde en euros|solde après opération|saldo in chf|saldo in eur|saldo eur|\
         guthaben|saldo nach umsatz|saldo disponibile|saldo tras la operación|disponible|saldo final|saldo después|\
         saldo na boeking|endsaldo|account balance after|balance after transaction|cleared balance|new account balance",
    ),
    group(R::Balance, Statement, 12, "tillgängligt saldo|disponibelt beløp|saldo disponível|available|saldo dostępne"),
    group(
        R::Status,
        Both,
        40,
        "situação|tila|stav|stav transakce|állapot|durum|статус|交易状态|当前状态|状态|stan|olek|būsena|statuss|stare|booking status|\
         transaction status|transaction state|status transakcji|statut de l opération|posting status",
    ),
    group(
        R::BankCode,
        Statement,
        35,
        "geschäftsvorfallcode|gvc|transaction code|transactiecode|bank transaction code|mcc code",
    ),
];
