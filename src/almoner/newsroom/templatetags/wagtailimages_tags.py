"""An empty library: Wagtail's pages for people load it by this name, use nothing of it, and its app is not
installed."""

from django.template import Library

register = Library()
