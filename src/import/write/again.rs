//! Whatever documents and people write: a document that was written changes nothing when it comes again, and the
//! generator finds no fault in what was written.

use super::Trouble;
use super::apply;
use super::round_trip::{blocks, nasty};
use super::tests::{applied, config, item, planned};
use crate::diagnostic::Code;
use crate::import::block::Text;
use crate::import::draft::{Attachment, Draft, Group, Person, Section, State};
use crate::parse::markdown::{Detector, Labels};
use crate::parse::{Reading, parse};
use crate::read::{Source, Written};
use proptest::prelude::*;
use std::fs;

/// What the generator says of a file.
fn faults(path: &str, text: &str) -> Vec<Code> {
    let config = config();
    let (detector, labels) = (Detector::new(&config), Labels::default());
    let reading = Reading { config: &config, detector: &detector, labels: &labels, drafts: false };
    let source = Source { path: path.into(), disk: path.into(), stamp: Default::default() };
    let written = Written { text: Some(text.into()), hash: 0, fault: None };
    parse(&source, written, false, &reading).0.faults.iter().map(|fault| fault.fault.code).collect()
}

/// Drafts of whatever stands in documents, with numbers of their own.
fn drafts() -> impl Strategy<Value = Draft> {
    let heading =
        prop::sample::select(vec!["Baggrund", "Indstilling", "Drøftelse", "Beslutning", "Bilag", "*Andet* [^1]"]);
    let sections = prop::collection::vec((prop::option::weighted(0.9, heading), blocks()), 0..4);
    let item =
        (nasty(), nasty(), blocks(), sections, any::<bool>()).prop_map(|(title, more, status, sections, closed)| {
            let mut made = item("", &format!("Punkt {title}"));
            made.responsible = vec![more.clone(), "Ø".into()];
            made.attachments = vec![Attachment { title: more, url: None }];
            made.process_status = status;
            made.closed = closed;
            let section = |(heading, blocks): (Option<&str>, _)| Section { heading: heading.map(Text::plain), blocks };
            made.sections = sections.into_iter().map(section).collect();
            made
        });
    (prop::collection::vec(item, 0..3), blocks(), nasty(), any::<bool>()).prop_map(
        |(mut items, lead, text, minutes)| {
            for (at, item) in items.iter_mut().enumerate() {
                item.number = format!("1.{}", at + 1);
            }
            let state = if minutes { State::Minutes } else { State::Agenda };
            let person = Person { name: format!("A {text}"), role: Some(text.clone()), ..Person::default() };
            let participants = vec![Group { name: format!("G {text}"), people: vec![person] }];
            Draft { state, place: Some(text), items, lead, participants, ..Draft::default() }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, ..ProptestConfig::default() })]

    #[test]
    fn a_document_that_was_written_changes_nothing(
        first in drafts(), second in drafts(), by_hand in nasty(), update in any::<bool>()
    ) {
        let root = tempfile::tempdir().unwrap();
        let plan = applied(root.path(), &first);
        for change in &plan.changes {
            let mut faults = faults(&change.path, &change.after);
            // Above the first section, no heading is the next below the title; and a draft may have no ground.
            faults.retain(|code| !matches!(code, Code::HeadingOrder | Code::ClosedWithoutGround));
            prop_assert_eq!(faults, vec![], "{}", change.after);
        }
        let again = planned(root.path(), &first, false).unwrap();
        prop_assert_eq!(again.changes, vec![]);
        prop_assert_eq!(again.differences, vec![]);
        // A person writes into every file.
        for entry in fs::read_dir(root.path().join("content/meetings/2025-11-27")).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let text = text.replacen("+++\n", "+++\n# Mit\ndraft = false # nu\n", 1) + "\n## Mit eget\n\n" + &by_hand + "\n";
            fs::write(&path, text).unwrap();
        }
        let again = planned(root.path(), &first, false).unwrap();
        prop_assert_eq!(&again.changes, &vec![]);
        // Then another document of the meeting comes, and comes again.
        match planned(root.path(), &second, update) {
            Ok(plan) => {
                apply(root.path(), &plan).unwrap();
                let again = planned(root.path(), &second, update).unwrap();
                prop_assert_eq!(again.changes, vec![]);
                if !update {
                    prop_assert_eq!(again.differences, plan.differences);
                }
            }
            // What a person wrote may reach into what follows; it is then left alone.
            Err(trouble) => prop_assert!(matches!(trouble, Trouble::Fragile { .. }), "{:?}", trouble),
        }
    }
}
