"""What the editor of running text does otherwise here: links lead to an address, an e-mail address or a telephone, since
Wagtail's own tree of pages is not used; and its field has a name for those who do not see it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse_lazy
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature, Feature


class NamedField(Feature):  # type: ignore[misc]
    """Gives the field a name."""

    def construct_options(self, options: dict[str, Any]) -> None:
        """Add it to what the editor is started with."""
        options["ariaLabel"] = "Text"


def register_text(features: Any) -> None:
    """Have the link button open where an address is typed."""
    choosers = {
        f"{kind}LinkChooser": f"wagtailadmin_choose_page_{kind}_link"
        for kind in ("external", "email", "phone")
    }
    addresses = {name: reverse_lazy(view) for name, view in choosers.items()}
    data = {
        "type": "LINK",
        "icon": "link",
        "description": "Link",
        "attributes": ["url", "id", "parentId"],
        "allowlist": {"href": "^(http:|https:|mailto:|undefined$)"},
        "chooserUrls": {"pageChooser": addresses["externalLinkChooser"], **addresses},
    }
    features.register_editor_plugin("draftail", "named", NamedField())
    features.register_editor_plugin(
        "draftail", "link", EntityFeature(data, js=["wagtailadmin/js/page-chooser-modal.js"])
    )
