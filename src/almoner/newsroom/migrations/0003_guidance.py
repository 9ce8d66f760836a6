"""Editors keep works of guidance."""

from django.db import migrations


def let_editors_keep_works(apps, schema_editor):
    from django.apps import apps as installed
    from django.contrib.auth.management import create_permissions

    create_permissions(installed.get_app_config("guidance"), verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    may = Permission.objects.filter(
        content_type__app_label="guidance", codename__in=["view_work", "add_work", "change_work"]
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.add(*may)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0002_reading_lists"), ("guidance", "0001_initial")]

    operations = [migrations.RunPython(let_editors_keep_works, migrations.RunPython.noop)]
