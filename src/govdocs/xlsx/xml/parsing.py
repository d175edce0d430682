"""Parts read by expat, event by event: no DTD is taken, and what is no XML is told with its place.

What the events mean is each reader's own; nothing is kept here.
"""

from collections.abc import Iterable
from xml.parsers import expat

from govdocs.errors import PackageError, Place


def make_parser(place: Place) -> expat.XMLParserType:
    """Make a parser that refuses a DTD; names come as namespace, line feed, local name."""
    parser = expat.ParserCreate("utf-8", "\n")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise PackageError.of("package.dtd", place, fields={"part": place.part})

    parser.StartDoctypeDeclHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, chunks: Iterable[bytes], place: Place) -> None:
    """Parse a whole part.

    Raises:
        PackageError: it is no XML.
    """
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise malformed(error, place) from None


def malformed(error: expat.ExpatError, place: Place) -> PackageError:
    """Make the error of a part that is no XML."""
    reason = expat.ErrorString(error.code)
    where = Place(place.file, place.part, (("line", error.lineno),))
    fields = {"part": place.part, "reason": reason}
    return PackageError.of("package.malformed_xml", where, fields=fields)
