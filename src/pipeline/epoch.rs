//! What the memory of a build depends on as a whole.

use super::Options;
use crate::memory::Epoch;
use crate::read::Settings;
use std::path::Path;

/// What the memory of a build is good for: this program, configuration, theme, options and output.
pub fn epoch(root: &Path, settings: &Settings, options: &Options, output: &Path) -> Epoch {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(env!("SAGNET_SOURCES").as_bytes());
    add(settings.text.as_bytes());
    for (theme, files) in &settings.themes {
        for (path, bytes) in files {
            add(theme.as_bytes());
            add(path.as_bytes());
            add(bytes);
        }
    }
    add(options.base_url.as_deref().unwrap_or("").as_bytes());
    add(&[options.drafts.into(), options.base_url.is_some().into()]);
    for path in [root, output] {
        add(std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).as_os_str().as_encoded_bytes());
    }
    *hasher.finalize().as_bytes()
}
