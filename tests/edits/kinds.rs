//! Edits of a record by kind: to its content, its theme, the options, what was remembered, and the output.
//!
//! Takes the name of a kind and numbers to choose by; does the edit, and gives a sentence that says what it was; `None` where
//! there is nothing that it could be done to.

use super::fields::FIELDS;
use super::meddling;
use super::record::{Doc, File};
use super::site::{Site, plain};
use std::fs;
use std::time::{Duration, SystemTime};

/// Choices, by numbers that were drawn.
pub struct Choice(u64);

impl Choice {
    /// From a number.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// One of several.
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() { None } else { all.get(self.below(all.len())) }
    }
}

/// What an edit does.
type Edit = fn(&mut Site, &mut Choice) -> Option<String>;

/// The kinds of edits that are no fields, by name.
#[rustfmt::skip]
const EDITS: &[(&str, Edit)] = &[
    ("text: a word", |site, by| text(site, by, |doc, by| doc.body.push_str(["Et ord til.\n", "ord\n", "\n## Beslutning\n\nAfvist.\n", "\n## Andet\n\nAndet.\n"][by.below(4)]))),
    ("text: a word of an item", |site, by| {
        let path = one(site, by, "item")?;
        site.files.get_mut(&path)?.doc()?.body.push_str("\nEt ord til.\n");
        Some(format!("{path}: a word more"))
    }),
    ("text: another", |site, by| text(site, by, |doc, by| doc.body = TEXTS[by.below(TEXTS.len())].to_owned())),
    ("text: the same length, renamed over, with the old time", |site, by| {
        let path = some(site, by, |path| path.ends_with(".md") && path != "sagnet.toml")?;
        let doc = site.files.get_mut(&path)?.doc()?;
        doc.body = doc.body.chars().map(|c| match c { 'a' => 'e', 'e' => 'a', '1' => '2', '2' => '1', c => c }).collect();
        replace(site, &path);
        Some(format!("{path}: other letters, renamed over with the old time"))
    }),
    ("item: added", |site, by| {
        let folder = folder(site, by)?;
        let number = by.below(12);
        add(site, format!("{folder}/nyt-{number}.md"), &[("number", format!("\"{number}\"")), ("title", "\"Nyt punkt\"".to_owned()), ("cases", "[\"SAG-2024-00001\"]".to_owned())], by)
    }),
    ("item: deleted", |site, by| delete(site, by, "item")),
    ("item: renamed", |site, by| rename(site, by, "item", |name, by| format!("{}{name}", ["a-", "z-"][by.below(2)]))),
    ("item: two swapped", |site, by| { let (a, b) = (one(site, by, "item")?, one(site, by, "item")?); swap(site, &a, &b) }),
    ("item: moved to another meeting", |site, by| {
        let (path, folder) = (one(site, by, "item")?, folder(site, by)?);
        let to = format!("{folder}/{}", path.rsplit('/').next()?);
        rename_to(site, &path, &to)
    }),
    ("meeting: added", |site, by| {
        let id = ["2022-01-01", "2025-01-15", "2025-08-08-ekstra", "udateret"][by.below(4)];
        add(site, format!("content/meetings/{id}/_index.md"), &[("title", "\"Nyt møde\"".to_owned()), ("date", "\"2025-01-15\"".to_owned())], by)
    }),
    ("meeting: deleted", |site, by| {
        let folder = format!("{}/", folder(site, by)?);
        site.files.retain(|path, _| !path.starts_with(&folder));
        Some(format!("{folder} deleted"))
    }),
    ("meeting: renamed", |site, by| {
        let from = folder(site, by)?;
        let to = format!("content/meetings/{}", ["2021-12-01", "2024-05-02-b", "2025-12-01"][by.below(3)]);
        rename_to(site, &from, &to)
    }),
    ("meeting: two swapped", |site, by| { let (a, b) = (folder(site, by)?, folder(site, by)?); swap(site, &a, &b) }),
    ("case: added", |site, by| add(site, format!("content/cases/{}.md", ["SAG-2023-00001", "SAG-2025-00007", "MOD-2024-00020", "SAG-2025-00099"][by.below(4)]), &[("status", "\"Ny\"".to_owned())], by)),
    ("case: deleted", |site, by| delete(site, by, "case")),
    ("case: renamed", |site, by| rename(site, by, "case", |_, by| format!("SAG-2024-0{}.md", ["0076", "0020", "0001"][by.below(3)]))),
    ("topic: added", |site, by| add(site, format!("content/topics/{}.md", ["uden-fil", "skole-boern", "ubrugt"][by.below(3)]), &[("title", "\"Nyt emne\"".to_owned())], by)),
    ("topic: deleted", |site, by| delete(site, by, "topic")),
    ("topic: renamed", |site, by| rename(site, by, "topic", |_, by| ["uden-fil.md", "vand.md", "andet.md"][by.below(3)].to_owned())),
    ("page: added", |site, by| add(site, format!("content/pages/{}.md", ["ny", "om/ny", "ny/under/under", "om/medlemmer/a"][by.below(4)]), &[("title", "\"Ny side\"".to_owned())], by)),
    ("page: deleted", |site, by| delete(site, by, "page")),
    ("page: renamed", |site, by| rename(site, by, "page", |name, by| format!("{}{name}", ["a", "b/"][by.below(2)]))),
    ("page: a page in a folder's place, or back", |site, _| {
        let (flat, below) = ("content/pages/plads.md", "content/pages/plads/under.md");
        let (gone, new) = if site.files.contains_key(flat) { (flat, below) } else { (below, flat) };
        site.files.remove(gone);
        let file = File::Doc(Doc { fields: vec![("title".to_owned(), "\"Plads\"".to_owned())], body: String::new() });
        site.files.insert(new.to_owned(), file);
        Some(format!("{new} in place of {gone}"))
    }),
    ("front: added or deleted", |site, by| match site.files.remove("content/_index.md") {
        Some(_) => Some("the front page's file deleted".to_owned()),
        None => add(site, "content/_index.md".to_owned(), &[("title", "\"Forsiden\"".to_owned())], by),
    }),
    ("file: changed", |site, by| {
        let path = attachment(site, by)?;
        let File::Bytes(bytes) = site.files.get_mut(&path)? else { return None };
        bytes.extend_from_slice(b" og mere");
        Some(format!("{path}: longer"))
    }),
    ("file: the same size", |site, by| {
        let path = attachment(site, by)?;
        other_bytes(site, &path);
        Some(format!("{path}: other bytes of the same size"))
    }),
    ("file: the same size, and the old time", |site, by| {
        let path = attachment(site, by)?;
        let time = fs::metadata(site.root().join(&path)).unwrap().modified().unwrap();
        other_bytes(site, &path);
        site.save();
        set_time(site, &path, time);
        Some(format!("{path}: other bytes of the same size, with the old time"))
    }),
    ("file: the same size and time, renamed over", |site, by| {
        let path = attachment(site, by)?;
        other_bytes(site, &path);
        replace(site, &path);
        Some(format!("{path}: other bytes, renamed over with the old time"))
    }),
    ("file: two swapped", |site, by| { let (a, b) = (attachment(site, by)?, attachment(site, by)?); swap(site, &a, &b) }),
    ("file: added", |site, by| {
        let folder = folder(site, by)?;
        let path = [format!("{folder}/bilag/nyt.txt"), "content/static/.skjult".to_owned(), "content/static/a/b/c.bin".to_owned(), "content/static/.well-known/x/y".to_owned(), "content/pages/om/nyt.md.txt".to_owned(), "content/static/om/fil.txt".to_owned(), "content/vildfaren.txt".to_owned()][by.below(7)].clone();
        site.files.insert(path.clone(), plain("Nyt 1\n"));
        Some(format!("{path} added"))
    }),
    ("file: deleted", |site, by| {
        let path = attachment(site, by)?;
        site.files.remove(&path);
        Some(format!("{path} deleted"))
    }),
    ("file: renamed", |site, by| { let path = attachment(site, by)?; let to = format!("{path}.txt"); rename_to(site, &path, &to) }),
    ("files that are ignored", |site, by| {
        let path = ["content/meetings/2024-05-02/.2.md.swp", "content/pages/om.md~", "content/.DS_Store"][by.below(3)];
        fs::create_dir_all(site.root().join(path).parent()?).unwrap();
        fs::write(site.root().join(path), "x").unwrap();
        Some(format!("{path} written, which is ignored"))
    }),
    ("an empty folder in the content", |site, by| {
        let path = ["content/meetings/tom", "content/meetings/2024-05-02/tom", "content/static/tom", "themes/tom"][by.below(4)];
        fs::create_dir_all(site.root().join(path)).unwrap();
        Some(format!("{path}/ made"))
    }),
    ("touched", |site, by| touch(site, by, SystemTime::now())),
    ("touched, long ago", |site, by| touch(site, by, SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000))),
    ("touched, in the future", |site, by| touch(site, by, SystemTime::now() + Duration::from_secs(100_000))),
    ("touched, as far in the future as can be", |site, by| touch(site, by, the_end())),
    ("killed: a build", |site, by| {
        let (moment, is_reverted) = (Duration::from_millis(by.below(400).try_into().unwrap()), by.below(2) == 0);
        site.kill(moment, is_reverted);
        Some(format!("a build killed after {moment:?}{}", if is_reverted { ", and the edits taken back" } else { "" }))
    }),
    ("the same bytes written", |site, by| {
        let path = some(site, by, |_| true)?;
        let file = site.root().join(&path);
        fs::write(&file, fs::read(&file).unwrap()).unwrap();
        Some(format!("{path} written with the bytes that it had"))
    }),
    ("other rights", |site, by| {
        use std::os::unix::fs::PermissionsExt;
        let path = some(site, by, |_| true)?;
        fs::set_permissions(site.root().join(&path), fs::Permissions::from_mode([0o600, 0o644, 0o755][by.below(3)])).unwrap();
        Some(format!("{path}: other rights"))
    }),
    ("wrong: front matter", |site, by| {
        let path = some(site, by, |path| path.ends_with(".md"))?;
        site.files.get_mut(&path)?.doc()?.set("ukendt", "\"x\"");
        Some(format!("{path}: an unknown field"))
    }),
    ("wrong: a link", |site, by| text(site, by, |doc, _| doc.body.push_str("\n[væk](findes/ikke.pdf)\n"))),
    ("wrong: no front matter", |site, by| {
        let path = some(site, by, |path| path.ends_with(".md"))?;
        *site.files.get_mut(&path)? = plain("Kun tekst, SAG-2024-00001\n");
        Some(format!("{path}: no front matter"))
    }),
    ("theme: a file", |site, by| {
        let (path, text) = THEME[by.below(THEME.len())];
        site.files.insert(format!("themes/mit/{path}"), plain(text));
        Some(format!("themes/mit/{path}: {text}"))
    }),
    ("theme: a file away", |site, by| {
        let path = some(site, by, |path| path.starts_with("themes/"))?;
        site.files.remove(&path);
        Some(format!("{path} deleted"))
    }),
    ("option: --base-url", |site, by| {
        site.options.base_url = [None, Some("https://preview.example"), Some("https://preview.example/a/b")][by.below(3)];
        Some(format!("--base-url {:?}", site.options.base_url))
    }),
    ("option: --drafts", |site, _| {
        site.options.drafts ^= true;
        Some(format!("--drafts: {}", site.options.drafts))
    }),
    ("option: --output", |site, by| {
        site.options.output = ["public", "andet/sted", "tredje"][by.below(3)];
        // Whatever was done to that folder is long ago.
        site.meddled = true;
        Some(format!("--output {}", site.options.output))
    }),
    ("option: another day", |site, by| {
        site.options.day = ["1740000000", "1790000000", "0"][by.below(3)];
        Some(format!("SOURCE_DATE_EPOCH={}", site.options.day))
    }),
    ("nothing", |_, _| Some("nothing".to_owned())),
];

/// Texts for any file.
const TEXTS: &[&str] = &[
    "",
    "\nKort.\n",
    "\nSe SAG-2024-00001, MOD-2024-00020 og SAG-2025-00060.\n",
    "\nSe punkt 2.2, punkt 1 og pkt. 2.1.\n",
    "\nDet var den 2. maj 2024 og den 30. januar 2025. Rådet mødtes i november 2023 og i september 2024.\n",
    "\n## Baggrund\n\nEn fodnote[^x] og [om rådet](/om/).\n\n## Beslutning\n\nGodkendt.\n\n[^x]: Om SAG-2023-00001.\n",
    "\n<b>HTML</b> og ![](billede.png)\n",
    "\n[Vand](/emner/vand/), [vandsagen](/sager/SAG-2024-00001/) og [mødet](/moeder/2024-05-02/).\n",
];

/// Files of a theme of one's own, and what they can hold; the last ones are wrong.
const THEME: &[(&str, &str)] = &[
    (
        "templates/page.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ view.title }}</h1>{{ view.text_html | safe }}{% endblock main %}",
    ),
    ("templates/page.html", "{% extends \"base.html\" %}{% block main %}<h1>{{ view.title }}!</h1>{% endblock main %}"),
    (
        "templates/item.html",
        "{% extends \"base.html\" %}{% block main %}<h1>{{ view.title }}</h1><p>{{ view.number }}</p>{% endblock main %}",
    ),
    ("assets/site.css", "body { color: red }"),
    ("assets/site.css", "body { color: blue }"),
    ("assets/ny.txt", "Ny"),
    ("lang/da.toml", "[site]\nskip = \"Videre\"\n"),
    ("lang/da.toml", "[status]\nminutes = \"Ref.\"\n[files]\nfootnote_back = \"Op\"\n"),
    ("lang/sv.toml", "[site]\nskip = \"Vidare\"\n"),
    ("templates/page.html", "{% if %}"),
    ("templates/page.html", "{{ view.title }}{% if view.title == \"Medlemmer\" %}{{ findes.ikke }}{% endif %}"),
];

/// The names of all kinds of edits.
pub fn names() -> Vec<String> {
    let fields = FIELDS.iter().map(|(kind, field, _)| format!("{kind}: {field}"));
    let edits = EDITS.iter().map(|(name, _)| (*name).to_owned());
    let meddling = meddling::EDITS.iter().map(|(name, _)| (*name).to_owned());
    fields.chain(edits).chain(meddling).collect()
}

/// Does the edit of a kind, by its place among the names.
pub fn edit(site: &mut Site, kind: usize, by: &mut Choice) -> Option<String> {
    if let Some((kind, field, values)) = FIELDS.get(kind) {
        let path = one(site, by, kind)?;
        let value = by.of(values)?;
        site.files.get_mut(&path)?.doc()?.set(field, value);
        site.save();
        return Some(format!("{path}: {field} = {value}"));
    }
    let edits: Vec<_> = EDITS.iter().chain(meddling::EDITS).collect();
    let said = edits[kind - FIELDS.len()].1(site, by);
    site.save();
    said
}

/// What a path is, as fields name it.
fn kind_of(path: &str) -> &'static str {
    let parts: Vec<_> = path.split('/').collect();
    match parts.as_slice() {
        ["sagnet.toml"] => "config",
        ["content", "_index.md"] => "front",
        ["content", "meetings", _, "_index.md"] => "meeting",
        ["content", "meetings", _, name] if name.ends_with(".md") => "item",
        ["content", "cases", name] if name.ends_with(".md") => "case",
        ["content", "topics", name] if name.ends_with(".md") => "topic",
        ["content", "pages", .., name] if name.ends_with(".md") => "page",
        ["content", ..] => "file",
        _ => "theme",
    }
}

/// A file of which something holds.
pub fn some(site: &Site, by: &mut Choice, holds: impl Fn(&str) -> bool) -> Option<String> {
    let all: Vec<_> = site.files.keys().filter(|path| holds(path)).collect();
    by.of(&all).map(|path| (*path).clone())
}

fn one(site: &Site, by: &mut Choice, kind: &str) -> Option<String> {
    some(site, by, |path| kind_of(path) == kind)
}

fn attachment(site: &Site, by: &mut Choice) -> Option<String> {
    one(site, by, "file")
}

/// The folder of a meeting.
fn folder(site: &Site, by: &mut Choice) -> Option<String> {
    one(site, by, "meeting").map(|path| path.trim_end_matches("/_index.md").to_owned())
}

fn text(site: &mut Site, by: &mut Choice, change: impl Fn(&mut Doc, &mut Choice)) -> Option<String> {
    let path = some(site, by, |path| path.ends_with(".md"))?;
    let doc = site.files.get_mut(&path)?.doc()?;
    change(doc, by);
    Some(format!("{path}: {:?}", doc.body))
}

fn add(site: &mut Site, path: String, fields: &[(&str, String)], by: &mut Choice) -> Option<String> {
    if site.files.contains_key(&path) {
        return None;
    }
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let body = TEXTS[by.below(TEXTS.len())].to_owned();
    let said = format!("{path} added: {fields:?} {body:?}");
    site.files.insert(path, File::Doc(Doc { fields, body }));
    Some(said)
}

fn delete(site: &mut Site, by: &mut Choice, kind: &str) -> Option<String> {
    let path = one(site, by, kind)?;
    site.files.remove(&path);
    Some(format!("{path} deleted"))
}

fn rename(site: &mut Site, by: &mut Choice, kind: &str, name: fn(&str, &mut Choice) -> String) -> Option<String> {
    let path = one(site, by, kind)?;
    let (folder, old) = path.rsplit_once('/')?;
    let to = format!("{folder}/{}", name(old, by));
    rename_to(site, &path, &to)
}

fn rename_to(site: &mut Site, from: &str, to: &str) -> Option<String> {
    if site.root().join(to).exists() || site.files.contains_key(to) {
        return None;
    }
    site.rename(from, to);
    Some(format!("{from} renamed to {to}"))
}

/// Two files or folders change names.
fn swap(site: &mut Site, a: &str, b: &str) -> Option<String> {
    if a == b {
        return None;
    }
    site.rename(a, "content/bytte");
    site.rename(b, a);
    site.rename("content/bytte", b);
    Some(format!("{a} and {b} swapped"))
}

fn other_bytes(site: &mut Site, path: &str) {
    if let Some(File::Bytes(bytes)) = site.files.get_mut(path) {
        bytes.iter_mut().filter(|byte| byte.is_ascii_alphanumeric()).for_each(|byte| *byte ^= 1);
    }
}

/// Writes a file beside itself, gives it the time of the one that is there, and renames it over that.
fn replace(site: &mut Site, path: &str) {
    let there = site.root().join(path);
    let time = fs::metadata(&there).unwrap().modified().unwrap();
    let beside = site.root().join("beside");
    fs::write(&beside, site.files[path].bytes(path)).unwrap();
    fs::File::options().write(true).open(&beside).unwrap().set_modified(time).unwrap();
    fs::rename(beside, there).unwrap();
    site.saved(path);
}

/// The last second that a file can have been changed in.
pub fn the_end() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(i64::MAX.unsigned_abs())
}

fn set_time(site: &Site, path: &str, time: SystemTime) {
    fs::File::options().write(true).open(site.root().join(path)).unwrap().set_modified(time).unwrap();
}

fn touch(site: &Site, by: &mut Choice, time: SystemTime) -> Option<String> {
    let path = some(site, by, |_| true)?;
    set_time(site, &path, time);
    Some(format!("{path} touched"))
}
