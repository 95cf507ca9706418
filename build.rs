//! Names the program by its sources and by what compiles them, so that what another version remembers of a site is told from
//! its own; and rebuilds it when a file of the built-in theme, which is embedded in it, is added or removed.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() -> std::io::Result<()> {
    let mut files: Vec<_> = ["Cargo.lock", "Cargo.toml", "build.rs"].map(PathBuf::from).into();
    files.iter().for_each(|file| println!("cargo::rerun-if-changed={}", file.display()));
    for folder in ["src", "themes/protokol"] {
        println!("cargo::rerun-if-changed={folder}");
        list(Path::new(folder), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        (file.to_string_lossy(), fs::read(&file).unwrap_or_default()).hash(&mut hasher);
    }
    // Another compiler, or another machine, may order and hash otherwise. Cargo runs this again where it is another.
    let variable = |name: &str| env::var(name).unwrap_or_default();
    ["TARGET", "PROFILE"].map(variable).hash(&mut hasher);
    let compiler = Command::new(variable("RUSTC")).arg("-vV").output();
    compiler.map(|told| told.stdout).unwrap_or_default().hash(&mut hasher);
    println!("cargo::rustc-env=SAGNET_SOURCES={:016x}", hasher.finish());
    Ok(())
}

/// Every file below a folder.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
