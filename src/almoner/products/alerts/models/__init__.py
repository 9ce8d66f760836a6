"""What somebody asked to hear, and the messages that went to them."""

from almoner.products.alerts.models.deliveries import Announcement, Delivery, Installation, Run
from almoner.products.alerts.models.requests import Request
from almoner.products.alerts.models.searches import SavedSearch, saved_key
from almoner.products.alerts.models.subscribers import (
    Consent,
    Erasure,
    Subscriber,
    Subscription,
    Suppression,
)

__all__ = (
    "Announcement",
    "Consent",
    "Delivery",
    "Erasure",
    "Installation",
    "Request",
    "Run",
    "SavedSearch",
    "Subscriber",
    "Subscription",
    "Suppression",
    "saved_key",
)
