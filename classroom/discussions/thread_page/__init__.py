"""A thread as its page shows it to one reader: what the page shows, and no more, in a fixed number of queries."""

from classroom.discussions.thread_page.contents import Spot, spot_of
from classroom.discussions.thread_page.page import Asked, ThreadPage, number, thread_page
from classroom.discussions.thread_page.posts import Target, target_of
from classroom.discussions.thread_page.seen import eyes_of

__all__ = ["Asked", "Spot", "Target", "ThreadPage", "eyes_of", "number", "spot_of", "target_of", "thread_page"]
