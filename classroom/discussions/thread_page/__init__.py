"""A thread as its page shows it to one reader: fetched in a fixed number of queries, nested in Python."""

from classroom.discussions.thread_page.outline import Outline, Spot, outline_of
from classroom.discussions.thread_page.page import Asked, ThreadPage, number, thread_page
from classroom.discussions.thread_page.posts import Target, target_of

__all__ = ["Asked", "Outline", "Spot", "Target", "ThreadPage", "number", "outline_of", "target_of", "thread_page"]
