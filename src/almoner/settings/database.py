"""Whether the database that the settings name can be used: asked at the start, where an answer is worth most."""

from __future__ import annotations

from django.core import checks
from django.db import DatabaseError, connection
from django.db.utils import NotSupportedError


def database_faults() -> list[checks.CheckMessage]:
    """What is wrong with the database in use; each fault with an id and a hint. SQLite's is made where there is none."""
    if connection.vendor != "postgresql":
        return []
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_encoding'), current_schema(), "
                "coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)"
            )
            encoding, schema, may_create = cursor.fetchone()
    except NotSupportedError as error:
        return [
            checks.Error(
                f"The PostgreSQL of DATABASE_URL is too old: {error}",
                hint="Upgrade PostgreSQL, or name another server.",
                id="almoner.E017",
            )
        ]
    except DatabaseError as error:
        return [
            checks.Error(
                f"The database of DATABASE_URL cannot be used: {str(error).strip().splitlines()[0]}",
                hint="Is PostgreSQL running, and are host, port, name, user and password right? Try the address with psql.",
                id="almoner.E016",
            )
        ]
    found: list[checks.CheckMessage] = []
    if encoding != "UTF8":
        found.append(
            checks.Error(
                f"The database of DATABASE_URL has the encoding {encoding}, which cannot hold every letter.",
                hint="Make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.",
                id="almoner.E018",
            )
        )
    if not may_create:
        found.append(
            checks.Error(
                f"The user of DATABASE_URL may not make tables in the schema {schema or 'public'}.",
                hint="Make the user the owner of the database: ALTER DATABASE … OWNER TO …",
                id="almoner.E019",
            )
        )
    return found
