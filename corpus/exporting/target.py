"""Where an export goes: files and folders that appear under their names whole, or not at all.

Everything is written under a temporary name beside the target, synced, and renamed when all of it is there. A full disk
or Ctrl-C leaves what stood there before. What stands there is replaced only where this package wrote it, or by force.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from corpus.errors import UsageError

MARKER = ".songngu-export"
PARQUET_MARK = b"songngu:pairs"
_BEGINS = re.compile(
    rb'<\?xml [^>]*>\n<!DOCTYPE tmx [^>]*>\n<tmx version="1.4">\n<header creationtool="songngu"'
    rb"|\xef\xbb\xbfid,vi,en,[^\n]*,songngu:extra\r\n"
    rb"|(?:vi\ten|align_prob|adequacy_vi)\t[^\n]*\bquality\b"
    rb'|\{"(?:id|vi_id)": "[^"]*", "(?:translation|source|en_id)": '
    rb'|\{[^\n]*"quality": '
)
_SCORED = (".vi", ".en", ".ids")
_HEAD = 1 << 16
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def cannot_write(path: Path, error: OSError) -> UsageError:
    """The error for a file that the system refuses to write, with the next step."""
    if error.errno in _FULL:
        return UsageError(
            f"no room for {path} ({error.strerror}) and nothing was left behind; free some space, or name another disk "
            "with -o"
        )
    return UsageError(f"cannot write {path} ({error.strerror}); name a place you may write to with -o")


def check_file(path: Path, *, force: bool = False) -> None:
    """Raises UsageError where `path` cannot become a file of ours: no folder holds it, or something else is there."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name a file in it, such as -o {path / 'bitext'}{path.suffix}")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}; make it first: mkdir -p {path.parent}")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is no regular file; name another one with -o")
    if path.exists() and not force and not _is_ours(path):
        raise UsageError(f"{path} exists and was not written by songngu; name another file with -o, or add --force")


def check_folder(path: Path) -> None:
    """Raises UsageError where `path` cannot become a folder of ours; a stranger's files are never replaced."""
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file; name a new folder with -o")
    if path.is_dir() and any(path.iterdir()) and not (path / MARKER).exists():
        raise UsageError(f"{path} holds files that no export wrote; name a new or an empty folder with -o")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}; make it first: mkdir -p {path.parent}")


def _is_ours(path: Path) -> bool:
    """Whether this package wrote a file, by how it begins; an empty file is nobody's."""
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
            file.seek(max(0, path.stat().st_size - _HEAD))
            tail = file.read()
    except OSError as error:
        raise cannot_write(path, error) from error
    if path.suffix in _SCORED and head and path.with_suffix(".scores").is_file():
        return _is_ours(path.with_suffix(".scores"))
    return not head or bool(_BEGINS.match(head)) or (head.startswith(b"PAR1") and PARQUET_MARK in tail)


class Outputs:
    """Files that get their names together, when the block ends well.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "một.txt")
    ...     with Outputs() as outputs:
    ...         written, there = outputs.open(path).write(b"Xin ch"), path.exists()
    ...     there, path.read_bytes(), len(list(Path(folder).iterdir()))
    (False, b'Xin ch', 1)
    """

    def __init__(self) -> None:
        self._files: dict[Path, tuple[Path, BinaryIO]] = {}

    def open(self, path: Path) -> BinaryIO:
        """A file to write to, which will be `path`. Raises UsageError where it cannot be made."""
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            file = open(temporary, "wb")  # noqa: SIM115 - closed when the block ends
        except OSError as error:
            raise cannot_write(path, error) from error
        self._files[path] = (temporary, file)
        return file

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files, in the order they were opened."""
        return tuple(self._files)

    def __enter__(self) -> Outputs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
            elif isinstance(error, OSError) and error.errno in _FULL and self._files:
                raise cannot_write(next(iter(self._files)), error) from error
        finally:
            for temporary, file in self._files.values():
                _close(file)
                temporary.unlink(missing_ok=True)

    def _finish(self) -> None:
        for path, (_, file) in self._files.items():
            try:
                file.flush()
                os.fsync(file.fileno())
                file.close()
            except OSError as error:
                raise cannot_write(path, error) from error
        for path, (temporary, _) in self._files.items():
            try:
                os.replace(temporary, path)
            except OSError as error:
                raise cannot_write(path, error) from error


def _close(file: BinaryIO) -> None:
    try:
        file.close()
    except OSError:
        file.close()  # what could not be written is given up with the file; the error itself was raised before


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which becomes `path` when the block ends well, in place of an earlier export."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.mkdir()
        (temporary / MARKER).touch()
        yield temporary
        _take_place(temporary, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _take_place(new: Path, path: Path) -> None:
    """Give a folder its name; an earlier one of that name goes only when that is done, or else comes back."""
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    try:
        if path.exists():
            os.replace(path, old)
        os.replace(new, path)
    finally:
        if old.exists() and not path.exists():
            os.replace(old, path)
        shutil.rmtree(old, ignore_errors=True)
