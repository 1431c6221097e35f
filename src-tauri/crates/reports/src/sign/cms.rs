//! The CMS signature (RFC 5652) as PAdES B-B wants it (ETSI EN 319 142-1): content type, message digest and
//! signing-certificate-v2 (RFC 5035) as signed attributes, no signing time, signed over their SET OF encoding.

use cms::{
    cert::{CertificateChoices, IssuerAndSerialNumber},
    content_info::{CmsVersion, ContentInfo},
    signed_data::{CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos},
};
use const_oid::{ObjectIdentifier, db::rfc5911};
use der::{
    Any, Decode, Encode, EncodeValue, Sequence, Tagged,
    asn1::{OctetString, SetOfVec},
};
use x509_cert::{Certificate, attr::Attribute};

use super::{
    SignError,
    identity::SigningIdentity,
    keys::{Scheme, holds, is_canonical},
};

/// `SigningCertificateV2` of RFC 5035, with the defaults left out.
#[derive(Sequence)]
struct SigningCertificateV2 {
    certificates: Vec<CertificateId>,
}

/// `ESSCertIDv2` with SHA-256, its default.
#[derive(Sequence)]
struct CertificateId {
    hash: OctetString,
}

/// What a signature says, once it holds.
pub(super) struct Signed {
    /// The signer's certificate.
    pub(super) certificate: Certificate,
    /// Its bytes.
    pub(super) own: Vec<u8>,
    /// The other certificates in the signature.
    pub(super) others: Vec<Certificate>,
}

/// Signs these bytes, one part after the other.
pub(super) fn sign(parts: &[&[u8]], identity: &SigningIdentity) -> Result<Vec<u8>, SignError> {
    let scheme = identity.key().scheme();
    let attributes = signed_attributes(&scheme.digest(parts), identity.chain())?;
    let signature = identity.key().sign(&attributes.to_der()?)?;
    let own = &identity.certificate().tbs_certificate;
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: own.issuer.clone(),
            serial_number: own.serial_number.clone(),
        }),
        digest_alg: scheme.digest_algorithm(),
        signed_attrs: Some(attributes),
        signature_algorithm: scheme.signature_algorithm(),
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    let certificates = identity
        .chain()
        .iter()
        .map(|certificate| Certificate::from_der(certificate).map(CertificateChoices::Certificate))
        .collect::<Result<Vec<_>, _>>()?;
    let signed = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![scheme.digest_algorithm()])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: rfc5911::ID_DATA, econtent: None },
        certificates: Some(CertificateSet::try_from(certificates)?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![signer])?,
    };
    let content = ContentInfo { content_type: rfc5911::ID_SIGNED_DATA, content: Any::encode_from(&signed)? };
    Ok(content.to_der()?)
}

fn signed_attributes(digest: &[u8], chain: &[Vec<u8>]) -> Result<SetOfVec<Attribute>, SignError> {
    let hashed = |certificate: &Vec<u8>| {
        OctetString::new(crate::sha256(certificate).as_bytes().as_slice()).map(|hash| CertificateId { hash })
    };
    let certificates = SigningCertificateV2 { certificates: chain.iter().map(hashed).collect::<Result<_, _>>()? };
    let attributes = vec![
        attribute(rfc5911::ID_CONTENT_TYPE, &rfc5911::ID_DATA)?,
        attribute(rfc5911::ID_MESSAGE_DIGEST, &OctetString::new(digest)?)?,
        attribute(rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2, &certificates)?,
    ];
    Ok(SetOfVec::try_from(attributes)?)
}

fn attribute<T: Tagged + EncodeValue>(oid: ObjectIdentifier, value: &T) -> Result<Attribute, SignError> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![Any::encode_from(value)?])? })
}

/// Checks a CMS signature over these bytes. Everything in it must be canonical and accounted for; gives the signer's
/// certificate, or the first thing that is wrong.
pub(super) fn check(encoded: &[u8], parts: [&[u8]; 2]) -> Result<Signed, String> {
    let unreadable = |error: der::Error| format!("the signature is not well-formed CMS: {error}");
    let content = ContentInfo::from_der(encoded).map_err(unreadable)?;
    if content.content_type != rfc5911::ID_SIGNED_DATA {
        return Err("the signature is not CMS signed data".into());
    }
    let signed: SignedData = content.content.decode_as().map_err(unreadable)?;
    let again =
        ContentInfo { content_type: content.content_type, content: Any::encode_from(&signed).map_err(unreadable)? };
    if again.to_der().map_err(unreadable)? != encoded {
        return Err("the signature's encoding is not canonical DER: it was altered".into());
    }
    let signer = sole_signer(&signed)?;
    let (certificate, own) = signer_certificate(&signed, signer)?;
    let scheme = expected_scheme(&signed, signer, &certificate)?;
    let attributes = signer.signed_attrs.as_ref().ok_or("the signature has no signed attributes")?;
    let expected = expected_attributes(&signed, &own, &scheme.digest(&parts))?;
    if *attributes != expected {
        return Err(wrong_attribute(attributes, &expected));
    }
    if !is_canonical(scheme, signer.signature.as_bytes()) {
        return Err("the signature value is not canonical DER: it was altered".into());
    }
    let (message, public) =
        (attributes.to_der().map_err(unreadable)?, &certificate.tbs_certificate.subject_public_key_info);
    if holds(public, &signer.signature_algorithm, &message, signer.signature.as_bytes()) != Some(true) {
        return Err("the signature does not fit the signer's certificate".to_owned());
    }
    let others = signed.certificates.iter().flat_map(|set| set.0.iter()).filter_map(|choice| match choice {
        CertificateChoices::Certificate(other) if *other != certificate => Some(other.clone()),
        _ => None,
    });
    Ok(Signed { others: others.collect(), certificate, own })
}

/// The one signer, with nothing in the signed data that the signature would not vouch for.
fn sole_signer(signed: &SignedData) -> Result<&SignerInfo, String> {
    let [signer] = signed.signer_infos.0.as_slice() else {
        return Err(format!("the signature names {} signers instead of one", signed.signer_infos.0.len()));
    };
    let plain = signed.version == CmsVersion::V1
        && signer.version == CmsVersion::V1
        && signed.crls.is_none()
        && signer.unsigned_attrs.is_none()
        && signed.encap_content_info.econtent_type == rfc5911::ID_DATA
        && signed.encap_content_info.econtent.is_none();
    if plain { Ok(signer) } else { Err("the signature holds parts that it does not vouch for".into()) }
}

/// How the signer's key signs. The signature must say so everywhere.
fn expected_scheme(signed: &SignedData, signer: &SignerInfo, certificate: &Certificate) -> Result<Scheme, String> {
    let scheme = Scheme::of(&certificate.tbs_certificate.subject_public_key_info)
        .ok_or("the signer's key is neither ECDSA (P-256, P-384) nor RSA, which is all this check knows")?;
    let digest = scheme.digest_algorithm();
    if signed.digest_algorithms.as_slice() != [digest.clone()] || signer.digest_alg != digest {
        return Err("the signature uses another digest than its key asks for".into());
    }
    if signer.signature_algorithm != scheme.signature_algorithm() {
        return Err("the signature names another algorithm than its key has".into());
    }
    Ok(scheme)
}

/// The certificate that the signer names.
fn signer_certificate(signed: &SignedData, signer: &SignerInfo) -> Result<(Certificate, Vec<u8>), String> {
    let SignerIdentifier::IssuerAndSerialNumber(wanted) = &signer.sid else {
        return Err("the signature names its certificate in an unknown way".into());
    };
    let certificates = signed.certificates.as_ref().map(|set| set.0.as_slice()).unwrap_or_default();
    certificates
        .iter()
        .find_map(|choice| match choice {
            CertificateChoices::Certificate(certificate)
                if certificate.tbs_certificate.issuer == wanted.issuer
                    && certificate.tbs_certificate.serial_number == wanted.serial_number =>
            {
                certificate.to_der().ok().map(|encoded| (certificate.clone(), encoded))
            }
            _ => None,
        })
        .ok_or_else(|| "the signer's certificate is missing from the signature".to_owned())
}

/// What the attributes must be, given the document and the certificates: the signer's own first, the others in any order.
fn expected_attributes(signed: &SignedData, own: &[u8], digest: &[u8]) -> Result<SetOfVec<Attribute>, String> {
    let named = signed.signer_infos.0.as_slice().first().and_then(|signer| signer.signed_attrs.as_ref());
    let order: Vec<Vec<u8>> = named
        .and_then(|attributes| attributes.iter().find(|one| one.oid == rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2))
        .and_then(|attribute| attribute.values.iter().next())
        .and_then(|value| value.decode_as::<SigningCertificateV2>().ok())
        .map(|list| list.certificates.iter().map(|id| id.hash.as_bytes().to_vec()).collect())
        .ok_or("the signature does not name its certificate (signing-certificate-v2)")?;
    let mut chain: Vec<Vec<u8>> = Vec::new();
    for choice in signed.certificates.as_ref().map(|set| set.0.as_slice()).unwrap_or_default() {
        chain.push(choice.to_der().map_err(|error| error.to_string())?);
    }
    let position = |certificate: &Vec<u8>| {
        let hash = crate::sha256(certificate);
        order.iter().position(|named| named.as_slice() == hash.as_bytes()).unwrap_or(usize::MAX)
    };
    chain.sort_by_key(|certificate| (certificate.as_slice() != own, position(certificate)));
    signed_attributes(digest, &chain).map_err(|error| error.to_string())
}

/// Says which attribute is wrong.
fn wrong_attribute(found: &SetOfVec<Attribute>, expected: &SetOfVec<Attribute>) -> String {
    let of = |set: &SetOfVec<Attribute>, oid| set.iter().find(|attribute| attribute.oid == oid).cloned();
    let differs = |oid| of(found, oid) != of(expected, oid);
    if differs(rfc5911::ID_MESSAGE_DIGEST) {
        "the document was altered after it was signed: its digest differs from the signed one".to_owned()
    } else if differs(rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2) {
        "the certificates in the signature are not the ones that were signed with".to_owned()
    } else {
        "the signature's attributes are not those of PAdES B-B".to_owned()
    }
}
