"""Messages as items: newsletters, forwards, mailboxes, automatic answers, recipients."""

from __future__ import annotations

import pytest

from almoner.pipeline.model import Item, Snapshot
from almoner.pipeline.parse.mail.invitation import read_invitation
from almoner.pipeline.parse.mail.recipients import WITHHELD, Recipients
from almoner.pipeline.run import read
from tests.pipeline.mails import HEAD, TEXT, multipart, reading

LIST = HEAD + "List-Id: <news.harbour.example>\n"
PIECES = (
    "\nHelpline for taxi drivers opens\n\nThe council has opened a helpline for taxi drivers who are worried. It is"
    " staffed until midnight.\nhttps://harbour.example/a\n\nNew checklist for swimming clubs\n\nSwimming clubs get a new"
    " checklist for welfare officers. It has questions that every club should answer.\nhttps://harbour.example/b\n"
)
PAGE = (
    '<h2><a href="https://harbour.example/a?utm_source=n">Helpline opens for drivers</a></h2><p>The council has opened a'
    ' helpline for taxi drivers who are worried. It is staffed until midnight.</p><h2><a href="https://harbour.example/b">'
    "New checklist for clubs</a></h2><p>Swimming clubs get a new checklist for welfare officers. Every club should use"
    ' it.</p><h2><a href="https://harbour.example/c">Fees for checks rise</a></h2><p>The fee for a check rises in April,'
    " says the ministry, by two pounds for each applicant.</p>"
)


def only(content: str | bytes) -> Item:
    (item,) = reading(content).items
    return item


def test_a_plain_message_is_one_item_under_its_subject() -> None:
    item = only(HEAD + "\n" + TEXT)
    assert item.title == "Helpline opens"
    assert item.text == TEXT.strip()
    assert item.credit.outlet == "Harbour Trust"
    assert item.published is not None
    assert item.published.value == "2025-03-03T09:14+00:00"
    assert (item.place.first_line, item.place.last_line) == (1, 7)


def test_a_message_to_a_list_becomes_the_items_in_it() -> None:
    found = reading(LIST + "\n" + PIECES)
    assert [item.title for item in found.items] == [
        "Helpline for taxi drivers opens",
        "New checklist for swimming clubs",
    ]
    assert [item.place.first_line for item in found.items] == [9, 14]
    assert found.briefing is not None
    assert found.briefing.date == "2025-03-03"


def test_the_better_of_two_forms_is_read_and_the_choice_is_explained() -> None:
    page = f"Content-Type: text/html\n\n{PAGE}"
    rich = reading(multipart("\nOpen this in a browser.", page, kind="alternative", head=LIST))
    assert len(rich.items) == 3
    assert any(decision.what == "read the message's HTML" for decision in rich.decisions)
    poor = reading(
        multipart(PIECES, "Content-Type: text/html\n\n<p>Pictures only</p>", kind="alternative", head=LIST)
    )
    assert len(poor.items) == 2
    assert any(decision.what == "read the message's text" for decision in poor.decisions)


def test_blocks_say_in_which_message_and_where_in_it_they_stand() -> None:
    box = f"From a@example.org Mon Mar  3 09:14:00 2025\n{LIST}Content-Type: text/html\n\n{PAGE}\n\n"
    found = reading(box * 2)
    places = {block.place for block in found.document.blocks}
    assert {item.place.first_line for item in found.items} == {2, 13}
    assert {place.first_line for place in places} == {2, 13}
    assert all(place.css for place in places)


def test_links_of_a_newsletter_are_freed_of_tracking() -> None:
    found = reading(f"{LIST}Content-Type: text/html\n\n{PAGE}")
    assert found.items[0].link == "https://harbour.example/a"
    assert "utm_" not in found.items[0].html


def test_a_letter_of_several_paragraphs_is_one_item() -> None:
    letter = "Dear all,\n\nThank you for coming.\n\nThe next meeting is in May. Bring the new forms with you.\n\nKind regards\nAlice\n"
    item = only(HEAD + "\n" + letter)
    assert item.text == "Thank you for coming.\n\nThe next meeting is in May. Bring the new forms with you."


def test_a_signature_on_one_paragraph_is_left_out() -> None:
    page = f"<div>Dear all,<br><br>{TEXT}<br><br>Kind regards<br>Alice Poole<br>01632 960 002</div>"
    assert only(f"{HEAD}Content-Type: text/html\n\n{page}").text == TEXT.strip()


def test_a_newsletter_in_which_nothing_repeats_is_cut_at_its_headings() -> None:
    page = (
        f"<h1>Spring news</h1><p>Welcome.</p><h2>For clubs</h2><h3>One</h3><p>{TEXT}</p><h4>Where</h4><p>In town.</p>"
        f'<ul><li>a</li></ul><h3><a href="https://harbour.example/two">Two</a></h3><table><tr><td>{TEXT}</td></tr></table>'
    )
    found = reading(f"{LIST}Content-Type: text/html\n\n{page}")
    assert [(item.title, item.link) for item in found.items] == [
        ("One", None),
        ("Two", "https://harbour.example/two"),
    ]
    assert "In town." in found.items[0].text
    assert only(f"{HEAD}Content-Type: text/html\n\n{page}").title == "Helpline opens"


@pytest.mark.parametrize(
    "passed_on",
    [
        "---------- Forwarded message ---------\nFrom: Quay Trust <q@quay.example>\nDate: Tue, 11 Mar 2025 at 10:15\nSubject: Beds\nTo: <bob@school.example>\n\n\n",
        "Begin forwarded message:\n\nFrom: Quay Trust <q@quay.example>\nSubject: Beds\nDate: 11 March 2025 at 10:15:00 GMT\nTo: bob@school.example\n\n",
        "-------- Forwarded Message --------\nSubject: \tBeds\nDate: \tTue, 11 Mar 2025 10:15:00 +0000\nFrom: \tQuay Trust <q@quay.example>\nTo: \tbob@school.example\n\n\n\n",
        "________________________________\nFrom: Quay Trust <q@quay.example>\nSent: 11 March 2025 10:15\nTo: Bob <bob@school.example>; Eve\n <eve@school.example>\nSubject: Beds\n\n",
        "-----Original Message-----\nFrom: Quay Trust [mailto:q@quay.example]\nSent: 11 March 2025 10:15\nTo: Bob\nSubject: Beds\n\n",
    ],
)  # fmt: skip
def test_what_was_passed_on_is_read_as_the_original(passed_on: str) -> None:
    head = HEAD.replace("Helpline opens", "Fwd: Beds").replace("Harbour Trust", "Bob Staff")
    item = only(f"{head}\nFor you, from bob@school.example\n\n{passed_on}{TEXT}")
    assert item.title == "Beds"
    assert item.text == TEXT.strip()
    assert (item.credit.outlet or "").startswith("Quay Trust")
    assert item.published is not None
    assert item.published.value.startswith("2025-03-11T10:15")
    assert "Bob" not in item.html


def test_a_quoted_forward_loses_its_marks() -> None:
    inside = "From: Quay Trust <q@quay.example>\nDate: 11 March 2025\nSubject: Beds\n\n" + TEXT
    quoted = "".join(f"> {line}\n" for line in inside.splitlines())
    item = only(f"{HEAD}\nSee below.\n\nBegin forwarded message:\n\n{quoted}")
    assert (item.title, item.text) == ("Beds", TEXT.strip())


def test_outlooks_html_forward_is_read_as_the_original() -> None:
    page = (
        '<p class="MsoNormal">For you, Bob</p><div><p><b>From:</b> Quay Trust &lt;q@quay.example&gt;<br><b>Sent:</b> 11 March 2025'
        f" 10:15<br><b>To:</b> Eve &lt;eve@school.example&gt;<br><b>Subject:</b> Beds</p></div><p>{TEXT}</p>"
    )
    item = only(f"{HEAD.replace('Subject: ', 'Subject: FW: ')}Content-Type: text/html\n\n{page}")
    assert (item.title, item.text, item.credit.outlet) == ("Beds", TEXT.strip(), "Quay Trust")


def test_a_reply_that_quotes_is_no_forward() -> None:
    head = HEAD.replace("Helpline opens", "Re: Beds")
    quoted = "-----Original Message-----\nFrom: Quay Trust <q@quay.example>\nSent: 11 March 2025\nTo: Bob\nSubject: Beds\n\nOld words.\n"
    assert only(f"{head}\n{TEXT}\n{quoted}").credit.outlet == "Harbour Trust"


def test_an_attached_message_is_read_as_the_original() -> None:
    inner = (
        f"From: Quay Trust <q@quay.example>\nSubject: Beds\nDate: Tue, 11 Mar 2025 10:15:00 +0000\n\n{TEXT}"
    )
    item = only(multipart("\nSee attached, news@harbour.example", f"Content-Type: message/rfc822\n\n{inner}"))
    assert (item.title, item.credit.outlet, item.text) == ("Beds", "Quay Trust", TEXT.strip())


def test_a_mailbox_gives_every_message_and_unquotes_its_lines() -> None:
    box = (
        f"From a@example.org Mon Mar  3 09:14:00 2025\n{HEAD}\n{TEXT}>From now on it is open.\n>>From twice.\nFrom here on,"
        f" all is text.\n\nFrom b@example.org Tue Mar  4 09:14:00 2025\n\x00\xff\n\nFrom c@example.org Wed Mar  5 09:14:00 2025\n{HEAD}\nThe third one.\n"
    )
    found = reading(box)
    assert [item.title for item in found.items] == ["Helpline opens", "Helpline opens"]
    assert "From now on it is open. >From twice. From here on" in found.items[0].text.replace("\n\n", " ")


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("Auto-Submitted: auto-replied", "an automatic reply"),
        ("X-Autoreply: yes", "an automatic reply"),
        ("Precedence: auto_reply", "an automatic reply"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=b", "a delivery report"),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
            "a read receipt",
        ),
    ],
)
def test_automatic_answers_are_no_items(field: str, said: str) -> None:
    found = reading(f"{HEAD}{field}\n\n{TEXT}")
    assert not found.items
    assert [note.code for note in found.findings] == ["message_automatic"]
    assert said in found.findings[0].message


@pytest.mark.parametrize(
    "field", ["Auto-Submitted: auto-generated", "Auto-Submitted: no", "X-Auto-Response-Suppress: All"]
)
def test_what_programmes_send_on_their_own_is_read(field: str) -> None:
    assert only(f"{HEAD}{field}\n\n{TEXT}").title == "Helpline opens"


@pytest.mark.parametrize(
    "printed",
    [
        "bob@school.example",
        "Bob@School.Example",
        "bob%40school.example",
        "bob&#64;school.example",
        "BOB&commat;school.example",
    ],
)
def test_addresses_of_recipients_are_withheld(printed: str) -> None:
    found = Recipients(["bob@school.example"])
    assert found.out_of_text(f"Sent to {printed}.") == f"Sent to {WITHHELD}."
    assert found.out_of_markup(f'<a href="https://a.example/?e={printed}&x=1">x</a>') == (
        f'<a href="https://a.example/?e={WITHHELD}&x=1">x</a>'
    )
    assert (
        found.out_of_text("helpbob@school.example.org eve@school.example")
        == "helpbob@school.example.org eve@school.example"
    )


def test_no_recipient_of_any_field_reaches_an_item() -> None:
    names = ("a", "b", "c", "d", "e", "f")
    head = (
        "To: a@x.example\nCc: b@x.example\nBcc: c@x.example\nDelivered-To: d@x.example\nX-Original-To: e@x.example\n"
        "Received: from m by n for <f@x.example>; Mon, 3 Mar 2025 09:14:00 +0000\nFrom: News <news@y.example>\nSubject: One\n"
    )
    printed = " ".join(f"{name}@x.example" for name in names)
    item = only(f"{head}\nThe council has opened a helpline. {printed} Write to news@y.example today.\n")
    assert not any(f"{name}@x.example" in item.text + item.html + item.summary for name in names)
    assert "news@y.example" in item.text


@pytest.mark.parametrize(
    "words", ["Unsubscribe", "Update your preferences", "View this email in your browser", "opt out"]
)
def test_links_that_are_a_recipients_own_lead_nowhere(words: str) -> None:
    page = f'<p>{TEXT} Or <a href="https://mailer.example/{words[0]}?id=7">{words}</a> at the bottom.</p>'
    item = only(f"{HEAD}Content-Type: text/html\n\n{page}")
    assert "mailer.example" not in item.html + str(item.links)
    text = only(f"{HEAD}\n{TEXT}\n{words}: https://mailer.example/x?id=7\n")
    assert "mailer.example" not in text.html + text.text


def test_files_are_named_with_type_size_and_digest() -> None:
    part = 'Content-Type: application/pdf; name="Policy.pdf"\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\nSGk='
    found = reading(multipart(f"\n{TEXT}", part))
    (file,) = found.document.attachments
    assert (file.title, file.media_type, file.size) == ("Policy.pdf", "application/pdf", 2)
    assert file.href.startswith("ni:///sha-256;")
    assert found.items[0].attachments == (file,)


def test_an_invitation_is_an_event_in_uk_time() -> None:
    calendar = (
        "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:A talk\\, with\n  tea\nDTSTART:20250701T110000Z\n"
        "DTEND;TZID=Europe/Paris:20250701T140000\nLOCATION:Town Hall\nATTENDEE:mailto:bob@school.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    found = read_invitation(calendar)
    assert found is not None
    (event,) = found.events
    assert (event.title, event.starts, event.ends) == (
        "A talk, with tea",
        "2025-07-01T12:00+01:00",
        "2025-07-01T13:00+01:00",
    )
    assert found.cancelled
    item = only(multipart(f"\n{TEXT}", f"Content-Type: text/calendar\n\n{calendar}", kind="alternative"))
    assert item.kind == "event"
    assert item.events == found.events
    assert item.status == "cancelled"


def test_flowed_text_and_signatures_are_understood() -> None:
    head = HEAD + "Content-Type: text/plain; format=flowed\n"
    item = only(
        f"{head}\nThe council has opened a \nhelpline for drivers.\n\nIt is free.\n\n-- \nBob Staff\n01632 960001\n"
    )
    assert item.text == "The council has opened a helpline for drivers.\n\nIt is free."


def test_a_message_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    item = only(f'{HEAD}Content-Type: multipart/mixed; boundary="b"\n\n--b\n\n{TEXT}')
    assert item.text == TEXT.strip()
    assert "text_cut" in {found.code for found in item.findings}


def test_encrypted_and_empty_messages_are_findings() -> None:
    assert [found.code for found in reading(HEAD + "Content-Type: multipart/encrypted; boundary=b\n\n--b\n\nx\n--b--").findings] == ["message_unread"]  # fmt: skip
    assert [found.code for found in reading("From: a@example.org\n\n").findings] == ["message_unread"]


def test_mail_is_known_by_its_header_where_no_name_says_so() -> None:
    assert read(Snapshot("-", (HEAD + "\n" + TEXT).encode())).document.media_type == "message/rfc822"
    for other in (
        "Subject: a heading\n\nwords\n",
        "From: here\nTo: there\n\nby train\n",
        "Note: this\n\nis text",
    ):
        assert read(Snapshot("-", other.encode())).document.media_type == "text/plain"
