"""Sources: a path, bytes or a binary file, read whole into memory.

This module never looks at what it reads.
"""

import os
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from govdocs.errors import PackageError, Place
from govdocs.opc.limits import Limits

_CHUNK = 1 << 20


def read_source(
    source: str | os.PathLike[str] | bytes | BinaryIO, limits: Limits
) -> tuple[bytes, str]:
    """Return the bytes of a source, and its name as it was given or ``""``.

    A binary file is read from its beginning, wherever it stands.

    Raises:
        PackageError: the file is missing, cannot be read, or is too large.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        data, name = bytes(source), ""
    elif isinstance(source, (str, os.PathLike)):
        data, name = _read_path(source, limits), os.fspath(source)
    else:
        data, name = _read_stream(source, limits), _name_of(source)
    if len(data) > limits.max_file:
        raise _too_large(name, limits)
    return data, name


def _read_path(path: str | os.PathLike[str], limits: Limits) -> bytes:
    try:
        with Path(path).open("rb", buffering=0) as stream:
            # A buffer of the largest size allowed would cost more than reading a small file.
            data = stream.read(min(os.fstat(stream.fileno()).st_size, limits.max_file) + 1)
            return data + _read_rest(stream, limits.max_file + 1 - len(data))
    except OSError as error:
        raise _unreadable(os.fspath(path), error) from error
    except ValueError as error:  # a NUL in the path
        raise _unreadable(os.fspath(path), FileNotFoundError()) from error


def _read_rest(stream: FileIO, most: int) -> bytes:
    """Read what a file has beyond the size that it was said to have: pipes say none."""
    chunks = []
    while most > 0 and (chunk := stream.read(min(most, _CHUNK))):
        chunks.append(chunk)
        most -= len(chunk)
    return b"".join(chunks)


def _read_stream(stream: BinaryIO, limits: Limits) -> bytes:
    if stream.seekable():
        stream.seek(0)
    data = stream.read(limits.max_file + 1)
    if not isinstance(data, bytes):
        raise TypeError("a binary file is needed: open it with mode 'rb'")
    return data


def _name_of(stream: BinaryIO) -> str:
    name = getattr(stream, "name", "")
    return name if isinstance(name, str) else ""


def _unreadable(path: str, error: OSError) -> PackageError:
    if isinstance(error, FileNotFoundError):
        return PackageError.of("package.not_found", Place(path), fields={"path": path})
    if Path(path).is_dir():  # opening a folder is "permission denied" on some systems
        return PackageError.of("package.is_folder", Place(path), fields={"path": path})
    fields = {"path": path, "reason": error.strerror or str(error)}
    return PackageError.of("package.unreadable", Place(path), fields=fields)


def _too_large(name: str, limits: Limits) -> PackageError:
    return PackageError.of("package.too_large", Place(name), fields={"limit": limits.max_file})
