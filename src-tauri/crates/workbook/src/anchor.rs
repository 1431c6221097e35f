//! The audit chain's head, kept outside the file: encryption alone does not tell an older authentic copy from the file.

use std::{
    sync::{Arc, mpsc},
    thread::JoinHandle,
};

use tieout_domain::AuditHead;

use crate::{KeyStore, heads::Heads, key::Salt, key_store};

/// How the file's chain compares with the head anchored in the key store and in the folder of heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorState {
    /// The anchored link is in the file's chain: the file is as new as the anchor, or newer.
    Matches,
    /// The file's chain is shorter than the anchor says: an older copy was put in its place.
    Behind {
        /// Events the anchor knows of.
        anchored: u64,
        /// Events the file holds.
        found: u64,
    },
    /// Another event stands where the anchored one should: the history was rewritten.
    Differs {
        /// Position of the event.
        sequence: u64,
    },
    /// Nothing is anchored, or nobody who knows answers.
    Unknown,
}

impl AnchorState {
    /// Whether the file is not what it was when the head was anchored.
    pub const fn is_rolled_back(self) -> bool {
        matches!(self, Self::Behind { .. } | Self::Differs { .. })
    }

    /// How much speaks against the file: of two witnesses the one that says more counts.
    const fn weight(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Matches => 1,
            Self::Behind { .. } => 2,
            Self::Differs { .. } => 3,
        }
    }

    /// The stricter of two.
    pub(crate) const fn is_stricter_than(self, other: Self) -> bool {
        self.weight() > other.weight()
    }
}

/// The heads that this machine knows of a workbook: of the key store, and of the folder of heads. Who does not answer knows
/// nothing.
pub(crate) fn known_heads(store: &dyn KeyStore, salt: Salt) -> Vec<AuditHead> {
    let in_store = key_store::load_head(store, salt).unwrap_or_else(|error| {
        tracing::warn!(%error, "the anchored head of the audit chain is not known");
        None
    });
    let in_folder = store.heads_folder().and_then(|folder| {
        Heads::of(folder, salt).newest().unwrap_or_else(|error| {
            tracing::warn!(%error, "the file of heads cannot be read");
            None
        })
    });
    in_store.into_iter().chain(in_folder).collect()
}

/// Keeps a head in the key store and in the folder of heads. Best effort: the data are safe without it.
pub(crate) fn keep_head(store: &dyn KeyStore, salt: Salt, head: AuditHead) {
    if let Err(error) = key_store::store_head(store, salt, head) {
        tracing::warn!(%error, "the head of the audit chain could not be anchored");
    }
    if let Some(folder) = store.heads_folder()
        && let Err(error) = Heads::of(folder, salt).add(head)
    {
        tracing::warn!(%error, "the head of the audit chain could not be written to its file");
    }
}

/// Writes heads to the key store, and to the folder of heads, on a thread of its own, since a keychain may be slow; of several only the newest.
pub(crate) struct Anchor {
    heads: Option<mpsc::Sender<AuditHead>>,
    writer: Option<JoinHandle<()>>,
}

impl Anchor {
    pub(crate) fn start(store: Arc<dyn KeyStore>, salt: Salt) -> Self {
        let (heads, wait) = mpsc::channel::<AuditHead>();
        let writer = std::thread::Builder::new().name("audit-anchor".to_owned()).spawn(move || {
            while let Ok(mut head) = wait.recv() {
                while let Ok(newer) = wait.try_recv() {
                    head = newer;
                }
                keep_head(store.as_ref(), salt, head);
            }
        });
        Self { heads: Some(heads), writer: writer.ok() }
    }

    /// Anchors this head soon. Best effort: the data are safe without it.
    pub(crate) fn set(&self, head: AuditHead) {
        if let Some(heads) = &self.heads
            && heads.send(head).is_err()
        {
            tracing::warn!("the head of the audit chain was not anchored: its writer has ended");
        }
    }
}

/// Waits until the newest head is written.
impl Drop for Anchor {
    fn drop(&mut self) {
        self.heads = None;
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            tracing::warn!("the writer of the audit anchor ended badly");
        }
    }
}
