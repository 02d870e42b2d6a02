"""What a reader is told of the probes of a record: where it holds, or that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotated.records.load import Site
from annotated.records.models import Probed
from annotated.records.probes import Holding, holdings, state_of
from annotated.records.wording import Words
from annotated.render import markdown


@dataclass(frozen=True)
class ProofView:
    """Where a record holds, in words; or, under serve only, why it is not known to hold."""

    holdings: tuple[Holding, ...] = ()
    holds: str = ""
    doubt: str = ""


NO_PROOF = ProofView()
_DOUBTS = {"unknown": "probe-unknown", "changed": "probe-changed", "gone": "probe-gone"}


def proof_view(key: str, record: Probed, site: Site, words: Words) -> ProofView:
    """Return what is said of the probes of `record`; nothing if it has none."""
    state = state_of(site, key, record)
    if state is None:
        return ProofView()
    if state != "holds":
        return ProofView(doubt=words(_DOUBTS[state]))
    found = tuple(holdings(site, key, record))
    return ProofView(found, holds_in(found, words))


def holds_in(found: Iterable[Holding], words: Words) -> str:
    """Say in which releases of packages something holds."""
    packages = (
        words("probe-package", package=h.package, version=h.version, date=words.date(h.released))
        for h in found
    )
    return words("probe-holds", packages=", ".join(packages))


def proved(proof: ProofView) -> str:
    """The same at the end of a line of plain Markdown; empty where there is nothing to say."""
    said = proof.holds or proof.doubt
    return f" {markdown.text(said)}." if said else ""
