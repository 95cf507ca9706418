//! A small site without a fault, in memory: what `tests/checker.rs` adds one fault at a time to.
//!
//! Takes nothing; gives the files of a site built for [`BASE_URL`], which has a path.

use std::collections::BTreeMap;

/// The address that the sample is built for.
pub const BASE_URL: &str = "https://raad.example/data";

/// The sample's files by path.
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let own = BASE_URL;
    let front = r#"<h1>Rådet</h1>
        <p><a href="/data/sager/SAG-2025-03929/">SAG-2025-03929</a>, <a href="om/">om</a>,
        <a href="https://elsewhere.example/">andetsteds</a>, <a href="moeder.ics">kalender</a>
        <a href="mailto:raad@raad.example">skriv</a>
        <a href="https://raad.example/">kommunen</a></p>
        <form action="/data/om/?q=1"><input name="q" aria-label="Ord"></form>
        <img src="/data/assets/skjold.svg" srcset="/data/assets/skjold.svg 2x" alt="">"#;
    let case = r##"<h1 id="top-1">SAG-2025-03929</h1><h2 id="forløb">Forløb</h2>
        <a href="#forl%C3%B8b">Forløb</a> <a href="index.json">data</a>
        <a href="/data/sager/SAG-2025-03929/#top-1">her</a>
        <table><thead><tr><th scope="col">Dato</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"##;
    let redirect = format!(
        r#"<!doctype html><html lang="da"><head><title>Flyttet</title>
        <meta http-equiv="refresh" content="0; url=/data/om/">
        <link rel="canonical" href="{own}/om/"></head><body><a href="/data/om/">Flyttet</a></body></html>"#
    );
    let json = format!(
        r##"{{"kind":"item","url":"{own}/sager/SAG-2025-03929/","title":"t",
        "sections":[{{"html":"<p><a href=\"{own}/om/\">om</a> <a href=\"#top-1\">op</a></p>"}}],
        "attachments":[{{"title":"b","url":"https://elsewhere.example/b.pdf"}},{{"title":"c","url":null}}],
        "links":["{own}/om/"]}}"##
    );
    let feed = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom"><id>tag:raad.example,2025:alt</id><title>Rådet</title>
        <updated>2025-11-27T00:00:00+01:00</updated><author><name>Rådet</name></author>
        <link rel="self" href="{own}/feed.xml"/><link href="{own}/"/>
        <entry><id>tag:raad.example,2025:1</id><title>A &amp; B &#230;</title><updated>2025-11-27T00:00:00Z</updated>
        <link href="{own}/om/"/><content type="html">&lt;a href="{own}/om/"&gt;om&lt;/a&gt;</content></entry></feed>"#
    );
    let urls: String = ["", "om/", "sager/SAG-2025-03929/"]
        .iter()
        .map(|path| format!("<url><loc>{own}/{path}</loc><lastmod>2025-11-27</lastmod></url>"))
        .collect();
    let sitemap = format!(r#"<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>"#);
    let ics = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//raad//sample//DA\r\nBEGIN:VEVENT\r\n\
         UID:1@raad.example\r\nDTSTAMP:20251127T000000Z\r\nDTSTART;VALUE=DATE:20251127\r\n\
         SUMMARY:Møde\\, det\r\n  lange\r\nURL:{own}/om/\r\nSTATUS:CONFIRMED\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let texts = [
        ("index.html", page("index.html", "Forside", front)),
        ("om/index.html", page("om/index.html", "Om", r#"<h1>Om</h1><a href="../">Op</a>"#)),
        ("sager/SAG-2025-03929/index.html", page("sager/SAG-2025-03929/index.html", "SAG-2025-03929", case)),
        ("404.html", page("404.html", "Ikke fundet", r#"<h1>404</h1><a href="/data/">Forsiden</a>"#)),
        ("gammel/index.html", redirect),
        ("sager/SAG-2025-03929/index.json", json),
        ("feed.xml", feed),
        ("sitemap.xml", sitemap),
        ("robots.txt", format!("User-agent: *\nSitemap: {own}/sitemap.xml\n")),
        ("moeder.ics", ics),
        ("assets/site.css", "body { background: url(\"skjold.svg\") }".to_owned()),
        ("assets/skjold.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned()),
    ];
    texts.into_iter().map(|(file, text)| (file.to_owned(), text.into_bytes())).collect()
}

fn page(file: &str, title: &str, body: &str) -> String {
    let address = format!("{BASE_URL}/{}", file.trim_end_matches("index.html"));
    format!(
        r#"<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{title}</title>
        <link rel="canonical" href="{address}"><meta property="og:url" content="{address}">
        <link rel="stylesheet" href="/data/assets/site.css">
        <link rel="alternate" type="application/atom+xml" href="/data/feed.xml"></head>
        <body><main>{body}</main></body></html>"#
    )
}
