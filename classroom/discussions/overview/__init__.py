"""How a class talks, for those who teach it: who has spoken, how the talk is shared, what waits for an answer."""

from classroom.discussions.overview.talk import Talk, ThreadLine, Voice, get_thread, talk_of, threads_of

__all__ = ["Talk", "ThreadLine", "Voice", "get_thread", "talk_of", "threads_of"]
