"""GOV.UK's document types, as kinds of item and as what has become of a document."""

from __future__ import annotations

from typing import Final

from almoner.pipeline.model import Kind, Status

_TYPES: Final = {
    Kind.GUIDANCE: """
        guidance statutory_guidance detailed_guide detailed_guidance guide answer manual manual_section hmrc_manual
        hmrc_manual_section service_manual_guide service_manual_topic service_manual_service_standard step_by_step_nav
        policy_paper regulation international_treaty help_page countryside_stewardship_grant safety_regulation
        """,
    Kind.NEWS: """
        news_story press_release world_news_story news_article government_response speech oral_statement
        written_statement authored_article transcript drafted_text speaking_notes case_study fatality_notice
        """,
    Kind.CONSULTATION: """
        consultation open_consultation closed_consultation consultation_outcome
        call_for_evidence open_call_for_evidence closed_call_for_evidence call_for_evidence_outcome
        """,
    Kind.STATISTICS: """
        official_statistics national_statistics accredited_official_statistics statistics statistical_data_set
        statistics_announcement official_statistics_announcement national_statistics_announcement
        """,
    Kind.NOTICE: """
        notice gone redirect vanish special_route medical_safety_alert drug_safety_update travel_advice
        email_alert_signup finder_email_signup completed_transaction product_safety_alert_report_recall
        """,
}
KINDS: Final = {name: kind for kind, names in _TYPES.items() for name in names.split()}
"""Document type → kind. Any other type (a form, a collection, a person's page) is a resource."""

_STATUSES: Final = {
    "gone": Status.GONE,
    "vanish": Status.GONE,
    "redirect": Status.REDIRECTED,
    "consultation": Status.UPCOMING,
    "call_for_evidence": Status.UPCOMING,
    "open_consultation": Status.OPEN,
    "open_call_for_evidence": Status.OPEN,
    "closed_consultation": Status.CLOSED,
    "closed_call_for_evidence": Status.CLOSED,
    "consultation_outcome": Status.ANSWERED,
    "call_for_evidence_outcome": Status.ANSWERED,
}
_STATES: Final = {
    "provisional": Status.UPCOMING,
    "confirmed": Status.CONFIRMED,
    "cancelled": Status.CANCELLED,
}


def kind_of(document_type: str, parent_type: str = "") -> Kind:
    """The kind of a document; a page that belongs to a publication is what the publication is."""
    if document_type == "html_publication":
        return KINDS.get(parent_type, Kind.RESOURCE)
    return KINDS.get(document_type, Kind.RESOURCE)


def status_of(document_type: str, state: str, *, withdrawn: bool) -> Status | None:
    """What has become of a document, where its type or its announcement's state says so."""
    if withdrawn:
        return Status.WITHDRAWN
    if document_type.endswith("statistics_announcement"):
        return _STATES.get(state)
    return _STATUSES.get(document_type)
