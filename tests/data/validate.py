"""Holds the data, feeds and calendars of a built site against other people's readers.

Takes a folder that sagnet built (`validate.py DIR`), or `--self-test`. Every index.json must fit
the JSON Schema of its kind (schemas/) and stand where its url says, every feed.xml be good to
feedparser, with ids that stand once, every .ics be good to icalendar, with UIDs that stand once.

Gives one line for each file that fails, and at the end `N passed, N failed`; exits 1 if any file
failed or if there was none of a kind to look at. Needs requirements.txt.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import feedparser
import icalendar
from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).parent / "schemas"
KINDS = ("case", "item", "meeting", "topic")


def load_schemas():
    """The validator of each kind; a schema that is none stops the run."""
    validators = {}
    for kind in KINDS:
        schema = json.loads((SCHEMAS / f"{kind}.json").read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        validators[kind] = Draft202012Validator(schema)
    return validators


def once(pairs):
    """An object whose keys stand once: JSON's readers differ on what twice means."""
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key stands twice in {keys}")
    return dict(pairs)


def check_json(path, place, validators):
    """The faults of an index.json; `place` is its folder below the site's, with a slash."""
    try:
        data = json.loads(path.read_bytes().decode("utf-8"), object_pairs_hook=once)
    except ValueError as error:
        return [str(error)]
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind not in validators:
        return [f"kind is {kind!r}"]
    faults = [
        f"{error.json_path}: {error.message}" for error in validators[kind].iter_errors(data)
    ]
    if not faults and not data["url"].endswith(f"/{place}"):
        faults.append(f"url {data['url']} is not the address of {place}")
    return faults


def check_feed(path):
    """The faults of a feed.xml."""
    feed = feedparser.parse(path.read_bytes())
    faults = [f"feedparser: {feed.bozo_exception}"] if feed.bozo else []
    if feed.version != "atom10":
        faults.append(f"is {feed.version or 'no feed'}, not atom10")
    faults += [f"has no {key}" for key in ("id", "title", "updated") if not feed.feed.get(key)]
    ids = [entry.get("id") for entry in feed.entries]
    faults += [f"the id {key} stands twice" for key in sorted(set(ids)) if ids.count(key) > 1]
    for number, entry in enumerate(feed.entries, 1):
        for key in ("id", "title", "link", "updated_parsed"):
            if not entry.get(key):
                faults.append(f"entry {number} has no good {key}")
    return faults


def check_calendar(path):
    """The faults of an .ics."""
    try:
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
    except (ValueError, KeyError) as error:
        return [f"icalendar: {error}"]
    faults = [f"icalendar: {error}" for part in calendar.walk() for error in part.errors]
    faults += [f"has no {key}" for key in ("VERSION", "PRODID") if key not in calendar]
    uids = []
    for event in calendar.walk("VEVENT"):
        faults += [f"an event has no {key}" for key in ("UID", "DTSTAMP", "DTSTART") if key not in event]
        uids.append(str(event.get("UID")))
    faults += [f"the UID {uid} stands twice" for uid in sorted(set(uids)) if uids.count(uid) > 1]
    return faults


def check_site(root):
    """(file, faults) of every file that is looked at, and the kinds of which there is none."""
    validators = load_schemas()
    results = []
    seen = {"index.json": 0, "feed.xml": 0, ".ics": 0}
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        file = path.relative_to(root).as_posix()
        if path.name == "index.json":
            results.append((file, check_json(path, file.removesuffix("index.json"), validators)))
            seen["index.json"] += 1
        elif path.name == "feed.xml":
            results.append((file, check_feed(path)))
            seen["feed.xml"] += 1
        elif path.suffix == ".ics":
            results.append((file, check_calendar(path)))
            seen[".ics"] += 1
    return results, [kind for kind, count in seen.items() if count == 0]


def report(results, missing):
    """Prints the failures and the count; gives the exit code."""
    for file, faults in results:
        for fault in faults:
            print(f"{file}: {fault}")
    for kind in missing:
        print(f"no {kind} in the folder")
    failed = sum(1 for _, faults in results if faults) + len(missing)
    print(f"{len(results) + len(missing) - failed} passed, {failed} failed")
    return 1 if failed else 0


OWN = "https://raad.example/data"
ENTRY = {
    "date": "2025-06-11/2025-11-27", "kind": "treatment", "state": "minutes", "meeting": "m",
    "item": "2.2", "title": "t", "url": f"{OWN}/moeder/m/punkt-2-2/", "cases": ["SAG-2025-03929"],
    "decision": None,
}
CASE = {
    "kind": "case", "number": "SAG-2025-03929", "title": "t", "url": f"{OWN}/sager/SAG-2025-03929/",
    "standing": False, "topics": ["digital-suveraenitet"], "timeline": [ENTRY], "mentions": [],
}
ITEM = {
    "kind": "item", "meeting": "m", "number": "2.2", "title": "t", "url": f"{OWN}/moeder/m/punkt-2-2/",
    "cases": ["SAG-2025-03929"], "topics": [], "access": "open",
    "sections": [{"role": "lead", "heading": None, "html": "<p>x</p>"}],
    "attachments": [{"title": "b", "url": None}], "links": [],
}
MEETING = {
    "kind": "meeting", "id": "m", "date": "2025-11", "title": "t", "url": f"{OWN}/moeder/m/",
    "status": "agenda", "items": [{"number": "1", "title": "t", "url": f"{OWN}/x/", "cases": []}],
}
TOPIC = {"kind": "topic", "slug": "x", "title": "x", "url": f"{OWN}/emner/x/", "items": [], "cases": []}
FEED = f"""<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:a,2025:f</id><title>t</title>
<updated>2025-11-27T00:00:00Z</updated><link rel="self" href="{OWN}/feed.xml"/>
<entry><id>tag:a,2025:1</id><title>t</title><updated>2025-11-27T00:00:00Z</updated><link href="{OWN}/"/></entry>
<entry><id>tag:a,2025:2</id><title>t</title><updated>2025-11-27T00:00:00Z</updated><link href="{OWN}/"/></entry></feed>"""
ICS = "\r\n".join(
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    + [
        line
        for uid in ("1@a", "2@a")
        for line in ("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20251127T000000Z", "DTSTART:20251127T090000", "END:VEVENT")
    ]
    + ["END:VCALENDAR", ""]
)


def sample():
    """A site without a fault: path to text."""
    files = {"feed.xml": FEED, "moeder.ics": ICS}
    for record in (CASE, ITEM, MEETING, TOPIC):
        place = record["url"].removeprefix(f"{OWN}/")
        files[f"{place}index.json"] = json.dumps(record)
    return files


# File, text, its replacement: each must be found, in that file and in no other.
CASE_FILE = "sager/SAG-2025-03929/index.json"
ITEM_FILE = "moeder/m/punkt-2-2/index.json"
FAULTS = [
    (CASE_FILE, '"standing": false', '"standing": "nej"'),
    (CASE_FILE, '"standing": false, ', ""),
    (CASE_FILE, '"standing": false', '"standing": false, "mere": 1'),
    (CASE_FILE, '"standing": false', '"standing": false, "standing": false'),
    (CASE_FILE, '"state": "minutes"', '"state": "planned"'),
    (CASE_FILE, '"decision": null', '"decision": ""'),
    (CASE_FILE, '"mentions": []', f'"mentions": ["{OWN}/", "{OWN}/"]'),
    (CASE_FILE, '"mentions": []', '"mentions": ["/om/"]'),
    (CASE_FILE, "2025-06-11/2025-11-27", "11. juni 2025"),
    (CASE_FILE, '"number": "SAG-2025-03929"', '"number": "sag-2025-03929"'),
    (CASE_FILE, f"{OWN}/sager/SAG-2025-03929/", f"{OWN}/sager/SAG-2025-00001/"),
    (ITEM_FILE, '"access": "open"', '"access": "closed"'),
    (ITEM_FILE, '"role": "lead"', '"role": "baggrund"'),
    (ITEM_FILE, '"url": null', '"url": "bilag/b.pdf"'),
    ("moeder/m/index.json", '"status": "agenda"', '"status": "dagsorden"'),
    ("emner/x/index.json", '"slug": "x"', '"slug": "Ø"'),
    ("emner/x/index.json", '"kind": "topic"', '"kind": "emne"'),
    ("emner/x/index.json", "}", ""),
    ("feed.xml", "2025:2", "2025:1"),
    ("feed.xml", "</feed>", ""),
    ("feed.xml", "<title>t</title>", ""),
    ("feed.xml", "2025-11-27T00:00:00Z", "i går"),
    ("moeder.ics", "2@a", "1@a"),
    ("moeder.ics", "END:VCALENDAR\r\n", ""),
    ("moeder.ics", "DTSTART:20251127T090000", "DTSTART:27.11.2025"),
    ("moeder.ics", "DTSTAMP:20251127T000000Z\r\n", ""),
]


def self_test():
    """Proves that each fault is found; gives the exit code."""
    passed, failed = 0, []
    with tempfile.TemporaryDirectory() as folder:
        for row in [None, *FAULTS]:
            root = Path(folder) / "site"
            shutil.rmtree(root, ignore_errors=True)
            for file, text in sample().items():
                if row and row[0] == file:
                    assert row[1] in text, row
                    text = text.replace(row[1], row[2])
                (root / file).parent.mkdir(parents=True, exist_ok=True)
                (root / file).write_bytes(text.encode("utf-8"))
            results, missing = check_site(root)
            found = [file for file, faults in results if faults] + missing
            if found == ([row[0]] if row else []):
                passed += 1
            else:
                failed.append(f"{row}: found {[it for it in results if it[1]]} {missing}")
        (Path(folder) / "empty").mkdir()
        if len(check_site(Path(folder) / "empty")[1]) == 3:
            passed += 1
        else:
            failed.append("an empty folder passes")
    print(*failed, sep="\n", end="\n" if failed else "")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed else 0


def main(arguments):
    if arguments == ["--self-test"]:
        return self_test()
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: validate.py DIR | --self-test", file=sys.stderr)
        return 2
    return report(*check_site(Path(arguments[0])))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
