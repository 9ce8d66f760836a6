# Lists go by status through item_status_newest, and by date through item_newest_titles, in which titles are searched.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0013_written_here'),
    ]

    operations = [
        migrations.AlterField(
            model_name='item',
            name='sorts_at',
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name='item',
            name='status',
            field=models.CharField(choices=[('waiting', 'Waiting for an editor'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=12),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['-sorts_at', 'title'], name='item_newest_titles'),
        ),
    ]
