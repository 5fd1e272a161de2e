"""What the working of the site keeps about people: nothing."""

from django.utils.translation import gettext_lazy as _

from classroom.common.data_inventory import impersonal
from classroom.operations.models import Heartbeat

TABLES = [impersonal(Heartbeat, _("Signs of life of the site's parts"), "id", "name", "beat_at", "detail")]
