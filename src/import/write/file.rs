//! One file of a meeting: new, or with what a document adds to it.
//!
//! Takes a file as it is and what a draft says of it, field by field and section by section; gives the new file with what
//! was added and what differs. What both say alike, and what only the disk says, stays byte for byte.

use super::body::Task;
use super::disk::{self, File};
use super::front::{self, Field};
use super::value::Value;
use super::{Added, Difference, Trouble, Unit};
use super::{attachments, edit_toml, edit_yaml, known};
use crate::import::draft::{Attachment, Section};
use crate::parse::front_matter::{Entry, Node};

/// What a draft says of a file.
pub struct Saying<'a> {
    /// Fields that are compared with those of the disk.
    pub fields: Vec<Field>,
    /// Fields that are written whatever the disk has.
    pub set: Vec<Field>,
    /// Fields that the disk says without writing them: a folder's date.
    pub implied: Vec<(&'static str, String)>,
    /// The sections of the text.
    pub sections: &'a [Section],
}

/// What becomes of a file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// All of it.
    pub text: String,
    /// What was added to it.
    pub added: Vec<Added>,
    /// What the disk says otherwise.
    pub differences: Vec<Difference>,
}

/// A file that is not there yet.
pub fn new(path: &str, fields: &[Field], task: Task<'_>, sections: &[Section]) -> Result<String, Trouble> {
    let mut text = front::toml(fields);
    let body = task.merge("", sections).ok_or_else(|| fragile(path))?;
    text.push_str(&body.text);
    // What was written is read as it will be.
    let made = disk::file(path.to_owned(), text)?;
    Ok(made.text)
}

/// A file that is there.
pub fn merge(file: &File, saying: &Saying<'_>, task: Task<'_>) -> Result<Outcome, Trouble> {
    let windows = file.text.contains("\r\n") && file.text.matches('\n').count() == file.text.matches("\r\n").count();
    let text = if windows { file.text.replace("\r\n", "\n") } else { file.text.clone() };
    let mut now = disk::file(file.path.clone(), text)?;
    let mut outcome = Outcome::default();
    let mut set = saying.set.clone();
    for (key, theirs) in &saying.fields {
        let field = known::find(&now.entries, key).filter(|node| !known::is_empty(node));
        if let (Some(node), Value::Attachments(theirs)) = (field, theirs) {
            let (differences, grown) = attached(file, &now, key, node, theirs, task.update);
            outcome.differences.extend(differences);
            now = grown.unwrap_or(now);
            continue;
        }
        let implied = saying.implied.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
        let differs = match field {
            None => implied.filter(|value| *value != theirs.shown()),
            Some(node) => match known::read(node, theirs) {
                Some(ours) if known::same(key, &ours, theirs, &task.config.case_number) => continue,
                Some(ours) => Some(ours.shown()),
                None => Some(known::bare(node)),
            },
        };
        // Names in a list of their own are people too.
        let members = known::find(&now.entries, "members").filter(|_| *key == "participants" && field.is_none());
        let members = members.filter(|node| !known::is_empty(node));
        let taken = task.update && members.is_none();
        let differs = match members {
            Some(node) => known::read(node, &Value::List(Vec::new())).map(|members| members.shown()),
            None => differs,
        };
        let path = file.path.clone();
        let what = Unit::Field(key);
        match differs {
            Some(ours) => {
                outcome.differences.push(Difference { path, what, ours, theirs: theirs.shown(), taken });
                if !taken {
                    continue;
                }
            }
            None => outcome.added.push(Added { path, what }),
        }
        set.push((key, theirs.clone()));
    }
    for (key, value) in &set {
        now = with_field(&now, key, value).ok_or_else(|| fragile(&file.path))?;
    }
    let merged = task.merge(&now.text[now.body..], saying.sections).ok_or_else(|| fragile(&file.path))?;
    let unit = |section: Option<String>| section.map_or(Unit::Lead, Unit::Section);
    let path = || file.path.clone();
    outcome.added.extend(merged.added.into_iter().map(|section| Added { path: path(), what: unit(section) }));
    outcome.differences.extend(merged.differs.into_iter().map(|differs| Difference {
        path: path(),
        what: unit(differs.section),
        ours: differs.ours,
        theirs: differs.theirs,
        taken: task.update,
    }));
    let mut text = now.text[..now.body].to_owned();
    if !merged.text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&merged.text);
    outcome.text = if windows { text.replace('\n', "\r\n") } else { text };
    Ok(outcome)
}

fn fragile(path: &str) -> Trouble {
    Trouble::Fragile { path: path.to_owned() }
}

/// What differs of files and links; the file with the new ones where they are taken. What people have is never replaced.
fn attached(
    file: &File,
    now: &File,
    key: &'static str,
    node: &Node,
    theirs: &[Attachment],
    update: bool,
) -> (Vec<Difference>, Option<File>) {
    let shown = |list: &[Attachment]| Value::Attachments(list.to_vec()).shown();
    let told =
        |ours, theirs, taken| Difference { path: file.path.clone(), what: Unit::Field(key), ours, theirs, taken };
    let Some(compared) = attachments::compare(node, theirs) else {
        return (vec![told(known::bare(node), shown(theirs), false)], None);
    };
    let mut differences = Vec::new();
    if let Some(linked) = &compared.linked {
        differences.push(told(shown(&compared.ours), shown(linked), false));
    }
    let mut grown = None;
    if !compared.new.is_empty() {
        grown = if update { with_entries(now, key, node, &compared.new) } else { None };
        let all = [&compared.ours[..], &compared.new].concat();
        differences.push(told(shown(&compared.ours), shown(&all), grown.is_some()));
    }
    (differences, grown)
}

/// The file with more entries in a list; `None` where that would change anything else.
fn with_entries(file: &File, key: &'static str, node: &Node, new: &[Attachment]) -> Option<File> {
    let is_toml = file.text.trim_start_matches('\u{feff}').starts_with("+++");
    let edit = if is_toml { attachments::with_toml } else { attachments::with_yaml };
    let grown = edited(file, key, |inner, entries| edit(inner, entries, key, new))?;
    let all = known::each(known::find(&grown.entries, key)?);
    let (before, after) = all.split_at_checked(known::each(node).len())?;
    let kept = known::each(node).iter().map(known::bare).eq(before.iter().map(known::bare));
    let says = |node| attachments::compare(node, &[]).map(|one| one.ours);
    let added: Vec<_> = after.iter().map(says).collect::<Option<Vec<_>>>()?.concat();
    (kept && added == new).then_some(grown)
}

/// The file with one field changed; `None` where that would change another.
fn with_field(file: &File, key: &'static str, value: &Value) -> Option<File> {
    let is_toml = file.text.trim_start_matches('\u{feff}').starts_with("+++");
    let set = if is_toml { edit_toml::set } else { edit_yaml::set };
    let new = edited(file, key, |inner, entries| set(inner, entries, key, value))?;
    let says = known::find(&new.entries, key).and_then(|node| known::read(node, value));
    let is_said = match (says, value) {
        (Some(Value::Markdown(says)), Value::Markdown(value)) => says == *value,
        (says, value) => says.as_ref() == Some(value),
    };
    is_said.then_some(new)
}

/// The file with an edit of one field; `None` where that changed another, or the text.
fn edited(file: &File, key: &str, edit: impl FnOnce(&str, &[Entry]) -> Option<String>) -> Option<File> {
    let inner = &file.text[file.span.clone()];
    let mut entries = file.entries.clone();
    for entry in &mut entries {
        entry.key_span = within(&entry.key_span, file.span.start)?;
        entry.node.span = within(&entry.node.span, file.span.start)?;
    }
    let edited = edit(inner, &entries)?;
    let end = if edited.is_empty() || edited.ends_with('\n') { "" } else { "\n" };
    let text = format!("{}{edited}{end}{}", &file.text[..file.span.start], &file.text[file.span.end..]);
    let new = disk::file(file.path.clone(), text).ok()?;
    let others = |entries: &[Entry]| -> Vec<_> {
        let others = entries.iter().filter(|entry| entry.key != key);
        let mut others: Vec<_> = others.map(|entry| (entry.key.clone(), known::bare(&entry.node))).collect();
        others.sort();
        others
    };
    let same_body = file.text[file.body..] == new.text[new.body..];
    (same_body && others(&file.entries) == others(&new.entries)).then_some(new)
}

fn within(span: &std::ops::Range<usize>, start: usize) -> Option<std::ops::Range<usize>> {
    Some(span.start.checked_sub(start)?..span.end.checked_sub(start)?)
}
