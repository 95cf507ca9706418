//! A second document comes to a meeting that people have worked on: nothing of theirs goes, nothing is confused.

use super::tests::{applied, item, planned};
use super::{Unit, apply};
use crate::import::block::{Kind, Text};
use crate::import::draft::{Attachment, Draft, Section, State};
use std::fs;
use std::path::Path;

const FOLDER: &str = "content/meetings/2025-11-27";

fn write(root: &Path, name: &str, text: &str) {
    fs::create_dir_all(root.join(FOLDER)).unwrap();
    fs::write(root.join(FOLDER).join(name), text).unwrap();
}

fn read(root: &Path, name: &str) -> String {
    fs::read_to_string(root.join(FOLDER).join(name)).unwrap()
}

fn draft(state: State, items: &[(&str, &str)]) -> Draft {
    Draft { state, items: items.iter().map(|(number, title)| item(number, title)).collect(), ..Draft::default() }
}

#[test]
fn what_people_gave_an_attachment_stays() {
    let forms = [
        // As the writer has it, with a comment and another block behind it.
        (
            "+++\nnumber = \"1\"\ntitle = \"Budget\"\n\n[[attachments]]\ntitle = \"plan\" # vores\nfile = \"plan.pdf\"\n\
             sider = 3\n\n[[attachments]]\ntitle = \"Eget\"\n\n# Rettet\n[[corrections]]\nreason = \"x\"\n+++\n",
            "title = \"Eget\"\n",
            "title = \"Eget\"\n\n[[attachments]]\ntitle = \"Ny: 1\"\n\n[[attachments]]\ntitle = \"To\"\nurl = \"https://x.dk/2\"\n",
        ),
        (
            "+++\nnumber = \"1\"\ntitle = \"Budget\"\nattachments = [\n  { title = \"PLAN\", file = \"plan.pdf\" }, # a\n  \
             { title = \"Eget\" }\n]\n+++\n",
            "{ title = \"Eget\" }\n",
            "{ title = \"Eget\" },\n  { title = \"Ny: 1\" },\n  { title = \"To\", url = \"https://x.dk/2\" }\n",
        ),
        (
            "---\nnumber: '1'\ntitle: Budget\nattachments:\n  # vores\n  - title: Plan\n    file: plan.pdf\n  - title: Eget\n\
             # Mere\ntopics: [a]\n---\n",
            "- title: Eget\n",
            "- title: Eget\n  - title: \"Ny: 1\"\n  - {\"title\": \"To\", \"url\": \"https://x.dk/2\"}\n",
        ),
        (
            "---\nnumber: '1'\ntitle: Budget\nattachments: [{title: Plan, file: plan.pdf}]\n---\n",
            "plan.pdf}]",
            "plan.pdf}, {\"title\": \"Ny: 1\"}, {\"title\": \"To\", \"url\": \"https://x.dk/2\"}]",
        ),
    ];
    for (hand, old, new) in forms {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "_index.md", "+++\ntitle = \"x\"\n+++\n");
        write(root.path(), "1.md", hand);
        let mut draft = draft(State::Agenda, &[("1", "Budget")]);
        let entry = |title: &str, url: Option<&str>| Attachment { title: title.into(), url: url.map(str::to_owned) };
        draft.items[0].attachments = vec![entry("Plan", Some("https://x.dk/plan"))];
        // A file says more than a link, and what only the disk has stays.
        for update in [false, true] {
            let plan = planned(root.path(), &draft, update).unwrap();
            assert_eq!((plan.changes, plan.differences), (vec![], vec![]), "{hand}");
        }
        draft.items[0].attachments.extend([entry("Ny: 1", None), entry("To", Some("https://x.dk/2"))]);
        let plan = planned(root.path(), &draft, false).unwrap();
        assert_eq!((plan.changes.len(), plan.differences.len(), plan.differences[0].taken), (0, 1, false));
        let plan = planned(root.path(), &draft, true).unwrap();
        assert!(plan.differences[0].taken, "{hand}");
        apply(root.path(), &plan).unwrap();
        assert_eq!(read(root.path(), "1.md"), hand.replace(old, new));
        let again = planned(root.path(), &draft, true).unwrap();
        assert_eq!((again.changes, again.differences), (vec![], vec![]));
    }
}

#[test]
fn a_link_that_people_gave_is_told_and_stays() {
    let root = tempfile::tempdir().unwrap();
    let mut draft = draft(State::Agenda, &[("1", "Budget")]);
    draft.items[0].attachments = vec![Attachment { title: "Plan".into(), url: Some("https://x.dk/1".into()) }];
    applied(root.path(), &draft);
    draft.items[0].attachments[0].url = Some("https://x.dk/2".into());
    let plan = planned(root.path(), &draft, true).unwrap();
    assert_eq!(plan.changes, []);
    assert!(!plan.differences[0].taken && plan.differences[0].theirs.contains("x.dk/2"));
}

#[test]
fn a_printed_title_is_compared() {
    let root = tempfile::tempdir().unwrap();
    let mut draft = draft(State::Agenda, &[("1", "Budget")]);
    applied(root.path(), &draft);
    let before = read(root.path(), "_index.md");
    draft.title = Some("Ekstraordinært  møde".into());
    let plan = planned(root.path(), &draft, false).unwrap();
    assert_eq!(plan.changes, []);
    let told: Vec<_> = plan.differences.iter().map(|told| (&told.what, &*told.theirs, told.taken)).collect();
    assert_eq!(told, [(&Unit::Field("title"), "Ekstraordinært møde", false)]);
    let plan = planned(root.path(), &draft, true).unwrap();
    assert!(plan.differences[0].taken);
    apply(root.path(), &plan).unwrap();
    assert_eq!(read(root.path(), "_index.md"), before.replace("Møde den 27. november 2025", "Ekstraordinært møde"));
    assert_eq!(planned(root.path(), &draft, false).unwrap().differences, []);
}

#[test]
fn an_agenda_after_the_minutes_renumbers_nothing() {
    let root = tempfile::tempdir().unwrap();
    let mut minutes = draft(State::Minutes, &[("1", "Budget 2026"), ("2", "Lokaler i havnen")]);
    let text = super::round_trip::block(Kind::Paragraph(Text::plain("Godkendt.")));
    minutes.items[0].sections = vec![Section { heading: Some(Text::plain("Beslutning")), blocks: vec![text] }];
    applied(root.path(), &minutes);
    let agenda = draft(State::Agenda, &[("1", "Budget 2026"), ("3", "Lokaler i havnen")]);
    for update in [false, true] {
        let plan = planned(root.path(), &agenda, update).unwrap();
        assert_eq!((plan.changes, plan.renumbered), (vec![], vec![]));
        let told: Vec<_> = plan.differences.iter().map(|told| (&told.what, &*told.theirs, told.taken)).collect();
        assert_eq!(told, [(&Unit::Field("number"), "3", false)]);
    }
}

#[test]
fn no_item_gets_a_number_that_another_keeps() {
    let root = tempfile::tempdir().unwrap();
    applied(root.path(), &draft(State::Agenda, &[("1", "Budget 2026"), ("2", "Lokaler i havnen"), ("3", "Eventuelt")]));
    // What had the number 3 is not in the minutes and keeps it; so the second keeps 2, and so the first keeps 1.
    let minutes = draft(State::Minutes, &[("2", "Budget 2026"), ("3", "Lokaler i havnen")]);
    for update in [false, true] {
        let plan = planned(root.path(), &minutes, update).unwrap();
        assert_eq!((plan.changes, plan.renumbered), (vec![], vec![]));
        let told: Vec<_> = plan.differences.iter().map(|told| (&*told.ours, &*told.theirs, told.taken)).collect();
        assert_eq!(told, [("1", "2", false), ("2", "3", false)]);
    }
}
