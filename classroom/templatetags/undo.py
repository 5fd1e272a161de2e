"""``{{ message|undo }}`` is what takes back what a message tells of."""

from django import template

from classroom.common.undo import undo_of

register = template.Library()
register.filter("undo", undo_of)
