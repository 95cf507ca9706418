//! What happens to the output folder: nothing is written without need, nothing foreign stays, and nothing is lost.
//!
//! Each test writes a record of its own, builds it with the program, meddles with the folder or the program's run, and
//! builds again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use support::record::{BASE_URL, Files, is_whole};
use support::{Disk, Record, Run, Site, Stamps, Tree};

/// Builds and holds the output against `expected`.
fn puts_right(record: &Record, expected: &Files, what: &str) -> Run {
    let run = record.build();
    assert_eq!(run.code, 0, "{what}: {}", run.told);
    assert_eq!(Tree::diff(expected, &Tree::read(&record.output())), Vec::<String>::new(), "{what}");
    run
}

#[test]
fn a_second_build_writes_nothing() {
    let record = Record::small();
    let first = record.build();
    assert_eq!(first.code, 0, "{}", first.told);
    let before = Stamps::read(&record.output());
    let count = before.len() - 1; // without the marker
    assert_eq!(first.counts(), [count, 0, 0]);
    sleep(Duration::from_millis(20));
    let second = record.build();
    assert_eq!(second.counts(), [0, count, 0]);
    assert_eq!(Stamps::read(&record.output()), before);
}

#[test]
fn an_edited_word_changes_only_the_files_whose_bytes_differ() {
    let record = Record::small();
    let files = record.built();
    let before = Stamps::read(&record.output());
    sleep(Duration::from_millis(20));
    record.write("content/pages/om.md", "+++\ntitle = \"Om\"\n+++\n\nOm udvalget.\n");
    let run = record.build();
    let after = Stamps::read(&record.output());
    assert_eq!(before.since(&after).iter().collect::<Vec<_>>(), ["om/index.html"]);
    assert_eq!(run.counts(), [1, before.len() - 2, 0]);

    record.write(
        "content/meetings/2025-02-03/1.md",
        "+++\nnumber = \"1\"\ntitle = \"Andet\"\ncases = \"SAG-2025-00002\"\ncontinues = \"2025-01-06/1\"\n+++\n\n\
         Se stadig SAG-2024-00001.\n",
    );
    let again = record.built();
    let differ = files.keys().filter(|file| again[*file] != files[*file] && *file != "om/index.html");
    let changed = after.since(&Stamps::read(&record.output()));
    assert_eq!(changed, differ.cloned().collect());
    assert!(changed.iter().any(|file| file.ends_with("2025-02-03/punkt-1/index.html")), "{changed:?}");
}

#[test]
fn what_is_removed_from_the_record_goes_with_its_folders() {
    let record = Record::small();
    record.built();
    for file in ["content/meetings/2025-02-03/1.md", "content/static/.well-known/security.txt", "content/pages/om.md"] {
        fs::remove_file(record.root().join(file)).unwrap();
    }
    let run = record.build();
    let output = record.output();
    for gone in ["moeder/2025-02-03/punkt-1", "sager/SAG-2025-00002", "om", ".well-known/security.txt"] {
        assert!(!output.join(gone).exists(), "{gone} is still there");
    }
    assert_eq!(run.counts()[2], 8, "{}", run.told);
    let clean = Record::small();
    for file in ["content/meetings/2025-02-03/1.md", "content/static/.well-known/security.txt", "content/pages/om.md"] {
        fs::remove_file(clean.root().join(file)).unwrap();
    }
    assert_eq!(Tree::diff(&clean.built(), &Tree::read(&output)), Vec::<String>::new());
}

#[test]
fn what_others_changed_is_put_right() {
    let record = Record::small();
    let expected = record.built();
    let output = record.output();
    let page = output.join("om/index.html");

    let time = fs::metadata(&page).unwrap().modified().unwrap();
    let mut bytes = fs::read(&page).unwrap();
    bytes[100] ^= 1;
    fs::write(&page, &bytes).unwrap();
    fs::File::options().write(true).open(&page).unwrap().set_modified(time).unwrap();
    assert_eq!(puts_right(&record, &expected, "a byte").counts()[0], 1);

    fs::remove_file(&page).unwrap();
    puts_right(&record, &expected, "a removed file");
    fs::remove_dir_all(output.join("moeder")).unwrap();
    puts_right(&record, &expected, "a removed folder");

    fs::write(output.join("moeder/fremmed.html"), "x").unwrap();
    fs::create_dir_all(output.join("fremmed/dybt/nede")).unwrap();
    fs::write(output.join("fremmed/dybt/fil"), "x").unwrap();
    assert_eq!(puts_right(&record, &expected, "added files").counts(), [0, expected.len() - 1, 2]);
    assert!(!output.join("fremmed").exists(), "an added folder stays");

    fs::remove_file(&page).unwrap();
    fs::create_dir_all(page.join("mappe")).unwrap();
    fs::write(page.join("mappe/fil"), "x").unwrap();
    puts_right(&record, &expected, "a folder in a file's place");

    fs::remove_dir_all(output.join("sager")).unwrap();
    fs::write(output.join("sager"), "x").unwrap();
    puts_right(&record, &expected, "a file in a folder's place");

    let outside = record.root().join("udenfor");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("index.html"), fs::read(&page).unwrap()).unwrap();
    fs::remove_file(&page).unwrap();
    symlink(outside.join("index.html"), &page).unwrap();
    puts_right(&record, &expected, "a link in a page's place");
    fs::remove_dir_all(output.join("om")).unwrap();
    symlink(&outside, output.join("om")).unwrap();
    puts_right(&record, &expected, "a link in a folder's place");
    symlink("ingen-steder", output.join("hængende")).unwrap();
    puts_right(&record, &expected, "a hanging link");
    assert_eq!(fs::read(outside.join("index.html")).unwrap(), expected["om/index.html"], "a file outside was touched");

    fs::write(output.join(".well-known/security.txt"), "x").unwrap();
    puts_right(&record, &expected, "a dot-file of the record");
}

#[test]
fn dot_files_of_others_are_left_alone() {
    let record = Record::small();
    let mut expected = record.built();
    let output = record.output();
    for file in [".htaccess", "moeder/.htaccess", ".git/config", ".well-known/acme/x"] {
        fs::create_dir_all(output.join(file).parent().unwrap()).unwrap();
        fs::write(output.join(file), "x").unwrap();
        expected.insert(file.to_owned(), b"x".to_vec());
    }
    let run = puts_right(&record, &expected, "dot-files");
    assert_eq!(run.counts()[0], 0);
    // A withdrawn dot-file of the record goes all the same; those beside it stay.
    fs::remove_file(record.root().join("content/static/.well-known/security.txt")).unwrap();
    record.build();
    assert!(!output.join(".well-known/security.txt").exists());
    assert!(output.join(".well-known/acme/x").exists());
}

#[test]
fn a_folder_that_no_build_made_is_refused() {
    let record = Record::small();
    let output = record.output();
    fs::create_dir_all(output.join("mine")).unwrap();
    fs::write(output.join("mine/papirer.txt"), "vigtigt").unwrap();
    let before = Stamps::read(&output);
    let run = record.build();
    assert_eq!(run.code, 2, "{}", run.told);
    assert_eq!(Stamps::read(&output), before);
    fs::remove_dir_all(output.join("mine")).unwrap();
    assert_eq!(record.build().code, 0, "an empty folder is good");

    let file = record.root().join("fil");
    fs::write(&file, "x").unwrap();
    assert_eq!(Run::of(record.command().arg("--output").arg(&file)).code, 2, "a file is no folder");
    assert_eq!(fs::read(&file).unwrap(), b"x");
    for inside in ["content", "content/static", "themes/x"] {
        let run = Run::of(record.command().arg("--output").arg(record.root().join(inside)));
        assert_eq!(run.code, 2, "into {inside}: {}", run.told);
    }
}

#[test]
fn failing_content_leaves_the_output_as_it_was() {
    let record = Record::small();
    let expected = record.built();
    let before = Stamps::read(&record.output());
    record.write("content/pages/om.md", "+++\ntitel = \"Om\"\n+++\n\n[væk](findes-ikke.pdf)\n");
    let run = record.build();
    assert_eq!(run.code, 1, "{}", run.told);
    assert_eq!(Tree::diff(&expected, &Tree::read(&record.output())), Vec::<String>::new());
    assert_eq!(Stamps::read(&record.output()), before);
    fs::remove_dir_all(record.output()).unwrap();
    assert_eq!(record.build().code, 1);
    assert!(!record.output().exists(), "a failing build made its folder");
}

/// Both a template that cannot be read and one that fails only on some pages, after others were rendered.
#[test]
fn a_failing_template_leaves_the_output_as_it_was() {
    for template in ["{% if %}", "{{ view.title }}{% if view.title == \"Om\" %}{{ findes.ikke }}{% endif %}"] {
        let record = Record::small();
        record.write("content/pages/andet.md", "+++\ntitle = \"Andet\"\n+++\n");
        let expected = record.built();
        let before = Stamps::read(&record.output());
        record.write("themes/mit/templates/page.html", template);
        let config = format!("base_url = \"{BASE_URL}\"\ntitle = \"Et andet navn\"\ntheme = \"mit\"\n");
        record.write("sagnet.toml", &config);
        let run = record.build();
        assert_eq!(run.code, 1, "{}", run.told);
        assert!(run.told.contains("page.html"), "{}", run.told);
        assert_eq!(Tree::diff(&expected, &Tree::read(&record.output())), Vec::<String>::new());
        assert_eq!(Stamps::read(&record.output()), before);
        fs::remove_dir_all(record.output()).unwrap();
        assert_eq!(record.build().code, 1);
        assert!(!record.output().exists(), "a failing build made its folder");
    }
}

/// A limit on the size of a file stands for a full disk: writing fails in the middle of a file.
#[test]
fn a_full_disk_leaves_no_half_page() {
    let record = Record::small();
    let old = record.built();
    let big = "Et langt ord og et til. ".repeat(6000);
    record.write("content/pages/om.md", &format!("+++\ntitle = \"Om\"\n+++\n\n{big}\n"));
    record.write("content/pages/andet.md", &format!("+++\ntitle = \"Andet\"\n+++\n\n{big}\n"));
    let limited = |record: &Record| {
        let script = "trap '' XFSZ; ulimit -f 64; exec \"$@\"";
        let build = record.command();
        let mut shell = Command::new("sh");
        shell.args(["-c", script, "sh"]).arg(build.get_program()).args(build.get_args());
        Run::of(&mut shell)
    };
    let run = limited(&record);
    assert_eq!(run.code, 2, "{}", run.told);
    let clean = Tree::diff(&old, &Tree::read(&record.output()));
    assert_eq!(clean, Vec::<String>::new(), "what could not be staged changed the folder");
    let fresh = Record::small();
    fresh.write("content/pages/om.md", &format!("+++\ntitle = \"Om\"\n+++\n\n{big}\n"));
    assert_eq!(limited(&fresh).code, 2);
    assert!(!fresh.output().join("om/index.html").exists());
    assert_eq!(fresh.build().code, 0, "the next build, with room enough");
}

/// A disk that is full, where the tests may mount one.
#[test]
fn a_small_disk_leaves_no_half_page() {
    let disk = tempfile::tempdir().unwrap();
    let Some(_small) = Disk::mount(disk.path(), "1200k") else { return };
    let output = disk.path().join("public");
    let build = |record: &Record| Run::of(record.command().arg("--output").arg(&output));
    let record = Record::small();
    let first = build(&record);
    let old = Tree::read(&output);
    record.generate(20, 20, "ord");
    let full = build(&record);
    let left = Tree::read(&output);
    assert_eq!((first.code, full.code), (0, 2), "{}", full.told);
    assert_eq!(Tree::diff(&old, &left), Vec::<String>::new());
}

/// Builds are killed, some while they render and most while they put files into place; every page stays whole, and the
/// next build is as good as a clean one.
#[test]
fn a_killed_build_leaves_whole_pages() {
    const KILLS: u32 = 12;
    /// One of the first files to be put into place.
    const EARLY: &str = "emner/vand/feed.xml";
    let words = ["nyt", "gammelt"];
    let [new, old] = words.map(|word| Record::generated(10, 20, word).built());
    let record = Record::generated(10, 20, "gammelt");
    record.built();
    let output = record.output();
    let inode = || fs::metadata(output.join(EARLY)).map_or(0, |meta| meta.ino());
    let mut mixed = 0;
    for kill in 0..KILLS {
        record.generate(10, 20, words[kill as usize % 2]);
        let before = inode();
        let mut child = record.command().stderr(Stdio::null()).spawn().unwrap();
        if kill < 4 {
            sleep(Duration::from_millis(u64::from(kill) * 150));
        } else {
            while inode() == before && child.try_wait().unwrap().is_none() {}
            sleep(Duration::from_micros(u64::from(kill - 4) * 700));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        is_whole(&output, [&old, &new], &format!("kill {kill}"));
        let files = Tree::read(&output);
        let count = |state: &Files| files.iter().filter(|(file, bytes)| state.get(*file) == Some(bytes)).count();
        mixed += u32::from(count(&old) < old.len() - 1 && count(&new) < new.len() - 1);
    }
    println!("{mixed} of {KILLS} builds were killed between the first and the last file");
    record.generate(10, 20, "nyt");
    puts_right(&record, &new, "after the kills");
}

#[test]
fn two_builds_at_once_give_a_whole_site() {
    let record = Record::generated(10, 20, "ord");
    let expected = Record::generated(10, 20, "ord").built();
    for _ in 0..3 {
        let mut builds: Vec<_> = (0..2).map(|_| record.command().stderr(Stdio::piped()).spawn().unwrap()).collect();
        for build in &mut builds {
            assert!(build.wait().unwrap().success());
        }
        assert_eq!(Tree::diff(&expected, &Tree::read(&record.output())), Vec::<String>::new());
        fs::remove_dir_all(record.output()).unwrap();
    }
    record.built();
    assert_eq!(Site::load(&record.output(), BASE_URL).faults(), Vec::<String>::new());
}
