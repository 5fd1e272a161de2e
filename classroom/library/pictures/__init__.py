"""The ledger as pictures: when things were, who says what, and how far a lesson's facts may be trusted."""

from classroom.library.pictures.readings import readings_picture
from classroom.library.pictures.standings import STANDINGS, FactSign, standings_key, standings_picture
from classroom.library.pictures.timeline import DatedSign, timeline_key, timeline_picture

__all__ = [
    "STANDINGS",
    "DatedSign",
    "FactSign",
    "readings_picture",
    "standings_key",
    "standings_picture",
    "timeline_key",
    "timeline_picture",
]
