"""The index keeps the dates of items, by which answers are weighed. It is made anew: `apps` fills it when migrations are
through."""

from django.db import migrations

from almoner.records.search import vocabulary
from almoner.records.search.index import current


def create(apps: object, schema_editor: object) -> None:
    current().drop()
    vocabulary.drop()
    vocabulary.create()
    current().create()


class Migration(migrations.Migration):
    dependencies = [("search", "0005_audiences")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop, elidable=False)]
