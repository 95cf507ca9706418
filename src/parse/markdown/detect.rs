//! Finds case numbers, items and dates in the tree's text, and puts marks around them.
//!
//! Takes the tree; changes its text nodes: a found spot stands between two raw nodes that hold its marks, a case number in
//! its canonical form. Never inside a link, an image, code, or a heading. Gives the text of each block on the way.

use super::fragment::{close, open};
use super::place::Places;
use super::{Block, Context, Kind, Reference, Target};
use crate::config::Config;
use crate::danish::{self, Written};
use crate::model::CasePattern;
use crate::scan::any_byte;
use comrak::Arena;
use comrak::nodes::{AstNode, NodeValue, Sourcepos};
use percent_encoding::percent_decode_str;
use regex::Regex;
use std::ops::Range;

/// What finds references in text.
pub struct Detector {
    cases: CasePattern,
    items: Option<Regex>,
    council: Vec<String>,
}

/// A found spot: its bytes, what it names, and the text that is shown for it where that is another.
struct Hit {
    range: Range<usize>,
    target: Target,
    shown: Option<String>,
}

impl Detector {
    /// As configured.
    pub fn new(config: &Config) -> Self {
        let items = Regex::new(r"(?i)(?:sag|punkt|pkt\.?)\s+([0-9]+(?:\.[0-9]+)*[a-zæøå]?)").ok();
        Self { cases: config.case_number.clone(), items, council: config.council_words.clone() }
    }

    /// Everything in `text`, which stands at `start` of its block, in order and without overlaps.
    fn find(&self, text: &str, block: &str, start: usize, kind: Kind) -> Vec<Hit> {
        let mut hits: Vec<_> = self
            .cases
            .find_all(text)
            .into_iter()
            .map(|(range, number)| Hit { range, shown: Some(number.to_string()), target: Target::Case(number) })
            .collect();
        // The numbers of items and dates have digits, and most texts have none.
        let has_digits = any_byte(text, |byte| byte.is_ascii_digit());
        if let Some(items) = self.items.as_ref().filter(|_| has_digits) {
            // Most texts hold none, and to find that out is quicker than to look for the groups.
            let all = items.find_iter(text).map(|hit| hit.range()).filter(|at| danish::is_bounded(text, at));
            hits.extend(all.filter_map(|range| {
                let number = text[range.clone()].split_whitespace().next_back()?;
                Some(Hit { target: Target::Item(number.to_owned()), range, shown: None })
            }));
        }
        for (range, written) in if has_digits { danish::dates(text) } else { Vec::new() } {
            let target = match written {
                Written::Day(day) => Target::Day(day),
                Written::Month(..) if kind != Kind::Status && !self.speaks_of_council(block, start + range.start) => {
                    continue;
                }
                Written::Month(year, month) => Target::Month(year, month),
            };
            hits.push(Hit { range, target, shown: None });
        }
        hits.sort_by_key(|hit| hit.range.start);
        let mut end = 0;
        hits.retain(|hit| {
            let free = hit.range.start >= end;
            end = if free { hit.range.end } else { end };
            free
        });
        hits
    }

    fn speaks_of_council(&self, block: &str, at: usize) -> bool {
        let sentence = &block[danish::sentence(block, at)];
        self.council.iter().any(|word| danish::has_word(sentence, word))
    }
}

/// Neighbouring text nodes and soft breaks: one text, in which a spot may stand across a line's end.
struct Run<'a> {
    nodes: Vec<&'a AstNode<'a>>,
    /// Where it stands in its block's text.
    start: usize,
    text: String,
}

/// Marks every spot below `root`. References are added in the order of the text.
pub fn mark<'a>(
    arena: &'a Arena<'a>,
    root: &'a AstNode<'a>,
    context: &Context<'_>,
    kind: Kind,
    places: &Places,
    references: &mut Vec<Reference>,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    for node in root.descendants().collect::<Vec<_>>() {
        let heading = match node.data().value {
            NodeValue::Paragraph | NodeValue::TableCell => false,
            NodeValue::Heading(_) => true,
            NodeValue::CodeBlock(ref code) => {
                blocks.push(Block::new(code.literal.clone(), places.of(node.data().sourcepos)));
                continue;
            }
            NodeValue::HtmlBlock(ref html) => {
                blocks.push(Block::new(html.literal.clone(), places.of(node.data().sourcepos)));
                continue;
            }
            NodeValue::HtmlInline(ref html) => {
                blocks.push(Block::inner(html.clone(), places.of(node.data().sourcepos)));
                continue;
            }
            NodeValue::Link(ref link) | NodeValue::Image(ref link) => {
                let text = format!("{} {}", percent_decode_str(&link.url).decode_utf8_lossy(), link.title);
                blocks.push(Block::inner(text, places.of(node.data().sourcepos)));
                continue;
            }
            _ => continue,
        };
        let (text, tagless, runs) = runs(node);
        if !heading {
            for run in runs {
                let hits = context.detector.find(&run.text, &text, run.start, kind);
                if !hits.is_empty() {
                    replace(arena, &run, hits, context, places, references);
                }
            }
        }
        blocks.push(Block::new(tagless, places.of(node.data().sourcepos)));
    }
    blocks
}

/// The text of a block, with raw HTML and without, and the runs in it that may hold spots.
fn runs<'a>(block: &'a AstNode<'a>) -> (String, String, Vec<Run<'a>>) {
    let (mut text, mut tagless) = (String::new(), String::new());
    let mut runs: Vec<Run<'a>> = Vec::new();
    let mut stack: Vec<_> = block.reverse_children().map(|child| (child, false)).collect();
    let mut last: Option<&'a AstNode<'a>> = None;
    while let Some((node, blocked)) = stack.pop() {
        let data = node.data();
        let piece = match &data.value {
            NodeValue::Text(literal) => literal.to_string(),
            NodeValue::SoftBreak => "\n".to_owned(),
            NodeValue::LineBreak => {
                text.push('\n');
                tagless.push('\n');
                continue;
            }
            NodeValue::Code(code) => {
                text.push_str(&code.literal);
                tagless.push_str(&code.literal);
                continue;
            }
            NodeValue::HtmlInline(html) => {
                text.push_str(html);
                continue;
            }
            other => {
                let blocked =
                    blocked || matches!(other, NodeValue::Link(_) | NodeValue::Image(_) | NodeValue::WikiLink(_));
                stack.extend(node.reverse_children().map(|child| (child, blocked)));
                continue;
            }
        };
        if !blocked {
            let follows = node.previous_sibling().zip(last).is_some_and(|(before, last)| before.same_node(last));
            match runs.last_mut().filter(|_| follows) {
                Some(run) => {
                    run.nodes.push(node);
                    run.text.push_str(&piece);
                }
                None => runs.push(Run { nodes: vec![node], start: text.len(), text: piece.clone() }),
            }
            last = Some(node);
        }
        text.push_str(&piece);
        tagless.push_str(&piece);
    }
    (text, tagless, runs)
}

/// Spots in one paragraph whose places are told exactly; with more, the paragraph's own is.
const MOST_COUNTED: usize = 500;

/// Puts new nodes in place of a run: its text, with marks around each spot.
fn replace<'a>(
    arena: &'a Arena<'a>,
    run: &Run<'a>,
    hits: Vec<Hit>,
    context: &Context<'_>,
    places: &Places,
    references: &mut Vec<Reference>,
) {
    let (Some(first), Some(last)) = (run.nodes.first(), run.nodes.last()) else { return };
    let at = Sourcepos { start: first.data().sourcepos.start, end: last.data().sourcepos.end };
    let add = |value: NodeValue| {
        let node = arena.alloc(value.into());
        node.data_mut().sourcepos = at;
        first.insert_before(node);
    };
    let add_text = |text: &str| {
        for (i, line) in text.split('\n').enumerate() {
            if i > 0 {
                add(NodeValue::SoftBreak);
            }
            if !line.is_empty() {
                add(NodeValue::Text(line.to_owned().into()));
            }
        }
    };
    // Counting what stands before each spot takes time by the square of their number.
    let counted = hits.len() <= MOST_COUNTED;
    let mut from = 0;
    for hit in hits {
        let reference = references.len();
        let written = &run.text[hit.range.clone()];
        let span = match counted {
            true => {
                let skip = run.text[..hit.range.start].matches(written).count();
                places.of_words(at, context.source, written, skip)
            }
            false => places.of(at),
        };
        add_text(&run.text[from..hit.range.start]);
        add(NodeValue::Raw(open(reference)));
        add_text(hit.shown.as_deref().unwrap_or(written));
        add(NodeValue::Raw(close(reference)));
        references.push(Reference { target: hit.target, span });
        from = hit.range.end;
    }
    add_text(&run.text[from..]);
    for node in &run.nodes {
        node.detach();
    }
}
