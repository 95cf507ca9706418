//! Word files become PDF, and PDF becomes text.
//!
//! Takes files and folders; runs LibreOffice and Poppler. Where one of them is missing, the error says how to install it.

use super::lines;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const INSTALL: &str =
    "apt-get install --no-install-recommends libreoffice-writer-nogui hyphen-da fonts-dejavu-extra poppler-utils";

/// How text is taken from a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As laid out: `pdftotext -layout`.
    Layout,
    /// The default: line ends lose their hyphens.
    Plain,
    /// Like the council's own: see [`lines::spaced`].
    Spaced,
}

/// A link of a page.
#[derive(Debug, Clone)]
pub struct Target {
    /// From 0.
    pub page: usize,
    /// Where it leads.
    pub url: String,
}

/// Makes a PDF of each file, in `folder`, in one run with a profile of its own.
pub fn to_pdf(files: &[PathBuf], folder: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = std::path::absolute(folder).map_err(|error| error.to_string())?;
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let made: Vec<_> =
        files.iter().map(|file| folder.join(file.file_name().unwrap_or_default()).with_extension("pdf")).collect();
    // What an earlier run left is no proof.
    made.iter().for_each(|pdf| drop(std::fs::remove_file(pdf)));
    let profile = folder.join("office-profile");
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.display()));
    command.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(&folder).args(files);
    run(&mut command)?;
    let _ = std::fs::remove_dir_all(&profile);
    match made.iter().find(|pdf| !pdf.exists()) {
        Some(missing) => Err(format!("{} was not made", missing.display())),
        None => Ok(made),
    }
}

/// The text of a PDF.
pub fn to_txt(pdf: &Path, mode: Mode) -> Result<String, String> {
    match mode {
        Mode::Layout => text(Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(pdf).arg("-")),
        Mode::Plain => text(Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(pdf).arg("-")),
        Mode::Spaced => {
            let (targets, outline) = annotations(pdf)?;
            Ok(lines::spaced(&lines::read(&boxes(pdf)?), &targets, &outline))
        }
    }
}

/// The words that line ends broke in a PDF.
pub fn broken(pdf: &Path) -> Result<Vec<lines::Broken>, String> {
    Ok(lines::broken(&lines::read(&boxes(pdf)?)))
}

/// Whether a PDF has links: LibreOffice sets none for those that have no style of their own.
pub fn has_links(pdf: &Path) -> Result<bool, String> {
    Ok(!annotations(pdf)?.0.is_empty())
}

fn boxes(pdf: &Path) -> Result<String, String> {
    text(Command::new("pdftotext").args(["-raw", "-bbox", "-enc", "UTF-8"]).arg(pdf).arg("-"))
}

/// Links, one for each line that they are on, and the bookmarks of parts and items.
fn annotations(pdf: &Path) -> Result<(Vec<Target>, Vec<String>), String> {
    let xml = text(Command::new("pdftohtml").args(["-xml", "-i", "-stdout", "-enc", "UTF-8"]).arg(pdf))?;
    let (mut page, mut depth, mut targets, mut outline) = (0usize, 0, Vec::new(), Vec::new());
    let mut last = (String::new(), String::new());
    for row in xml.lines() {
        // The tool talks between the lines that it writes.
        if row.contains("<page number=") {
            page += 1;
            last = Default::default();
        } else if row.starts_with("<outline>") {
            depth += 1;
        } else if row.starts_with("</outline>") {
            depth -= 1;
        } else if let Some(item) = row.strip_prefix("<item page=") {
            let title = item.split_once('>').map_or("", |(_, rest)| rest.trim_end_matches("</item>"));
            if depth <= 2 && title.starts_with(|first: char| first.is_ascii_digit()) {
                outline.push(lines::unescape(title));
            }
        }
        let top = row.strip_prefix("<text top=\"").and_then(|rest| rest.split('"').next()).unwrap_or_default();
        for link in row.split("<a href=\"").skip(1) {
            let url = lines::unescape(link.split('"').next().unwrap_or_default());
            let here = (top.to_owned(), url.clone());
            if url.contains(':') && here != last {
                targets.push(Target { page: page.saturating_sub(1), url });
                last = here;
            }
        }
    }
    // One of the two known texts has them, one has not.
    if page % 2 == 0 {
        outline.clear();
    }
    Ok((targets, outline))
}

fn text(command: &mut Command) -> Result<String, String> {
    let output = run(command)?;
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

fn run(command: &mut Command) -> Result<Output, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{name}: {error}; try: {INSTALL}"))?;
    if output.status.success() {
        return Ok(output);
    }
    Err(format!("{name} failed: {}", String::from_utf8_lossy(&output.stderr)))
}
