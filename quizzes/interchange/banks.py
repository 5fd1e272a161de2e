"""The banks that commands speak of: FILM for the kit's own questions, FILM/USERNAME for a teacher's."""

from classroom.library.models import Film
from classroom.people.models import User
from quizzes.bank.models import Quiz


class BankUnknown(ValueError):
    """A name that stands for no bank; the message says which there are."""


def any_bank(name: str) -> tuple[Film, User | None]:
    """The film and the teacher of a bank, None for the kit's own."""
    film_key, slash, username = name.partition("/")
    film = Film.objects.filter(key=film_key).first()
    if film is None:
        known = ", ".join(Film.objects.order_by("key").values_list("key", flat=True)) or "none"
        raise BankUnknown(f"There is no film “{film_key}”. Loaded are: {known}.")
    return film, _teacher(username) if slash else None


def own_bank(name: str) -> tuple[Film, User]:
    """The film and the teacher of a bank that can be changed; the one teacher of the school where none is named."""
    film, teacher = any_bank(name)
    if teacher is not None:
        return film, teacher
    teachers = list(User.objects.filter(is_teacher=True, is_active=True)[:2])
    if len(teachers) != 1:
        raise BankUnknown(f"Say whose questions they become: --bank {film.key}/USERNAME.")
    return film, teachers[0]


def _teacher(username: str) -> User:
    teacher = User.objects.filter(username=username, is_teacher=True, is_active=True).first()
    if teacher is None:
        raise BankUnknown(f"There is no teacher with the user name “{username}”.")
    return teacher


def quiz_of(film: Film, teacher: User | None, key: str) -> Quiz | None:
    """The quiz of that key, a teacher's own before the kit's; None where no key is given."""
    if not key:
        return None
    found = Quiz.objects.filter(film=film, key=key)
    quiz = found.filter(owner=teacher).first() or found.filter(owner__isnull=True).first()
    if quiz is None:
        raise BankUnknown(f"There is no quiz “{key}”.")
    return quiz
