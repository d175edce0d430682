"""Part names: what they may look like, when two are the same, where a target leads.

Names stand everywhere without the leading slash: ``word/document.xml``. Rules from ECMA-376
part 2 (part names, resolving of references). This module never looks into an archive.
"""

import re
from functools import lru_cache
from posixpath import normpath, split
from urllib.parse import unquote

CONTENT_TYPES = "[Content_Types].xml"

_KNOWN = 512
"""How many names are remembered: the parts of all files of one kind have the same ones."""

_DRIVE = re.compile(r"^[A-Za-z]:")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HIDDEN_SEPARATOR = re.compile(r"%(?:2f|5c|00)", re.IGNORECASE)


def tidy_name(name: str) -> str:
    r"""Write a name of an archive as a part name: ``.\word\a.xml`` -> ``word/a.xml``."""
    name = name.replace("\\", "/")
    while name.startswith("./"):
        name = name[2:]
    return name


@lru_cache(maxsize=_KNOWN)
def is_safe_name(name: str) -> bool:
    """Tell whether a tidy name stays inside the package, whoever unpacks it."""
    plain = unquote(name)
    if not plain or _CONTROL.search(plain) or _DRIVE.match(plain) or _HIDDEN_SEPARATOR.search(name):
        return False
    segments = plain.removesuffix("/").split("/")
    return not any(segment in {"", ".", ".."} for segment in segments)


@lru_cache(maxsize=_KNOWN)
def name_key(name: str) -> str:
    """Return what equal part names have in common: case and percent-encoding do not count."""
    return unquote(name).lower()


@lru_cache(maxsize=_KNOWN)
def rels_name(name: str) -> str:
    """Name the part that holds the relationships of ``name``; ``""`` is the package."""
    folder, base = split(name)
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def is_rels_name(name: str) -> bool:
    """Tell whether a part holds relationships."""
    folder, base = split(name.casefold())
    return base.endswith(".rels") and (folder == "_rels" or folder.endswith("/_rels"))


@lru_cache(maxsize=_KNOWN)
def maybe_resolve(source: str, target: str) -> str | None:
    """Name the part that an internal target leads to, seen from ``source``.

    A target may be absolute or relative, climb with ``..``, be written with backslashes, and carry
    a fragment. A mere fragment, or an address with a scheme, leads to no part.
    """
    path = target.partition("#")[0].partition("?")[0].replace("\\", "/")
    if not path or _SCHEME.match(path):
        return None
    folder = "" if path.startswith("/") else split(source)[0]
    # Climbing above the root stays at the root, as in every URI (RFC 3986, 5.2.4).
    return normpath(f"/{folder}/{path}").lstrip("/") or None


def write_target(source: str, part: str) -> str:
    """Write the shortest relative target that leads from ``source`` to ``part``."""
    folder = split(source)[0]
    if not folder:
        return part
    return part.removeprefix(f"{folder}/") if part.startswith(f"{folder}/") else f"/{part}"
