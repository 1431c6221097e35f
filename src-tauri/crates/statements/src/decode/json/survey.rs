//! Where in a JSON text the lists of records are, and which fields their records have.

use std::collections::HashMap;

use super::{
    damaged,
    scan::{Kind, Scan, Token, unescape},
};
use tieout_domain::said;

use crate::{Limits, ReadError, Spot, limit, value::words::cut};

/// Different places of values in one file: each field of a record is one.
const NODES_MAX: usize = 50_000;

/// A place in the text: a member by its name, or any item of a list.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: usize,
    /// Name of the member; empty for items.
    pub(super) name: String,
    pub(super) is_item: bool,
    pub(super) objects: u32,
    pub(super) lists: u32,
    pub(super) scalars: u32,
    pub(super) children: Vec<usize>,
    pub(super) depth: usize,
}

/// All places, in order of first appearance. The first is the root.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) nodes: Vec<Node>,
    index: HashMap<(usize, String), usize>,
}

/// The root of all places.
pub(super) const ROOT: usize = 0;
/// Stands for the name of items; no member can be called so, for names in texts have no zero.
const ITEM: &str = "\0";

impl Places {
    fn new() -> Self {
        let root = Node {
            parent: ROOT,
            name: String::new(),
            is_item: true,
            objects: 0,
            lists: 0,
            scalars: 0,
            children: Vec::new(),
            depth: 0,
        };
        Self { nodes: vec![root], index: HashMap::new() }
    }

    pub(super) fn node(&self, place: usize) -> Option<&Node> {
        self.nodes.get(place)
    }

    /// The place of a member or, without a name, of items.
    pub(super) fn find(&self, parent: usize, name: Option<&str>) -> Option<usize> {
        self.index.get(&(parent, name.unwrap_or(ITEM).to_owned())).copied()
    }

    fn enter(&mut self, parent: usize, name: Option<&str>) -> Option<usize> {
        if let Some(place) = self.find(parent, name) {
            return Some(place);
        }
        if self.nodes.len() >= NODES_MAX {
            return None;
        }
        let place = self.nodes.len();
        let depth = self.nodes.get(parent).map_or(0, |node| node.depth) + 1;
        self.nodes.push(Node {
            parent,
            name: name.unwrap_or("").to_owned(),
            is_item: name.is_none(),
            objects: 0,
            lists: 0,
            scalars: 0,
            children: Vec::new(),
            depth,
        });
        self.nodes.get_mut(parent)?.children.push(place);
        self.index.insert((parent, name.unwrap_or(ITEM).to_owned()), place);
        Some(place)
    }

    /// A place and all around it, up to the root.
    pub(super) fn way_up(&self, mut place: usize) -> Vec<usize> {
        let mut way = vec![place];
        while let Some(node) = self.node(place).filter(|_| place != ROOT) {
            place = node.parent;
            way.push(place);
        }
        way
    }

    /// Names from the root, or from the records at `from`, joined by points: `transactionAmount.currency`.
    pub(super) fn dotted(&self, mut place: usize, from: usize) -> String {
        let mut names = Vec::new();
        while place != from && place != ROOT {
            let Some(node) = self.node(place) else { break };
            if !node.is_item {
                names.push(node.name.as_str());
            }
            place = node.parent;
        }
        names.reverse();
        names.join(".")
    }

    /// Fields of the records at a place: the places of single values and of lists.
    pub(super) fn fields(&self, records: usize) -> Vec<usize> {
        let mut fields = Vec::new();
        let mut open = self.node(records).map(|node| node.children.clone()).unwrap_or_default();
        open.reverse();
        while let Some(place) = open.pop() {
            let Some(node) = self.node(place) else { continue };
            if node.scalars > 0 || node.lists > 0 {
                fields.push(place);
            }
            open.extend(
                node.children.iter().rev().filter(|child| self.node(**child).is_some_and(|node| !node.is_item)),
            );
        }
        fields
    }
}

/// One open container while places are followed.
#[derive(Debug, Clone, Copy)]
struct Open {
    place: usize,
    is_object: bool,
}

/// Follows the places of tokens.
#[derive(Debug, Default)]
pub(super) struct Track {
    open: Vec<Open>,
    member: Option<usize>,
}

impl Track {
    /// The place of the value that begins with this token, or of the container that ends; `None` for keys.
    pub(super) fn follow(
        &mut self,
        token: Token,
        mut place_of: impl FnMut(usize, Option<Token>) -> Result<usize, ReadError>,
    ) -> Result<Option<usize>, ReadError> {
        match token.kind {
            Kind::Key => {
                let parent = self.open.last().map_or(ROOT, |open| open.place);
                self.member = Some(place_of(parent, Some(token))?);
                return Ok(None);
            }
            Kind::ObjectEnd | Kind::ListEnd => return Ok(self.open.pop().map(|open| open.place)),
            Kind::End => return Ok(None),
            _ => {}
        }
        let place = match (self.open.last(), self.member.take()) {
            (None, _) => ROOT,
            (Some(open), member) if open.is_object => member.unwrap_or(ROOT),
            (Some(open), _) => place_of(open.place, None)?,
        };
        if let Kind::ObjectStart | Kind::ListStart = token.kind {
            self.open.push(Open { place, is_object: token.kind == Kind::ObjectStart });
        }
        Ok(Some(place))
    }
}

/// Reads the whole text once, so that it is known to be JSON, and counts what stands where.
pub(super) fn survey(text: &str, limits: &Limits) -> Result<Places, ReadError> {
    let mut places = Places::new();
    let mut scan = Scan::new(text, limits.line_bytes);
    let mut track = Track::default();
    loop {
        let token = scan.next()?;
        let place = track.follow(token, |parent, key| {
            let name = key.map(|key| name_of(scan.slice(key))).transpose()?;
            places.enter(parent, name.as_deref()).ok_or_else(|| ReadError::TooLarge {
                what: "the number of different fields",
                limit: limit::number(NODES_MAX),
                place: Spot::default(),
            })
        })?;
        if let Kind::Text = token.kind
            && unescape(scan.slice(token)).is_none()
        {
            return Err(damaged(
                said!("damaged.escape", "'{text}' holds an escape that is none", text = cut(scan.slice(token))),
                Spot::default(),
            ));
        }
        let Some(node) = place.and_then(|place| places.nodes.get_mut(place)) else {
            if token.kind == Kind::End {
                return Ok(places);
            }
            continue;
        };
        match token.kind {
            Kind::ObjectStart => node.objects += 1,
            Kind::ListStart => node.lists += 1,
            Kind::Text | Kind::Number | Kind::Word => node.scalars += 1,
            // A field that is null in every record is a field all the same.
            Kind::Null if !node.is_item => node.scalars += 1,
            _ => {}
        }
    }
}

/// The name of a member.
pub(super) fn name_of(raw: &str) -> Result<String, ReadError> {
    const NAME_MAX: usize = 1_000;
    if raw.len() > NAME_MAX {
        let limit = limit::bytes(NAME_MAX);
        return Err(ReadError::TooLarge { what: "the name of a field", limit, place: Spot::default() });
    }
    match unescape(raw) {
        Some(name) => Ok(name.into_owned()),
        None => Err(damaged(
            said!("damaged.escapeInName", "the name '{name}' holds an escape that is none", name = cut(raw)),
            Spot::default(),
        )),
    }
}
