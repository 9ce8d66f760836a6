"""Stems are kept as letters. The index is made by the last migration."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0003_terms")]
    operations: list[migrations.RunPython] = []
