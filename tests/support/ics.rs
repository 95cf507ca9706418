//! Calendars, read as strictly as the strictest program that subscribes to one.
//!
//! Takes the bytes of an `.ics`; gives its addresses and its faults against RFC 5545: line ends,
//! lines over 75 octets, folds that split a character, BEGIN and END that do not pair, what a
//! calendar and an event must have, values that are not escaped.

use std::collections::BTreeSet;

use super::data::Document;
use super::html::Link;

/// The most octets of a line, without its CRLF.
const LINE: usize = 75;

struct Property {
    name: String,
    parameters: String,
    value: String,
}

/// Reads a calendar. `origin` is how the site's own addresses begin.
pub fn read_calendar(bytes: &[u8], origin: &str) -> Document {
    let mut document = Document::default();
    let lines = unfold(bytes, &mut document);
    let mut open: Vec<(String, Vec<Property>)> = Vec::new();
    let mut uids = BTreeSet::new();
    let mut calendars = 0;
    for line in lines {
        let Some(property) = property(&line) else {
            document.fault(&format!("“{line}” is no property"));
            continue;
        };
        match property.name.as_str() {
            "BEGIN" => {
                if property.value == "VCALENDAR" {
                    calendars += 1;
                }
                if open.is_empty() != (property.value == "VCALENDAR") {
                    document.fault(&format!("BEGIN:{} stands in the wrong place", property.value));
                }
                open.push((property.value, Vec::new()));
            }
            "END" => match open.pop() {
                Some((name, properties)) if name == property.value => {
                    finish(&mut document, &name, &properties, &mut uids);
                }
                _ => document.fault(&format!("END:{} ends nothing", property.value)),
            },
            _ => {
                add_links(&mut document, &property, origin);
                check_value(&mut document, &property);
                match open.last_mut() {
                    Some((_, properties)) => properties.push(property),
                    None => document.fault(&format!("{} outside the calendar", property.name)),
                }
            }
        }
    }
    for (name, _) in open {
        document.fault(&format!("BEGIN:{name} has no END"));
    }
    if calendars != 1 {
        document.fault(&format!("{calendars} calendars, not one"));
    }
    document
}

/// The logical lines, with the physical ones checked.
fn unfold(bytes: &[u8], document: &mut Document) -> Vec<String> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        document.fault("a byte order mark");
    }
    if !bytes.ends_with(b"\r\n") {
        document.fault("the last line does not end in CRLF");
    }
    let mut logical: Vec<String> = Vec::new();
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let number = number + 1;
        let Some(line) = line.strip_suffix(b"\r") else {
            if !line.is_empty() {
                document.fault(&format!("line {number} does not end in CRLF"));
            }
            continue;
        };
        if line.len() > LINE {
            document.fault(&format!("line {number} has {} octets, over {LINE}", line.len()));
        }
        let Ok(text) = std::str::from_utf8(line) else {
            document.fault(&format!("line {number} is no UTF-8, or a fold splits a character"));
            continue;
        };
        if text.chars().any(|c| c.is_control() && c != '\t') {
            document.fault(&format!("line {number} has a control character"));
        }
        match (text.strip_prefix([' ', '\t']), logical.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            (Some(_), None) => document.fault("the first line is a continuation"),
            (None, _) if text.is_empty() => document.fault(&format!("line {number} is empty")),
            (None, _) => logical.push(text.to_owned()),
        }
    }
    logical
}

fn property(line: &str) -> Option<Property> {
    let mut quoted = false;
    let colon = line.find(|c| {
        quoted ^= c == '"';
        c == ':' && !quoted
    })?;
    let (name, parameters) = line[..colon].split_once(';').unwrap_or((&line[..colon], ""));
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    is_name.then(|| Property {
        name: name.to_ascii_uppercase(),
        parameters: parameters.to_ascii_uppercase(),
        value: line[colon + 1..].to_owned(),
    })
}

fn finish(document: &mut Document, name: &str, properties: &[Property], uids: &mut BTreeSet<String>) {
    let find = |wanted: &str| properties.iter().find(|property| property.name == wanted);
    let (once, at_most_once): (&[&str], &[&str]) = match name {
        "VCALENDAR" => (&["VERSION", "PRODID"], &["CALSCALE", "METHOD"]),
        "VEVENT" => (
            &["UID", "DTSTAMP", "DTSTART", "SUMMARY"],
            &["DTEND", "STATUS", "URL", "LOCATION", "DESCRIPTION", "SEQUENCE"],
        ),
        _ => (&[], &[]),
    };
    for wanted in once.iter().chain(at_most_once) {
        let count = properties.iter().filter(|property| property.name == *wanted).count();
        if count > 1 || (count == 0 && once.contains(wanted)) {
            document.fault(&format!("{name} has {count} {wanted}"));
        }
    }
    if name == "VCALENDAR" && find("VERSION").is_some_and(|version| version.value != "2.0") {
        document.fault("VERSION is not 2.0");
    }
    if name != "VEVENT" {
        return;
    }
    if let Some(uid) = find("UID")
        && !uids.insert(uid.value.clone())
    {
        document.fault(&format!("the UID {} stands twice", uid.value));
    }
    for wanted in ["DTSTART", "DTEND", "DTSTAMP"] {
        if let Some(time) = find(wanted) {
            check_time(document, time);
        }
    }
    if let (Some(start), Some(end)) = (find("DTSTART"), find("DTEND")) {
        if start.parameters != end.parameters {
            document.fault("DTSTART and DTEND have different parameters");
        } else if end.value <= start.value {
            document.fault(&format!("DTEND {} is not after {}", end.value, start.value));
        }
    }
    if let Some(status) = find("STATUS")
        && !matches!(status.value.as_str(), "CONFIRMED" | "TENTATIVE" | "CANCELLED")
    {
        document.fault(&format!("STATUS {} is unknown", status.value));
    }
}

fn check_time(document: &mut Document, time: &Property) {
    let shape: String = time.value.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let is_date = time.parameters.split(';').any(|parameter| parameter == "VALUE=DATE");
    let good = match (time.name.as_str(), is_date) {
        ("DTSTAMP", _) => shape == "00000000T000000Z",
        (_, true) => shape == "00000000",
        (_, false) => matches!(shape.as_str(), "00000000T000000" | "00000000T000000Z"),
    };
    if !good {
        document.fault(&format!("{};{}:{} is no time", time.name, time.parameters, time.value));
    }
}

/// Text values have `,` `;` and `\` escaped.
fn check_value(document: &mut Document, property: &Property) {
    if !matches!(property.name.as_str(), "SUMMARY" | "DESCRIPTION" | "LOCATION" | "COMMENT") {
        return;
    }
    let mut escaped = false;
    for c in property.value.chars() {
        let bad = if escaped { !matches!(c, '\\' | ',' | ';' | 'n' | 'N') } else { matches!(c, ',' | ';') };
        if bad {
            document.fault(&format!("{} is not escaped: {}", property.name, property.value));
            return;
        }
        escaped = c == '\\' && !escaped;
    }
    if escaped {
        document.fault(&format!("{} ends in a backslash", property.name));
    }
}

fn add_links(document: &mut Document, property: &Property, origin: &str) {
    let mut push = |address: &str| {
        document.links.push(Link {
            place: property.name.clone(),
            address: address.to_owned(),
            followed: false,
            own_absolute: true,
        });
    };
    if matches!(property.name.as_str(), "URL" | "ATTACH" | "SOURCE") {
        push(&property.value);
    } else if property.value.contains(origin) {
        let plain = property.value.replace("\\n", "\n").replace("\\N", "\n").replace('\\', "");
        for word in plain.split_whitespace() {
            if let Some(at) = word.find(origin) {
                push(word[at..].trim_end_matches(['.', ',', ')', '>']));
            }
        }
    }
}
