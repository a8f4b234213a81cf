"""Commands that ask a question of an account and print the answer: one file each."""

from __future__ import annotations

import typer

from graphkam.cli.command import AS_OF, FOR_QUESTIONS, JSON, LANG, SETTINGS, add
from graphkam.cli.questions.accounts import accounts
from graphkam.cli.questions.audit import audit
from graphkam.cli.questions.brokerage import brokerage
from graphkam.cli.questions.buying_centre import buying_centre
from graphkam.cli.questions.changes import changes
from graphkam.cli.questions.coverage import coverage
from graphkam.cli.questions.decision import decision
from graphkam.cli.questions.departure import departure
from graphkam.cli.questions.dependency import dependency
from graphkam.cli.questions.influence import influence
from graphkam.cli.questions.map import map_
from graphkam.cli.questions.mesh import mesh
from graphkam.cli.questions.paths import paths
from graphkam.cli.questions.portfolio import portfolio
from graphkam.cli.questions.profitability import profitability
from graphkam.cli.questions.qualification import qualification
from graphkam.cli.questions.resilience import resilience
from graphkam.cli.questions.uncertainty import uncertainty
from graphkam.cli.questions.upkeep import upkeep
from graphkam.cli.questions.who import who


def add_to(app: typer.Typer) -> None:
    """Add the commands of this folder to an app."""
    add(app, "accounts", (LANG, JSON))(accounts)
    add(app, "audit", FOR_QUESTIONS)(audit)
    add(app, "portfolio", (LANG, AS_OF, JSON, *SETTINGS))(portfolio)
    add(app, "who", FOR_QUESTIONS)(who)
    add(app, "coverage", FOR_QUESTIONS)(coverage)
    add(app, "dependency", FOR_QUESTIONS)(dependency)
    add(app, "departure", FOR_QUESTIONS)(departure)
    add(app, "resilience", FOR_QUESTIONS)(resilience)
    add(app, "decision", FOR_QUESTIONS)(decision)
    add(app, "uncertainty", FOR_QUESTIONS)(uncertainty)
    add(app, "ask", FOR_QUESTIONS)(uncertainty)
    add(app, "influence", FOR_QUESTIONS)(influence)
    add(app, "brokerage", FOR_QUESTIONS)(brokerage)
    add(app, "buying-centre", FOR_QUESTIONS, help_key="buying_centre")(buying_centre)
    add(app, "upkeep", FOR_QUESTIONS)(upkeep)
    add(app, "week", FOR_QUESTIONS)(upkeep)
    add(app, "changes", FOR_QUESTIONS)(changes)
    add(app, "qualification", FOR_QUESTIONS)(qualification)
    add(app, "profitability", FOR_QUESTIONS)(profitability)
    add(app, "paths", FOR_QUESTIONS)(paths)
    add(app, "mesh", FOR_QUESTIONS)(mesh)
    add(app, "map", (LANG, AS_OF, *SETTINGS))(map_)
