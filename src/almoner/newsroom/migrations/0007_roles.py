"""Who was in "Editors" could do what publishers do, and goes on. What the roles may do stands in `newsroom.roles`."""

from django.db import migrations


def let_editors_go_on(apps, schema_editor):
    publishers, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Publishers")
    for person in apps.get_model("accounts", "Person").objects.filter(groups__name="Editors"):
        person.groups.add(publishers)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0018_item_permissions"), ("newsroom", "0006_proposals")]

    operations = [migrations.RunPython(let_editors_go_on, migrations.RunPython.noop)]
