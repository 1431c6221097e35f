//! Writes sample reports into the folder named as argument, to be looked at.

#[path = "../tests/fixture/mod.rs"]
mod fixture;

use tieout_reports::{SignerNote, SigningIdentity, render_pdf, sign_pdf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    for (name, matched, unmatched) in [("small", 12, 5), ("large", 2_500, 1_200)] {
        let mut data = fixture::report(fixture::tables(matched, unmatched));
        let identity = SigningIdentity::generate("Anna Nowak", data.generated_at)?;
        data.signer =
            Some(SignerNote { name: identity.common_name(), fingerprint: identity.fingerprint(), one_time: true });
        let unsigned = render_pdf(&data, &fixture::outputs())?;
        let pdf = sign_pdf(&unsigned, &identity, data.generated_at, "Reconciliation report")?;
        std::fs::write(folder.join(format!("{name}.cer")), identity.certificate_der())?;
        std::fs::write(folder.join(format!("{name}.pdf")), pdf)?;
    }
    Ok(())
}
