//! Tables: takes `w:tbl`, gives its rows and cells.

use super::super::block::{Block, Cell, Kind};
use super::super::remark::About;
use super::super::unreadable::Unreadable;
use super::story::{Context, Flow, Story};
use super::versions::{chosen, is_choice};
use super::words;
use super::xml::{Element, Space};

/// Columns of a table, as Word allows them.
const COLUMNS: usize = 63;

/// A row or a cell, with what is known of it by what stands around it.
type Part<'t> = (Element<'t>, Context);

impl<'t> Story<'t> {
    /// Reads a table. One with a single cell is a frame around its text.
    pub(super) fn table(&mut self, table: Element<'t>, context: &Context, flow: &mut Flow) -> Result<(), Unreadable> {
        flow.close();
        let place = self.next_place();
        let mut rows = Vec::new();
        parts(table, "tr", context, &mut rows);
        if let [(row, within)] = rows.as_slice() {
            let mut cells = Vec::new();
            parts(*row, "tc", &of_row(*row, within), &mut cells);
            if let [(cell, within)] = cells.as_slice() {
                self.blocks(*cell, &of_cell(*cell, within), flow)?;
                flow.close();
                return Ok(());
            }
        }
        let mut read = Vec::new();
        for (row, within) in rows {
            let within = of_row(row, &within);
            let cells = self.row(row, &within)?;
            if !within.deleted {
                read.push(cells);
            }
        }
        if read.iter().flatten().all(Vec::is_empty) {
            return Ok(());
        }
        // Every row will be as wide as the widest.
        let widest = read.iter().map(Vec::len).max().unwrap_or(0);
        self.count(widest.saturating_mul(read.len()))?;
        let single = read.len() == 1 && read.first().is_some_and(|row| row.len() == 1);
        if single {
            // Changes have left only one cell.
            flow.settled(read.into_iter().flatten().flatten().collect());
        } else if flow.cell {
            let blocks: Vec<Block> = read.into_iter().flatten().flatten().collect();
            self.remark_at(About::TableLayout, place, words::of_blocks(&blocks));
            flow.settled(blocks);
        } else {
            flow.settled(vec![Block { place, kind: Kind::Table(read) }]);
        }
        Ok(())
    }

    fn row(&mut self, row: Element<'t>, context: &Context) -> Result<Vec<Cell>, Unreadable> {
        let before = row.child("trPr").and_then(|all| number(all, "gridBefore")).unwrap_or(0);
        let mut read = vec![Cell::new(); before.min(COLUMNS)];
        self.count(read.len())?;
        let mut cells = Vec::new();
        parts(row, "tc", context, &mut cells);
        for (cell, within) in cells {
            let properties = cell.child("tcPr");
            let within = of_cell(cell, &within);
            let mut flow = Flow::cell();
            self.blocks(cell, &within, &mut flow)?;
            let mut blocks = self.finish(flow);
            if within.deleted && !context.deleted {
                continue;
            }
            if properties.is_some_and(|all| continues(all, "vMerge") || continues(all, "hMerge")) {
                // Word does not show what stands in a cell that another has grown over.
                let text = words::of_blocks(&blocks);
                if !text.is_empty() {
                    self.remark(About::HiddenText, text);
                }
                blocks = Cell::new();
            }
            let columns = properties.and_then(|all| number(all, "gridSpan")).unwrap_or(1).clamp(1, COLUMNS);
            self.count(columns)?;
            read.push(blocks);
            read.resize_with(read.len() + columns - 1, Cell::new);
        }
        Ok(read)
    }
}

/// The rows of a table, or the cells of a row; what stands around single ones is looked through.
fn parts<'t>(parent: Element<'t>, name: &str, context: &Context, found: &mut Vec<Part<'t>>) {
    for child in parent.children() {
        if child.is(name) {
            found.push((child, context.clone()));
        } else if is_choice(child) {
            if let Some(version) = chosen(child) {
                parts(version, name, context, found);
            }
        } else if !matches!(child.name(), (Space::Word, "tblPr" | "tblGrid" | "trPr" | "tcPr" | "p" | "tbl")) {
            parts(child, name, &context.within(child), found);
        }
    }
}

/// What is known of text in a row: a change may have deleted it.
fn of_row(row: Element<'_>, context: &Context) -> Context {
    let deleted = row.child("trPr").is_some_and(|all| all.child("del").is_some());
    Context { deleted: context.deleted || deleted, ..context.clone() }
}

/// What is known of text in a cell.
fn of_cell(cell: Element<'_>, context: &Context) -> Context {
    let deleted = cell.child("tcPr").is_some_and(|all| all.child("cellDel").is_some());
    Context { deleted: context.deleted || deleted, ..context.clone() }
}

fn number(properties: Element<'_>, name: &str) -> Option<usize> {
    properties.val(name)?.trim().parse().ok()
}

/// The cell goes on from the one above or before it.
fn continues(properties: Element<'_>, name: &str) -> bool {
    properties.child(name).is_some_and(|merge| merge.attribute("val") != Some("restart"))
}
