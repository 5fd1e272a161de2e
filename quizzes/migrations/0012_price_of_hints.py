from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery


def as_they_cost_now(apps, schema_editor):
    """Hints that were taken before prices were kept cost what they have been graded by so far."""
    Attempt, Response = (apps.get_model("quizzes", name) for name in ("Attempt", "Response"))
    prices = Attempt.objects.filter(pk=OuterRef("attempt_id")).values("quiz_assignment__hint_percent")
    Response.objects.filter(hints_taken__gt=0).update(hints_cost=F("hints_taken") * Subquery(prices[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0011_grading_by_other_settings'),
    ]

    operations = [
        migrations.AddField(
            model_name='response',
            name='hints_cost',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='what hints cost when they were taken'),
        ),
        migrations.RunPython(as_they_cost_now, migrations.RunPython.noop, elidable=True),
    ]
