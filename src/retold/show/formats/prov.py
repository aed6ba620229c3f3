"""PROV-JSON (W3C Member Submission of 2013) of PROV-DM: which text has its words from which.

| in the telling                                   | in PROV                                  |
|--------------------------------------------------|------------------------------------------|
| report, named or lost witness                    | entity                                   |
| edge between two versions of one outlet          | wasDerivedFrom, type prov:Revision       |
| stated edge from a named source                  | wasDerivedFrom, type prov:PrimarySource  |
| any other edge                                   | wasDerivedFrom                           |
| statement, or quotation that is in none          | entity, wasAttributedTo its speaker      |
| direct or mixed quotation                        | wasDerivedFrom, type prov:Quotation      |
| indirect quotation                               | wasDerivedFrom                           |
| outlet, credit, speaker                          | agent, with wasAttributedTo              |

Characters that XML cannot hold are marks, so that readers can write PROV-XML from it.
PROV-JSON writes wasRevisionOf, wasQuotedFrom and hadPrimarySource as wasDerivedFrom with a type.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from retold.model import Edge, Quotation, Telling, TellingReport
from retold.show.formats.sigla import Sign, edges, reasons, signs
from retold.show.formats.writing import json_text, xml_safe
from retold.show.marks import visible
from retold.show.names import chain
from retold.show.view import Index, index
from retold.text.words import fold

__all__ = ["prov"]

_AGENTS = {"person": "Person", "organisation": "Organization", "office": "Person"}


def _typed(value: object, kind: str) -> dict[str, str]:
    return {"$": str(value), "type": kind}


def _type(name: str) -> dict[str, str]:
    return _typed(name, "prov:QUALIFIED_NAME")


def _number(value: float) -> dict[str, str]:
    return _typed(f"{value:.6g}", "xsd:double")


class _Document:
    """A document that grows record by record; names are numbered in the order of appearance."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.called = signs(telling)
        self.look: Index = index(telling)
        self.entities: dict[str, dict[str, Any]] = {}
        self.agents: dict[str, dict[str, Any]] = {}
        self.derived: dict[str, dict[str, Any]] = {}
        self.attributed: dict[str, dict[str, Any]] = {}
        self.agent_of: dict[tuple[str, str], str] = {}
        self.by_name = {
            fold(name): actor.id
            for actor in reversed(telling.actors)
            for name in (*actor.names, actor.name)
        }

    def agent(self, name: str, actor: str | None = None) -> str:
        """The agent of a name, or of an actor; one name is one agent."""
        found = self.look.actors.get(actor or self.by_name.get(fold(name), ""))
        key = ("actor", found.id) if found is not None else ("name", fold(name))
        if key not in self.agent_of:
            made = f"story:agent{len(self.agents) + 1}"
            shown = found.name if found is not None else name
            kind = _AGENTS.get(found.kind, "Agent") if found is not None else "Organization"
            self.agents[made] = {"prov:label": visible(shown)}
            if kind != "Agent":
                self.agents[made]["prov:type"] = _type(f"prov:{kind}")
            self.agent_of[key] = made
        return self.agent_of[key]

    def attribute(self, entity: str, agent: str, role: str) -> None:
        """The entity comes from the agent."""
        self.attributed[f"_:attributed{len(self.attributed) + 1}"] = {
            "prov:entity": entity,
            "prov:agent": agent,
            "retold:role": role,
        }

    def derive(self, entity: str, source: str, relation: str | None, **known: Any) -> None:
        """The entity has words of the source."""
        self.derived[f"_:derived{len(self.derived) + 1}"] = {
            "prov:generatedEntity": entity,
            "prov:usedEntity": source,
            **({"prov:type": _type(f"prov:{relation}")} if relation else {}),
            **{f"retold:{name}": value for name, value in known.items() if value is not None},
        }

    # --- what there is ---

    def witness(self, sign: Sign) -> None:
        """A report, named or lost source, and whose it is."""
        name = f"story:{sign.siglum}"
        report = sign.report
        kind = "Report" if report is not None else f"{sign.witness.kind.capitalize()}Witness"
        known: dict[str, Any] = {
            "prov:label": sign.full,
            "prov:type": _type(f"retold:{kind}"),
            "retold:witness": visible(sign.witness.id),
        }
        if report is not None:
            known |= _known(report)
            if report.outlet:
                self.attribute(name, self.agent(report.outlet), "outlet")
            for credit in dict.fromkeys(one.name for one in report.credits):
                self.attribute(name, self.agent(credit), "credit")
        elif sign.witness.kind == "named" and sign.witness.name:
            self.attribute(name, self.agent(sign.witness.name), "named source")
        if sign.witness.because:
            known["retold:because"] = reasons(sign.witness.because)
        self.entities[name] = known

    def edge(self, edge: Edge) -> None:
        """One edge of the stemma."""
        start, end = self.called[edge.from_], self.called[edge.to]
        outlets = [one.report.outlet for one in (start, end) if one.report is not None]
        kind = None
        if len(outlets) == 2 and outlets[0] and outlets[0] == outlets[1]:
            kind = "Revision"
        elif edge.basis == "stated" and start.witness.kind == "named":
            kind = "PrimarySource"
        self.derive(
            f"story:{end.siglum}",
            f"story:{start.siglum}",
            kind,
            basis=edge.basis,
            support=_number(edge.support),
            evidence=reasons(edge.evidence) or None,
        )

    def words(self, name: str, speaker: str | None, quotations: list[Quotation]) -> None:
        """Something said, and the reports that quote it."""
        self.entities[name] = {
            "prov:label": f"what {self._called(speaker)} said",
            "prov:type": _type("retold:Statement"),
        }
        if speaker in self.look.actors:
            self.attribute(name, self.agent("", speaker), "speaker")
        for one in quotations:
            sign = self.called[one.report]
            text = self.look.reports[one.report].text
            self.derive(
                f"story:{sign.siglum}",
                name,
                None if one.kind == "indirect" else "Quotation",
                quotation=visible(one.id),
                kind=one.kind,
                status=one.status,
                confidence=_number(one.confidence),
                words=xml_safe(" \u2026 ".join(text[slice(*span)] for span in one.content)),
                chain=" \u2192 ".join(chain(one.chain, self.look.actors)),
            )

    def _called(self, speaker: str | None) -> str:
        actor = self.look.actors.get(speaker or "")
        return visible(actor.name) if actor is not None else "somebody (cannot tell who)"


def _known(report: TellingReport) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for field in ("title", "published", "language", "url", "source", "raw_sha256"):
        value = getattr(report, field)
        if value is not None:
            known[f"retold:{field}"] = visible(value)
    return known


def prov(telling: Telling) -> str:
    """The whole document."""
    made = _Document(telling)
    for sign in made.called.values():
        made.witness(sign)
    for edge in edges(telling):
        made.edge(edge)
    stated: set[str] = set()
    for number, statement in enumerate(telling.statements, start=1):
        quotations = [
            made.look.quotations[variant.quotation]
            for variant in statement.variants
            if variant.quotation in made.look.quotations
        ]
        stated.update(one.id for one in quotations)
        made.words(f"story:statement{number}", statement.speaker, quotations)
    for number, one in enumerate(telling.quotations, start=1):
        if one.id not in stated:
            made.words(f"story:quoted{number}", one.speaker, [one])
    story = quote(telling.story, safe="", errors="backslashreplace")
    written: dict[str, Any] = {
        "prefix": {"retold": "urn:retold:vocabulary:", "story": f"urn:retold:{story}:"},
        "entity": made.entities,
        "agent": made.agents,
        "wasDerivedFrom": made.derived,
        "wasAttributedTo": made.attributed,
    }
    return json_text({name: records for name, records in written.items() if records})
