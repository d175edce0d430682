"""A picture that stands in the line, as docxtpl's programs make it."""

import os
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govdocs.compat.docxtpl.template import DocxTemplate


class InlineImage:
    """A picture for ``{{ x }}``, in whatever part the tag stands.

    Args:
        tpl: the template that it is for.
        image_descriptor: a path or a binary file.
        width: in EMU (``Mm`` and its like); with one side given the other follows.
        height: in EMU.
        anchor: an address that the picture links to.
    """

    tpl: "DocxTemplate | None" = None
    image_descriptor: str | os.PathLike[str] | IO[bytes] | None = None
    width: int | None = None
    height: int | None = None
    anchor: str | None = None

    def __init__(
        self,
        tpl: "DocxTemplate",
        image_descriptor: str | os.PathLike[str] | IO[bytes],
        width: int | None = None,
        height: int | None = None,
        anchor: str | None = None,
    ) -> None:
        self.tpl, self.image_descriptor = tpl, image_descriptor
        self.width, self.height = width, height
        self.anchor = anchor

    def _run(self, part: Any) -> str:
        """Write the run that shows the picture, with what it needs in ``part``."""
        from govdocs.compat.docxtpl.drawings import picture_run

        return picture_run(self, part)

    def _insert_image(self) -> str:
        """Write the picture as markup that stands inside a text: programs override this."""
        assert self.tpl is not None
        run = self._run(self.tpl.current_rendering_part)
        return f'</w:t></w:r>{run}<w:r><w:t xml:space="preserve">'

    def __str__(self) -> str:
        return self._insert_image()

    __unicode__ = __html__ = __str__
