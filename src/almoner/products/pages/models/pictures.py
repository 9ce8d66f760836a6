"""Pictures that editors uploaded, drawn anew (`pages.pictures`). The file itself is not kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from almoner.records.catalogue.models import Item, new_key


class Picture(models.Model):
    """A picture."""

    key = models.CharField(max_length=10, unique=True, default=new_key, editable=False)
    title = models.CharField(max_length=120, help_text="For editors, who find it by this.")
    credit = models.CharField(
        "whose it is",
        max_length=200,
        blank=True,
        help_text="Who made it, and by what right it is used. Readers see it below the picture.",
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title


class PictureSize(models.Model):
    """A picture in one width. Few and small, so they lie in the database, and are backed up and moved with it."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="sizes")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveIntegerField()
    form = models.CharField(max_length=4)
    content = models.BinaryField()

    class Meta:
        ordering = ("width",)
        constraints = (models.UniqueConstraint(fields=("picture", "width"), name="one_picture_a_width"),)

    def __str__(self) -> str:
        return f"{self.picture}, {self.width} wide"


class ItemPicture(models.Model):
    """A picture of ours with an item: with what we wrote ourselves, or with our comment on what was gathered. Either
    `alternative` says what it shows, or it is `decorative`."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="our_picture")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="with_items")
    alternative = models.CharField(max_length=300, blank=True)
    decorative = models.BooleanField(default=False)
    caption = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.picture} with {self.item}"
