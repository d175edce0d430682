"""Saving: a file is there whole, or it is the one that was there before.

This module knows nothing of packages.
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from govdocs.errors import Place, UsageError

Content = bytes | Iterable[bytes | memoryview]


def save_atomically(path: str | os.PathLike[str], content: Content) -> None:
    """Write a file beside ``path``, bring it to the disk, and put it in the place of ``path``.

    A crash leaves the old file or the new one, a failure leaves nothing behind. Permissions of a
    file that is replaced are kept; a link is followed.

    Raises:
        UsageError: the file cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = _mode_of(target)
        if mode is not None and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            _write(target, os.O_WRONLY, content)  # a pipe or a device cannot be replaced
        else:
            _replace(target, mode, content)
    except OSError as error:
        raise _cannot_save(path, error) from error


def _replace(target: Path, mode: int | None, content: Content) -> None:
    if mode is not None:
        _refuse_protected(target, mode)
    beside = target.with_name(f".govdocs-{secrets.token_hex(8)}.tmp")
    try:
        _write(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, content)
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _mode_of(target: Path) -> int | None:
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None


def _refuse_protected(target: Path, mode: int) -> None:
    """Replacing needs no right to the file itself, but a protected file was meant to stay."""
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _write(path: Path, flags: int, content: Content) -> None:
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(descriptor, "wb") as stream:
        for chunk in (content,) if isinstance(content, bytes) else content:
            stream.write(chunk)
        stream.flush()
        if stat.S_ISREG(os.fstat(descriptor).st_mode):  # pipes cannot be synced
            os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk too, where the system lets a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _cannot_save(path: str | os.PathLike[str], error: OSError) -> UsageError:
    file = os.fspath(path)
    fields = {"path": file, "reason": error.strerror or str(error)}
    return UsageError.of("package.not_saved", Place(file), fields=fields)
