"""Pages and their pictures."""

from almoner.products.pages.models.pages import FormerPage, OfficePage, PictureUse
from almoner.products.pages.models.pictures import Picture, PictureSize

__all__ = ["FormerPage", "OfficePage", "Picture", "PictureSize", "PictureUse"]
