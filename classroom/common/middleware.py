from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers


class PrivatePagesMiddleware:
    """What a signed-in person sees is kept by no cache, shared or their own: tablets go from hand to hand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated or request.path.startswith(("/accounts/", "/invitations/")):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response
