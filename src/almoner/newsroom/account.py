"""A person's own account in the newsroom."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class OwnAccountView(AccountView):  # type: ignore[misc]
    """Wagtail's page without pictures: this newsroom keeps no faces."""

    def get_panels(self) -> list[Any]:
        """Everything but the picture."""
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
