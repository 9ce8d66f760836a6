"""Form fields for what the records keep otherwise than people write it: times, lists of words, lists of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils import timezone

from almoner.pipeline.lines import dates
from almoner.records.catalogue import moments
from almoner.records.catalogue.times import in_words

TIME_HELP: Final = "For example 9 April 2025, 9/4/2025, April 2025, 2025, or 9 April 2025 at 9:21am."


def typed_time(words: str) -> str:
    """A time as a person writes it, as the records keep it (ISO 8601, cut to its precision). `ValidationError` if the
    words are no time that exists."""
    try:
        moments.read(words)
        return words
    except ValueError:
        pass
    found = dates.first(words) if dates.is_only_date(words) else None
    when = found.when("typed") if found else None
    if when is None:
        raise forms.ValidationError(f"“{words[:80]}” is no date that exists. {TIME_HELP}")
    return when.value


class TimeField(forms.CharField):
    """A time, written as readers see it."""

    def prepare_value(self, value: Any) -> Any:
        """The time in words; what was typed stays as it was typed."""
        return in_words(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        """The time as the records keep it."""
        words = str(super().to_python(value) or "")
        return typed_time(words) if words else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the words say another time: seconds and offsets that they leave out are no change."""
        return str(data or "").strip() not in {str(initial or ""), in_words(str(initial or ""))}


class DayField(TimeField):
    """A year, a month or a day that is not to come, written as readers see it."""

    def to_python(self, value: Any) -> str:
        """As the records keep it, without an hour."""
        day = super().to_python(value)[: len("2014-01-31")]
        if day and moments.read(day)[0] > timezone.now():
            raise forms.ValidationError("This is still to come. Look at the year.")
        return day


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


class RowsWidget(forms.Widget):
    """Rows of plain fields, and empty ones below them. `columns` are names and labels; a row in which nothing stands is
    none. Without the number of rows in what was sent, nothing was sent."""

    template_name = "newsroom/items/rows.html"
    EMPTY: Final = 2
    MOST: Final = 500

    def __init__(self, columns: Mapping[str, str], row: str) -> None:
        super().__init__()
        self.columns, self.row = columns, row

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows, each as its fields."""
        context = super().get_context(name, value, attrs)
        rows = [*(value or []), *({} for _ in range(self.EMPTY))]
        context["rows"] = [
            [
                (f"{name}-{at}-{column}", label, row.get(column, ""), f"{self.row} {at + 1}")
                for column, label in self.columns.items()
            ]
            for at, row in enumerate(rows)
        ]
        context["row"], context["count"] = self.row, f"{name}-count"
        return context

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> Any:
        """The rows that were sent; None if none were."""
        count = str(data.get(f"{name}-count", ""))
        if not (count.isascii() and count.isdecimal()):
            return None
        rows = (
            {column: str(data.get(f"{name}-{at}-{column}", "")).strip() for column in self.columns}
            for at in range(min(int(count), self.MOST))
        )
        return [row for row in rows if any(row.values())]

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        """Whether nothing was sent."""
        return f"{name}-count" not in data

    def id_for_label(self, *_: Any) -> str:
        """None: each field has a label of its own."""
        return ""


class RowsField(forms.Field):
    """A list of rows, each a dict of words; what was not sent stays as it was."""

    def __init__(
        self,
        columns: Mapping[str, str],
        row: str,
        *,
        times: Sequence[str] = (),
        needed: str = "",
        **named: Any,
    ) -> None:
        super().__init__(required=False, widget=RowsWidget(columns, row), **named)
        self.columns, self.row, self.times, self.needed = columns, row, times, needed

    def prepare_value(self, value: Any) -> Any:
        """The rows with their times in words."""
        return [
            {**row, **{name: in_words(str(row.get(name) or "")) for name in self.times}}
            for row in value or []
        ]

    def clean(self, value: Any) -> list[dict[str, str]] | None:
        """The rows; `ValidationError` that says which does not fit."""
        if value is None:
            return None
        faults = list(self._faults(value))
        if faults:
            raise forms.ValidationError(faults)
        return [{**row, **{name: typed_time(row[name]) for name in self.times if row[name]}} for row in value]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the rows say something else."""
        if data is None:
            return False
        before = [
            {name: str(row.get(name) or "").strip() for name in self.columns}
            for row in self.prepare_value(initial)
        ]
        return bool(data != before)

    def _faults(self, rows: Sequence[Mapping[str, str]]) -> Iterator[forms.ValidationError]:
        for at, row in enumerate(rows, 1):
            if self.needed and not row[self.needed]:
                yield forms.ValidationError(f"{self.row} {at}: {self.columns[self.needed]} is missing.")
            for name in self.times:
                try:
                    if row[name]:
                        typed_time(row[name])
                except forms.ValidationError as fault:
                    yield forms.ValidationError(f"{self.row} {at}: {fault.message}")
