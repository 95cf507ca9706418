//! The name of an item's file: free for whoever writes it, so it only has to tell people what is in it.

use super::slug::slug;
use crate::privacy::cpr;

/// The longest name of an item's file, in characters, without its ending: it need not hold the whole title.
const LONGEST: usize = 80;

/// The name of an item's file without its ending: `2-2-digitalt-samtykke`. A title that holds a CPR number gives no word
/// of it, for names stand in addresses, logs and the history.
pub fn item_file(number: &str, title: &str) -> String {
    let words = slug(title);
    // A slug can bring together what stood apart in the title: `010190/1234`.
    let private = [title, &words].iter().any(|text| !cpr::find(text).is_empty());
    let words = if private { "" } else { &words };
    let name: String = format!("{}-{words}", slug(number)).chars().take(LONGEST).collect();
    name.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::item_file;

    #[test]
    fn a_name_holds_no_cpr_number() {
        assert_eq!(item_file("2.2", "Digitalt samtykke"), "2-2-digitalt-samtykke");
        for title in ["Klage fra 010190-1234", "Klage 0101901234 igen", "Klage 010190/1234", "010190 - 1234"] {
            assert_eq!(item_file("2.2", title), "2-2", "{title}");
        }
        assert_eq!(item_file("", "010190-1234"), "");
    }
}
