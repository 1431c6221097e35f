//! Names of months in English, German, French, Spanish, Italian and Dutch.

/// Folded names; the position in the inner list does not matter, that of the list is the month.
const NAMES: [&[&str]; 12] = [
    &["january", "jan", "januar", "janner", "janvier", "janv", "enero", "ene", "gennaio", "gen", "januari"],
    &["february", "feb", "februar", "feber", "fevrier", "fevr", "fev", "febrero", "febbraio", "februari"],
    &["march", "mar", "marz", "maerz", "mrz", "mars", "marzo", "maart", "mrt"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mag", "mei"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug"],
    &["august", "aug", "aout", "agosto", "ago", "augustus"],
    &["september", "sep", "sept", "septembre", "septiembre", "set", "settembre"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott"],
    &["november", "nov", "novembre", "noviembre"],
    &["december", "dec", "dezember", "dez", "decembre", "diciembre", "dic", "dicembre"],
];

/// The month a folded word names, from 1.
pub(crate) fn month(word: &str) -> Option<i8> {
    let position = NAMES.iter().position(|names| names.contains(&word))?;
    i8::try_from(position + 1).ok()
}
