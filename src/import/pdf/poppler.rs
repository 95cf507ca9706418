//! Runs poppler's programs on a document, within bounds.
//!
//! Takes the bytes of a PDF and the arguments of a program; gives what the program printed, or why the document cannot
//! be read. Nothing is written but a copy of the document in a fresh directory, which is removed. Memory, processor
//! time, time on the clock and the amount of output are all bounded, so that no document can hold up the import.

use crate::import::unreadable::Unreadable;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What a program may use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Address space, in KB.
    pub memory: u64,
    /// Processor time, in seconds.
    pub cpu: u64,
    /// Time on the clock.
    pub clock: Duration,
    /// Bytes on its standard output.
    pub output: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { memory: 1 << 20, cpu: 30, clock: Duration::from_secs(60), output: 64 << 20 }
    }
}

/// Of the messages of a program, no more is kept than this many bytes.
const MESSAGES: u64 = 64 << 10;

/// A document in a directory of its own, ready to be read.
pub(super) struct Copied {
    directory: TempDir,
    /// When all that is run on it must have ended.
    end: Instant,
    bounds: Bounds,
}

/// What a program said of a document.
pub(super) struct Said {
    pub output: String,
    /// The first fault that it told of, though it did not give up.
    pub fault: Option<String>,
}

/// The copy's name.
const NAME: &str = "document.pdf";

impl Copied {
    /// Writes the copy. The time on the clock that the bounds grant is for all programs together.
    pub fn new(bytes: &[u8], bounds: Bounds) -> Result<Self, Unreadable> {
        let io = |error: std::io::Error| Unreadable::Io(error.to_string());
        let directory = tempfile::Builder::new().prefix("sagnet-").tempdir().map_err(io)?;
        std::fs::File::create(directory.path().join(NAME)).and_then(|mut file| file.write_all(bytes)).map_err(io)?;
        Ok(Self { directory, end: Instant::now() + bounds.clock, bounds })
    }

    /// What the program prints about the document, whose name stands between the arguments `before` and `after` it.
    pub fn run(&self, program: &str, before: &[&str], after: &[&str]) -> Result<Said, Unreadable> {
        let left = self.end.saturating_duration_since(Instant::now());
        let bounds = Bounds { clock: left, ..self.bounds };
        let mut command = bounded(program, bounds);
        command.args(before).arg(NAME).args(after).current_dir(self.directory.path());
        let printed = run(&mut command, bounds)?;
        judge(&printed, self.directory.path())?;
        let fault =
            printed.messages.lines().find(|line| line.contains("Error")).map(|line| bare(line, self.directory.path()));
        Ok(Said { output: String::from_utf8_lossy(&printed.output).into_owned(), fault })
    }
}

/// The program within the shell's limits; where the system knows no such limit, the clock still bounds it.
fn bounded(program: &str, bounds: Bounds) -> Command {
    let limits = format!(
        "ulimit -v {} 2>/dev/null; ulimit -t {} 2>/dev/null; command -v \"$1\" >/dev/null 2>&1 || exit 127; exec \"$@\"",
        bounds.memory, bounds.cpu
    );
    let mut command = Command::new("sh");
    command.args(["-c", &limits, "sh", program]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What a program left behind.
struct Printed {
    output: Vec<u8>,
    messages: String,
    status: ExitStatus,
}

/// Runs it, reading both of its pipes at once, until it ends or a bound is reached.
fn run(command: &mut Command, bounds: Bounds) -> Result<Printed, Unreadable> {
    let mut child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Unreadable::NoPoppler,
        _ => Unreadable::Io(error.to_string()),
    })?;
    let output = drain(child.stdout.take(), bounds.output + 1, true);
    let messages = drain(child.stderr.take(), MESSAGES, false);
    let end = Instant::now() + bounds.clock;
    let received = output.recv_timeout(bounds.clock);
    let Ok(output) = received else {
        stop(&mut child);
        return Err(Unreadable::TooSlow);
    };
    if output.len() as u64 > bounds.output {
        stop(&mut child);
        return Err(Unreadable::TooLarge(format!("{} MB of text", bounds.output >> 20)));
    }
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < end => thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                stop(&mut child);
                return Err(Unreadable::TooSlow);
            }
            Err(error) => return Err(Unreadable::Io(error.to_string())),
        }
    };
    let messages = messages.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
    Ok(Printed { output, messages: String::from_utf8_lossy(&messages).into_owned(), status })
}

/// Ends the program and waits for it; that it has ended already is no fault.
fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Reads a pipe in a thread of its own, keeping at most `keep` bytes: then it stops, or reads on without keeping.
fn drain(pipe: Option<impl Read + Send + 'static>, keep: u64, stop: bool) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut kept = Vec::new();
        if let Some(mut pipe) = pipe {
            // A pipe that breaks has ended: what was read until then is judged together with the exit status.
            let _ = pipe.by_ref().take(keep).read_to_end(&mut kept);
            if !stop {
                let _ = std::io::copy(&mut pipe, &mut std::io::sink());
            }
        }
        let _ = sender.send(kept);
    });
    receiver
}

/// Whether the program was content.
fn judge(printed: &Printed, directory: &Path) -> Result<(), Unreadable> {
    let messages = &printed.messages;
    if printed.status.success() {
        return Ok(());
    }
    if messages.contains("Incorrect password") || messages.contains("not allowed") || messages.contains("encrypt") {
        return Err(Unreadable::Locked);
    }
    match printed.status.code() {
        Some(127) => Err(Unreadable::NoPoppler),
        Some(3) => Err(Unreadable::Locked),
        code => Err(ended(code, messages, directory)),
    }
}

/// Why it ended without success: a bound of the shell, or what it said.
fn ended(code: Option<i32>, messages: &str, directory: &Path) -> Unreadable {
    if messages.contains("emory") || messages.contains("bad_alloc") {
        return Unreadable::TooLarge("1 GB of memory".into());
    }
    if code.is_none() && cpu_ran_out(messages) {
        return Unreadable::TooSlow;
    }
    let first = messages.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    Unreadable::Broken(bare(first, directory))
}

/// A message without the names that only this import gave.
fn bare(message: &str, directory: &Path) -> String {
    let path = directory.display().to_string();
    message.replace(&path, "").replace(NAME, "the document").trim().chars().take(200).collect()
}

/// A program that a signal ended without a word has, as far as one can tell, used up its time.
fn cpu_ran_out(messages: &str) -> bool {
    !messages.contains("Internal Error")
}

#[cfg(test)]
mod tests {
    use super::{Bounds, bounded, run};
    use crate::import::unreadable::Unreadable;
    use std::time::{Duration, Instant};

    fn shell(script: &str, bounds: Bounds) -> Result<(Vec<u8>, Option<i32>), Unreadable> {
        let mut command = bounded("sh", bounds);
        command.args(["-c", script]);
        run(&mut command, bounds).map(|printed| (printed.output, printed.status.code()))
    }

    #[test]
    fn a_program_is_stopped_at_each_bound() {
        let bounds = Bounds { clock: Duration::from_millis(400), output: 1 << 20, ..Bounds::default() };
        let begun = Instant::now();
        assert_eq!(shell("exec sleep 20", bounds), Err(Unreadable::TooSlow));
        assert!(begun.elapsed() < Duration::from_secs(5));
        let bounds = Bounds { output: 1 << 20, ..Bounds::default() };
        assert_eq!(shell("exec yes", bounds), Err(Unreadable::TooLarge("1 MB of text".into())));
    }

    #[test]
    fn neither_pipe_holds_up_the_other() {
        let script = "yes fejl | head -c 3000000 >&2; yes ord | head -c 300000";
        let (output, code) = shell(script, Bounds::default()).unwrap();
        assert_eq!((output.len(), code), (300_000, Some(0)));
    }

    #[test]
    fn a_program_that_is_missing_is_told_by_its_status() {
        let bounds = Bounds::default();
        let printed = run(&mut bounded("sagnet-no-such-program", bounds), bounds).unwrap();
        assert_eq!(printed.status.code(), Some(127));
    }
}
