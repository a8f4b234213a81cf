"""How steps and proposals are said: on the terminal and on a page in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.model.vocabulary import label
from graphkam.text import UNKNOWN

if TYPE_CHECKING:
    from graphkam.analysis.departure import Departure, Proposal
    from graphkam.analysis.mesh import Handover, Proposed
    from graphkam.analysis.paths import Step
    from graphkam.graph.emptied import EmptiedBusiness
    from graphkam.text import Words

_PARTS = ("function", "level", "country", "language")


def why_this_cost(words: Words, tie: Proposed) -> str:
    """Name what makes a tie dear or cheap, and by how much; what is not known with a question mark."""
    said = [
        f"{words.say(f'mesh.part.{part}')} {words.signed(points)}" + (" ?" if part in tie.unknown else "")
        for part in _PARTS
        if (points := getattr(tie, part)) > 0
    ]
    said += [f"{words.say('mesh.part.warm')} {words.signed(-tie.warm)}"] if tie.warm > 0 else []
    said += [words.say("mesh.part.reactivated")] if tie.is_reactivated else []
    return ", ".join(said)


def near_because(words: Words, one: Proposal | Handover) -> str:
    """Say what makes somebody near enough to take over."""
    why = words.say(f"departure.reason.{one.reason}", name=one.through)
    is_said = one.reason == "backup" or not one.is_backup
    return why if is_said else words.say("departure.named_too", why=why)


def why_handed(words: Words, one: Handover) -> str:
    """Say why a tie is handed to this one, and who would be nearer and has no room."""
    said = [] if one.reason is None else [near_because(words, one)]
    if one.nearer:
        said.append(words.say("mesh.nearer", count=len(one.nearer), names=one.nearer))
    elif one.reason == "fit":
        said.insert(0, words.say("mesh.nobody_nearer"))
    return " · ".join(said)


def amount_of(words: Words, one: EmptiedBusiness) -> str:
    """Say what an amount is: so much a year, or so much in all; of a centre whose it is, if not its own."""
    if one.amount is None:
        return ""
    said = words.say(f"departure.amount.{one.source}")
    return said if one.source_name == one.name else f"{said} · {one.source_name}"


def expected_from(words: Words, gone: Departure) -> str:
    """Say what the sales to expect to lose are made of, with the weights: it can be reckoned again."""
    before, after = gone.before.covered_weight, gone.after.covered_weight
    return words.say(
        "departure.formula",
        sales=words.money(gone.yearly_sales, gone.currency),
        percent=words.percent(gone.loss),
        lost=words.number(before - after, 1),
        weight=words.number(before, 1),
        rate=words.percent(gone.loss_rate, 1),
    )


def how_known(words: Words, step: Step) -> str:
    """Say how we know that somebody can ask somebody."""
    match step.kind:
        case "contact":
            level = UNKNOWN if step.level is None else label("level", str(step.level), words.language)
            return words.say("paths.contact", level=level, last=step.last_contact)
        case "influence":
            kind = label("link_kind", step.link, words.language) if step.link else UNKNOWN
            said = words.say("paths.said", source=step.source) if step.source else ""
            return words.say("paths.influence", kind=kind, weight=step.weight, said=said)
        case "reporting":
            return words.say("paths.reporting")
        case "colleague":
            return words.say("paths.colleague", unit=step.unit)
