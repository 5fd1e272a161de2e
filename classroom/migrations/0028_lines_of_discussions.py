"""By itself: PostgreSQL changes no table whose rows it has changed in the same transaction."""

from django.db import migrations


def take_from_threads(apps, schema_editor):
    """Until now each discussion had one thread."""
    threads = dict(apps.get_model("classroom", "Thread").objects.values_list("pk", "assignment_id"))
    for name in ("Line", "Mark"):
        for row in apps.get_model("classroom", name).objects.only("pk", "thread_id").iterator():
            type(row).objects.filter(pk=row.pk).update(assignment_id=threads[row.thread_id])


class Migration(migrations.Migration):
    dependencies = [("classroom", "0027_one_line_a_discussion")]

    operations = [migrations.RunPython(take_from_threads, migrations.RunPython.noop)]
