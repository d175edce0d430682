"""The tags of bindings, planted: what each kind of holder gets, and how its tags are called.

Each planted tag is written as no other tag of the document is, by a blank more if need be, so that
it is known again when the document is compiled.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from govdocs.docx.holders import choices
from govdocs.docx.holders.bookmarks import write_bookmark
from govdocs.docx.holders.controls import Control, sign_of
from govdocs.docx.holders.holders import Holder, is_picture
from govdocs.docx.holders.stores import Stores
from govdocs.docx.tree.dialect import Dialect
from govdocs.docx.tree.streams import Element
from govdocs.errors import Place
from govdocs.language.bindings import Binding

_PLAIN_DATE = "yyyy年M月d日"
"""The pattern in which dates print anyway."""


@dataclass(slots=True)
class Sower:
    """Plants tags.

    Attributes:
        stores: the data that controls are bound to.
        places: part and text of each planted tag, to the place that it is called by.
        filters: those that the tags use.
        texts: all texts of the document that may hold tags.
    """

    stores: Stores
    places: dict[tuple[str, object], Place] = field(default_factory=dict)
    filters: dict[str, Callable[..., object]] = field(default_factory=dict)
    texts: str = ""

    def note_texts(self, roots: Iterable[Element]) -> None:
        """Note what the document says before anything is planted."""
        self.texts = "\n".join("".join(map(str, root.itertext())) for root in roots)

    def sow(self, binding: Binding, holder: Holder, w: Dialect, place: Place) -> None:
        """Plant the tag of a binding into what it names."""
        if holder.kind == "control":
            controls = [Control(one, w) for one in (holder.element, *holder.twins)]
            self._sow_control(binding, controls, holder.part, place)
        elif holder.kind == "bookmark":
            tag = self._tag(binding, holder.part, place)
            for one in (holder.element, *holder.twins):
                write_bookmark(one, w, tag)
        elif holder.kind == "chart":
            self._sow_chart(binding, holder, place)
        else:
            self._sow_picture(binding, [holder.element, *holder.twins], holder.part, place)

    def _sow_control(
        self, binding: Binding, controls: list[Control], part: str, place: Place
    ) -> None:
        first = controls[0]
        match first.kind:
            case "picture":
                drawn = [one for control in controls for one in _descriptions(control)]
                self._sow_picture(binding, drawn, part, place)
            case "checkbox":
                self._sow_box(binding, controls, part, place)
            case "date":
                self._sow_date(binding, controls, part, place)
            case "dropDownList" | "comboBox":
                self._sow_list(binding, controls, part, place)
            case _:
                self._write(controls, self._tag(binding, part, place))
                self._store(binding, first, place)

    def _sow_picture(
        self, binding: Binding, described: list[Element], part: str, place: Place
    ) -> None:
        """Name a picture by a tag, which swaps it; its place and its size stay."""
        for one in described[:1]:
            alt = str(one.get("descr") or one.get("alt") or one.get("title") or "")
            tag = self._tag(binding, part, place, choices.show_picture(alt))
            for twin in described:
                is_drawing = etree.QName(twin).localname == "docPr"
                twin.set("descr" if is_drawing else "alt", tag)

    def _sow_chart(self, binding: Binding, holder: Holder, place: Place) -> None:
        """Name a chart by a tag, which gives it data; the look of it stays."""
        described = holder.element
        alt = str(described.get("descr") or described.get("title") or "")
        described.set("descr", self._tag(binding, holder.part, place, choices.show_chart(alt)))

    def _sow_box(self, binding: Binding, controls: list[Control], part: str, place: Place) -> None:
        tag, checked = "", self._condition(binding, part, place, ("1", "0"))
        for control in controls:
            box = control.property("checkbox")
            assert box is not None, "its kind was told by it"
            states = {etree.QName(one).localname: one for one in box.iterchildren(etree.Element)}
            yes, font = sign_of(states.get("checkedState"), "☒")
            no, _ = sign_of(states.get("uncheckedState"), "☐")
            tag = tag or self._tag(binding, part, place, choices.check(yes, no))
            state = states.get("checked")
            if state is None:
                state = etree.SubElement(box, f"{{{etree.QName(box).namespace}}}checked")
                box.insert(0, state)
            state.set(f"{{{etree.QName(box).namespace}}}val", checked)
            control.write(tag, font=font)
        found = self.stores.find(controls[0])
        if found is not None:
            words = self._condition(binding, found[0], place, ("true", "false"))
            _put(found[1], found[2], words)

    def _sow_date(self, binding: Binding, controls: list[Control], part: str, place: Place) -> None:
        date = controls[0].property("date")
        pattern = _value_in(date, "dateFormat") or _PLAIN_DATE
        plain = pattern.replace("'", "") == _PLAIN_DATE
        tag = self._tag(binding, part, place, None if plain else choices.write_date(pattern))
        for control in controls:
            own = control.property("date")
            if own is not None:
                own.attrib.pop(control.w.q("fullDate"), "")
        self._write(controls, tag)
        stored = _value_in(date, "storeMappedDataAs") or "dateTime"
        self._store(binding, controls[0], place, choices.store_date(stored))

    def _sow_list(self, binding: Binding, controls: list[Control], part: str, place: Place) -> None:
        listed = controls[0].property(controls[0].kind)
        items = list(_items(listed))
        is_free = controls[0].kind == "comboBox"
        self._write(
            controls, self._tag(binding, part, place, choices.choose(items, is_free=is_free))
        )
        kept = choices.choose(items, is_free=is_free, stored=True)
        self._store(binding, controls[0], place, kept)

    def _write(self, controls: list[Control], tag: str) -> None:
        for control in controls:
            control.write(tag)

    def _store(
        self,
        binding: Binding,
        control: Control,
        place: Place,
        write: choices.Filter | None = None,
    ) -> None:
        """Plant a tag into the data that a control is bound to."""
        found = self.stores.find(control)
        if found is not None:
            part, element, attribute = found
            _put(element, attribute, self._tag(binding, part, place, write))

    def _tag(
        self, binding: Binding, part: str, place: Place, write: choices.Filter | None = None
    ) -> str:
        """Write the tag of a binding, unlike all others, and note what it is called by."""
        body = binding.expression
        if write is not None:
            name = f"govdocs_bound_{len(self.filters)}"
            self.filters[name] = write
            body = f"({body})|{name}"
        return self._unlike("{{ " + body, "}}", part, place)

    def _condition(self, binding: Binding, part: str, place: Place, words: tuple[str, str]) -> str:
        """Write a choice between two words: an attribute must hold one of them, come what may."""
        opening = self._unlike(f"{{% if ({binding.expression})", "%}", part, place)
        return f"{opening}{words[0]}{{% else %}}{words[1]}{{% endif %}}"

    def _unlike(self, head: str, tail: str, part: str, place: Place) -> str:
        blanks = " "
        while (part, head + blanks + tail) in self.places or head + blanks + tail in self.texts:
            blanks += " "
        self.places[part, head + blanks + tail] = place
        return head + blanks + tail


def _descriptions(control: Control) -> Iterable[Element]:
    """The elements that describe the picture of a control."""
    content = control.content
    for one in () if content is None else content.iter("{*}docPr", "{*}shape"):
        if is_picture(one):
            yield one


def _put(element: Element, attribute: str, text: str) -> None:
    if attribute:
        element.set(attribute, text)
    elif not len(element):
        element.text = text


def _value_in(parent: Element | None, name: str) -> str:
    found = None if parent is None else parent.find(f"{{*}}{name}")
    for key, value in () if found is None else found.attrib.items():
        if str(key).endswith("}val"):
            return str(value)
    return ""


def _items(listed: Element | None) -> Iterable[choices.Item]:
    for one in () if listed is None else listed.iterchildren("{*}listItem"):
        said = {etree.QName(name).localname: str(value) for name, value in one.attrib.items()}
        value = said.get("value", "")
        yield said.get("displayText") or value, value
