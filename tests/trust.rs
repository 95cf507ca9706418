//! What a build never trusts: its own marker, the place of its output, and what the content makes of an address.
//!
//! Each test is a fault that a review found: a file outside of the output folder that was written, overwritten or removed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::symlink;

use support::{Record, Run, Tree};

#[test]
fn paths_in_the_marker_never_leave_the_output() {
    let record = Record::small();
    record.built();
    let victim = record.root().join(".victim.txt");
    fs::write(&victim, "mine").unwrap();
    let marker = record.output().join(".sagnet");
    let lines = format!("{}../.victim.txt\n{}\n", fs::read_to_string(&marker).unwrap(), victim.display());
    fs::write(&marker, lines).unwrap();
    assert_eq!(record.build().code, 0);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
}

#[test]
fn a_marker_that_is_a_link_is_replaced_and_its_target_is_left_alone() {
    let record = Record::small();
    let files = record.built();
    let kept = record.root().join("kept.txt");
    fs::write(&kept, "mine").unwrap();
    let marker = record.output().join(".sagnet");
    fs::remove_file(&marker).unwrap();
    symlink(&kept, &marker).unwrap();
    assert_eq!(record.build().code, 0);
    assert_eq!(fs::read_to_string(&kept).unwrap(), "mine");
    assert!(marker.symlink_metadata().unwrap().is_file());
    assert_eq!(Tree::diff(&files, &Tree::read(&record.output())), Vec::<String>::new());
}

#[test]
fn an_output_without_its_marker_is_known_by_its_root_unless_others_took_its_place() {
    let record = Record::small();
    record.built();
    fs::remove_file(record.output().join(".sagnet")).unwrap();
    assert_eq!(record.build().code, 0);

    fs::remove_dir_all(record.output()).unwrap();
    fs::create_dir(record.output()).unwrap();
    fs::write(record.output().join("thesis.txt"), "mine").unwrap();
    assert_eq!(record.build().code, 2);
    assert_eq!(fs::read_to_string(record.output().join("thesis.txt")).unwrap(), "mine");
}

#[test]
fn a_root_inside_of_the_output_is_refused() {
    let record = Record::small();
    let above = record.root().to_owned();
    let run = Run::of(record.command().args(["--output", above.to_str().unwrap()]));
    assert_eq!(run.code, 2, "{}", run.told);
    assert!(above.join("sagnet.toml").is_file() && above.join("content").is_dir());
}

#[test]
fn a_case_number_never_leads_out_of_the_output() {
    let record = Record::small();
    record.write("sagnet.toml", "base_url = \"https://raad.example\"\ntitle = \"Rådet\"\ncase_number = '\\S+'\n");
    record.write(
        "content/meetings/2025-01-06/1.md",
        "+++\nnumber = \"1\"\ntitle = \"Første\"\ncases = [\"../../../ude/x\", \"24/54321\", \"..\"]\n+++\n\nTekst.\n",
    );
    let run = record.build();
    assert!(run.code == 0 || run.code == 1, "{}", run.told);
    let above = record.root().parent().unwrap();
    assert!(!above.join("ude").exists() && !record.root().join("ude").exists());
}

#[test]
fn what_a_first_build_leaves_where_it_failed_is_nothing() {
    let record = Record::small();
    record.write("sagnet.toml", "base_url = \"https://raad.example\"\ntitle = \"Rådet\"\ntheme = \"vores\"\n");
    record.write("themes/vores/templates/page.html", "{{ findes.ikke }}");
    let deep = record.root().join("nyt/dybt/public");
    let run = Run::of(record.command().args(["--output", deep.to_str().unwrap()]));
    assert_eq!(run.code, 1, "{}", run.told);
    assert!(!record.root().join("nyt").exists());
}

#[test]
fn check_renders_files_that_replace_the_built_in_theme_under_its_own_name() {
    let record = Record::small();
    record.write("themes/protokol/templates/page.html", "{{ findes.ikke }}");
    let check =
        Run::of(std::process::Command::new(env!("CARGO_BIN_EXE_sagnet")).arg("check").arg("--root").arg(record.root()));
    assert_eq!((check.code, record.build().code), (1, 1), "{}", check.told);
}
