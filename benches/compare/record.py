#!/usr/bin/env python3
"""Writes the synthetic record of a Danish town council, of any size, as content for sagnet or Hugo.

Takes a folder to write into, the number of items, a seed and a flavour. Gives the same record for
the same number and seed, in both flavours: meetings, items, cases, topics, attachments and text are
made up once, and only then written down as the one program or the other wants them. Prints what
there is of each. Nothing in the record is real.

  record.py OUT --items 10000 [--seed 1] [--flavour sagnet|hugo]
"""

import argparse
import datetime
import random
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

COUNCIL = "Byrådet i Nørreby"
PLACE = "Rådhuset, Torvet 1, Nørreby"
BASE_URL = "https://raad.example"

ITEMS_PER_MEETING = 12
LAST_MEETING = datetime.date(2025, 11, 27)
FIRST_DAY = datetime.date(1950, 1, 1)
DAYS_COVERED = 9000  # spread over these, as long as there is a day for each meeting
USUAL_DAYS = 61

SENTENCES = 1500  # made up once; paragraphs draw from them

MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december".split()
)

TOPICS = {
    "affald-og-genbrug": "Affald og genbrug",
    "boliger": "Boliger",
    "boern-og-dagtilbud": "Børn og dagtilbud",
    "budget": "Budget",
    "cykling": "Cykling",
    "detailhandel": "Detailhandel",
    "folkeskolen": "Folkeskolen",
    "foreningsliv": "Foreningsliv",
    "handicap": "Handicap",
    "idraet": "Idræt",
    "integration": "Integration",
    "kultur": "Kultur",
    "kyst-og-klima": "Kyst og klima",
    "landdistrikter": "Landdistrikter",
    "lokalplaner": "Lokalplaner",
    "natur": "Natur",
    "personale": "Personale",
    "seniorer": "Seniorer",
    "trafik": "Trafik",
    "unge-og-uddannelse": "Unge og uddannelse",
    "varme-og-energi": "Varme og energi",
    "veje": "Veje",
}

SUBJECTS = (
    "svømmehallen havneområdet skolebusserne genbrugspladsen fjernvarmen biblioteket cykelstierne "
    "plejehjemmet sportshallen bymidten kystsikringen daginstitutionerne musikskolen "
    "vejbelysningen industrikvarteret naturparken busterminalen ungdomshuset letbanen "
    "rådhuspladsen stationen kolonihaverne erhvervshavnen kunstmuseet"
).split()

TITLE_FRAMES = (
    "Renovering af {}",
    "Lokalplan for {}",
    "Udbud af driften af {}",
    "Anlægsbevilling til {} og {}",
    "Høring om {}",
    "Evaluering af {} og {}",
    "Årlig redegørelse for {}",
    "Den videre udvikling af {}",
)

OWN_TITLES = ("Godkendelse af dagsordenen", "Meddelelser fra {}", "Nyt om {}", "Mødeplan og {}")

PEOPLE = ("AMB", "BKR", "CHS", "EJO", "FTH", "GLN", "HPE")

SUBMITTERS = (
    "Teknisk Forvaltning",
    "Økonomiudvalget",
    "Børne- og Skoleudvalget",
    "Social- og Sundhedsudvalget",
    "Kultur- og Fritidsforvaltningen",
)

PERSPECTIVES = ("Økonomi", "Bæredygtighed", "Borgerinddragelse", "Jura", "Anlæg", "Personale")

SPEAKERS = (
    "Forvaltningen",
    "Borgmesteren",
    "Et flertal i rådet",
    "Økonomidirektøren",
    "Formanden for teknikudvalget",
    "Repræsentanten for seniorrådet",
    "Kommunens byggechef",
    "Flere medlemmer",
    "Skolechefen",
    "Ordføreren for mindretallet",
)

SAID = (
    "oplyste",
    "bemærkede",
    "understregede",
    "vurderede",
    "gjorde opmærksom på",
    "redegjorde for",
    "fandt det afgørende",
    "fremhævede",
)

THINGS = (
    "ombygningen af hallen",
    "den nye busrute gennem oplandet",
    "udskiftningen af gadelamperne",
    "forslaget til takster",
    "samarbejdet med nabokommunerne",
    "helhedsplanen for havnefronten",
    "ordningen for madservice",
    "puljen til landsbyforsamlingshuse",
    "den foreslåede skolestruktur",
    "udvidelsen af kloaknettet",
    "aftalen om den fælles svømmehal",
    "pasningsgarantien i vuggestuerne",
    "den grønne kile langs åen",
    "bevillingen til asfalt",
)

STATES = (
    "kan gennemføres inden for den afsatte ramme",
    "forudsætter en tæt dialog med {}",
    "giver anledning til en ny høring af {}",
    "er forsinket i forhold til den tidsplan, der blev aftalt med {}",
    "har fået en positiv modtagelse hos {}",
    "bør ses i sammenhæng med budgettet for de kommende år",
    "skal vurderes på ny, når regnskabet foreligger",
    "hviler på erfaringer, som er indsamlet sammen med {}",
    "ligger i forlængelse af den vedtagne politik på området",
    "kræver, at driften kan fortsætte i anlægsperioden",
)

PARTIES = (
    "de lokale idrætsforeninger",
    "forældrebestyrelserne",
    "grundejerforeningerne",
    "handelsstandsforeningen",
    "de faglige organisationer",
    "beboerne i de berørte gader",
    "ungerådet",
    "de frivillige",
    "forsyningsselskabet",
)

TAILS = (
    "så borgerne oplever en sammenhængende indsats",
    "så snart de nødvendige tilladelser er givet",
    "uden at serviceniveauet sænkes andre steder",
    "mens de mindre projekter afventer en samlet prioritering",
    "fordi behovet ventes at vokse i takt med nye boliger",
    "og at der følges op med en skriftlig status til rådet",
    "selv om anlægsudgiften er højere end først antaget",
    "idet trafiksikkerheden omkring skolerne kommer først",
    "hvilket mindsker både energiforbrug og vedligehold",
)


@dataclass
class Case:
    """What a case number names; `left` treatments are still to come."""

    number: str
    title: str
    topics: list[str]
    perspectives: list[str]
    submitter: str
    left: int = 1


@dataclass
class Item:
    """A point of an agenda. Where there is a closed ground, it is closed."""

    order: int
    number: str
    title: str
    case: Case
    responsible: list[str]
    text: str
    closed_ground: str | None = None
    attachment: str | None = None
    continues: datetime.date | None = None

    @property
    def file_name(self):
        return f"{self.number.replace('.', '-')}-punkt.md"

    @property
    def attachment_title(self):
        return f"Notat til punkt {self.number}"

    @property
    def attachment_file(self):
        return f"bilag/notat-{self.number.replace('.', '-')}.txt"


@dataclass
class Meeting:
    """A sitting of the council; `held` where it is over, and there are minutes."""

    ordinal: int
    date: datetime.date
    standing: Case
    held: bool
    items: list[Item] = field(default_factory=list)

    @property
    def title(self):
        return f"{self.ordinal}. møde i {COUNCIL}"


class Record:
    """Makes up the meetings one after the other; everything by chance comes from the one seed."""

    def __init__(self, items, seed):
        self.items = items
        self.random = random.Random(seed)
        self.sentences = [self.sentence() for _ in range(SENTENCES)]
        self.cases = 0
        self.live = deque(maxlen=60)  # cases that may come back
        self.public = deque(maxlen=400)  # numbers that a text may name
        self.past = deque(maxlen=40)  # days of earlier meetings

    def meetings(self):
        """All meetings, the oldest first."""
        count = -(-self.items // ITEMS_PER_MEETING)
        left = self.items
        for at, date in enumerate(meeting_days(count)):
            meeting = Meeting(at + 1, date, self.standing_case(at, date), held=at < count - 1)
            self.fill(meeting, min(ITEMS_PER_MEETING, left))
            left -= len(meeting.items)
            self.past.append(date)
            yield meeting

    def fill(self, meeting, count):
        used = {meeting.standing.number}
        for at in range(count):
            own = at < 2  # the meeting's own items share its standing case
            case = meeting.standing if own else self.next_case(meeting.date, used)
            used.add(case.number)
            item = self.item(meeting, at, case)
            meeting.items.append(item)
            if not own and item.closed_ground is None:
                self.public.append(case.number)

    def item(self, meeting, at, case):
        number = "1.1" if at == 0 else f"2.{at}"
        title = self.title(OWN_TITLES) if case is meeting.standing else case.title
        responsible = self.random.sample(PEOPLE, 2)
        item = Item(at + 1, number, title, case, responsible, self.text(meeting, number, case))
        chance = self.random.random()
        if chance < 0.01:
            item.closed_ground = "Forretningsforhold"
        elif chance < 0.06:
            item.attachment = self.paragraph()
        if self.past and at > 2 and self.chance(0.03):
            item.continues = self.random.choice(self.past)
        return item

    def standing_case(self, at, date):
        case = self.new_case(f"SAG-{date.year}-{90000 + at % 10000}")
        case.title = f"Mødesag for {at + 1}. møde"
        return case

    def next_case(self, date, used):
        """A case that comes back, or a new one."""
        waiting = [case for case in self.live if case.left > 0 and case.number not in used]
        if waiting and self.chance(0.45):
            case = self.random.choice(waiting)
        else:
            prefix = "SAG" if self.chance(0.93) else "MOD"
            self.cases += 1
            case = self.new_case(f"{prefix}-{date.year}-{self.cases % 90000:05}")
            self.live.append(case)
        case.left -= 1
        return case

    def new_case(self, number):
        r = self.random
        return Case(
            number,
            self.title(TITLE_FRAMES),
            r.sample(sorted(TOPICS), r.randint(1, 3)),
            r.sample(PERSPECTIVES, r.randint(1, 3)),
            r.choice(SUBMITTERS),
            min(int(r.paretovariate(1.2)), 12),
        )

    def text(self, meeting, number, case):
        """The item's sections in Markdown; the discussion is there once the meeting was held."""
        parts = ["## Baggrund", self.paragraph(), *self.references(number, case)]
        parts += ["## Indstilling", "Forvaltningen indstiller, at rådet tager stilling til:"]
        parts.append("\n".join(f"- {self.pick()}" for _ in range(self.random.randint(1, 3))))
        parts += ["## Sagsfremstilling", self.paragraph(), self.paragraph()]
        if self.chance(0.10):
            parts.append(self.table())
        if self.chance(0.02):
            parts.append(self.code())
        parts.append(self.paragraph())
        if meeting.held:
            parts += ["## Drøftelse", self.paragraph(), self.paragraph()]
        return "\n\n".join(parts) + "\n"

    def references(self, number, case):
        """Paragraphs that name an earlier meeting, another item, other cases."""
        parts = []
        if self.past and self.chance(0.25):
            day = self.random.choice(self.past)
            when = f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
            parts.append(f"Rådet behandlede emnet den {when}. {self.paragraph(1, 2)}")
        if number not in ("1.1", "2.1") and self.chance(0.10):
            parts.append(f"Punktet hænger sammen med punkt 2.1. {self.pick()}")
        if len(self.public) > 4 and self.chance(0.50):
            others = [n for n in self.random.sample(self.public, 2) if n != case.number]
            named = " og ".join(dict.fromkeys(others))
            if named:
                parts.append(f"Se også {named}. {self.paragraph(1, 2)}")
        return parts

    def table(self):
        years = range(2014, 2014 + self.random.randint(3, 8))
        number = self.random.randint
        rows = [f"| {y} | {number(10, 99)} | {number(1, 100)} % |" for y in years]
        return "\n".join(["| År | Mio. kr. | Andel |", "| --- | ---: | ---: |", *rows])

    def code(self):
        place = self.random.choice(SUBJECTS)
        meters = self.random.randint(1, 500)
        stages = "  etaper:\n    - projektering\n    - udførelse"
        return f"```yaml\nanlæg:\n  sted: {place}\n  længde: {meters}\n{stages}\n```"

    def title(self, frames):
        frame = self.random.choice(frames)
        return frame.format(*self.random.sample(SUBJECTS, frame.count("{}")))

    def sentence(self):
        choose = self.random.choice
        state = choose(STATES).format(choose(PARTIES))
        tail = f", {choose(TAILS)}" if self.chance(0.6) else ""
        return f"{choose(SPEAKERS)} {choose(SAID)}, at {choose(THINGS)} {state}{tail}."

    def pick(self):
        return self.random.choice(self.sentences)

    def paragraph(self, least=3, most=7):
        return " ".join(self.pick() for _ in range(self.random.randint(least, most)))

    def chance(self, share):
        return self.random.random() < share


def meeting_days(count):
    """A day for each meeting, as evenly as there is room for."""
    step = max(1, min(USUAL_DAYS, DAYS_COVERED // max(count, 1)))
    first = LAST_MEETING - datetime.timedelta(days=step * (count - 1))
    first = max(first, FIRST_DAY)
    return [first + datetime.timedelta(days=step * i) for i in range(count)]


def toml(value):
    """A value of front matter; the texts of this record need no escapes."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, datetime.date)):
        return str(value)
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    return "[" + ", ".join(toml(inner) for inner in value) + "]"


def write(path, fields, text="", params=None):
    """Writes a content file; Hugo wants the fields that it does not know below [params]."""
    lines = ["+++", *(f"{key} = {toml(value)}" for key, value in fields.items())]
    if params is not None:
        lines += ["", "[params]", *(f"{key} = {toml(value)}" for key, value in params.items())]
    lines += ["+++", "", text]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


class Sagnet:
    """Writes content as sagnet reads it."""

    def __init__(self, out):
        self.content = out / "content"
        for slug, name in TOPICS.items():
            path = self.content / "topics" / f"{slug}.md"
            write(path, {"title": name}, f"Alt om {name.lower()}.\n")
        (out / "sagnet.toml").write_text(
            f'base_url = "{BASE_URL}"\ntitle = "{COUNCIL}"\nlanguage = "da"\n', encoding="utf-8"
        )

    def case(self, case):
        write(self.content / "cases" / f"{case.number}.md", {"title": case.title, "standing": True})

    def meeting(self, meeting, folder):
        fields = {"title": meeting.title, "date": meeting.date, **sitting()}
        write(folder / "_index.md", fields, "Mødet er åbent for alle.\n")

    def item(self, meeting, item, folder):
        fields = {
            "number": item.number,
            "title": item.title,
            "cases": [item.case.number],
            "responsible": item.responsible,
            "topics": item.case.topics,
            "submitted_by": [item.case.submitter],
            "perspectives": item.case.perspectives,
        }
        if item.closed_ground:
            fields |= {"access": "closed", "closed_ground": item.closed_ground}
        if item.attachment:
            fields["attachments"] = [{"title": item.attachment_title, "file": item.attachment_file}]
        if item.continues:
            fields["continues"] = [f"{item.continues}/1.1"]
        write(folder / item.file_name, fields, item.text)


class Hugo:
    """Writes content as Hugo reads it: cases and topics are taxonomies, the rest is params.

    Hugo has no closed items, so of those only what may be published is written.
    """

    def __init__(self, out):
        self.content = out / "content"
        for slug, name in TOPICS.items():
            path = self.content / "topics" / slug / "_index.md"
            write(path, {"title": name}, f"Alt om {name.lower()}.\n")

    def case(self, case):
        folder = self.content / "cases" / case.number
        write(folder / "_index.md", {"title": case.title}, params={"standing": True})

    def meeting(self, meeting, folder):
        fields = {"title": meeting.title, "date": meeting.date}
        params = {"status": "Referat" if meeting.held else "Dagsorden", **sitting()}
        write(folder / "_index.md", fields, "Mødet er åbent for alle.\n", params)

    def item(self, meeting, item, folder):
        fields = {"title": item.title, "date": meeting.date, "weight": item.order}
        params = {"number": item.number}
        if item.closed_ground:
            params["closed_ground"] = item.closed_ground
            write(folder / item.file_name, fields, "", params)
            return
        fields |= {"cases": [item.case.number], "topics": item.case.topics}
        params |= {
            "responsible": item.responsible,
            "submitted_by": [item.case.submitter],
            "perspectives": item.case.perspectives,
        }
        if item.attachment:
            params["attachments"] = [{"title": item.attachment_title, "file": item.attachment_file}]
        if item.continues:
            params["continues"] = [f"/meetings/{item.continues}/1-1-punkt"]
        write(folder / item.file_name, fields, item.text, params)


def sitting():
    """When and where the council meets, and who."""
    members = [f"Byrådsmedlem {letter}" for letter in "ABCDEFGH"]
    return {"start": "17:00", "end": "20:30", "place": PLACE, "members": members}


def write_record(record, flavour):
    """Writes each meeting as it is made up; gives how many there were."""
    meetings = 0
    for meeting in record.meetings():
        meetings += 1
        folder = flavour.content / "meetings" / str(meeting.date)
        flavour.meeting(meeting, folder)
        flavour.case(meeting.standing)
        for item in meeting.items:
            flavour.item(meeting, item, folder)
            if item.attachment:
                path = folder / item.attachment_file
                path.parent.mkdir(exist_ok=True)
                path.write_text(item.attachment + "\n", encoding="utf-8")
    return meetings


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="the folder to write into")
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--flavour", choices=["sagnet", "hugo"], default="sagnet")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    record = Record(arguments.items, arguments.seed)
    flavour = {"sagnet": Sagnet, "hugo": Hugo}[arguments.flavour](arguments.out)
    meetings = write_record(record, flavour)
    print(
        f"{arguments.items} items in {meetings} meetings, "
        f"{record.cases + meetings} cases, {len(TOPICS)} topics"
    )


if __name__ == "__main__":
    main()
