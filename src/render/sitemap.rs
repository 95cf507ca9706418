//! `sitemap.xml` and `robots.txt`. A sitemap holds 50,000 addresses; above, several are listed by an index.

use super::Publication;
use crate::model::Address;
use crate::plan::{SITEMAP_LIMIT, sitemap_address};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// A part of the sitemap, or their index (`usize::MAX`).
pub fn sitemap(publication: &Publication<'_>, part: usize) -> Vec<u8> {
    let pages = publication.record.listed();
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
            .map(|(address, updated)| (publication.absolute(address), updated.map(|day| day.to_string())));
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

/// Everything may be read, and here is the list.
pub fn robots(publication: &Publication<'_>) -> Vec<u8> {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", publication.absolute(&Address::new("/sitemap.xml")))
        .into_bytes()
}
