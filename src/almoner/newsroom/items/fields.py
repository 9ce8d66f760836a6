"""Form fields for what the records keep as lists: one a line."""

from __future__ import annotations

from typing import Any, Final

from django import forms

SEPARATOR: Final = " | "


class LinesField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """The list as lines; what was typed stays as it was typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The lines that are not empty."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines say something else than the list."""
        return self.to_python(data) != list(initial or [])


class EventsField(LinesField):
    """Events, one a line: when it begins, when it ends, what it is called, and how it is held, apart by bars."""

    def prepare_value(self, value: Any) -> Any:
        """The events as lines."""
        if not isinstance(value, list):
            return value
        return "\n".join(
            SEPARATOR.join((event["starts"], event["ends"], event["title"], event["mode"])) for event in value
        )

    def to_python(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        """The lines as events; `ValidationError` for one that has no title."""
        events = []
        for line in super().to_python(value):
            parts = [part.strip() for part in line.split(SEPARATOR.strip())]
            if len(parts) < 3 or len(parts) > 4 or not parts[2]:
                raise forms.ValidationError(
                    f"“{line[:80]}” is no event: give its beginning, its end, its title and how it is held, with bars "
                    "between them. What is not known stays empty."
                )
            starts, ends, title, mode = (*parts, "")[:4]
            events.append({"starts": starts, "ends": ends, "title": title, "mode": mode})
        return events

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the lines say something else; what is no event does."""
        try:
            return super().has_changed(initial, data)
        except forms.ValidationError:
            return True


class LinksField(LinesField):
    """Links, one a line: the address, and after a bar the words that it stood under."""

    def prepare_value(self, value: Any) -> Any:
        """The links as lines."""
        if not isinstance(value, list):
            return value
        return "\n".join(SEPARATOR.join(filter(None, (link["href"], link.get("text")))) for link in value)

    def to_python(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        """The lines as links."""
        links = [line.partition(SEPARATOR.strip()) for line in super().to_python(value)]
        return [{"href": href.strip(), "text": text.strip()} for href, _, text in links]
