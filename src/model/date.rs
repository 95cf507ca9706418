//! Dates of meetings: exact, or EDTF where only a month, a year or an interval is known.
//!
//! Takes text of EDTF level 1, gives the first and the last day that it can mean.

use edtf::level_1::{Certainty, Date as EdtfDate, Edtf, Precision};
use jiff::civil::Date;

/// The date of a meeting as written, and the days it can be.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct MeetingDate {
    edtf: String,
    earliest: Date,
    latest: Date,
}

/// What a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The day.
    Day(Date),
    /// The month: its year and number from 1.
    Month(i16, i8),
    /// The year.
    Year(i16),
    /// One day from the first to the last, both included.
    Between(Date, Date),
}

impl MeetingDate {
    /// Reads EDTF: a day, a month, a year, or an interval between two of them whose ends are both known.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (earliest, latest) = match Edtf::parse(text).ok()? {
            Edtf::Date(date) => days(date)?,
            Edtf::Interval(from, to) => (days(from)?.0, days(to)?.1),
            _ => return None,
        };
        (earliest <= latest).then(|| Self { edtf: text.to_owned(), earliest, latest })
    }

    /// An exact date.
    pub fn day(date: Date) -> Self {
        Self { edtf: date.to_string(), earliest: date, latest: date }
    }

    /// As written (EDTF).
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// The first day that it can be: what it is ordered by.
    pub fn earliest(&self) -> Date {
        self.earliest
    }

    /// The last day that it can be.
    pub fn latest(&self) -> Date {
        self.latest
    }

    /// The day, where it is known.
    pub fn exact(&self) -> Option<Date> {
        (self.earliest == self.latest).then_some(self.earliest)
    }

    /// The year and month, where both are known.
    pub fn month(&self) -> Option<(i16, i8)> {
        let month = |date: Date| (date.year(), date.month());
        (month(self.earliest) == month(self.latest)).then(|| month(self.earliest))
    }

    /// What is known, for writing it out.
    pub fn known(&self) -> Known {
        let (from, to) = (self.earliest, self.latest);
        let whole_months = from.day() == 1 && to == to.last_of_month();
        if from == to {
            Known::Day(from)
        } else if whole_months && self.month().is_some() {
            Known::Month(from.year(), from.month())
        } else if whole_months && from.year() == to.year() && from.month() == 1 && to.month() == 12 {
            Known::Year(from.year())
        } else {
            Known::Between(from, to)
        }
    }
}

/// The first and last day of an EDTF date of a known year.
fn days(date: EdtfDate) -> Option<(Date, Date)> {
    let day = |year: i32, month: u32, day: u32| {
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    if date.certainty() != Certainty::Certain {
        return None;
    }
    match date.precision() {
        Precision::Day(y, m, d) => day(y, m, d).map(|date| (date, date)),
        Precision::Month(y, m) | Precision::DayOfMonth(y, m) => day(y, m, 1).map(|date| (date, date.last_of_month())),
        Precision::Year(y) | Precision::MonthOfYear(y) | Precision::DayOfYear(y) => {
            Some((day(y, 1, 1)?, day(y, 12, 31)?))
        }
        _ => None,
    }
}

/// An exact date in the form `2025-11-27`.
pub fn parse_day(text: &str) -> Option<Date> {
    MeetingDate::parse(text)?.exact()
}

#[cfg(test)]
mod tests {
    use super::{Known, MeetingDate};
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn edtf_gives_the_days_it_can_be() {
        let known = |text: &str| MeetingDate::parse(text).map(|date| date.known());
        assert_eq!(known("2025-11-27"), Some(Known::Day(date(2025, 11, 27))));
        assert_eq!(known("2025-09"), Some(Known::Month(2025, 9)));
        assert_eq!(known("2024-02-XX"), Some(Known::Month(2024, 2)));
        assert_eq!(known("2025"), Some(Known::Year(2025)));
        assert_eq!(known("2025-06-11/2025-11-27"), Some(Known::Between(date(2025, 6, 11), date(2025, 11, 27))));
        for wrong in [
            "",
            "2025-13",
            "2025-02-29",
            "27-11-2025",
            "2025-11-27/2025-06-11",
            "2025-06/..",
            "i går",
            "Y123456",
            "2025-03-01?",
            "2025~",
        ] {
            assert_eq!(known(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_day_round_trips(year in 1i16..=9999, month in 1i8..=12, day in 1i8..=28) {
            let written = date(year, month, day);
            let read = MeetingDate::parse(&written.to_string());
            prop_assert_eq!(read.and_then(|d| d.exact()), Some(written));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = MeetingDate::parse(&text);
        }
    }
}
