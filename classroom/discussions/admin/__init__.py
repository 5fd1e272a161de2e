"""The room in the admin panel. Posts, pseudonyms and decisions are there to be looked at, never changed.

Sealed names stay out of it: not in a column, not on a page, and neither a search nor an address can ask for them.
"""

from classroom.discussions.admin import moderating, names, setting, writing

ROOMS = (moderating, names, setting, writing)
