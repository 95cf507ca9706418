//! The file as a package of parts: takes its bytes, gives each part's text and its relationships to others.
//!
//! What a part really holds is counted while it is unpacked: a small file can unpack to more than a machine has, and
//! the sizes that it tells of itself are not to be trusted.

use super::super::unreadable::Unreadable;
use super::parse::parse;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What one part may hold.
const PART: u64 = 64 << 20;
/// What all parts that are read may hold together.
const ALL: u64 = 128 << 20;
/// Files in the package: one with many pictures has some hundreds.
const ENTRIES: usize = 20_000;
/// Relationships of one part.
const RELATIONS: usize = 100_000;

/// A package.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Where each file stands, by its name in lower case: Windows tells no difference, so neither do its programs.
    names: BTreeMap<String, usize>,
    /// What one part may hold.
    part: u64,
    /// What may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens a package.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Unreadable> {
        Self::within(bytes, PART, ALL)
    }

    /// Opens a package of which each part may hold so much, and all together so much.
    pub(super) fn within(bytes: &'b [u8], part: u64, all: u64) -> Result<Self, Unreadable> {
        // Each file has a record that begins so; counting them first keeps the list of files itself from growing.
        let records = bytes.windows(4).filter(|four| *four == b"PK\x01\x02").count();
        if records > ENTRIES {
            return Err(Unreadable::TooLarge(format!("{records} files")));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Unreadable::Broken(error.to_string()))?;
        let names = archive.file_names_raw().map(|name| key(&String::from_utf8_lossy(name)));
        let names = names.enumerate().map(|(at, name)| (name, at)).collect();
        Ok(Self { archive, names, part, left: all })
    }

    /// Whether there is such a part.
    pub fn has(&self, part: &str) -> bool {
        self.names.contains_key(&key(part))
    }

    /// The text of a part, where there is one.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, Unreadable> {
        let Some(at) = self.names.get(&key(part)) else { return Ok(None) };
        let broken = |why: String| Unreadable::Broken(format!("{part}: {why}"));
        if self.archive.by_index_data(*at).is_ok_and(|file| file.encrypted()) {
            return Err(Unreadable::Locked);
        }
        let mut file = self.archive.by_index(*at).map_err(|error| broken(error.to_string()))?;
        let most = self.part.min(self.left);
        let mut bytes = Vec::new();
        let got = file.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
        if got as u64 > most {
            return Err(Unreadable::TooLarge(format!("more than {} MB in {part}", most >> 20)));
        }
        self.left -= got as u64;
        decoded(bytes).map(Some).ok_or_else(|| broken("its letters are in no encoding that is known".to_owned()))
    }

    /// How a part is related to others; nothing, where it says nothing.
    pub fn relations(&mut self, part: &str) -> Result<Relations, Unreadable> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let own = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let mut all = BTreeMap::new();
        if let Some(text) = self.text(&own)? {
            let tree = parse(&text, &own)?;
            for element in tree.root().children().filter(|element| element.name().1 == "Relationship").take(RELATIONS) {
                let (Some(id), Some(target)) = (element.attribute("Id"), element.attribute("Target")) else { continue };
                let outside = element.attribute("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
                let target = if outside { target.trim().to_owned() } else { resolved(folder, target) };
                // The last part of the type is the same in both editions of the format.
                let kind = element.attribute("Type").and_then(|kind| kind.rsplit('/').next()).unwrap_or_default();
                all.insert(id.to_owned(), Relation { kind: kind.to_owned(), target, outside });
            }
        }
        Ok(Relations(all))
    }
}

/// How one part is related to others, by the identifier of the relationship.
#[derive(Debug, Default)]
pub struct Relations(BTreeMap<String, Relation>);

#[derive(Debug)]
struct Relation {
    kind: String,
    target: String,
    /// It leads out of the package, as a link does.
    outside: bool,
}

impl Relations {
    /// The part that a relationship of this kind leads to.
    pub fn of_kind(&self, kind: &str) -> Option<&str> {
        self.0
            .values()
            .find(|relation| relation.kind == kind && !relation.outside)
            .map(|relation| relation.target.as_str())
    }

    /// The part with this identifier.
    pub fn part(&self, id: &str) -> Option<&str> {
        self.0.get(id).filter(|relation| !relation.outside).map(|relation| relation.target.as_str())
    }

    /// The address outside with this identifier.
    pub fn address(&self, id: &str) -> Option<&str> {
        self.0.get(id).filter(|relation| relation.outside).map(|relation| relation.target.as_str())
    }
}

/// A part's name without the differences that programs make in it.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The name of the part that a relationship of one in `folder` means.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.trim().replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            name => steps.push(name),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The text of a part, which is UTF-8 or UTF-16; other encodings are not allowed in a package.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [b'<', 0, ..] => wide(&bytes, u16::from_le_bytes),
        [0, b'<', ..] => wide(&bytes, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => String::from_utf8(bytes).ok(),
    }
}
