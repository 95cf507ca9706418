//! The text in the footer of every page, which stands in sagnet.toml.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Place, faults};
use crate::link::{Claim, Goal, Goals};
use crate::model::Address;
use crate::parse::markdown::{self, Body, Context, Detector, Kind, Labels, Reference, Target};
use percent_encoding::percent_decode_str;

/// The footer's contact text, and the addresses of the site that it links to. It stands on every page, so a path from a
/// folder leads nowhere.
pub fn contact(
    config: &Config,
    detector: &Detector,
    labels: &Labels,
    text: &str,
    claims: &mut Vec<Claim>,
    out: &mut Vec<Diagnostic>,
) -> Option<(Body, Goals)> {
    let value = config.contact.as_ref()?;
    let context = Context { config, detector, labels, path: &config.path, source: text };
    let text = markdown::parse(&context, Kind::Status, &value.value, value.span.clone(), out).0;
    let goal = |reference: &Reference| {
        let (Target::Link(written, _) | Target::Image(written, ..)) = &reference.target else { return None };
        let (path, fragment) = written.split_once('#').map_or((written.as_str(), None), |(path, f)| (path, Some(f)));
        let place = Place::at(&config.path, &reference.span);
        if !path.starts_with('/') {
            out.push(faults::BROKEN_LINK.at(&config.path, &reference.span).with("target", written));
            return None;
        }
        let address = Address::linked(&percent_decode_str(path).decode_utf8_lossy());
        claims.push(Claim { address: address.clone(), written: written.clone(), place });
        Some(Goal { address, fragment: fragment.map(str::to_owned), mention: None })
    };
    let goals = text.ends.references.iter().map(goal).collect();
    Some((text.body, goals))
}
