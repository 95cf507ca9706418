//! The commands: raw arguments into checked ones, one call each, an exit code.
//!
//! Exit 0: done, perhaps with warnings. 1: the content has errors, all of them were reported, and the output is as it was.
//! 2: bad arguments, or the machine failed.

mod import;
mod new;

use crate::config::checked_base_url;
use crate::diagnostic::{Diagnostic, Format, Printer, Severity, Texts};
use crate::pipeline::{self, Checked, Failure, Next, Options, Progress};
use crate::privacy::cpr::mask;
use crate::read::{ReadError, printable};
use crate::write::WriteError;
use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The stack of a worker thread, in bytes: the HTML minifier calls itself once for each level of nesting.
const STACK: usize = 64 * 1024 * 1024;

/// Publishes the record of a council: agendas and minutes as a static site, cross-linked by case number.
#[derive(Debug, Parser)]
#[command(name = "sagnet", version, about)]
struct Arguments {
    /// The folder with sagnet.toml and content/.
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    root: PathBuf,
    /// How faults are printed.
    #[arg(long, global = true, value_enum, default_value = "human")]
    format: Format,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds the site: content/ into public/.
    Build(Build),
    /// Checks everything that build checks, gives advice, and writes nothing.
    Check {
        /// Checks drafts as if they were published.
        #[arg(long)]
        drafts: bool,
    },
    /// Turns agendas and minutes (Word, PDF, text) into content, and tells what it found.
    Import(import::Import),
    /// Makes a new file with its front matter.
    #[command(subcommand)]
    New(new::New),
}

#[derive(Debug, Args)]
struct Build {
    /// The folder to build into (default: public/ in the root).
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Another address than the configuration's, for a preview.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Publishes drafts too.
    #[arg(long)]
    drafts: bool,
    /// How many threads to use (default: one for each core).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

fn base_url(text: &str) -> Result<String, String> {
    checked_base_url(text)
        .ok_or_else(|| "not an address such as https://example.dk or https://example.dk/path".to_owned())
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let Arguments { root, format, command } = arguments;
    match command {
        Command::Build(build) => in_pool(build.jobs, || run_build(&root, format, &build)),
        Command::Check { drafts } => in_pool(None, || run_check(&root, format, drafts)),
        Command::Import(import) => in_pool(None, || import::run(&root, format, &import)),
        Command::New(new) => match new::new(&root, &new) {
            Ok(path) => {
                println!("{path}");
                ExitCode::SUCCESS
            }
            Err(failure) => failed(&failure),
        },
    }
}

/// Runs `work` on as many threads as were asked for.
fn in_pool(jobs: Option<u16>, work: impl FnOnce() -> ExitCode + Send) -> ExitCode {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0).into()).stack_size(STACK).build();
    match pool {
        Ok(pool) => pool.install(work),
        Err(error) => {
            failed(&Trouble { language: "da".to_owned(), key: "threads", words: vec![("reason", error.to_string())] })
        }
    }
}

fn run_check(root: &Path, format: Format, drafts: bool) -> ExitCode {
    let options = Options { drafts, advice: true, today: today(), ..Options::default() };
    let checked = match pipeline::check(root, &options) {
        Ok(checked) => checked,
        Err(failure) => return failed(&trouble(failure, "da")),
    };
    let mut diagnostics = checked.diagnostics.clone();
    if let Next::Ready(ready) = &checked.next {
        match pipeline::rehearse(ready) {
            Ok(more) => diagnostics.extend(more),
            Err(failure) => return failed(&trouble(failure, &checked.language)),
        }
    }
    let errors = report(&checked, &diagnostics, format);
    if format == Format::Human {
        eprintln!("{}", Texts::of(&checked.language).summary("checked", &counts(&diagnostics)));
    }
    ExitCode::from(u8::from(errors))
}

fn run_build(root: &Path, format: Format, build: &Build) -> ExitCode {
    let output = build.output.clone().unwrap_or_else(|| root.join("public"));
    let options = Options {
        base_url: build.base_url.clone(),
        drafts: build.drafts,
        advice: false,
        today: today(),
        output: Some(output.clone()),
    };
    let mut checked = match pipeline::check(root, &options) {
        Ok(checked) => checked,
        Err(failure) => return failed(&trouble(failure, "da")),
    };
    let texts = Texts::of(&checked.language);
    let errors = report(&checked, &checked.diagnostics, format);
    if errors {
        if format == Format::Human {
            eprintln!("{}", texts.summary("failed", &[]));
        }
        return ExitCode::from(1);
    }
    if let Some(folder) = ["content", "themes"].iter().find(|folder| is_inside(&output, &root.join(folder))) {
        let words = vec![("path", output.display().to_string()), ("folder", (*folder).to_owned())];
        return failed(&Trouble { language: checked.language.clone(), key: "output_in_content", words });
    }
    if is_inside(root, &output) {
        let words = vec![("path", output.display().to_string())];
        return failed(&Trouble { language: checked.language.clone(), key: "root_in_output", words });
    }
    let (published, pages) = match std::mem::replace(&mut checked.next, Next::Stop) {
        Next::Stop => return ExitCode::from(1),
        Next::UpToDate(report, pages) => (Ok(Ok(report)), pages),
        Next::Ready(mut ready) => {
            let pages = ready.pages();
            let bar = progress();
            let published = pipeline::publish(root, &mut ready, &output, &|progress| match progress {
                Progress::Jobs(jobs) => bar.set_length(jobs as u64),
                Progress::Done => bar.inc(1),
            });
            bar.finish_and_clear();
            // The program ends now, and the system takes memory back quicker than it can be given back piece by piece.
            std::mem::forget(ready);
            (published, pages)
        }
    };
    match published {
        Ok(Ok(done)) => {
            if format == Format::Human {
                let mut words = counts(&checked.diagnostics);
                let numbers = [
                    ("pages", pages),
                    ("written", done.written),
                    ("unchanged", done.unchanged),
                    ("removed", done.removed),
                ];
                words.extend(numbers.map(|(name, number)| (name, number.to_string())));
                eprintln!("{}", texts.summary("built", &words));
            }
            ExitCode::SUCCESS
        }
        Ok(Err(diagnostics)) => {
            report(&checked, &diagnostics, format);
            if format == Format::Human {
                eprintln!("{}", texts.summary("failed", &[]));
            }
            ExitCode::from(1)
        }
        Err(failure) => failed(&trouble(failure, &checked.language)),
    }
}

/// Prints diagnostics; true where there is an error among them.
fn report(checked: &Checked, diagnostics: &[Diagnostic], format: Format) -> bool {
    let texts = Texts::of(&checked.language);
    let stderr = std::io::stderr();
    let colour = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let printer = Printer { format, texts: &texts, colour, files: &checked.texts };
    let mut stderr = stderr.lock();
    for diagnostic in diagnostics {
        // A closed pipe is no reason to fail.
        let _ = stderr.write_all(printer.print(diagnostic).as_bytes());
    }
    diagnostics.iter().any(Diagnostic::is_error)
}

fn counts(diagnostics: &[Diagnostic]) -> Vec<(&'static str, String)> {
    let count =
        |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count().to_string();
    vec![
        ("errors", count(Severity::Error)),
        ("warnings", count(Severity::Warning)),
        ("advice", count(Severity::Advice)),
    ]
}

/// A line on stderr for long work, where it is a terminal.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The day of `SOURCE_DATE_EPOCH`, else today. It decides warnings only, never a byte of the output.
fn today() -> Date {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let now = fixed.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now);
    now.to_zoned(TimeZone::UTC).date()
}

/// Whether `path` lies in `folder`, as far as both are there.
fn is_inside(path: &Path, folder: &Path) -> bool {
    let absolute = |path: &Path| {
        let there = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
        there.map_or_else(
            || path.to_owned(),
            |(above, real)| real.join(path.strip_prefix(above).unwrap_or(Path::new(""))),
        )
    };
    absolute(path).starts_with(absolute(folder))
}

/// What the machine refused, as a sentence of the language files.
struct Trouble {
    language: String,
    key: &'static str,
    words: Vec<(&'static str, String)>,
}

fn trouble(failure: Failure, language: &str) -> Trouble {
    let (key, words) = match failure {
        Failure::Changed(path) => ("changed_meanwhile", vec![("path", path.display().to_string())]),
        Failure::Read(ReadError::NoConfig(path)) => ("no_config", vec![("path", path.display().to_string())]),
        Failure::Write(WriteError::NotOurs(path)) => ("not_ours", vec![("path", path.display().to_string())]),
        Failure::Read(ReadError::Io(path, error)) => {
            ("cannot_read", vec![("path", path.display().to_string()), ("reason", error.to_string())])
        }
        Failure::Write(WriteError::Io(path, error)) | Failure::Read(ReadError::Kept(path, error)) => {
            ("cannot_write", vec![("path", path.display().to_string()), ("reason", error.to_string())])
        }
        Failure::Write(WriteError::Halfway(path, error)) => {
            ("half_written", vec![("path", path.display().to_string()), ("reason", error.to_string())])
        }
    };
    Trouble { language: language.to_owned(), key, words }
}

fn failed(trouble: &Trouble) -> ExitCode {
    let sentence = Texts::of(&trouble.language).summary(trouble.key, &trouble.words);
    eprintln!("sagnet: {}", printable(&mask(&sentence)));
    ExitCode::from(2)
}
