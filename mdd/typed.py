"""What somebody typed into a form that could not be taken, to be given back and sent again."""

from __future__ import annotations

from django.http import HttpRequest

from mdd.http import asks_for_a_page


def to_give_back(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields that were sent. None where one of them is secret, or where anything but a page of ours sent them."""
    if not is_from_our_page(request) or request.FILES or any("password" in name for name in request.POST):
        return []
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]


def is_from_our_page(request: HttpRequest) -> bool:
    """Whether a person sent a form of ours. Other sites cannot claim to be us."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    return request.method == "POST" and is_ours and asks_for_a_page(request)
