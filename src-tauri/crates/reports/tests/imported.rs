//! Identities that other programs made sign as those made here, and a signer may be known.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may fail

mod fixture;

use std::process::Command;

use p12_keystore::{KeyStore, KeyStoreEntry, PrivateKeyChain};
use tieout_reports::{
    KnownSigner, PdfVerification, SignError, SigningIdentity, Tables, read_certificate, render_pdf, sign_pdf,
    verify_pdf, verify_pdf_knowing,
};

const SIGNED: &str = "2027-02-03T09:15:00Z";
const PASSPHRASE: &str = "tieout-test";
const RSA_2048: &[u8] = include_bytes!("fixture/rsa.p12");
const RSA_4096: &[u8] = include_bytes!("fixture/rsa4096.p12");
const P384: &[u8] = include_bytes!("fixture/p384.p12");

fn imported(file: &[u8]) -> SigningIdentity {
    SigningIdentity::from_pkcs12(file, PASSPHRASE).unwrap()
}

fn signed_by(identity: &SigningIdentity) -> Vec<u8> {
    let unsigned = render_pdf(&fixture::report(Tables::new()), &[]).unwrap();
    sign_pdf(&unsigned, identity, fixture::at(SIGNED), "Reconciliation report").unwrap()
}

fn says(found: &PdfVerification, words: &str) -> bool {
    found.notes.iter().any(|note| note.contains(words))
}

#[test]
fn rsa_and_p384_keys_sign_and_survive_the_keychain() {
    for (file, name) in [(RSA_2048, "Rsa"), (RSA_4096, "Rita Stone"), (P384, "Petra Curve")] {
        let identity = imported(file);
        assert_eq!(identity.common_name(), name);
        let kept = identity.to_secret_bytes();
        let again = SigningIdentity::from_secret_bytes(&kept).unwrap();
        assert_eq!(again.fingerprint(), identity.fingerprint());
        let pdf = signed_by(&again);
        let found = verify_pdf(&pdf);
        assert!(found.valid && found.covers_whole_file, "{name}: {:?}", found.findings);
        assert_eq!(found.signers[0].fingerprint, identity.fingerprint());
        for length in [0, 5, 40, kept.len() - 1] {
            assert!(SigningIdentity::from_secret_bytes(&kept[..length]).is_err(), "{name}: {length}");
        }
    }
}

#[test]
fn what_is_changed_in_a_report_signed_with_rsa_or_p384_is_found() {
    for file in [RSA_2048, P384] {
        let pdf = signed_by(&imported(file));
        for at in (0..pdf.len()).step_by(pdf.len() / 97) {
            let mut altered = pdf.clone();
            altered[at] ^= 1;
            assert!(!verify_pdf(&altered).valid, "byte {at} of {}", pdf.len());
        }
    }
}

#[test]
fn pdfsig_accepts_rsa_and_p384() {
    let folder = tempfile::tempdir().unwrap();
    for (name, file) in [("rsa", RSA_2048), ("rsa4096", RSA_4096), ("p384", P384)] {
        let path = folder.path().join(format!("{name}.pdf"));
        std::fs::write(&path, signed_by(&imported(file))).unwrap();
        let Ok(answer) = Command::new("pdfsig").arg("-nocert").arg(&path).output() else {
            fixture::skipped("pdfsig is not installed (poppler-utils)");
            return;
        };
        let text = String::from_utf8_lossy(&answer.stdout);
        assert!(text.contains("Signature is Valid") && text.contains("Total document signed"), "{name}: {text}");
    }
}

#[test]
fn what_cannot_sign_is_refused_in_words() {
    let refused = |identity: &SigningIdentity, at| identity.check_usable(fixture::at(at)).unwrap_err();
    let expired = refused(&imported(RSA_4096), "2060-01-01T00:00:00Z");
    assert_eq!(
        expired.to_string(),
        "the certificate of Rita Stone is not valid at 2060-01-01 00:00:00 UTC: use another identity"
    );
    let usage = imported(include_bytes!("fixture/usage.p12"));
    assert_eq!(
        refused(&usage, SIGNED).to_string(),
        "the certificate of Enno Cipher is not for signing documents: use another identity"
    );
    let unsigned = render_pdf(&fixture::report(Tables::new()), &[]).unwrap();
    let signed = sign_pdf(&unsigned, &usage, fixture::at(SIGNED), "");
    assert!(matches!(signed, Err(SignError::NotForSigning { .. })));
    for (file, other) in [(RSA_2048, RSA_4096), (P384, RSA_2048), (RSA_2048, P384)] {
        let mixed = mismatched(file, other);
        let error = SigningIdentity::from_pkcs12(&mixed, PASSPHRASE).unwrap_err();
        assert!(error.to_string().contains("its key and its certificate do not belong together"), "{error}");
    }
    let error = SigningIdentity::from_pkcs12(P384, "wrong").unwrap_err();
    assert_eq!(error.to_string(), "the passphrase does not open the identity file");
}

/// A file with the key of one and the certificates of another.
fn mismatched(key: &[u8], certificates: &[u8]) -> Vec<u8> {
    let [key, certificates] = [key, certificates].map(|file| KeyStore::from_pkcs12(file, PASSPHRASE).unwrap());
    let (_, key) = key.private_key_chain().unwrap();
    let (_, chain) = certificates.private_key_chain().unwrap();
    let joined = PrivateKeyChain::new(key.key(), key.local_key_id(), chain.chain().to_vec());
    let mut store = KeyStore::new();
    store.add_entry("mixed", KeyStoreEntry::PrivateKeyChain(joined));
    store.writer(PASSPHRASE).write().unwrap()
}

#[test]
fn a_signer_is_known_by_their_certificate_or_by_their_issuer() {
    let own = |identity: &SigningIdentity| KnownSigner {
        certificate: identity.certificate_der().to_vec(),
        known: "of Joinery, since 2026-03-01".to_owned(),
        revoked: None,
    };
    let (rsa, petra) = (imported(RSA_2048), imported(P384));
    let (by_rsa, by_petra) = (signed_by(&rsa), signed_by(&petra));
    let found = verify_pdf_knowing(&by_rsa, &[own(&petra), own(&rsa)]);
    assert!(says(&found, "Known signer: Rsa of Joinery, since 2026-03-01"), "{:?}", found.notes);
    assert!(says(&verify_pdf_knowing(&by_rsa, &[own(&petra)]), "Unknown signer"));

    let unknown = verify_pdf(&by_petra);
    assert!(says(&unknown, "issued by Example Root 384, which the file proves"), "{:?}", unknown.notes);
    let root = read_certificate(include_bytes!("fixture/root384.pem")).unwrap();
    let trusted = KnownSigner { certificate: root.certificate, known: "(root384.pem)".to_owned(), revoked: None };
    let found = verify_pdf_knowing(&by_petra, std::slice::from_ref(&trusted));
    assert!(says(&found, "Known signer: Petra Curve, whose certificate was issued under Example Root 384"));
    assert!(says(&verify_pdf_knowing(&by_rsa, &[trusted]), "Unknown signer"));
}

#[test]
fn a_certificate_that_is_no_issuer_vouches_for_nobody() {
    // Of the same name as the root, but another key.
    let other = SigningIdentity::generate("Example Root 384", fixture::at("2026-01-01T00:00:00Z")).unwrap();
    let known = KnownSigner { certificate: other.certificate_der().to_vec(), known: String::new(), revoked: None };
    assert!(says(&verify_pdf_knowing(&signed_by(&imported(P384)), &[known]), "Unknown signer"));
}

#[test]
fn a_revoked_signer_is_told() {
    let identity = imported(RSA_2048);
    let pdf = signed_by(&identity);
    let revoked = |at: &str| {
        let known = KnownSigner {
            certificate: identity.certificate_der().to_vec(),
            known: "of Joinery".to_owned(),
            revoked: Some((fixture::at(at), "the laptop was stolen".to_owned())),
        };
        verify_pdf_knowing(&pdf, &[known])
    };
    let before = revoked("2026-12-01T00:00:00Z");
    assert!(!before.valid && before.findings[0].contains("revoked signer"), "{:?}", before.findings);
    let after = revoked("2027-12-01T00:00:00Z");
    assert!(after.valid && says(&after, "Revoked signer: Rsa of Joinery"), "{:?}", after.notes);
    assert!(says(&after, "the laptop was stolen"));
}
