//! A disk of its own for a test: small, full, or only to be read.
//!
//! Mounting one takes the right to do so, or `sudo` without a password. Where neither is there, a test goes without, and says
//! so; `SAGNET_MUST_MOUNT` in the environment, which `.ci/run` sets, makes that a failure.

use std::path::Path;
use std::process::Command;

/// A disk that is mounted on a folder, until it is dropped.
pub struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    /// Mounts an empty one on a folder.
    pub fn mount(folder: &'a Path, size: &str) -> Option<Self> {
        if run("mount", &["-t", "tmpfs", "-o", &format!("size={size},mode=777"), "tmpfs"], folder) {
            return Some(Self(folder));
        }
        assert!(
            std::env::var_os("SAGNET_MUST_MOUNT").is_none(),
            "no disk could be mounted: run the tests as root, or where `sudo -n mount` is allowed"
        );
        eprintln!("no disk could be mounted: a part of this test is not run");
        None
    }

    /// From now on it can only be read.
    pub fn only_read(&self) -> bool {
        run("mount", &["-o", "remount,ro"], self.0)
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        run("umount", &[], self.0);
    }
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> bool {
    let run =
        |command: &mut Command| command.args(arguments).arg(folder).output().is_ok_and(|run| run.status.success());
    run(&mut Command::new(program)) || run(Command::new("sudo").args(["-n", program]))
}
