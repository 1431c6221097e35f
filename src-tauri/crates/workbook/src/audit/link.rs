//! The bytes of an event that are hashed.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use tieout_domain::{AuditEvent, Digest};
use uuid::Uuid;

use crate::json;

/// What is hashed of an event. It owns nothing, so that a million of them can be hashed without a million copies.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link<'a> {
    pub(super) sequence: u64,
    pub(super) id: Uuid,
    pub(super) at_ms: i64,
    pub(super) actor: &'a str,
    pub(super) machine: &'a str,
    pub(super) action: &'a str,
    pub(super) subject: &'a str,
    /// Canonical JSON.
    pub(super) details: &'a str,
    pub(super) previous: Digest,
    /// Canonical JSON, or empty.
    pub(super) seal: &'a str,
}

impl<'a> Link<'a> {
    pub(super) fn of(event: &'a AuditEvent) -> Self {
        Self {
            sequence: event.sequence,
            id: event.id.uuid(),
            at_ms: event.at_ms,
            actor: &event.actor,
            machine: &event.machine,
            action: &event.action,
            subject: &event.subject,
            details: &event.details,
            previous: event.previous,
            seal: &event.seal,
        }
    }

    /// Writes the event's canonical JSON (RFC 8785), with its hash where one is given: that makes it a line of a chain file.
    pub(super) fn write(&self, company: &str, hash: Option<Digest>, out: &mut String) {
        text("{\"action\":", self.action, out);
        text(",\"actor\":", self.actor, out);
        // Writing into a String never fails.
        let _ = write!(out, ",\"at\":{},\"company\":\"{company}\",\"details\":", self.at_ms);
        out.push_str(self.details);
        if let Some(hash) = hash {
            digest(",\"hash\":\"", hash, out);
        }
        out.push_str(",\"id\":\"");
        out.push_str(self.id.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
        out.push('"');
        if !self.machine.is_empty() {
            text(",\"machine\":", self.machine, out);
        }
        digest(",\"previous\":\"", self.previous, out);
        if !self.seal.is_empty() {
            out.push_str(",\"seal\":");
            out.push_str(self.seal);
        }
        let _ = write!(out, ",\"sequence\":{}", self.sequence);
        text(",\"subject\":", self.subject, out);
        out.push('}');
    }

    /// The event's hash. `room` is overwritten: of many events it is the same.
    pub(super) fn hash(&self, company: &str, room: &mut String) -> Digest {
        room.clear();
        self.write(company, None, room);
        Digest::from_bytes(Sha256::digest(room.as_bytes()).into())
    }
}

fn text(name: &str, value: &str, out: &mut String) {
    out.push_str(name);
    json::write_text(value, out);
}

fn digest(name: &str, digest: Digest, out: &mut String) {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    out.push_str(name);
    for byte in digest.as_bytes() {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 0xf)]);
    }
    out.push('"');
}

/// The hash as it was always worked out, from a tree of values: what is faster is held against it.
#[cfg(test)]
pub(super) fn plain_hash(company: tieout_domain::CompanyId, event: &AuditEvent) -> Digest {
    use crate::json::Json;
    let mut members = vec![
        ("action", Json::text(&event.action)),
        ("actor", Json::text(&event.actor)),
        ("at", Json::Number(event.at_ms)),
        ("company", Json::text(company)),
        ("details", Json::Written(&event.details)),
        ("id", Json::text(event.id)),
        ("previous", Json::text(event.previous)),
        ("sequence", Json::count(event.sequence)),
        ("subject", Json::text(&event.subject)),
    ];
    if !event.machine.is_empty() {
        members.push(("machine", Json::text(&event.machine)));
    }
    if !event.seal.is_empty() {
        members.push(("seal", Json::Written(&event.seal)));
    }
    Digest::from_bytes(Sha256::digest(Json::Object(members).canonical().as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tieout_domain::{AuditEventId, CompanyId, GENESIS};

    use super::*;

    fn event(texts: [String; 4], numbers: (u32, i64, u128), previous: [u8; 32]) -> AuditEvent {
        let [actor, machine, action, subject] = texts;
        AuditEvent {
            sequence: u64::from(numbers.0),
            id: AuditEventId::from_uuid(Uuid::from_u128(numbers.2)),
            at_ms: numbers.1,
            details: crate::json::Json::Object(vec![("after", crate::json::Json::text(&subject))]).canonical(),
            actor,
            machine,
            action,
            subject,
            seal: if numbers.0.is_multiple_of(2) {
                String::new()
            } else {
                format!("{{\"acts\":[{},\"00\"]}}", numbers.0)
            },
            previous: Digest::from_bytes(previous),
            hash: GENESIS,
        }
    }

    proptest! {
        #[test]
        fn an_event_hashes_as_it_always_did(
            texts in [".{0,12}", "([a-z]{3,9} [0-9a-f]{8})?", "[a-z.]{1,12}", ".{0,40}"],
            numbers in (any::<u32>(), any::<i64>(), any::<u128>()),
            (previous, company) in (any::<[u8; 32]>(), any::<u128>()),
        ) {
            let (event, company) = (event(texts, numbers, previous), CompanyId::from_uuid(Uuid::from_u128(company)));
            let mut room = "left over".to_owned();
            prop_assert_eq!(Link::of(&event).hash(&company.to_string(), &mut room), plain_hash(company, &event));
        }

        #[test]
        fn a_line_of_a_chain_file_is_canonical_and_holds_the_event(
            texts in [".{0,12}", "([a-z]{3,9})?", "[a-z.]{1,12}", ".{0,40}"],
            numbers in (any::<u32>(), any::<i32>().prop_map(i64::from), any::<u128>()),
            previous in any::<[u8; 32]>(),
        ) {
            let event = event(texts, numbers, previous);
            let mut line = String::new();
            Link::of(&event).write("c", Some(event.hash), &mut line);
            // Keys of serde_json's maps are sorted, and it writes whole numbers and texts as RFC 8785 does.
            let read: serde_json::Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(&read["subject"], &event.subject);
            prop_assert_eq!(&read["hash"], &event.hash.to_string());
            prop_assert_eq!(serde_json::to_string(&read).unwrap(), line);
        }
    }
}
