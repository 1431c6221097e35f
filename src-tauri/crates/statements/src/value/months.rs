//! Names of months, so that `31 Dez 2024`, `31-déc.-24` and `31ДЕК24` are dates.

use std::{collections::HashMap, sync::LazyLock};

use super::words::fold;

/// Names apart by blanks, January first, in English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Norwegian,
/// Danish, Polish, Czech, Hungarian, Finnish, Turkish, Romanian, Greek, Russian and Ukrainian. Only names that mean one
/// month in all of them: the Croatian `listopad` is October, the Polish and Czech one November, so it is left out.
const NAMES: [&str; 12] = [
    "january jan januar jänner janner janvier janv enero ene gennaio gen januari janeiro stycznia styczeń sty ledna leden led \
     január tammikuuta tammi ocak oca ianuarie ian ιανουαρίου ιαν январь января янв січня січень січ",
    "february feb februar feber fevrier févr fev febrero febbraio februari fevereiro lutego luty lut února únor úno február \
     helmikuuta helmi şubat şub februarie φεβρουαρίου φεβ февраль февраля фев февр лютого лютий лют",
    "march mar märz maerz mrz mars marzo maart mrt março marca marzec března březen bře března március márc maaliskuuta \
     maalis mart martie μαρτίου μαρ март марта мар березня березень бер",
    "april apr avril avr abril abr aprile kwietnia kwiecień kwi dubna duben dub április ápr huhtikuuta huhti nisan nis \
     aprilie απριλίου απρ апрель апреля апр квітня квітень квіт кві",
    "may mai mayo maggio mag mei maio maj maja května květen kvě május máj toukokuuta touko mayıs μαΐου μάιος μαι май мая \
     травня травень трав тра",
    "june jun juni juin junio giugno giu junho czerwca czerwiec cze června červen čvn június jún kesäkuuta kesä haziran haz \
     iunie iun ιουνίου ιουν июнь июня июн червня червень черв чер",
    "july jul juli juillet juil julio luglio lug julho lipca lipiec lip července červenec čvc július júl heinäkuuta heinä \
     temmuz tem iulie iul ιουλίου ιουλ июль июля июл липня липень",
    "august aug août aout agosto ago augustus augusti sierpnia sierpień sie srpna srpen srp augusztus elokuuta elo ağustos \
     ağu αυγούστου αυγ август августа авг серпня серпень серп сер",
    "september sep sept septembre septiembre set settembre setembro września wrzesień wrz září zář szeptember szept \
     syyskuuta syys eylül eyl septembrie σεπτεμβρίου σεπ сентябрь сентября сен сент вересня вересень вер",
    "october oct oktober okt octobre octubre ottobre ott outubro out października październik paź října říjen říj október \
     lokakuuta loka ekim eki octombrie οκτωβρίου οκτ октябрь октября окт жовтня жовтень жовт жов",
    "november nov novembre noviembre novembro listopada listopadu lis marraskuuta marras kasım kas noiembrie νοεμβρίου νοε \
     ноябрь ноября ноя нояб листопада листопад",
    "december dec dezember dez decembre déc diciembre dic dicembre dezembro desember des grudnia grudzień gru prosince \
     prosinec pro joulukuuta joulu aralık ara decembrie δεκεμβρίου δεκ декабрь декабря дек грудня грудень груд",
];

static BY_NAME: LazyLock<HashMap<String, i8>> = LazyLock::new(|| {
    (1..)
        .zip(NAMES)
        .flat_map(|(month, names)| names.split_ascii_whitespace().map(move |name| (fold(name), month)))
        .collect()
});

/// The month a folded word names, from 1.
pub(crate) fn month(word: &str) -> Option<i8> {
    BY_NAME.get(word).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_name_means_two_months() {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (month, names) in NAMES.iter().enumerate() {
            for name in names.split_ascii_whitespace() {
                assert_eq!(*seen.entry(fold(name)).or_insert(month), month, "{name}");
            }
        }
    }

    #[test]
    fn names_of_many_languages() {
        for (word, number) in [("июн", 6), ("Ноя", 11), ("paź", 10), ("dez", 12), ("août", 8), ("mayıs", 5), ("fev", 2)]
        {
            assert_eq!(month(&fold(word)), Some(number), "{word}");
        }
        assert_eq!(month("rent"), None);
    }
}
