"""The pages of an office, as drafts, and as readers see them."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from almoner.products.pages.enums import Place
from almoner.products.pages.models.blocks import BODY
from almoner.products.pages.models.pictures import Picture

ABOUT: Final = "about"
"""A page at this address stands at the head of what the software says about itself."""
DEEPEST: Final = 3
"""So many pages may lie below each other."""


class OfficePage(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):  # type: ignore[misc]
    """A page. What stands in the row is what readers see while it is `live`; drafts are revisions of it."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(
        "address",
        max_length=60,
        unique=True,
        error_messages={"unique": "Another page has this address."},
        help_text="Its address is /pages/…/. Once readers have seen it, the former one leads on for ever.",
    )
    lead = models.CharField(
        max_length=300,
        blank=True,
        help_text="One or two sentences: under the title, and where it is passed on.",
    )
    body = StreamField(BODY, blank=True)
    place = models.CharField("way to it", max_length=8, choices=Place, default=Place.FOOT)
    under = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="below",
        help_text="The page that it is a part of, and that leads to it.",
    )
    position = models.PositiveSmallIntegerField(default=10, help_text="The lowest stands first.")
    private_names = models.JSONField(default=list, editable=False)
    names_reason = models.CharField(
        "why a name may stand",
        max_length=300,
        blank=True,
        help_text="Only where a child or a victim seems to be named. Kept with your name in the history.",
    )

    class Meta:
        verbose_name = "page"
        ordering = ("position", "title")
        permissions = (("publish_officepage", "Can publish page"),)

    def __str__(self) -> str:
        return self.title

    def save(self, *arguments: Any, **named: Any) -> None:
        """Save it; an address that readers knew goes on leading here, and the pictures on it are noted. Where only other
        fields are saved, the object may be a draft, and what readers see stays."""
        fields = named.get("update_fields")
        if fields is not None and not {"slug", "body"} & set(fields):
            super().save(*arguments, **named)
            return
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        super().save(*arguments, **named)
        if before is not None and before.was_shown and before.slug != self.slug:
            FormerPage.objects.update_or_create(slug=before.slug, defaults={"page": self})
        FormerPage.objects.filter(slug=self.slug).delete()
        used = {block.value["picture"].pk for block in self.body if _has_picture(block)}
        PictureUse.objects.filter(page=self).exclude(picture__in=used).delete()
        PictureUse.objects.bulk_create(
            (PictureUse(page=self, picture_id=key) for key in used), ignore_conflicts=True
        )

    def get_absolute_url(self) -> str:
        """Where readers find it."""
        return reverse("web:about") if self.slug == ABOUT else reverse("web:page", args=[self.slug])

    @property
    def was_shown(self) -> bool:
        """Whether readers ever saw it."""
        return self.first_published_at is not None

    def above(self) -> list[OfficePage]:
        """The pages that it lies below, the outermost first."""
        found: list[OfficePage] = []
        page = self.under
        while page is not None and page.pk != self.pk and page not in found:
            found.insert(0, page)
            page = page.under
        return found

    def clean(self) -> None:
        """Keep the pages a tree that is not too deep, and former addresses leading where they led."""
        super().clean()
        if self.under is not None:
            if self.pk and (self.under.pk == self.pk or self.pk in {page.pk for page in self.under.above()}):
                raise ValidationError({"under": "It cannot lie below itself."})
            if len(self.under.above()) + 2 > DEEPEST:
                raise ValidationError({"under": f"Pages lie at most {DEEPEST} deep."})
        former = (
            FormerPage.objects.filter(slug=self.slug).exclude(page=self.pk).select_related("page").first()
        )
        if former is not None:
            raise ValidationError({"slug": f"This was the address of “{former.page}”, and leads there."})

    def get_preview_template(self, _request: Any, _mode_name: str) -> str:
        """The template of the public page."""
        return "pages/office.html"

    def get_preview_context(self, _request: Any, _mode_name: str) -> dict[str, Any]:
        """What that needs."""
        return {"page": self, "title": self.title, "crumbs": self.above(), "is_preview": True}


class FormerPage(models.Model):
    """An address under which readers once found a page."""

    slug = models.SlugField(max_length=60, unique=True)
    page = models.ForeignKey(OfficePage, on_delete=models.CASCADE, related_name="former")

    def __str__(self) -> str:
        return f"{self.slug}, now {self.page}"


class PageFault(models.Model):
    """That a page could not be published at its moment, and why, until it is published or planned anew, or somebody
    says that it is settled. What was to be published is the page's draft again."""

    page = models.OneToOneField(OfficePage, on_delete=models.CASCADE, related_name="fault")
    planned_for = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ("planned_for", "pk")

    def __str__(self) -> str:
        return f"{self.page}: {self.reason}"


class PictureUse(models.Model):
    """That a picture stands on a page: readers get it while that is live."""

    page = models.ForeignKey(OfficePage, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("page", "picture"), name="one_use_a_page"),)

    def __str__(self) -> str:
        return f"{self.picture} on {self.page}"


def _has_picture(block: Any) -> bool:
    return block.block_type == "picture" and block.value["picture"] is not None
