"""The index is a table of the database's own kind, so no model stands for it. It is made by the last migration."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("catalogue", "0001_initial")]
    operations: list[migrations.RunPython] = []
