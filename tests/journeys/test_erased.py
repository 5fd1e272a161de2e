"""A student is erased: gone from every page, export and file, while the class's averages stand."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from classroom.assignments.actions import make_feed
from classroom.assignments.models import StepAnswer
from classroom.common import clock
from classroom.discussions.models import Post
from classroom.people.models import Role, Section, User
from quizzes.delivery import actions as delivery
from quizzes.delivery.models import Response
from tests import factories
from tests.classroom.privacy.test_erasing import everything
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
