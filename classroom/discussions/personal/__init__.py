"""What discussions keep about people."""

from classroom.discussions.personal import moderating, posts, threads

TABLES = [*moderating.TABLES, *posts.TABLES, *threads.TABLES]
