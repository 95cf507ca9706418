//! The second half of a build: what was checked is rendered and written, or only rendered, to see whether it can be.

use super::{Failure, Ready};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, in_order};
use crate::memory::{Done, Faces, ToDo, Unread};
use crate::plan::Plan;
use crate::read::ReadError;
use crate::render::{RenderFault, Shared, TemplateFault, Texts, render};
use crate::theme::bad_template;
use crate::write::{PutError, Report, Stage, is_known, make_known};
use rayon::prelude::*;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// What a build tells while it goes on.
pub enum Progress {
    /// So many jobs are to be done.
    Jobs(usize),
    /// One of them is done.
    Done,
}

/// Renders and writes what was checked, as far as it is not there already. Template faults are diagnostics of the theme;
/// then nothing was written.
pub fn publish(
    root: &Path,
    ready: &mut Ready,
    output: &Path,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Result<Report, Vec<Diagnostic>>, Failure> {
    let mut memory = ready.memory.take();
    let told = std::mem::take(&mut ready.told);
    let read = (std::mem::take(&mut ready.rows), std::mem::take(&mut ready.gone));
    let Ready { config, theme, engine, record, plan, overview, names, identities, contact, base_url, .. } = &*ready;
    let shared = Shared::new((record, overview, names), config, theme, engine, base_url, contact.as_ref());
    let faces = memory.as_ref().map(|_| Faces::new(record, overview, names, shared.site_face));
    let ToDo { jobs, stale, kept } = match (&memory, &faces) {
        (Some(memory), Some(faces)) => memory.to_do(plan, identities, faces),
        _ => ToDo::all(plan),
    };
    tell(Progress::Jobs(jobs.len()));
    let produced: Vec<&str> = plan.jobs.iter().flat_map(|planned| &planned.files).map(String::as_str).collect();
    let lock = memory.as_mut().and_then(|memory| memory.lock.take());
    let stage = Stage::open(output, is_known(root, output), lock).map_err(Failure::Write)?;
    let reading = ready.reading();
    let texts = Texts { bodies: &ready.bodies, reading: &reading };
    let (done, ()) = rayon::join(
        || do_jobs(&jobs, &shared, &texts, plan, &stage, tell),
        || {
            // What was read is much, and is not needed any more once it is put.
            let (rows, gone) = read;
            memory.iter_mut().for_each(|memory| memory.keep_content(&rows, &gone));
        },
    );
    let done = match done {
        Ok(done) => done,
        Err(stopped) => {
            stage.abandon();
            return match stopped {
                Stopped::Failed(failure) => Err(failure),
                Stopped::Templates(faults) => Ok(Err(template_faults(config, &faults))),
            };
        }
    };
    let committed = stage.commit(&produced, stale).map_err(Failure::Write)?;
    make_known(root, output);
    // See what becomes of `ready`: this holds as much.
    std::mem::forget(shared);
    if let (Some(memory), Some(faces)) = (memory, faces) {
        memory.keep((plan, identities, &faces), (done, &kept), &committed, &told);
    }
    Ok(Ok(committed.report))
}

/// Why not all jobs were done.
enum Stopped {
    Failed(Failure),
    Templates(Vec<TemplateFault>),
}

/// Does jobs, in parallel. Gives for each the parts that it looked at and the hashes of its files.
fn do_jobs(
    jobs: &[usize],
    shared: &Shared<'_>,
    texts: &Texts<'_>,
    plan: &Plan,
    stage: &Stage,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Done>, Stopped> {
    let faults: Mutex<Vec<TemplateFault>> = Mutex::default();
    let done = jobs.par_iter().map(|job| {
        let mut done = Done { job: *job, parts: Vec::new(), put: Vec::new() };
        match render(shared, texts, &plan.jobs[*job]) {
            Ok(rendered) => {
                done.parts = rendered.seen;
                let put = |output| stage.put(output);
                done.put = rendered.outputs.into_iter().map(put).collect::<Result<_, _>>()?;
            }
            Err(RenderFault::Template(fault)) => faults.lock().unwrap_or_else(PoisonError::into_inner).push(fault),
            Err(RenderFault::Unread(unread)) => return Err(unread.into()),
        }
        tell(Progress::Done);
        Ok(done)
    });
    let done = done.collect::<Result<Vec<_>, Failure>>().map_err(Stopped::Failed)?;
    let faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    if faults.is_empty() { Ok(done) } else { Err(Stopped::Templates(faults)) }
}

/// Renders everything and writes nothing, where a theme of the site's own could have a fault that only rendering shows.
pub fn rehearse(ready: &Ready) -> Result<Vec<Diagnostic>, Failure> {
    let Ready { config, theme, engine, record, plan, overview, names, contact, base_url, bodies, .. } = ready;
    if !theme.has_own_files {
        return Ok(Vec::new());
    }
    let shared = Shared::new((record, overview, names), config, theme, engine, base_url, contact.as_ref());
    let reading = ready.reading();
    let texts = Texts { bodies, reading: &reading };
    let faults = plan.jobs.par_iter().filter_map(|planned| render(&shared, &texts, planned).err());
    let mut templates = Vec::new();
    for fault in faults.collect::<Vec<_>>() {
        match fault {
            RenderFault::Template(fault) => templates.push(fault),
            RenderFault::Unread(unread) => return Err(unread.into()),
        }
    }
    Ok(template_faults(config, &templates))
}

fn template_faults(config: &Config, faults: &[TemplateFault]) -> Vec<Diagnostic> {
    let reason = |fault: &TemplateFault| format!("{}: {}", fault.template, fault.reason);
    in_order(faults.iter().map(|fault| bad_template(config, reason(fault))).collect())
}

impl From<Unread> for Failure {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Changed(path) => Self::Changed(path),
            Unread::Io(path, error) => Self::Read(ReadError::Io(path, error)),
        }
    }
}

impl From<PutError> for Failure {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Write(error) => Self::Write(error),
            PutError::Source(unread) => unread.into(),
        }
    }
}
