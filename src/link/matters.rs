//! Matters: cases and items that are one thing under several numbers; and the timeline of each case.
//!
//! Takes the catalogue and `continues`; gives timelines. The nodes are every case that is not standing, and every item of
//! a standing case (or of none) by itself; `continues` and `related` are the edges, read both ways.

use super::catalogue::{Case, CaseIx, Catalogue, ItemIx, PageRef};
use super::mentions::Mentions;
use super::resolve::Links;
use crate::hashing::HashMap;
use std::collections::BTreeSet;

/// How an item belongs to a timeline; in the order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EntryKind {
    /// An item of the case.
    Treatment,
    /// An item of the same matter.
    Related,
    /// An item that mentions the case.
    Mention,
}

impl EntryKind {
    /// The word in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::Related => "related",
            Self::Mention => "mention",
        }
    }
}

/// An item on a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Entry {
    pub item: ItemIx,
    pub kind: EntryKind,
}

/// The timelines of all cases, and of the matters of items that stand by themselves.
#[derive(Debug)]
pub struct Timelines {
    cases: Vec<Vec<Entry>>,
    items: HashMap<ItemIx, Vec<ItemIx>>,
    related: Vec<Vec<CaseIx>>,
}

impl Timelines {
    /// The timeline of a case, in order.
    pub fn case(&self, case: CaseIx) -> &[Entry] {
        &self.cases[case.0]
    }

    /// The items of the matter of an item that stands by itself, where it holds more than that item; in order.
    pub fn item(&self, item: ItemIx) -> &[ItemIx] {
        self.items.get(&item).map_or(&[], Vec::as_slice)
    }

    /// The other cases of a case's matter, by number.
    pub fn related(&self, case: CaseIx) -> &[CaseIx] {
        &self.related[case.0]
    }

    /// Whether two items are told of together: they share a case that is not standing, or a matter.
    pub fn joined(&self, a: ItemIx, b: ItemIx, catalogue: &Catalogue) -> bool {
        let told = |item: ItemIx| -> BTreeSet<ItemIx> {
            let cases = catalogue[item].cases.iter().filter(|case| !catalogue[**case].standing);
            let by_case = cases.flat_map(|case| self.case(*case)).filter(|entry| entry.kind != EntryKind::Mention);
            by_case.map(|entry| entry.item).chain(self.item(item).iter().copied()).collect()
        };
        told(a).contains(&b)
    }

    /// The same timelines, with the items that mention a case and do not stand there yet.
    pub fn with_mentions(mut self, mentions: &Mentions) -> Self {
        for (i, timeline) in self.cases.iter_mut().enumerate() {
            let mentions = mentions.of(PageRef::Case(CaseIx(i)));
            if mentions.is_empty() {
                continue;
            }
            let told: BTreeSet<_> = timeline.iter().map(|entry| entry.item).collect();
            timeline.extend(mentions.iter().filter_map(|page| match page {
                PageRef::Item(item) if !told.contains(item) => Some(Entry { item: *item, kind: EntryKind::Mention }),
                _ => None,
            }));
            // Items are numbered by date, meeting id, and the agenda's order.
            timeline.sort_by_key(|entry| entry.item);
        }
        self
    }
}

/// Nodes of the graph of matters: cases first, then items.
struct Graph {
    parent: Vec<usize>,
    cases: usize,
}

impl Graph {
    fn find(&mut self, node: usize) -> usize {
        let mut root = node;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        let mut at = node;
        while self.parent[at] != root {
            at = std::mem::replace(&mut self.parent[at], root);
        }
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

/// The nodes of an item: its cases that are not standing, and itself where it has a standing case or none.
fn nodes(catalogue: &Catalogue, item: ItemIx) -> Vec<usize> {
    let cases = &catalogue[item].cases;
    let mut nodes: Vec<_> = cases.iter().filter(|case| !catalogue[**case].standing).map(|case| case.0).collect();
    if nodes.len() < cases.len() || cases.is_empty() {
        nodes.push(catalogue.cases.len() + item.0);
    }
    nodes
}

/// Joins matters and tells the timelines, without mentions.
pub fn timelines(catalogue: &Catalogue, links: &Links) -> Timelines {
    let count = catalogue.cases.len() + catalogue.items.len();
    let mut graph = Graph { parent: (0..count).collect(), cases: catalogue.cases.len() };
    for (i, item) in links.items.iter().enumerate() {
        for earlier in &item.continues {
            for a in nodes(catalogue, ItemIx(i)) {
                for b in nodes(catalogue, *earlier) {
                    graph.join(a, b);
                }
            }
        }
    }
    for (i, case) in catalogue.cases.iter().enumerate().filter(|(_, case)| !case.standing) {
        for other in case.related.iter().filter(|other| !catalogue[**other].standing) {
            graph.join(i, other.0);
        }
    }
    let matters = matters(catalogue, &mut graph);
    let mut timelines = Timelines { cases: Vec::new(), items: HashMap::default(), related: Vec::new() };
    for (i, case) in catalogue.cases.iter().enumerate() {
        let matter = (!case.standing).then(|| matters.get(&graph.find(i))).flatten();
        timelines.cases.push(timeline(case, matter, links));
        let others = matter.into_iter().flat_map(|matter| matter.cases.iter().copied());
        timelines.related.push(others.filter(|other| other.0 != i).collect());
    }
    let several = matters.values().filter(|matter| matter.items.len() > 1);
    timelines.items.extend(
        several.flat_map(|matter| matter.own.iter().map(|item| (*item, matter.items.iter().copied().collect()))),
    );
    timelines
}

/// A connected set of nodes.
#[derive(Default)]
struct Matter {
    cases: Vec<CaseIx>,
    /// All items, by date.
    items: BTreeSet<ItemIx>,
    /// Those that are nodes by themselves.
    own: Vec<ItemIx>,
}

fn matters(catalogue: &Catalogue, graph: &mut Graph) -> HashMap<usize, Matter> {
    let mut matters: HashMap<usize, Matter> = HashMap::default();
    for (i, case) in catalogue.cases.iter().enumerate().filter(|(_, case)| !case.standing) {
        let matter = matters.entry(graph.find(i)).or_default();
        matter.cases.push(CaseIx(i));
        matter.items.extend(case.items.iter().copied());
    }
    for i in 0..catalogue.items.len() {
        let node = graph.cases + i;
        let is_node = catalogue.items[i].open().is_some() && nodes(catalogue, ItemIx(i)).contains(&node);
        if is_node {
            let matter = matters.entry(graph.find(node)).or_default();
            matter.items.insert(ItemIx(i));
            matter.own.push(ItemIx(i));
        }
    }
    matters
}

/// A case's own items, and the others of its matter; of a standing case, those that its items continue.
fn timeline(case: &Case, matter: Option<&Matter>, links: &Links) -> Vec<Entry> {
    let own: BTreeSet<ItemIx> = case.items.iter().copied().collect();
    let others: BTreeSet<ItemIx> = match matter {
        Some(matter) => matter.items.clone(),
        None => case.items.iter().flat_map(|item| links.items[item.0].continues.iter().copied()).collect(),
    };
    let related = others.difference(&own).map(|item| Entry { item: *item, kind: EntryKind::Related });
    let mut entries: Vec<_> =
        own.iter().map(|item| Entry { item: *item, kind: EntryKind::Treatment }).chain(related).collect();
    entries.sort_by_key(|entry| entry.item);
    entries
}
