"""A kit that is sent as a zip file: held against bounds, and written out into a folder of its own, never beside it.

Who sends one is an admin, but the file may come from anywhere: nothing in it decides where a file is written, how much
of the disk and the memory it takes, or what is done beside reading it.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Final

from django.utils.translation import gettext as _

MOST_BYTES: Final = 5_000_000
MOST_UNPACKED: Final = 30_000_000
MOST_FILES: Final = 1_000
FILM: Final = "film.yaml"
_KINDS: Final = {".yaml", ".md"}
# A file in the kit's folder, or in folders within it. No folder's name has a dot, so none is a file's, too.
_NAME: Final = re.compile(r"(?:[\w-]{1,60}/){0,3}[\w-][\w .-]{0,60}")
_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


class NotAKit(ValueError):
    """The file cannot be taken; the one argument says why, for the page."""


def files_of(body: bytes) -> dict[str, bytes]:
    """What a kit's zip file holds, by names within the kit's folder; nothing is written. Raises NotAKit.

    The kit may stand in a folder within the zip. What is no kit's file (``.yaml``, ``.md``) is passed over.
    """
    if len(body) > MOST_BYTES:
        raise NotAKit(_("The file is larger than 5 MB."))
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _read(archive)
    # What a damaged file brings about, by the place of the damage.
    except NotAKit:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, ValueError) as fault:
        raise NotAKit(_("This is no zip file, or a damaged one.")) from fault


def unpack(body: bytes, folder: Path) -> None:
    """Write a kit's files into an empty folder. Raises NotAKit, with nothing written."""
    for name, content in files_of(body).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    listed = archive.infolist()
    if len(listed) > MOST_FILES:
        raise NotAKit(_("There are too many files in it."))
    top = _folder_of_the_kit(listed)
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for each in listed:
        name = _name_in(top, each)
        if name is None:
            continue
        if name.casefold() in {other.casefold() for other in found}:
            raise NotAKit(_("A file is in it twice: %(name)s") % {"name": name})
        _refuse_what_is_no_plain_file(each, name)
        with archive.open(each) as opened:
            # One byte more than is left is enough to refuse it, whatever its size is said to be.
            found[name] = opened.read(left + 1)
        left -= len(found[name])
        if left < 0:
            raise NotAKit(_("It is too large when it is unpacked."))
    return found


def _folder_of_the_kit(listed: list[zipfile.ZipInfo]) -> str:
    """Where ``film.yaml`` stands: "", or a folder with its slash. Files further down may be called so, too."""
    films = [each.filename for each in listed if PurePosixPath(each.filename).name == FILM and not _is_hidden(each)]
    depth = min((name.count("/") for name in films), default=0)
    highest = [name for name in films if name.count("/") == depth]
    if not highest:
        raise NotAKit(_("There is no film.yaml in it, which every kit has."))
    if len(highest) > 1:
        raise NotAKit(_("There is more than one kit in it."))
    return highest[0].removesuffix(FILM)


def _is_hidden(info: zipfile.ZipInfo) -> bool:
    """What a system adds by itself: ``__MACOSX/._film.yaml``."""
    return any(part.startswith((".", "__")) and part != ".." for part in info.filename.split("/"))


def _name_in(top: str, info: zipfile.ZipInfo) -> str | None:
    """The name within the kit's folder; None for what is passed over."""
    name = info.filename.removeprefix(top)
    is_ours = info.filename.startswith(top) and PurePosixPath(name).suffix in _KINDS and not _is_hidden(info)
    if info.is_dir() or not is_ours:
        return None
    if not _NAME.fullmatch(name):
        raise NotAKit(_("A file has a name that no kit's file has: %(name)s") % {"name": name[:100]})
    return name


def _refuse_what_is_no_plain_file(info: zipfile.ZipInfo, name: str) -> None:
    is_locked = bool(info.flag_bits & 0x1)
    is_special = stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG)
    if is_locked or is_special or info.compress_type not in _METHODS:
        raise NotAKit(_("A file in it cannot be read: %(name)s") % {"name": name})
