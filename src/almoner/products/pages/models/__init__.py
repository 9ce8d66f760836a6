"""Pages and their pictures."""

from almoner.products.pages.models.pages import FormerPage, OfficePage, PageFault, PictureUse
from almoner.products.pages.models.pictures import ItemPicture, Picture, PictureSize

__all__ = ["FormerPage", "ItemPicture", "OfficePage", "PageFault", "Picture", "PictureSize", "PictureUse"]
