"""Whether a message is let in, decided from its envelope, its signatures and the source's senders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from almoner.pipeline.ports import Signature, SignatureResult, Signatures
from almoner.pipeline.sources.newsletter.envelope import Envelope, envelope
from almoner.pipeline.sources.newsletter.senders import Sender


@dataclass(frozen=True, slots=True)
class Verdict:
    """A message as it was judged. `wait` says why it must wait for an editor; "" where it is let in."""

    envelope: Envelope
    signatures: tuple[Signature, ...]
    wait: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """Who is let in at a source: its senders, and the authserv-id of the host that receives its mail, whose word
    about signatures is taken ("" for none)."""

    senders: tuple[Sender, ...] = ()
    receiver: str = ""

    def judge(self, content: bytes, signatures: Signatures) -> Verdict:
        """Judge the message in `content`. Whatever it holds, nothing is raised."""
        found, signed = envelope(content), signatures(content)
        return Verdict(found, signed, why_to_wait(found, signed, self.senders, self.receiver))


def result(signatures: Sequence[Signature]) -> SignatureResult:
    """What became of a message's signatures in all: one that holds is enough (RFC 6376, 6.1)."""
    results = {signature.result for signature in signatures}
    for each in (SignatureResult.PASS, SignatureResult.TEMPERROR, SignatureResult.FAIL):
        if each in results:
            return each
    return SignatureResult.NONE


def why_to_wait(
    found: Envelope, signatures: Sequence[Signature], known: Sequence[Sender], receiver: str
) -> str:
    """Why a message must wait for an editor, in a sentence; "" where it is let in."""
    if len(found.senders) != 1:
        return "It names several senders." if found.senders else "It does not say who sent it."
    address = found.senders[0]
    listed = [sender for sender in known if sender.is_for(address)]
    if not listed:
        return f"Its sender, {address}, is not one of the source's senders."
    held = {signature.domain for signature in signatures if signature.result is SignatureResult.PASS}
    said = found.said_by(receiver)
    held |= {one.domain for one in said if one.method == "dkim" and one.result == "pass"}
    domain = address.rpartition("@")[2]
    is_theirs = ("dmarc", "pass", domain) in {(one.method, one.result, one.domain) for one in said}
    if is_theirs or any(sender.may_be_signed_by(signer) for sender in listed for signer in held):
        return ""
    overall = result(signatures)
    if overall is not SignatureResult.FAIL and any(sender.unsigned for sender in listed):
        return ""
    return _why(overall, signatures)


def _why(overall: SignatureResult, signatures: Sequence[Signature]) -> str:
    first = next((each for each in signatures if each.result is overall), None)
    if first is None:
        return "It is not signed, so anybody may have written it under this name."
    if overall is SignatureResult.PASS:
        return f"It is signed by {first.domain}, which does not speak for its sender."
    if overall is SignatureResult.TEMPERROR:
        return f"Its signature by {first.domain} could not be checked: {first.why}."
    return f"Its signature by {first.domain or 'nobody'} does not hold: {first.why}."
