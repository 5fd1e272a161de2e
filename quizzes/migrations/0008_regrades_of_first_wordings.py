"""A regrade of a reworded version becomes one of its first wording, so that it reaches the others too."""

from django.db import migrations
from django.db.models import Q


def to_first_wordings(apps, schema_editor):
    Regrade = apps.get_model("quizzes", "Regrade")
    of_rewordings = Regrade.objects.filter(version__rewords__isnull=False)
    touched = set(of_rewordings.values_list("quiz_assignment", "version__rewords"))
    for quiz, first in touched:
        group = Regrade.objects.filter(Q(version=first) | Q(version__rewords=first), quiz_assignment=quiz)
        rows = list(group.order_by("at", "pk"))
        # Out of the way first: the numbers are unique.
        for place, each in enumerate(rows, 1):
            group.filter(pk=each.pk).update(number=1_000_000 + place)
        for place, each in enumerate(rows, 1):
            Regrade.objects.filter(pk=each.pk).update(version=first, number=place)


class Migration(migrations.Migration):

    dependencies = [
        ("quizzes", "0007_tags_and_draws"),
    ]

    operations = [
        migrations.RunPython(to_first_wordings, migrations.RunPython.noop),
    ]
