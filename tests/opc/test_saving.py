"""Saving: the old file or the new one, and nothing else."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from govdocs.errors import UsageError
from govdocs.opc import save_atomically


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file that is there already."""
    path = tmp_path / "年报.docx"
    path.write_bytes(b"old")
    return path


def failing_chunks() -> Iterator[bytes]:
    """Give some content, then fail."""
    yield b"half"
    raise RuntimeError("no more")


def test_new_file_is_written_from_bytes_and_chunks(tmp_path: Path) -> None:
    """Content may come in one piece or in many; permissions are those of any new file."""
    path = tmp_path / "a.docx"
    save_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    save_atomically(str(path), (each for each in (b"ne", memoryview(b"wer"))))
    assert path.read_bytes() == b"newer"
    other = tmp_path / "other"
    other.write_bytes(b"")
    assert path.stat().st_mode == other.stat().st_mode
    assert sorted(tmp_path.iterdir()) == [path, other]


def test_permissions_of_an_old_file_are_kept(old: Path) -> None:
    """Who could read the old file can read the new one."""
    old.chmod(0o640)
    save_atomically(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert old.read_bytes() == b"new"


def test_failing_content_leaves_the_old_file_and_nothing_else(old: Path) -> None:
    """Half a file is never seen."""
    with pytest.raises(RuntimeError, match="no more"):
        save_atomically(old, failing_chunks())
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_failing_disk_leaves_the_old_file_and_says_so(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told with its path."""

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UsageError) as caught:
        save_atomically(old, b"new")
    assert caught.value.message("en") == (
        f"[package.not_saved] the file {old} cannot be written: No space left on device\n"
        f"  where: {old}\n"
        "  mend: check that the folder exists and may be written to, and that the file is not open "
        "elsewhere."
    )
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]


def test_content_is_on_the_disk_before_it_takes_the_old_ones_place(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash after the renaming must not find an empty file."""
    seen = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.append(old.read_bytes()))
    save_atomically(old, b"new")
    assert seen[0] == b"old"
    assert old.read_bytes() == b"new"


def test_missing_folder_and_folder_as_file_are_told(tmp_path: Path) -> None:
    """What cannot be a file is said, with the reason."""
    for path, reason in ((tmp_path / "no" / "a", errno.ENOENT), (tmp_path, errno.EISDIR)):
        with pytest.raises(UsageError) as caught:
            save_atomically(path, b"new")
        (problem,) = caught.value
        assert problem.fields == {"path": str(path), "reason": os.strerror(reason)}


def test_protected_file_is_not_replaced(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without write permission was meant to stay, though its folder would let it go."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(UsageError):
        save_atomically(old, b"new")
    assert old.read_bytes() == b"old"


def test_link_is_followed(old: Path, tmp_path: Path) -> None:
    """The file behind a link is replaced, the link stays."""
    link = tmp_path / "link.docx"
    link.symlink_to(old)
    save_atomically(link, b"new")
    assert link.is_symlink()
    assert old.read_bytes() == b"new"


def test_pipe_is_written_to(tmp_path: Path) -> None:
    """What is no regular file cannot be replaced and is written to."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        save_atomically(pipe, b"new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
