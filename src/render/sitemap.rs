//! `sitemap.xml` and `robots.txt`. A sitemap holds 50,000 addresses; above, several are listed by an index.

use super::Publication;
use crate::link::PageRef;
use crate::model::Address;
use crate::plan::{Job, Plan, Planned, SITEMAP_LIMIT, sitemap_address};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A part of the sitemap, or their index (`usize::MAX`).
pub fn sitemap(publication: &Publication<'_>, plan: &Plan, part: usize) -> Vec<u8> {
    let pages: Vec<&Planned> = plan.jobs.iter().filter(|planned| planned.is_listed()).collect();
    let mut writer = Writer::new(Vec::new());
    // Writing into memory cannot fail.
    let _ = if part == usize::MAX {
        let parts = (0..pages.len().div_ceil(SITEMAP_LIMIT)).map(|part| sitemap_address(part, pages.len()));
        write(&mut writer, "sitemapindex", "sitemap", parts.map(|address| (publication.absolute(&address), None)))
    } else {
        let from = (part * SITEMAP_LIMIT).min(pages.len());
        let to = (from + SITEMAP_LIMIT).min(pages.len());
        let entries = pages[from..to]
            .iter()
            .map(|planned| (publication.absolute(&planned.address), updated(publication, planned)));
        write(&mut writer, "urlset", "url", entries)
    };
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write(
    writer: &mut Writer<Vec<u8>>,
    root: &str,
    element: &str,
    entries: impl Iterator<Item = (String, Option<String>)>,
) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.write_event(Event::Start(BytesStart::new(root).with_attributes([("xmlns", NAMESPACE)])))?;
    for (address, updated) in entries {
        writer.write_event(Event::Start(BytesStart::new(element)))?;
        writer.create_element("loc").write_text_content(BytesText::new(&address))?;
        if let Some(updated) = updated {
            writer.create_element("lastmod").write_text_content(BytesText::new(&updated))?;
        }
        writer.write_event(Event::End(BytesEnd::new(element)))?;
    }
    writer.write_event(Event::End(BytesEnd::new(root)))
}

/// The day that a page last changed, where something dates it.
fn updated(publication: &Publication<'_>, planned: &Planned) -> Option<String> {
    let page = match &planned.job {
        Job::Front => PageRef::Front,
        Job::Meeting(ix) => PageRef::Meeting(*ix),
        Job::Item(ix) => PageRef::Item(*ix),
        Job::Case(ix) => PageRef::Case(*ix),
        Job::Topic { topic, .. } => PageRef::Topic(*topic),
        _ => return None,
    };
    publication.updated(page).map(|day| day.to_string())
}

/// Everything may be read, and here is the list.
pub fn robots(publication: &Publication<'_>) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", publication.absolute(&Address::new("/sitemap.xml")))
        .into_bytes()
}
