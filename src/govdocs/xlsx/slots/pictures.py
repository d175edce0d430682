"""Pictures as values of cells: read while the cell is written, hung when all rows have come out.

Nothing here writes a drawing.
"""

from dataclasses import dataclass

from govdocs.errors import DataError
from govdocs.values.pictures import Image, Picture, Seal, placed_size, read_picture

SWAP = "\ue0f5"
"""Stands around the number of a picture in the description of one that it takes the place of."""


@dataclass(frozen=True, slots=True)
class CellPicture:
    """A picture that a cell has printed.

    Attributes:
        row: of the output.
        column: of the template.
        path: which pass of each block of columns the cell stands in.
    """

    row: int
    column: int
    path: tuple[int, ...]
    image: Image
    picture: Picture
    fallback: Picture | None


def take_picture(image: Image, row: int, column: int, path: tuple[int, ...] = ()) -> CellPicture:
    """Read a picture for a cell.

    Raises:
        DataError: it cannot be read, or does not say how large it is.
    """
    picture = read_picture(image.source)
    placed_size(image, picture)
    fallback = None if image.fallback is None else read_picture(image.fallback)
    return CellPicture(row, column, path, image, picture, fallback)


def refuse_picture(value: object) -> None:
    """Refuse a picture where only text can stand.

    Raises:
        DataError: ``xlsx.picture_in_text``.
    """
    if isinstance(value, (Image, Seal)):
        raise DataError.of("xlsx.picture_in_text")
