//! A record in a folder of its own, to be written, changed and built by a test.
//!
//! Takes files and options; runs the program, and gives its exit code, what it said and what it wrote.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Tree;

/// The address that the record is built for.
pub const BASE_URL: &str = "https://raad.example";

/// Files by their path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A record in a temporary folder, which goes with it.
pub struct Record {
    folder: tempfile::TempDir,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Run {
    /// The exit code; -1 where a signal ended it.
    pub code: i32,
    /// What it wrote to stderr.
    pub told: String,
}

impl Record {
    /// An empty record: nothing but its configuration.
    pub fn empty() -> Self {
        let record = Self { folder: tempfile::tempdir().unwrap() };
        record.write("sagnet.toml", &format!("base_url = \"{BASE_URL}\"\ntitle = \"Rådet\"\n"));
        record
    }

    /// Two meetings with a case that goes from one to the other, an attachment, a topic and a page.
    pub fn small() -> Self {
        let record = Self::empty();
        record.write("content/meetings/2025-01-06/_index.md", "+++\ntitle = \"Januar\"\n+++\n");
        record.write(
            "content/meetings/2025-01-06/1.md",
            "+++\nnumber = \"1\"\ntitle = \"Første\"\ncases = \"SAG-2024-00001\"\ntopics = \"vand\"\n\
             attachments = [{ title = \"Plan\", file = \"bilag/plan.txt\" }]\n+++\n\n## Beslutning\n\nGodkendt.\n",
        );
        record.write("content/meetings/2025-01-06/bilag/plan.txt", "Planen.\n");
        record.write("content/meetings/2025-02-03/_index.md", "+++\ntitle = \"Februar\"\n+++\n");
        record.write(
            "content/meetings/2025-02-03/1.md",
            "+++\nnumber = \"1\"\ntitle = \"Andet\"\ncases = \"SAG-2025-00002\"\ncontinues = \"2025-01-06/1\"\n+++\n\n\
             Se SAG-2024-00001.\n",
        );
        record.write("content/topics/vand.md", "+++\ntitle = \"Vand\"\n+++\n");
        record.write("content/pages/om.md", "+++\ntitle = \"Om\"\n+++\n\nOm rådet.\n");
        record.write("content/static/.well-known/security.txt", "Contact: mailto:raad@raad.example\n");
        record
    }

    /// `meetings` meetings of `items` items; `word` stands in each text.
    pub fn generated(meetings: usize, items: usize, word: &str) -> Self {
        let record = Self::empty();
        record.generate(meetings, items, word);
        record
    }

    /// Writes the meetings of [`Record::generated`] anew, with another word.
    pub fn generate(&self, meetings: usize, items: usize, word: &str) {
        for m in 1..=meetings {
            let meeting = format!("content/meetings/2024-{:02}-{:02}", 1 + m / 28, 1 + m % 28);
            self.write(&format!("{meeting}/_index.md"), &format!("+++\ntitle = \"Møde {m} {word}\"\n+++\n"));
            for i in 1..=items {
                let text = format!(
                    "+++\nnumber = \"{i}\"\ntitle = \"Punkt {m}.{i} {word}\"\ncases = \"SAG-2024-{:05}\"\ntopics = \"vand\"\n+++\n\n\
                     ## Beslutning\n\n{word}: se SAG-2024-{:05}.\n",
                    i * 7 + m % 5,
                    i * 7
                );
                self.write(&format!("{meeting}/{i}.md"), &text);
            }
        }
    }

    /// The record's folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Where it is built to.
    pub fn output(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Writes a file of the record, and the folders above it.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The command that builds it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sagnet"));
        command.arg("build").arg("--root").arg(self.root());
        command
    }

    /// Builds it.
    pub fn build(&self) -> Run {
        Run::of(&mut self.command())
    }

    /// Builds it, and it must succeed.
    pub fn built(&self) -> Files {
        let run = self.build();
        assert_eq!(run.code, 0, "{}", run.told);
        Tree::read(&self.output())
    }
}

impl Run {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self { code: output.status.code().unwrap_or(-1), told: String::from_utf8_lossy(&output.stderr).into_owned() }
    }

    /// The numbers of written, unchanged and removed files in the last line, which is in Danish.
    pub fn counts(&self) -> [usize; 3] {
        let last = self.told.lines().last().unwrap_or_default();
        ["skrevet: ", "uændret: ", "fjernet: "].map(|word| {
            let after = last.split_once(word).unwrap_or_else(|| panic!("no {word} in {last}")).1;
            after.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
        })
    }
}

/// Every page of an output is whole: as in the one state or as in the other; and none that both have is lost.
pub fn is_whole(output: &Path, states: [&Files; 2], what: &str) {
    let files = Tree::read(output);
    for (file, bytes) in files.iter().filter(|(file, _)| !file.starts_with(".sagnet")) {
        let known = states.iter().any(|state| state.get(file) == Some(bytes));
        assert!(known, "{what}: {file} is neither old nor new ({} bytes)", bytes.len());
    }
    for file in states[0].keys().filter(|file| states[1].contains_key(*file)) {
        assert!(files.contains_key(file), "{what}: {file} is lost");
    }
}
