"""Each reply knows the post that its conversation began with, and where it stands below it."""

import django.db.models.deletion
from django.db import migrations, models

# As ``discussions.models.places`` builds them.
NUMBER, CHANCE, LEVELS = 5, 2, 32


def place(apps, schema_editor):
    Post = apps.get_model("classroom", "Post")
    of_replies = Post.objects.filter(parent__isnull=False).order_by().values_list("thread_id", flat=True).distinct()
    for thread in list(of_replies):
        roots, places, latest, replies = {}, {}, {}, []
        # What a post replies to was written before it.
        for pk, parent, key in Post.objects.filter(thread=thread).order_by("pk").values_list("pk", "parent_id", "key"):
            if parent is None:
                roots[pk], places[pk], latest[pk] = pk, b"", pk
                continue
            root = roots[pk] = roots[parent]
            above = places[parent][: (NUMBER + CHANCE) * (LEVELS - 1)]
            places[pk] = above + latest[root].to_bytes(NUMBER, "big") + key.bytes[:CHANCE]
            latest[root] = pk
            replies.append(Post(pk=pk, root_id=root, place=places[pk]))
        Post.objects.bulk_update(replies, ["root", "place"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("classroom", "0042_runs_cut_short")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="place",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="post",
            name="root",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="all_replies",
                to="classroom.post",
            ),
        ),
        migrations.RunPython(place, migrations.RunPython.noop),
    ]
