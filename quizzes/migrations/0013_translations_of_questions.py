"""Questions in other languages; and in which language those of kits were written, as far as their films say."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def say_the_language(apps, schema_editor):
    """The versions of a kit's questions are in the language of its film."""
    Film = apps.get_model("classroom", "Film")
    QuestionVersion = apps.get_model("quizzes", "QuestionVersion")
    film = Film.objects.filter(questions=OuterRef("question"))
    versions = QuestionVersion.objects.filter(question__owner=None)
    versions.update(language=Subquery(film.values("language")[:1]))


class Migration(migrations.Migration):
    dependencies = [
        ("classroom", "0045_translations_of_kits"),
        ("quizzes", "0012_price_of_hints"),
    ]

    operations = [
        migrations.AddField(
            model_name="answerkey",
            name="translations",
            field=models.JSONField(blank=True, default=dict, verbose_name="translations"),
        ),
        migrations.AddField(
            model_name="questionversion",
            name="language",
            field=models.CharField(blank=True, max_length=12, verbose_name="language"),
        ),
        migrations.AddField(
            model_name="questionversion",
            name="translations",
            field=models.JSONField(blank=True, default=dict, verbose_name="translations"),
        ),
        migrations.RunPython(say_the_language, migrations.RunPython.noop, elidable=True),
    ]
