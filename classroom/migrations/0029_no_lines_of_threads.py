"""Threads have no line any more."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("classroom", "0028_lines_of_discussions")]

    operations = [
        migrations.RemoveField(model_name="line", name="thread"),
        migrations.RemoveField(model_name="mark", name="thread"),
        migrations.AlterField(
            model_name="line",
            name="assignment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="line",
                to="classroom.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AlterField(
            model_name="mark",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="marks",
                to="classroom.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("assignment", "student", "moment"), name="mark_once_a_moment"
            ),
        ),
    ]
