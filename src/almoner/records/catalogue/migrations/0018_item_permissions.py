"""Permissions of their own to approve, and to decide about names."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0017_comments_and_plans")]

    operations = [
        migrations.AlterModelOptions(
            name="item",
            options={
                "ordering": ("-sorts_at", "-pk"),
                "permissions": (
                    ("publish_item", "Can approve and withdraw items"),
                    ("decide_item", "Can decide about names of children and victims"),
                ),
            },
        ),
    ]
