"""Whether each probe finds its own fact alone, and the brief read aloud finds none."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.content.check.text import prose
from interviewer.domain.scenario import Fact, Scenario
from interviewer.errors import Problem
from interviewer.matching.facts import FactMatcher
from interviewer.matching.split import sentences
from interviewer.matching.turn import understand

_STYLES = ("plain", "no_term", "non_native", "assumption")


def probe_problems(scenario: Scenario, own: tuple[Fact, ...], label: str) -> Iterator[Problem]:
    """Problems of rules and probes among the scenario's own and the common facts.

    `own` are the facts without the common ones; probes of common facts are held against own rules too.
    """
    file = f"{label}/scenario.toml"
    matcher = FactMatcher(scenario.facts, scenario.brief)
    for index, fact in enumerate(scenario.facts):
        mine = index < len(own)
        for style in _STYLES:
            for number, probe in enumerate(getattr(fact.probes, style)):
                key = f"facts[{index}].probes.{style}[{number}]" if mine else f"common fact {fact.id}"
                yield from _one(matcher, fact, probe, file, key)
                if mine and style == "assumption":
                    yield from _settled(matcher, fact, probe, file, key)
    for sentence in sentences(prose(scenario.brief)):
        for found in understand(sentence, matcher).facts:
            yield Problem(
                f"{label}/brief.md",
                f"obtains {found!r} when read aloud: {sentence}",
                remedy="narrow its rules",
            )


def _one(matcher: FactMatcher, fact: Fact, probe: str, file: str, key: str) -> Iterator[Problem]:
    hits = matcher.hits(probe)
    others = [hit for hit in hits if hit != fact.id]
    if fact.id not in hits:
        yield Problem(
            file, f"does not match the rules of {fact.id!r}: {probe}", key=key, remedy="add or widen a rule"
        )
    if others:
        names = ", ".join(others)
        yield Problem(file, f"also matches {names}: {probe}", key=key, remedy=f"narrow a rule of {names}")
    obtained = understand(probe, matcher).facts
    if not others and fact.id in hits and obtained != (fact.id,):
        what = ", ".join(obtained) or "nothing"
        remedy = "say it as a candidate would, in three words or more"
        yield Problem(file, f"obtains {what} in an interview: {probe}", key=key, remedy=remedy)


def _settled(matcher: FactMatcher, fact: Fact, probe: str, file: str, key: str) -> Iterator[Problem]:
    if not matcher.agrees(fact.id, probe) and not matcher.contradicts(fact.id, probe):
        yield Problem(
            file,
            f"is neither right nor wrong by the rules of {fact.id!r}: {probe}",
            key=key,
            remedy="add a rule to agrees or contradicts",
        )
