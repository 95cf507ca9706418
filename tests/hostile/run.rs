//! Runs the program on one file, and watches it.
//!
//! Takes the file; gives the exit code, what was said, the time, and the most memory that the program and those that it started
//! had at once, as the system tells it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than any may take: then it is killed.
const KILLED: Duration = Duration::from_secs(150);

/// What became of it.
pub struct Told {
    /// -1 where it was killed.
    pub code: i32,
    /// From start to end.
    pub time: Duration,
    /// In MB.
    pub memory: u64,
    /// What was said, shortened.
    pub first: String,
    /// More of it.
    pub all: String,
    /// It says so.
    pub panicked: bool,
    /// What lies beside the record.
    pub outside: Vec<String>,
}

/// Imports the file.
pub fn run(bytes: &[u8], kind: &str) -> Told {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("record");
    fs::create_dir(&root).unwrap();
    fs::write(root.join("sagnet.toml"), "base_url = \"https://raad.example\"\ntitle = \"Rådet\"\n").unwrap();
    let file = format!("document.{kind}");
    fs::write(root.join(&file), bytes).unwrap();
    let temporary = folder.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let [out, err] = ["out", "err"].map(|name| fs::File::create(folder.path().join(name)).unwrap());
    let begun = Instant::now();
    let program = std::env::var_os("SAGNET_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_sagnet").into());
    let mut child = Command::new(program)
        .args(["import", &file, "--date", "2025-11-27"])
        .current_dir(&root)
        .env("TMPDIR", &temporary)
        .stdout(Stdio::from(out))
        .stderr(Stdio::from(err))
        .spawn()
        .unwrap();
    let mut memory = 0;
    let status = loop {
        memory = memory.max(held(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > KILLED {
            child.kill().unwrap();
            break child.wait().unwrap();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let time = begun.elapsed();
    let read = |name: &str| String::from_utf8_lossy(&fs::read(folder.path().join(name)).unwrap()).into_owned();
    let said = read("err") + &read("out");
    let short =
        |length: usize| said.lines().take(3).collect::<Vec<_>>().join(" / ").chars().take(length).collect::<String>();
    let mut outside: Vec<String> = names(folder.path());
    outside.retain(|name| !["record", "out", "err", "tmp"].contains(&name.as_str()));
    outside.extend(names(&temporary).into_iter().map(|name| format!("tmp/{name}")));
    outside.extend(names(&root).into_iter().filter(|name| ![&file, "sagnet.toml", "content"].contains(&name.as_str())));
    Told {
        code: status.code().unwrap_or(-1),
        time,
        memory: memory >> 10,
        first: short(140).replace('|', "/").replace("sagnet: ", ""),
        all: short(600),
        panicked: said.contains("panicked") || said.contains("overflowed its stack"),
        outside,
    }
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// The most memory that a process has had, with what those that it started have had, in KB.
fn held(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let own: u64 = line.and_then(|line| line.split_whitespace().next()).and_then(|size| size.parse().ok()).unwrap_or(0);
    let tasks = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let children: Vec<u32> = tasks
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
        .collect();
    own + children.into_iter().map(held).sum::<u64>()
}
