//! Values that stay bytes until someone wants them: of most documents that a build remembers, nobody does.
//!
//! Takes a value, or the bytes that a build before made of it; gives the value, and a hash that changes with it.

use crate::stamp;
use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::OnceLock;

/// A value that is decoded when it is wanted for the first time.
#[derive(Debug, Clone)]
pub struct Sealed<T> {
    /// Of the bytes.
    hash: u64,
    /// Empty where the value was never sealed.
    bytes: Box<[u8]>,
    value: OnceLock<Box<T>>,
}

/// How many bytes of what is written are the hash of the rest.
const HASH: usize = size_of::<u64>();

impl<T: Serialize> Sealed<T> {
    /// Of a value that was just made.
    pub fn new(value: T) -> Self {
        // A value that cannot be encoded is not remembered, see below, and so has no other hash to be held against.
        let bytes = postcard::to_stdvec(&value).unwrap_or_default();
        Self { hash: stamp::hash(&bytes), bytes: Box::default(), value: OnceLock::from(Box::new(value)) }
    }
}

impl<T: DeserializeOwned + Default> Deref for Sealed<T> {
    type Target = T;

    /// Bytes with the right hash can be decoded: this program wrote them.
    fn deref(&self) -> &T {
        self.value.get_or_init(|| Box::new(postcard::from_bytes(&self.bytes).unwrap_or_default()))
    }
}

impl<T> Hash for Sealed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl<T: Serialize> Serialize for Sealed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = self.hash.to_le_bytes().to_vec();
        match self.value.get().filter(|_| self.bytes.is_empty()) {
            Some(value) => bytes.extend(postcard::to_stdvec(value).map_err(serde::ser::Error::custom)?),
            None => bytes.extend(&self.bytes),
        }
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de, T> Deserialize<'de> for Sealed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Opener(PhantomData))
    }
}

struct Opener<T>(PhantomData<T>);

impl<T> Visitor<'_> for Opener<T> {
    type Value = Sealed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sealed bytes")
    }

    fn visit_bytes<E: Error>(self, written: &[u8]) -> Result<Sealed<T>, E> {
        let (hash, bytes) = written.split_first_chunk::<HASH>().ok_or_else(|| E::custom("no hash"))?;
        let hash = u64::from_le_bytes(*hash);
        if stamp::hash(bytes) != hash {
            return Err(E::custom("not the bytes that were sealed"));
        }
        Ok(Sealed { hash, bytes: bytes.into(), value: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::Sealed;
    use crate::config::Role;
    use crate::hashing::hash_of;
    use crate::parse::item::Details;
    use crate::parse::markdown::{Excerpt, Heading, Prose, Section};

    #[test]
    #[allow(clippy::unwrap_used)]
    fn what_was_sealed_comes_out_again_and_what_was_changed_does_not() {
        let words = vec!["Rådet".to_owned(), "tog".to_owned(), String::new()];
        let fresh = Sealed::new(words.clone());
        let bytes = postcard::to_stdvec(&fresh).unwrap();
        let opened: Sealed<Vec<String>> = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(postcard::to_stdvec(&opened).unwrap(), bytes, "before it is opened");
        assert_eq!((&*opened, &*fresh), (&words, &words));
        assert_eq!(postcard::to_stdvec(&opened).unwrap(), bytes, "after");
        assert_eq!(hash_of(&opened), hash_of(&fresh));
        assert_ne!(hash_of(&opened), hash_of(Sealed::new(vec!["Rådet".to_owned()])));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(postcard::from_bytes::<Sealed<Vec<String>>>(&changed).is_err(), "byte {at}");
        }
    }

    /// Something that is left out where it is empty, say, would come out of the bytes as something else.
    #[test]
    #[allow(clippy::unwrap_used)]
    fn what_an_item_says_comes_out_as_it_went_in() {
        let texts = |word: &str| vec![word.to_owned(), String::new()];
        let roles = [
            Role::Background,
            Role::Recommendation,
            Role::Presentation,
            Role::Discussion,
            Role::Decision,
            Role::Attachments,
            Role::Other,
            Role::Lead,
        ];
        let heading = |role: Role| (role != Role::Lead).then(|| Heading { text: "Sag".into(), id: "sag".into() });
        let prose = Prose {
            sections: roles.iter().map(|role| Section { role: *role, heading: heading(*role) }).collect(),
            excerpt: Some(Excerpt { label: "Beslutning".into(), text: "Rådet tog sagen.".into() }),
            decision: Some("Rådet tog sagen til efterretning.".into()),
            beginning: "Rådet".into(),
        };
        let full = Details {
            responsible: texts("a"),
            submitted_by: texts("b"),
            strategic_basis: texts("c"),
            perspectives: texts("d"),
            presenters: texts("e"),
            process_status: Some(Prose { excerpt: None, decision: None, ..prose.clone() }),
            prose,
        };
        for details in [full, Details::default()] {
            let bytes = postcard::to_stdvec(&Sealed::new(details.clone())).unwrap();
            let opened: Sealed<Details> = postcard::from_bytes(&bytes).unwrap();
            assert_eq!(format!("{:?}", *opened), format!("{details:?}"));
        }
    }
}
