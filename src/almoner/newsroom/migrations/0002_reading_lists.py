"""Editors make reading lists."""

from django.db import migrations


def let_editors_make_lists(apps, schema_editor):
    from django.apps import apps as installed
    from django.contrib.auth.management import create_permissions

    create_permissions(installed.get_app_config("library"), verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    may = Permission.objects.filter(
        content_type__app_label="library",
        codename__in=["view_readinglist", "add_readinglist", "change_readinglist"],
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.add(*may)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_editors"), ("library", "0001_initial")]

    operations = [migrations.RunPython(let_editors_make_lists, migrations.RunPython.noop)]
