"""The kits that come with the programme."""

from pathlib import Path

from kits.reading import read_film
from kits.reading.shapes import Film

PACKAGE = Path(__file__).resolve().parent


def shipped_kits() -> Path:
    """The folder that holds the shipped kits, each in a folder named by its key.

    In a checkout it is `fixtures/` at the top; a wheel carries the same folder inside this package. Raises
    FileNotFoundError where neither is there.
    """
    for folder in (PACKAGE / "fixtures", PACKAGE.parent / "fixtures"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("This copy of the programme comes without kits.")


def shipped_kit(key: str) -> Path:
    """The folder of one shipped kit. Raises FileNotFoundError where there is none of that key."""
    folder = shipped_kits() / key
    if not (folder / "film.yaml").is_file():
        raise FileNotFoundError(f"No kit '{key}' comes with this copy of the programme.")
    return folder


def shipped_films() -> list[Film]:
    """The films of the shipped kits, by their keys; none where this copy comes without kits."""
    try:
        folders = sorted(path.parent for path in shipped_kits().glob("*/film.yaml"))
    except FileNotFoundError:
        return []
    films = (read_film(folder) for folder in folders)
    return [film for film in films if film is not None]


def kit_folder(text: str) -> Path:
    """What a command line names: a folder, or the key of a shipped kit where no such folder is."""
    folder = Path(text)
    if folder.exists():
        return folder
    try:
        return shipped_kit(text)
    except FileNotFoundError:
        return folder  # whose absence the reader of kits reports
