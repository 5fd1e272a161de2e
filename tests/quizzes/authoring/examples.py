"""A small ledger with the figures of real articles on one film."""

from typing import Any

from quizzes.authoring import Ledger, LedgerFact, LedgerSource, LedgerTerm, PlainReading, ledger_fact


def says(source: str, paragraph: int, says: str, stance: str = "states", **value: Any) -> PlainReading:
    return PlainReading(source=source, paragraph=paragraph, says=says, stance=stance, **value)


def fact(key: str, thing: str, value: object, value_type: str, **rest: Any) -> LedgerFact:
    """A fact whose thing is written "subject / attribute"."""
    subject, _, attribute = thing.partition(" / ")
    rest.setdefault("statement", f"{attribute} of {subject}: {value}.")
    rest.setdefault("citations", [says("pbs", 1, str(value))])
    return ledger_fact(key=key, subject=subject, attribute=attribute, value=value, value_type=value_type, **rest)


DISPUTED: dict[str, Any] = {"standing": "disputed", "use": "attributed"}

SOURCES = [
    LedgerSource("cinevue", "DVD Review", ("CineVue", "Ben Nicholson", "DVD Review")),
    LedgerSource("pbs", "Never Sorry", ("the PBS page", "PBS", "Never Sorry")),
    LedgerSource("epoch", "A documentary opens", ("The Epoch Times",)),
    LedgerSource("fast", "The Power of Art", ("Fast Company",)),
    LedgerSource("listing", "Never Sorry", ("the listing page", "lasttimeisaw")),
]

TERMS = [LedgerTerm("nest", ("Bird's Nest", "Beijing National Stadium", "鸟巢"))]

FACTS = [
    fact(
        "detention-days",
        "Ai's detention / length",
        81,
        "duration",
        unit="day",
        statement="Ai was held for 81 days.",
        citations=[
            says("cinevue", 4, "held for 81 days"),
            says("pbs", 7, "jailed for 81 days"),
            says("fast", 3, "detained for three months", "rounds", value=3, unit="month"),
        ],
        **DISPUTED,
    ),
    fact(
        "detention-half-year",
        "Ai's detention / length",
        0.5,
        "duration",
        unit="year",
        citations=[says("listing", 37, "disappeared for half a year")],
        **DISPUTED,
    ),
    fact(
        "running-time",
        "the film / running time",
        91,
        "duration",
        unit="minute",
        accept=["1 hr 31 min", "two hours", "feature length"],
    ),
    fact("studio-stay", "Klayman / length of her stay", 4, "duration", unit="year"),
    fact("house-arrest", "house arrest / length", 1, "duration", unit="year"),
    fact("eighteen", "the trip / length", 18, "duration", unit="day"),
    fact("forty", "the ride / length", 40, "duration", unit="day"),
    fact("gap", "the wait / length", 305, "duration", unit="day"),
    fact(
        "children",
        "the names project / number of children named",
        5000,
        "count",
        unit="child",
        precision="at-least",
        citations=[
            says("epoch", 11, "more than 5000 children"),
            says("cinevue", 5, "hundreds of schoolchildren", "contradicts", value="hundreds"),
        ],
        **DISPUTED,
    ),
    fact("casualties", "the earthquake / number of casualties", 80000, "count", unit="casualty", precision="at-least"),
    fact(
        "backpacks",
        "Remembering / number of backpacks",
        9000,
        "count",
        unit="backpack",
        statement="Remembering showed 9,000 backpacks.",
    ),
    fact("followers", "Twitter / followers on the first day", 2500, "count", unit="follower"),
    fact("tweets", "Twitter / number of tweets", 60000, "count", unit="tweet"),
    fact("photographs", "New York / number of photographs", 10000, "count", unit="photograph"),
    fact("seeds", "Sunflower Seeds / number of seeds", 100000000, "count", unit="seed"),
    fact("quake", "the earthquake / year", "2008", "date"),
    fact("start", "Ai's detention / first day", "2011-04-03", "date"),
    fact("end", "Ai's detention / day of release", "2011-06-22", "date"),
    fact("arrest-year", "the arrest / year", "2011", "date"),
    fact("premiere", "the film / date of the premiere", "2013-02-25", "date"),
    fact("festival", "the film / day of the festival", "--04-26", "date"),
    fact("munich", "Remembering / city", "Munich", "place", kind="city"),
    fact("london", "Sunflower Seeds / city", "London", "place", kind="city"),
    fact("beijing", "the stadium / city", "Beijing", "place", kind="city", accept=["Peking"]),
    fact("toronto", "the festival / city", "Toronto", "place", kind="city"),
    fact("tokyo", "the Mori Museum / city", "Tokyo", "place", kind="city"),
    fact("tate", "Sunflower Seeds / gallery", "Tate Modern", "place", kind="gallery"),
    fact("stadium", "the Olympics / stadium", "Bird's Nest", "place", kind="building"),
    fact("editor", "the film / editor", "Jennifer Fineran", "person", kind="crew", never=["Alison Klayman"]),
    fact("katz", "the film / executive producers", "Karl Katz", "person", kind="crew", many=True),
    fact("goldman", "the film / executive producers", "Julie Goldman", "person", kind="crew", many=True),
    fact("cohen", "the film / executive producers", "Andrew Cohen", "person", kind="crew", many=True),
    fact("composer", "the film / composer", "Ilan Isakov", "person", kind="crew"),
    fact("advisor", "the film / key advisor", "Brian Newman", "person", kind="crew"),
    fact("stills", "the film / still photography", "Ted Alcorn", "person", kind="crew"),
    fact(
        "design",
        "the stadium / Ai's part in it",
        "co-designed it",
        "text",
        kind="part in a design",
        accept=["helped to design"],
        citations=[
            says("epoch", 4, "a co-designer"),
            says("cinevue", 3, "designed it", "contradicts", value="designed the stadium alone"),
        ],
        **DISPUTED,
    ),
    fact("blog", "the authorities / what they did", "shut down his blog", "text", kind="measure", many=True),
    fact("passport", "the authorities / what they did", "took away his passport", "text", kind="measure", many=True),
    fact("rating", "the listing page / rating", 98, "rating", unit="percent", nature="snapshot", use="discuss"),
    fact("tax", "the charge / amount", 2400000, "money", unit="USD"),
    fact("stay", "Klayman / time in China", "2006/2010", "period"),
    fact("share", "viewers / share", 40, "count", unit="person", precision="about"),
    fact(
        "derived",
        "the detention / length by the calendar",
        80,
        "duration",
        unit="day",
        nature="derived",
        derived_from=["start", "end"],
        citations=[],
    ),
]

LEDGER = Ledger.of(FACTS, SOURCES, TERMS)
