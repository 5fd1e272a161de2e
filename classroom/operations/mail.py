"""Mail as Django sends it, with a sign for the health page whenever one left, or could not leave."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from classroom.common import clock
from classroom.operations import records


class RecordedBackend(BaseEmailBackend):
    """Hands all over to the backend that ``MAIL_BACKEND`` names. Of a failure its kind is kept, and no address."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self._real: BaseEmailBackend = get_connection(settings.MAIL_BACKEND, fail_silently=fail_silently, **options)

    def open(self) -> bool | None:
        return self._real.open()

    def close(self) -> None:
        self._real.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        try:
            sent = self._real.send_messages(email_messages)
        except Exception as error:
            records.leave(records.MAIL_FAILED, at=clock.now(), detail=type(error).__name__)
            raise
        if sent:
            records.leave(records.MAIL_SENT, at=clock.now())
        return sent or 0
