"""What somebody asked to hear, and the messages that went to them."""

from almoner.products.alerts.models.deliveries import Announcement, Delivery, Installation, Run
from almoner.products.alerts.models.searches import SavedSearch, saved_key
from almoner.products.alerts.models.subscribers import Consent, Subscriber, Subscription, Suppression

__all__ = (
    "Announcement",
    "Consent",
    "Delivery",
    "Installation",
    "Run",
    "SavedSearch",
    "Subscriber",
    "Subscription",
    "Suppression",
    "saved_key",
)
