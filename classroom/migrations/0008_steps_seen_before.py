"""What students saw and wrote before steps were counted, told step by step.

Until now a lesson stood on one page: whoever opened it had every step before them. Steps that are done by posting are
told of nobody (see StepProgress), and lessons that students have marked as done stay done.
"""

from django.db import migrations

BATCH = 1000


def tell(apps, schema_editor):
    assignments = apps.get_model("classroom", "Assignment").objects.filter(lesson__isnull=False)
    progress = apps.get_model("classroom", "StepProgress")
    for assignment in assignments.iterator():
        rows = list(_rows(apps, progress, assignment))
        progress.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _rows(apps, progress, assignment):
    steps = apps.get_model("classroom", "Step").objects.filter(lesson=assignment.lesson_id, retired_at__isnull=True)
    answers = apps.get_model("classroom", "StepAnswer").objects.filter(assignment=assignment)
    written = {(answer.step_id, answer.student_id): answer.saved_at for answer in answers}
    steps = [step for step in steps if not step.prompt_key]
    for visit in apps.get_model("classroom", "Visit").objects.filter(assignment=assignment):
        for step in steps:
            read = None if step.answer or step.quiz_key else visit.first_at
            yield progress(
                assignment=assignment,
                step=step,
                student_id=visit.student_id,
                first_opened_at=visit.first_at,
                done_at=written.get((step.pk, visit.student_id), read),
            )


class Migration(migrations.Migration):
    dependencies = [
        ("classroom", "0007_step_progress"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
