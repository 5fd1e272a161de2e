"""All addresses of the quizzes, gathered from their rooms."""

from classroom.common.routes import grouped
from quizzes.authoring.urls import urlpatterns as authoring
from quizzes.bank.urls import urlpatterns as bank
from quizzes.delivery.urls import urlpatterns as delivery
from quizzes.interchange.urls import urlpatterns as interchange
from quizzes.marking.urls import urlpatterns as marking
from quizzes.statistics.urls import urlpatterns as statistics

app_name = "quizzes"
urlpatterns = grouped([*delivery, *bank, *authoring, *interchange, *marking, *statistics])
