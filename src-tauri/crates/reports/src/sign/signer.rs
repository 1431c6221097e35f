//! Who signed: whether the certificate may sign documents, whether it held, and whether anybody knows it.

use jiff::Timestamp;
use tieout_domain::Digest;
use x509_cert::{
    Certificate,
    der::{Decode, Encode},
    ext::pkix::{BasicConstraints, KeyUsage, KeyUsages},
};

use super::{
    cms::Signed,
    identity::{display_name, valid_at},
    keys::holds,
    verify::{PdfVerification, SignerFact},
};
use crate::text;

/// Most certificates between a signer's and one that is known.
const PATH_MAX: usize = 8;

/// A certificate that somebody knows: a signer's own, or that of an issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSigner {
    /// DER.
    pub certificate: Vec<u8>,
    /// By whom or since when it is known, such as `of Joinery, since 2026-03-01`.
    pub known: String,
    /// Since when it is known no more, and why.
    pub revoked: Option<(Timestamp, String)>,
}

/// Whether the certificate may sign documents, held at the stated time, and who vouches for it.
pub(super) fn judge(signed: &Signed, signed_at: Option<Timestamp>, known: &[KnownSigner], found: &mut PdfVerification) {
    let certificate = &signed.certificate;
    let name = display_name(&certificate.tbs_certificate.subject);
    let fingerprint = crate::sha256(&signed.own);
    match signed_at {
        None => found.findings.push("the signature does not state when it was made".to_owned()),
        Some(at) if !valid_at(certificate, at) => {
            found.findings.push(format!("the certificate of {name} was not valid at {}", text::moment(at)));
        }
        Some(_) => {}
    }
    if !may_sign(certificate) {
        found.findings.push(format!("the certificate of {name} is not for signing documents"));
    }
    let path = path(signed, signed_at);
    match recognised(&path, signed_at, known) {
        Some(by) => tell_known(&name, by, fingerprint, signed_at, found),
        None => tell_unknown(&name, &path, fingerprint, found),
    }
    found.signers.push(SignerFact { name, fingerprint, signed_at });
}

/// Whether its key usage, where it states one, is for signatures.
pub(super) fn may_sign(certificate: &Certificate) -> bool {
    let usage = certificate.tbs_certificate.get::<KeyUsage>().ok().flatten();
    let wanted = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
    usage.is_none_or(|(_, usage)| usage.0.into_iter().any(|usage| wanted.contains(usage)))
}

/// The signer's certificate and those of the file that vouch for it, one for the other.
fn path(signed: &Signed, at: Option<Timestamp>) -> Vec<Certificate> {
    let mut path = vec![signed.certificate.clone()];
    while let Some(last) = path.last() {
        let next = signed.others.iter().find(|other| !path.contains(other) && issued(other, last, at));
        match next {
            Some(next) if path.len() < PATH_MAX => path.push(next.clone()),
            _ => break,
        }
    }
    path
}

/// Whether one certificate, as that of an issuer who held at that time, vouches for another.
fn issued(issuer: &Certificate, certificate: &Certificate, at: Option<Timestamp>) -> bool {
    let is_issuer = issuer.tbs_certificate.get::<BasicConstraints>().ok().flatten().is_some_and(|(_, basic)| basic.ca);
    is_issuer
        && issuer.tbs_certificate.subject == certificate.tbs_certificate.issuer
        && at.is_some_and(|at| valid_at(issuer, at))
        && signed_by(certificate, issuer) == Some(true)
}

/// None where it cannot be told.
fn signed_by(certificate: &Certificate, issuer: &Certificate) -> Option<bool> {
    let message = certificate.tbs_certificate.to_der().ok()?;
    let public = &issuer.tbs_certificate.subject_public_key_info;
    holds(public, &certificate.signature_algorithm, &message, certificate.signature.as_bytes()?)
}

/// By what the signer is known.
enum Known<'a> {
    /// Its own certificate is.
    Itself(&'a KnownSigner),
    /// That of an issuer is.
    Issuer(String, &'a KnownSigner),
}

fn recognised<'a>(path: &[Certificate], at: Option<Timestamp>, known: &'a [KnownSigner]) -> Option<Known<'a>> {
    let own = path.first()?.to_der().ok()?;
    if let Some(by) = known.iter().find(|known| known.certificate == own) {
        return Some(Known::Itself(by));
    }
    known.iter().filter(|known| known.revoked.is_none()).find_map(|by| {
        let issuer = Certificate::from_der(&by.certificate).ok()?;
        let vouches = path.iter().skip(1).any(|link| *link == issuer)
            || path.last().is_some_and(|last| issued(&issuer, last, at));
        vouches.then(|| Known::Issuer(display_name(&issuer.tbs_certificate.subject), by))
    })
}

fn tell_known(
    name: &str,
    known: Known<'_>,
    fingerprint: Digest,
    signed_at: Option<Timestamp>,
    found: &mut PdfVerification,
) {
    match known {
        Known::Itself(KnownSigner { known, revoked: Some((at, reason)), .. }) => {
            let said = format!("{name} {known}: the certificate was revoked at {} ({reason})", text::moment(*at));
            if signed_at.is_some_and(|signed_at| signed_at < *at) {
                found.notes.push(format!(
                    "Revoked signer: {said}. The signature states an earlier time, for which only the signer vouches."
                ));
            } else {
                found.findings.push(format!("revoked signer: {said}, and the signature states no earlier time"));
            }
        }
        Known::Itself(by) => {
            found.notes.push(format!("Known signer: {name} {}. Fingerprint {fingerprint}.", by.known));
        }
        Known::Issuer(issuer, by) => {
            found
                .notes
                .push(format!("Known signer: {name}, whose certificate was issued under {issuer} {}.", by.known));
        }
    }
}

fn tell_unknown(name: &str, path: &[Certificate], fingerprint: Digest, found: &mut PdfVerification) {
    let Some(own) = path.first() else { return };
    if own.tbs_certificate.issuer != own.tbs_certificate.subject {
        let issuer = display_name(&own.tbs_certificate.issuer);
        let vouching = if path.len() > 1 { "which the file proves" } else { "which nothing in the file proves" };
        found.notes.push(format!(
            "Unknown signer: the certificate of {name} was issued by {issuer}, {vouching}; whether to trust it is for \
             you to judge. Its fingerprint is {fingerprint}."
        ));
    } else if signed_by(own, own) == Some(true) {
        found.notes.push(format!(
            "Unknown signer: the certificate of {name} is self-signed, so nobody vouches for the name. Compare its \
             fingerprint with the one the signer gives you: {fingerprint}."
        ));
    } else {
        found.findings.push(format!("the certificate of {name} is damaged: its own signature does not hold"));
    }
}

/// `D:20261121041554+00'00'`; only what [`crate::sign_pdf`] writes, in UTC.
pub(super) fn parse_pdf_date(text: &str) -> Option<Timestamp> {
    let digits =
        text.strip_prefix("D:")?.strip_suffix("+00'00'").or_else(|| text.strip_prefix("D:")?.strip_suffix('Z'))?;
    let civil = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", digits).ok()?;
    civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}
