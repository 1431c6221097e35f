//! A new workbook to measure in.

use std::{error::Error, path::Path, sync::Arc};

use tieout_domain::Currency;
use tieout_workbook::{MemoryKeyStore, NewCompany, SystemClock, Workbook};

pub(crate) const PASSPHRASE: &str = "correct horse battery";

pub(crate) fn new_workbook(path: &Path) -> Result<Workbook, Box<dyn Error>> {
    let company = NewCompany {
        name: "Joinery Ltd".to_owned(),
        industry: String::new(),
        contact: String::new(),
        base_currency: euros(),
        single_user: true,
        user_name: "Ada".to_owned(),
    };
    let store = Arc::new(MemoryKeyStore::default());
    Ok(Workbook::create(path, PASSPHRASE, &company, Arc::new(SystemClock), store, false)?.workbook)
}

pub(crate) fn euros() -> Currency {
    Currency::parse("EUR").unwrap()
}
