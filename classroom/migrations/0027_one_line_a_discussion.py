"""A position line belongs to a discussion, whose groups or students may talk in threads apart."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("classroom", "0026_moderators_queue")]

    operations = [
        migrations.RemoveConstraint(model_name="mark", name="mark_once_a_moment"),
        migrations.AddField(
            model_name="line",
            name="assignment",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="line",
                to="classroom.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="mark",
            name="assignment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="marks",
                to="classroom.assignment",
                verbose_name="assignment",
            ),
        ),
    ]
