"""Every row of every table, from one database to another, and read again to see that it is the same."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Field, Model, QuerySet

from almoner.records.accounts.models import Person
from almoner.records.catalogue.models import Item
from almoner.records.ingest.models import Source
from almoner.records.search import services as search

OLD: Final = "old"
BATCH: Final = 500
"""Rows in memory at a time."""


class NotMoved(Exception):
    """The records stay where they are, for this reason, in words for an operator."""


def copy_everything(old: dict[str, Any], *, told: Callable[[type[Model], int], None]) -> int:
    """Copy the tables of the database with the settings `old` to the one in use, in one transaction, and make the
    index anew. Nobody can write to `old` meanwhile. Returns how many rows there are; `told` hears of each table.

    `NotMoved`, with nothing changed, where the old database is not of this version, the new one is in use, or a row
    does not arrive as it was.
    """
    connections.settings[OLD] = connections.configure_settings({"default": {}, OLD: old})[OLD]
    try:
        with transaction.atomic(using=OLD), transaction.atomic():
            _refuse_unless_alike()
            total = 0
            models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
            with connection.cursor() as cursor:
                tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
                cursor.execute(f"TRUNCATE {tables}")  # what the migrations made is among what is copied
            for model in models:
                rows = _copy(model)
                told(model, rows)
                total += rows
            # Now, so that a row without its counterpart is found here.
            connection.check_constraints()
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), models):
                    cursor.execute(statement)
            search.rebuild()
        return total
    finally:
        connections[OLD].close()
        del connections[OLD]
        del connections.settings[OLD]


def _refuse_unless_alike() -> None:
    executor = MigrationExecutor(connections[OLD])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotMoved(
            "The records in SQLite are of an older version: start the service once without DATABASE_URL."
        )
    for model in (Item, Person, Source):
        if model._default_manager.exists():
            raise NotMoved(f"The new database is in use: there are {model._meta.verbose_name_plural} in it.")


def _copy(model: type[Model]) -> int:
    """Copy one table and compare it; returns how many rows it has."""
    fields = list(model._meta.local_concrete_fields)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    into = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608, names of our own
    key = [field.attname for field in fields].index(model._meta.pk.attname)
    count = 0
    for rows in _batches(_rows(model._base_manager.using(OLD).order_by("pk"), fields)):
        try:
            with connection.cursor() as cursor:
                cursor.executemany(into, [_prepared(fields, row) for row in rows])
        except DatabaseError as error:
            raise NotMoved(
                f"A row of {model._meta.db_table} does not fit: {str(error).splitlines()[0]}."
            ) from error
        # By key, since databases sort texts by different alphabets; an order may join tables that are still to come.
        arrived = _rows(model._base_manager.filter(pk__in=[row[key] for row in rows]).order_by(), fields)
        if {row[key]: row for row in arrived} != {row[key]: row for row in rows}:
            raise NotMoved(f"A row of {model._meta.db_table} did not arrive as it was.")
        count += len(rows)
    return count


def _rows(found: QuerySet[Model], fields: list[Field[Any, Any]]) -> Iterator[tuple[Any, ...]]:
    return found.values_list(*(field.attname for field in fields)).iterator(chunk_size=BATCH)


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch


def _prepared(fields: list[Field[Any, Any]], row: tuple[Any, ...]) -> list[Any]:
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, row, strict=True)]
