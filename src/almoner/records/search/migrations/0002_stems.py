"""The index keeps stems and no text, and counts them. It is made by the last migration."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations: list[migrations.RunPython] = []
