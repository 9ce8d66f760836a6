"""What a page is made of: the blocks that an editor puts one below the other."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.blocks.struct_block import StructBlockValidationError

from almoner.lib.helplines import FIRST_NUMBERS, NATIONS, UNITED_KINGDOM, Line
from almoner.lib.prose import rich_html
from almoner.lib.written import is_followed
from almoner.products.pages.models.pictures import Picture
from almoner.records.catalogue.enums import Status
from almoner.records.catalogue.models import KEY_ALPHABET, Item
from almoner.records.search.shown import public_title

FEATURES: Final = ("bold", "italic", "ol", "ul", "link", "named")
"""What an editor's text may have, no picture, mark-up or embedded page of somebody else's; and that its field is named
(`newsroom.pages.rich_text`)."""
LINES: Final = {
    "first": FIRST_NUMBERS,
    "kingdom": UNITED_KINGDOM,
    **{nation.name: nation.lines for nation in NATIONS},
}
_LINE_CHOICES: Final = [
    ("first", "The first numbers: 999, 101, Childline, NSPCC"),
    ("kingdom", "Lines for all of the United Kingdom"),
    *((nation.name, f"Lines of {nation.name}") for nation in NATIONS),
    ("none", "None of these: your own only"),
]
_KEY: Final = re.compile(rf"(?:\S*/items/)?([{KEY_ALPHABET}]{{10}})(?![\w-])")
_TELEPHONE: Final = re.compile(r"\+?[0-9][0-9 ]{1,18}")


class HeadingBlock(blocks.StructBlock):  # type: ignore[misc]
    """A heading."""

    words = blocks.CharBlock(max_length=120)
    level = blocks.ChoiceBlock([("2", "Of a part"), ("3", "Of a part of a part")], default="2")

    class Meta:
        icon = "title"
        template = "components/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):  # type: ignore[misc]
    """Running text, cleaned as it is shown."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**{"features": list(FEATURES), "max_length": 20_000} | named)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The text as mark-up that may stand in a page."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"html": rich_html(value.source)}

    class Meta:
        icon = "pilcrow"
        template = "components/blocks/text.html"


class QuoteBlock(blocks.StructBlock):  # type: ignore[misc]
    """Somebody else's words, and whose they are."""

    words = blocks.TextBlock(max_length=2_000, rows=3)
    who = blocks.CharBlock(max_length=200, label="Whose words", help_text="A role rather than a name.")

    class Meta:
        icon = "openquote"
        template = "components/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):  # type: ignore[misc]
    """What a reader must not miss."""

    heading = blocks.CharBlock(max_length=120)
    words = TextBlock()

    class Meta:
        icon = "warning"
        label = "Call-out"
        template = "components/blocks/callout.html"


class LineBlock(blocks.StructBlock):  # type: ignore[misc]
    """A number to call."""

    name = blocks.CharBlock(max_length=120)
    number = blocks.RegexBlock(
        rf"^{_TELEPHONE.pattern}$",
        max_length=20,
        error_messages={"invalid": "Digits and spaces, such as 0800 1111."},
    )
    what_for = blocks.CharBlock(max_length=300, label="Who it is for")
    when = blocks.CharBlock(max_length=200, required=False, label="When it is staffed")


class HelplinesBlock(blocks.StructBlock):  # type: ignore[misc]
    """Numbers to call: those that this service knows, and an office's own."""

    known = blocks.ChoiceBlock(_LINE_CHOICES, default="first", label="Numbers that are kept up to date here")
    own = blocks.ListBlock(LineBlock(), default=[], label="Your own")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """All lines, the known ones first."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        own = [Line(one["name"], one["number"], one["what_for"], one["when"]) for one in value["own"]]
        return context | {"lines": [*LINES.get(value["known"], ()), *own]}

    class Meta:
        icon = "help"
        label = "Helplines"
        template = "components/blocks/helplines.html"


class DocumentBlock(blocks.StructBlock):  # type: ignore[misc]
    """A document of the library, which was read, checked and kept when it was brought in."""

    item = blocks.CharBlock(
        max_length=300,
        label="Its address or key in the library",
        help_text="Bring a file in first (Bring documents). It is checked there like everything else.",
    )
    note = blocks.CharBlock(max_length=300, required=False, label="Why to read it")

    def clean(self, value: Any) -> Any:
        """Refuse what leads to no item that readers see."""
        cleaned = super().clean(value)
        if _item(cleaned["item"]) is None:
            fault = ValidationError("This leads to no item that readers see.")
            raise StructBlockValidationError(block_errors={"item": fault})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The item, unless it was withdrawn since."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        item = _item(value["item"])
        return context | {"item": item, "title": public_title(item) if item else ""}

    class Meta:
        icon = "doc-full"
        template = "components/blocks/document.html"


class PictureChooser(BaseChooser):  # type: ignore[misc]
    """Choose one of the pictures that were uploaded, or upload one."""

    model = Picture
    chooser_modal_url_name = "picture_chooser:choose"
    icon = "image"
    choose_one_text = "Choose a picture"
    choose_another_text = "Choose another picture"
    edit_item_text = "About this picture"


class ChosenPictureBlock(blocks.ChooserBlock):  # type: ignore[misc]
    """One of the pictures."""

    target_model = Picture
    widget = PictureChooser()


class PictureBlock(blocks.StructBlock):  # type: ignore[misc]
    """A picture, which says in words what it shows, or that it says nothing."""

    picture = ChosenPictureBlock()
    alternative = blocks.CharBlock(
        max_length=300,
        required=False,
        label="What it shows",
        help_text="For those who do not see it: what a reader would miss. Not “picture of”.",
    )
    decorative = blocks.BooleanBlock(
        required=False,
        label="It only decorates",
        help_text="It says nothing that the words do not say. Who does not see it is not told of it.",
    )
    caption = blocks.CharBlock(max_length=300, required=False)

    def clean(self, value: Any) -> Any:
        """Demand words, or that there is nothing to say; not both."""
        cleaned = super().clean(value)
        said = cleaned["alternative"].strip()
        if bool(said) == bool(cleaned["decorative"]):
            fault = ValidationError(
                "Say what it shows, or that it only decorates: one of the two, not both."
                if said
                else "Say what it shows. If it shows nothing that matters, tick that it only decorates."
            )
            raise StructBlockValidationError(block_errors={"alternative": fault})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Its sizes, the narrowest first, and the one for browsers that choose none."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        sizes = list(value["picture"].sizes.defer("content")) if value["picture"] else []
        return context | {"sizes": sizes, "widest": sizes[-1] if sizes else None}

    class Meta:
        icon = "image"
        template = "components/blocks/picture.html"


class LinkBlock(blocks.StructBlock):  # type: ignore[misc]
    """A way to somewhere else."""

    words = blocks.CharBlock(max_length=200)
    address = blocks.CharBlock(
        max_length=1_000, help_text="https://…, or /guidance/ for a page of this site."
    )
    note = blocks.CharBlock(max_length=300, required=False, label="What is there")

    def clean(self, value: Any) -> Any:
        """Refuse what no browser should follow."""
        cleaned = super().clean(value)
        if not is_followed(cleaned["address"]) or re.search(r"\s", cleaned["address"]):
            fault = ValidationError("This is no web address, e-mail address, telephone number or page here.")
            raise StructBlockValidationError(block_errors={"address": fault})
        return cleaned


class LinksBlock(blocks.StructBlock):  # type: ignore[misc]
    """A list of ways to somewhere else."""

    links = blocks.ListBlock(LinkBlock())

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Those that a browser may follow."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"links": [link for link in value["links"] if is_followed(link["address"])]}

    class Meta:
        icon = "link"
        label = "List of links"
        template = "components/blocks/links.html"


class TableBlock(blocks.StructBlock):  # type: ignore[misc]
    """A table, typed as lines."""

    caption = blocks.CharBlock(max_length=200)
    rows = blocks.TextBlock(
        max_length=10_000,
        rows=6,
        help_text="A line is a row, | stands between its cells. The first row has the headings.",
    )

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Headings, and rows of as many cells."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        head, *rows = table_of(value["rows"]) or [[]]
        return context | {"head": head, "rows": rows}

    def clean(self, value: Any) -> Any:
        """Demand headings and a row."""
        cleaned = super().clean(value)
        if len(table_of(cleaned["rows"])) < 2:
            fault = ValidationError("It needs a line of headings, and a line below it.")
            raise StructBlockValidationError(block_errors={"rows": fault})
        return cleaned

    class Meta:
        icon = "table"
        template = "components/blocks/table.html"


def table_of(typed: str) -> list[list[str]]:
    """The rows that were typed; each has as many cells as the first, an empty one where none was typed."""
    lines = [line.strip().strip("|").split("|") for line in typed.splitlines() if line.strip()]
    rows = [[cell.strip() for cell in line] for line in lines]
    return [(row + [""] * len(rows[0]))[: len(rows[0])] for row in rows]


def _item(address: str) -> Item | None:
    found = _KEY.match(address.strip())
    if found is None:
        return None
    return Item.objects.filter(key=found[1], status=Status.PUBLISHED).select_related("publisher").first()


BODY: Final = (
    ("heading", HeadingBlock()),
    ("text", TextBlock()),
    ("quote", QuoteBlock()),
    ("callout", CalloutBlock()),
    ("helplines", HelplinesBlock()),
    ("document", DocumentBlock()),
    ("picture", PictureBlock()),
    ("links", LinksBlock()),
    ("table", TableBlock()),
)
"""The blocks, by the names under which they are kept."""
