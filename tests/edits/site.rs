//! A record that is edited and built again and again, and held against a clean build each time.
//!
//! Takes edits; gives after each build the first thing in which it is not as a build from nothing would be: a byte, a
//! folder, a word on stderr, the exit code, a file written without need, a count.

use super::record::{self, File, Files};
use crate::support::{Record, Run, Stamps, Tree, folders};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// What the builds are asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// `--base-url`.
    pub base_url: Option<&'static str>,
    /// `--drafts`.
    pub drafts: bool,
    /// The output folder below the root.
    pub output: &'static str,
    /// `SOURCE_DATE_EPOCH`.
    pub day: &'static str,
}

/// The record, on the disk and in memory.
pub struct Site {
    /// Its folder.
    pub record: Record,
    /// Its files, as the edits made them.
    pub files: Files,
    /// What the next build is asked for.
    pub options: Options,
    /// What was done to it so far.
    pub log: Vec<String>,
    /// Whether someone changed the output since it was built.
    pub meddled: bool,
    on_disk: BTreeMap<String, Vec<u8>>,
    /// The files and options of the last build that succeeded.
    good: (Files, Options),
}

/// How the log begins a line about a build.
pub const BUILT: &str = "— built: ";

/// The marker in the output: no part of the site.
const MARKER: &str = ".sagnet";

/// What a killed build leaves there.
const STAGING: &str = ".sagnet-staging/";

impl Site {
    /// The record that has everything, not built yet.
    pub fn new() -> Self {
        let options = Options { base_url: None, drafts: false, output: "public", day: "1740000000" };
        let files = record::everything();
        let record = Record::empty();
        let good = (files.clone(), options.clone());
        let on_disk = BTreeMap::from([("sagnet.toml".to_owned(), Vec::new())]);
        let mut site = Self { record, files, options, log: Vec::new(), meddled: false, on_disk, good };
        site.save();
        site
    }

    /// The record's folder.
    pub fn root(&self) -> &Path {
        self.record.root()
    }

    /// The output folder.
    pub fn output(&self) -> PathBuf {
        self.root().join(self.options.output)
    }

    /// Brings the disk to what the files are: writes what differs in place, removes what is gone.
    pub fn save(&mut self) {
        let wanted: BTreeMap<String, Vec<u8>> =
            self.files.iter().map(|(path, file)| (path.clone(), file.bytes(path))).collect();
        for gone in self.on_disk.keys().filter(|path| !wanted.contains_key(*path)) {
            remove(self.root(), gone);
        }
        for (path, bytes) in wanted.iter().filter(|(path, bytes)| self.on_disk.get(*path) != Some(bytes)) {
            write(self.root(), path, bytes);
        }
        self.on_disk = wanted;
    }

    /// Notes that the file at a path was written by other means, with the bytes that it should have.
    pub fn saved(&mut self, path: &str) {
        let bytes = self.files[path].bytes(path);
        self.on_disk.insert(path.to_owned(), bytes);
    }

    /// Renames files by the rename of the disk: each from a path to another.
    pub fn rename(&mut self, from: &str, to: &str) {
        let above = self.root().join(to);
        fs::create_dir_all(above.parent().unwrap()).unwrap();
        fs::rename(self.root().join(from), above).unwrap();
        let below = format!("{from}/");
        let moved = |path: &str| match path.strip_prefix(&below) {
            Some(rest) => Some(format!("{to}/{rest}")),
            None => (path == from).then(|| to.to_owned()),
        };
        self.files = std::mem::take(&mut self.files)
            .into_iter()
            .map(|(path, file)| (moved(&path).unwrap_or(path), file))
            .collect();
        self.on_disk = std::mem::take(&mut self.on_disk)
            .into_iter()
            .map(|(path, file)| (moved(&path).unwrap_or(path), file))
            .collect();
    }

    fn command(&self, root: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sagnet"));
        command.arg("build").arg("--root").arg(root).env("SOURCE_DATE_EPOCH", self.options.day);
        command.args(self.options.base_url.iter().flat_map(|url| ["--base-url", url]));
        command.args(self.options.drafts.then_some("--drafts"));
        command
    }

    /// Begins to build, and kills it after a while; perhaps its edits are taken back then.
    pub fn kill(&mut self, after: Duration, is_reverted: bool) {
        self.save();
        let mut build = self.command(self.root());
        let mut build = build.arg("--output").arg(self.output()).stderr(Stdio::null()).spawn().unwrap();
        sleep(after);
        build.kill().unwrap();
        build.wait().unwrap();
        self.meddled = true;
        if is_reverted {
            (self.files, self.options) = self.good.clone();
            self.save();
        }
    }

    /// Builds the record, and a copy of it from nothing; says in what the two differ. Content that is wrong is mended
    /// afterwards: it is as it was at the last build that succeeded.
    pub fn build(&mut self) -> Result<(), String> {
        let output = self.output();
        let before = Stamps::read(&output);
        let run = Run::of(self.command(self.root()).arg("--output").arg(&output));
        let clean = tempfile::tempdir().unwrap();
        self.files.iter().for_each(|(path, file)| write(clean.path(), path, &file.bytes(path)));
        let expected = Run::of(&mut self.command(clean.path()));
        let is_idle = run.code == 0 && summary(&run.told).2[0] == 0;
        self.log.push(format!("{BUILT}exit {}{}", run.code, if is_idle { ", nothing to do" } else { "" }));
        if run.code != expected.code || run.code == 2 {
            return Err(format!(
                "exit {} in place of {}:\n{}\nin place of\n{}",
                run.code, expected.code, run.told, expected.told
            ));
        }
        let after = Stamps::read(&output);
        if run.code != 0 {
            (self.files, self.options) = self.good.clone();
            self.save();
            let mut touched = before.since(&after);
            touched.retain(|path| !path.starts_with(STAGING));
            return match () {
                () if run.told != expected.told => Err(differing(&run.told, &expected.told)),
                () if !touched.is_empty() => Err(format!("a failing build touched {touched:?}")),
                () => Ok(()),
            };
        }
        self.good = (self.files.clone(), self.options.clone());
        let (told, pages, counts) = summary(&run.told);
        let (expected_told, expected_pages, _) = summary(&expected.told);
        let mut built = Tree::read(&output);
        let mut wanted = Tree::read(&clean.path().join("public"));
        built.remove(MARKER);
        wanted.remove(MARKER);
        let differ = Tree::diff(&wanted, &built);
        let differing_files = before.written(&after).into_iter().filter(|path| path != MARKER).collect::<Vec<_>>();
        let gone = before.keys().filter(|path| !built.contains_key(*path)).count();
        let rewritten: Vec<_> = before.rewritten(&after).into_iter().filter(|path| path != MARKER).collect();
        let removed_is_right = std::mem::take(&mut self.meddled) || before.is_empty() || counts[2] == gone - 1;
        match () {
            () if !differ.is_empty() => Err(differ.join("\n")),
            () if told != expected_told => Err(differing(told, expected_told)),
            () if pages != expected_pages => Err(format!("{pages} pages told of, not {expected_pages}")),
            () if folders(&output) != folders(&clean.path().join("public")) => Err(format!(
                "folders: {:?}",
                folders(&output).symmetric_difference(&folders(&clean.path().join("public")))
            )),
            () if !rewritten.is_empty() => Err(format!("written without need: {rewritten:?}")),
            () if counts[0] != differing_files.len() => Err(format!(
                "{} files told of as written, not {}: {differing_files:?}",
                counts[0],
                differing_files.len()
            )),
            () if counts[0] + counts[1] != wanted.len() => Err(format!("{counts:?} of {} files", wanted.len())),
            () if !removed_is_right => Err(format!("{} files told of as removed, not {}", counts[2], gone - 1)),
            () => Ok(()),
        }
    }

    /// Everything that was done, one line each.
    pub fn history(&self) -> String {
        self.log.join("\n")
    }
}

fn differing(told: &str, expected: &str) -> String {
    format!("told:\n{told}\nin place of:\n{expected}")
}

/// What was told but for the last line; the number of pages in that; and those of written, unchanged and removed files.
fn summary(told: &str) -> (&str, usize, [usize; 3]) {
    let (told, last) = told.trim_end().rsplit_once('\n').unwrap_or(("", told.trim_end()));
    let numbers: Vec<usize> =
        last.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
    let [.., pages, written, unchanged, removed] = numbers[..] else { panic!("no numbers in {last}") };
    (told, pages, [written, unchanged, removed])
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Removes a file, and the folders above it that it leaves empty.
fn remove(root: &Path, path: &str) {
    fs::remove_file(root.join(path)).unwrap();
    for above in Path::new(path).ancestors().skip(1).take_while(|above| above.components().count() > 1) {
        if fs::remove_dir(root.join(above)).is_err() {
            break;
        }
    }
}

/// A file of bytes.
pub fn plain(text: &str) -> File {
    File::Bytes(text.as_bytes().to_vec())
}
