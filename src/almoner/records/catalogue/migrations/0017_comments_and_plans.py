"""Comments of editors, and when items are to be published and withdrawn."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0016_audiences_of_items'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('written', models.TextField()),
                ('html', models.TextField()),
                ('author', models.CharField(blank=True, max_length=200)),
                ('changed_at', models.DateTimeField()),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='comment', to='catalogue.item')),
            ],
        ),
        migrations.CreateModel(
            name='ItemPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publish_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('withdraw_at', models.DateTimeField(blank=True, db_index=True, null=True)),
                ('withdraw_reason', models.CharField(blank=True, max_length=300)),
                ('fault', models.CharField(blank=True, max_length=300)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='catalogue.item')),
                ('planned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('publish_at', 'withdraw_at', 'pk'),
            },
        ),
    ]
