"""The group "Editors" may do what an editor does. Wagtail's groups for websites of pages make way for it."""

from django.db import migrations

MAY = {
    "wagtailadmin": ["access_admin"],
    "catalogue": [
        "view_item", "change_item",
        "view_publisher", "add_publisher", "change_publisher",
        "view_category", "add_category", "change_category",
    ],
    "ingest": ["view_source", "add_source", "change_source"],
}  # fmt: skip


def give_editors_their_permissions(apps, schema_editor):
    from django.apps import apps as installed
    from django.contrib.auth.management import create_permissions

    for label in MAY:  # else they would only be made after the last migration
        create_permissions(installed.get_app_config(label), verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()
    Group.objects.create(name="Editors").permissions.set(
        permission
        for label, names in MAY.items()
        for permission in Permission.objects.filter(content_type__app_label=label, codename__in=names)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_attempts"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("catalogue", "0001_initial"),
        ("ingest", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(give_editors_their_permissions, migrations.RunPython.noop)]
