"""Small words of the newsroom's templates."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def service_name() -> str:
    """What the operator calls the service."""
    return str(settings.SITE_NAME)
