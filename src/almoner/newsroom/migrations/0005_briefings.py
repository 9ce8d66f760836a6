"""Editors plan briefings, compose their issues and ask questions."""

from django.db import migrations


def let_editors_make_briefings(apps, schema_editor):
    from django.apps import apps as installed
    from django.contrib.auth.management import create_permissions

    create_permissions(installed.get_app_config("briefing"), verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    may = Permission.objects.filter(
        content_type__app_label="briefing",
        codename__in=[
            "view_briefing", "add_briefing", "change_briefing", "change_issue", "view_question", "add_question",
            "change_question",
        ],
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Editors"):
        group.permissions.add(*may)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0004_corrections"), ("briefing", "0001_initial")]

    operations = [migrations.RunPython(let_editors_make_briefings, migrations.RunPython.noop)]
