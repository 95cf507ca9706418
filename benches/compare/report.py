"""Tells what was measured, as Markdown.

Takes the figures that run.py gathered, gives the text of the tables. A limit is what must hold, an
aim what is wished for; both are ratios, so that they mean the same on every machine.
"""

from dataclasses import dataclass
from statistics import median


@dataclass
class Figure:
    """One thing that was measured: a Usage for each run, and what was written, where it counts."""

    label: str
    usages: list
    files: int | None = None
    size: int | None = None

    @property
    def wall(self):
        return median(usage.wall for usage in self.usages)

    @property
    def processor(self):
        return median(usage.processor for usage in self.usages)

    @property
    def peak(self):
        return median(usage.peak for usage in self.usages)

    def as_data(self):
        medians = {"wall": self.wall, "processor": self.processor, "peak": self.peak}
        runs = [[usage.wall, usage.processor, usage.peak] for usage in self.usages]
        written = {"files": self.files, "bytes": self.size}
        return {"label": self.label, **medians, "runs": runs, **written}


@dataclass
class Ratio:
    """A figure as a share of another, with what it must and what it should be at most."""

    label: str
    value: float
    limit: float | None
    aim: float | None

    @property
    def verdict(self):
        if self.is_over:
            return "**over the limit**"
        if self.aim is None or self.value <= self.aim:
            return "aim met" if self.aim else ""
        return "within the limit" if self.limit else "aim missed"

    @property
    def is_over(self):
        return self.limit is not None and self.value > self.limit


def ratios(figures):
    sagnet, hugo, copy = figures["cold"], figures["hugo"], figures["copy"]
    return [
        Ratio("cold / Hugo cold, wall time", sagnet.wall / hugo.wall, 0.10, 0.05),
        Ratio("cold / Hugo cold, peak memory", sagnet.peak / hugo.peak, 0.20, 0.10),
        Ratio("cold / `cp -r` of the output", sagnet.wall / copy.wall, None, 1.5),
        Ratio("one item edited / Hugo cold", figures["edited"].wall / hugo.wall, 0.01, 0.003),
        Ratio("nothing changed / Hugo cold", figures["unchanged"].wall / hugo.wall, 0.006, 0.002),
    ]


def growth_ratios(small, large, factor):
    """How figures of sagnet's grew with the record."""
    named = {
        "cold, wall time": large["cold"].wall / small["cold"].wall,
        "cold, peak memory": large["cold"].peak / small["cold"].peak,
        "nothing changed, wall time": large["unchanged"].wall / small["unchanged"].wall,
        "one item edited, wall time": large["edited"].wall / small["edited"].wall,
    }
    return [Ratio("items", factor, None, None)] + [
        Ratio(label, value, None, None) for label, value in named.items()
    ]


def figures_table(figures):
    head = ("", "wall, s", "processor, s", "peak, MB", "files written", "MB written")
    rows = [
        (
            figure.label,
            f"{figure.wall:.3f}",
            f"{figure.processor:.3f}",
            f"{figure.peak / 1e6:.0f}",
            "" if figure.files is None else f"{figure.files:,}",
            "" if figure.size is None else f"{figure.size / 1e6:.2f}",
        )
        for figure in figures.values()
    ]
    return table(head, rows)


def ratios_table(ratios):
    head = ("ratio", "value", "limit", "aim", "")
    rows = [(r.label, value(r.value), bound(r.limit), bound(r.aim), r.verdict) for r in ratios]
    return table(head, rows)


def growth_table(ratios):
    return table(("sagnet", "times as much"), [(r.label, f"{r.value:.2f}") for r in ratios])


def value(ratio):
    return f"{ratio:.4f}" if ratio < 0.1 else f"{ratio:.2f}"


def bound(most):
    return "–" if most is None else f"{most:g}"


def table(head, rows):
    """A Markdown table; all columns but the first and those of words are figures."""
    rule = ["---"] + ["---" if name == "" else "---:" for name in head[1:]]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))
