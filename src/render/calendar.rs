//! iCalendar files: of every meeting with an exact date, and of one.
//!
//! Times are written in UTC, from the configured time zone; a meeting without a time is an event of the whole day. No
//! clock is asked: `DTSTAMP` is the day that the meeting's newest state was published.

use super::Publication;
use crate::link::{Meeting, MeetingIx};
use crate::parse::Status;
use crate::plan::Job;
use icalendar::{Calendar, Component, Event, EventLike, Parameter, Property};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// The calendar beside a job's page: of its meeting, or of all.
pub fn calendar(publication: &Publication<'_>, job: &Job) -> Vec<u8> {
    let catalogue = &publication.record;
    let site = publication.config.title.as_str();
    let name = publication.language.fill("feeds", "calendar", &[("site", site)]);
    let meetings: Vec<MeetingIx> = match job {
        Job::Meeting(ix) => vec![*ix],
        _ => catalogue.meetings().collect(),
    };
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//sagnet//sagnet//DA"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    if !matches!(job, Job::Meeting(_)) {
        calendar.append_property(Property::new("X-WR-CALNAME", name));
    }
    for meeting in meetings.into_iter().map(|ix| &catalogue[ix]) {
        if let Some(day) = meeting.doc.date.exact() {
            calendar.push(event(publication, meeting, day));
        }
    }
    calendar.to_string().into_bytes()
}

fn event(publication: &Publication<'_>, meeting: &Meeting, day: Date) -> Event {
    let doc = &meeting.doc;
    let zone = &publication.config.time_zone;
    let mut event = Event::new();
    event.uid(&format!("{}@{}", doc.id, publication.config.authority));
    event.summary(&doc.title);
    event.add_property("DTSTAMP", format!("{}T000000Z", meeting.updated().strftime("%Y%m%d")));
    event.add_property("URL", publication.absolute(&meeting.address));
    event.add_property(
        "STATUS",
        match meeting.status {
            Status::Cancelled => "CANCELLED",
            Status::Planned => "TENTATIVE",
            Status::Agenda | Status::Minutes => "CONFIRMED",
        },
    );
    if let Some(place) = &doc.place {
        event.location(place);
    }
    match doc.start.and_then(|start| utc(day, start, zone)) {
        Some(start) => {
            event.add_property("DTSTART", start);
            if let Some(end) = doc.end.and_then(|end| utc(day, end, zone)) {
                event.add_property("DTEND", end);
            }
        }
        None => {
            event.append_property(whole_day("DTSTART", day));
            event.append_property(whole_day("DTEND", day.tomorrow().unwrap_or(day)));
        }
    }
    event.done()
}

fn whole_day(key: &str, day: Date) -> Property {
    let mut property = Property::new(key, day.strftime("%Y%m%d").to_string());
    property.append_parameter(Parameter::new("VALUE", "DATE"));
    property
}

/// A time of a day in a time zone as UTC, `20251127T090000Z`.
fn utc(day: Date, time: Time, zone: &TimeZone) -> Option<String> {
    let at = day.to_datetime(time).to_zoned(zone.clone()).ok()?;
    Some(at.with_time_zone(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string())
}
