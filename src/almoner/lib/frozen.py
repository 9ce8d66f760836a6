"""Frozen dataclasses that are made fast.

`dataclass(frozen=True)` fills each field through `object.__setattr__`, which looks the field up anew each time: a
quarter of a microsecond a field, and a page has a hundred thousand of them. Here an object is filled while it is
still of an open class with the same slots, and then becomes of its own class, which refuses every change.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from typing import Any, Final, TypeVar

T = TypeVar("T")
_LEFT_OUT: Final = object()


def swift(cls: type[T]) -> type[T]:
    """`cls`, a dataclass that is frozen and has slots, with a faster `__init__` that takes and does the same.

    Raises `TypeError` for a dataclass whose making does more than to fill all of its fields.
    """
    kept: tuple[Field[Any], ...] = fields(cls)  # type: ignore[arg-type]
    slots: tuple[str, ...] = tuple(cls.__dict__.get("__slots__", ()))
    plain = all(field.init and not field.kw_only for field in kept) and not hasattr(cls, "__post_init__")
    if not plain or slots != tuple(field.name for field in kept) or not cls.__dict__["__dataclass_params__"].frozen:  # fmt: skip
        raise TypeError(f"{cls.__name__} is no plain frozen dataclass with slots")
    scope: dict[str, Any] = {
        "become": object.__setattr__,
        "left_out": _LEFT_OUT,
        "Open": type(cls.__name__, (), {"__slots__": slots}),
        "Frozen": cls,
    }
    taken, filled = ["self"], []
    for field in kept:
        name = field.name
        value = name
        if field.default is not MISSING:
            scope[f"default_{name}"] = field.default
            taken.append(f"{name}=default_{name}")
        elif field.default_factory is not MISSING:
            scope[f"make_{name}"] = field.default_factory
            taken.append(f"{name}=left_out")
            value = f"make_{name}() if {name} is left_out else {name}"
        else:
            taken.append(name)
        filled.append(f"    self.{name} = {value}")
    lines = [
        f"def __init__({', '.join(taken)}):",
        "    become(self, '__class__', Open)",
        *filled,
        "    self.__class__ = Frozen",
    ]
    exec("\n".join(lines), scope)  # noqa: S102 - the names are those of the class's own fields, as dataclasses does it
    made = scope["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    made.__annotations__ = dict(cls.__init__.__annotations__)
    cls.__init__ = made  # type: ignore[method-assign]
    return cls
