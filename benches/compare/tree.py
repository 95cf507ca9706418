"""What stands in a folder: how much it is, and what of it changed.

Takes folders, gives counts, snapshots and differences. Files and folders whose name begins with a
dot are left out: sagnet keeps notes of its own in such.
"""

import hashlib
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """A file at one moment: its bytes, by their hash, and what tells that somebody wrote it."""

    digest: bytes
    modified: int
    inode: int


def files(folder):
    """Entries of all files, as os.scandir gives them."""
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files(entry.path)
        else:
            yield entry


def extent(folder):
    """How many files there are, and how many bytes in them."""
    sizes = [entry.stat(follow_symlinks=False).st_size for entry in files(folder)]
    return len(sizes), sum(sizes)


def snapshot(folder):
    """The state of every file, by its path below the folder."""
    states = {}
    for entry in files(folder):
        stat = entry.stat(follow_symlinks=False)
        with open(entry.path, "rb") as file:
            digest = hashlib.blake2b(file.read(), digest_size=16).digest()
        path = os.path.relpath(entry.path, folder)
        states[path] = State(digest, stat.st_mtime_ns, stat.st_ino)
    return states


def changed(before, after):
    """Paths of files that came, went, or have other bytes."""
    return differing(before, after, lambda state: state.digest)


def touched(before, after):
    """Paths of files that came, went, or were written, were it with the same bytes."""
    return differing(before, after, lambda state: (state.modified, state.inode))


def differing(before, after, trait):
    def same(path):
        return path in before and path in after and trait(before[path]) == trait(after[path])

    return {path for path in before.keys() | after.keys() if not same(path)}
