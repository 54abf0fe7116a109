"""The judge: asks a model for evidence and a level per signal, several times, and checks all of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from interviewer.domain.commands import RecordModelCall
from interviewer.domain.events import CandidateSaid, SessionEvent
from interviewer.domain.rubric import FOUR_LEVELS, Level, Rubric, Signal
from interviewer.domain.scenario import Scenario
from interviewer.domain.scorecard import Claim, Scorecard, SignalRating
from interviewer.errors import ModelError
from interviewer.scoring.card import assemble
from interviewer.scoring.citations import verify
from interviewer.scoring.evidence import Evidence, gather, whole
from interviewer.scoring.judge.record import broken, record, split_comments
from interviewer.scoring.reasons import claim
from interviewer.scoring.rules import rules_signals
from interviewer.scoring.table import COMMUNICATION, TECHNICAL, UNDERSTANDING

if TYPE_CHECKING:
    from pydantic import BaseModel

    from interviewer.scoring.judge.schema import EvidenceItem, SignalAnswer

    Answer = TypeVar("Answer", bound=BaseModel)

MAX_CLAIMS = 6
QUOTES_TO_MOVE = 2
SPREAD = 2
# Words about the rating itself are no evidence of anything.
_ABOUT_RATING = re.compile(
    r"\b(?:rat(?:e|ing)|score|grade|rubric|very[ _]strong|strong hire|hire me|instructions?|judge"
    r"|system prompt)\b",
    re.IGNORECASE,
)
# So many failures in a row without one answer mean that the endpoint is down.
GIVE_UP_AFTER = 3


class Template(Protocol):
    """A versioned prompt."""

    @property
    def label(self) -> str:
        """Id, version and digest."""
        ...

    def render(self, **values: object) -> str:
        """The text with its variables filled in."""
        ...


class Asker(Protocol):
    """A model that gives typed answers."""

    @property
    def name(self) -> str:
        """The model's label."""
        ...

    def ask(self, system: str, user: str, schema: type[Answer]) -> Answer:
        """A validated answer; blocking; raises ModelError. Called from several threads."""
        ...

    def take_calls(self) -> tuple[RecordModelCall, ...]:
        """The calls made since this was last asked."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgePrompts:
    """The judge's prompts: the constant system text and the case."""

    system: Template
    case: Template


@dataclass(frozen=True, slots=True)
class _Opinion:
    """One answer after checking: its level (None: not assessed), claims that resolve, quotes dropped."""

    level: Level | None
    claims: tuple[Claim, ...]
    dropped: int
    reason: str


class JudgeRater:
    """Rates each signal by `samples` answers of a model, inside the interval of the evidence.

    The median of the answers counts. Answers two levels apart, or a move from the rules' level resting
    on fewer than two literal quotations, leave the rules' level standing. A model that fails leaves the
    signal not assessed.
    """

    def __init__(self, asker: Asker, prompts: JudgePrompts, *, samples: int = 3, workers: int = 4) -> None:
        self._asker = asker
        self._prompts = prompts
        self._samples = max(1, samples)
        self._workers = max(1, workers)

    @property
    def name(self) -> str:
        """How scorecards call it."""
        return f"judge:{self._asker.name}"

    def rate(self, log: Sequence[SessionEvent], scenario: Scenario, rubric: Rubric) -> Scorecard:
        """The scorecard of a log; blocking, because a model is asked."""
        evidence = gather(log, scenario, rubric)
        ruled = rules_signals(evidence, rubric)
        by_id = {s.id: s for s in rubric.signals}
        quotable = _quotable(evidence)
        wanted = [r for r in ruled if r.rating is not None and r.signal in by_id]
        jobs = [
            (r.signal, _case(self._prompts.case, evidence, by_id[r.signal], r))
            for r in wanted
            for _ in range(self._samples)
        ]
        down: list[str] = []
        with ThreadPoolExecutor(max_workers=self._workers, thread_name_prefix="judge") as pool:
            answers = list(pool.map(lambda job: self._ask(job[1], down), jobs))
        opinions: dict[str, list[_Opinion | str]] = {r.signal: [] for r in wanted}
        for (signal, _), answer in zip(jobs, answers, strict=True):
            opinions[signal].append(answer if isinstance(answer, str) else _checked(answer, signal, quotable))
        signals = tuple(
            _decide(r, opinions[r.signal], evidence) if r.signal in opinions else r for r in ruled
        )
        card = verify(assemble(evidence, rubric, self.name, signals), log)
        dropped = sum(o.dropped for found in opinions.values() for o in found if isinstance(o, _Opinion))
        versions = {
            **card.versions,
            "judge": self._asker.name,
            "samples": str(self._samples),
            "prompt_judge": self._prompts.system.label,
            "prompt_case": self._prompts.case.label,
        }
        return replace(card, dropped_claims=card.dropped_claims + dropped, versions=versions)

    def take_calls(self) -> tuple[RecordModelCall, ...]:
        """The model calls of the ratings made since this was last asked, to be stored with the session."""
        return self._asker.take_calls()

    def _ask(self, case: str, down: list[str]) -> SignalAnswer | str:
        """One answer, or why there is none; `down` collects failures until the first answer comes."""
        from interviewer.scoring.judge.schema import SignalAnswer

        if len(down) >= GIVE_UP_AFTER:
            return down[-1]
        try:
            answer = self._asker.ask(self._prompts.system.render(), case, SignalAnswer)
        except ModelError as error:
            down.append(error.message)
            return error.message
        down.clear()
        return answer


def _case(prompt: Template, evidence: Evidence, signal: Signal, ruled: SignalRating) -> str:
    view = evidence.view
    final = view.snapshots[-1].source if view.snapshots else ""
    code, comments = split_comments(final)
    low, high = ruled.interval or (FOUR_LEVELS[0], FOUR_LEVELS[-1])
    established = [c.text for c in ruled.reasons[:8]]
    if ruled.signal in (TECHNICAL, UNDERSTANDING):
        established.append(f"Nothing below {low.words} or above {high.words} is possible here.")
    return prompt.render(
        signal=signal.title,
        definition=signal.definition,
        levels=[(t.level.value, t.text) for t in signal.levels],
        checklist=list(enumerate(signal.checklist, 1)),
        seniority=view.started.seniority.value,
        senior=signal.senior if view.started.seniority.value == "senior" else "",
        title=view.scenario.title,
        brief=view.scenario.brief.strip(),
        established=[broken(text) for text in established] or ["nothing"],
        record=record(view.log),
        code=broken(code),
        comments=broken(comments),
    )


# --- checking an answer -----------------------------------------------------------------------


def _quotable(evidence: Evidence) -> dict[str, dict[int, str]]:
    """Texts a quotation may come from: the candidate's own turns, and for communication comments too."""
    credited = {t.seq for t in evidence.view.turns if t.credited}
    turns = {e.seq: e.text for e in evidence.view.log if isinstance(e, CandidateSaid) and e.seq in credited}
    snapshots = evidence.view.snapshots[-1:]
    return {"": turns, COMMUNICATION: {**turns, **{s.seq: s.source for s in snapshots}}}


def _checked(answer: SignalAnswer, signal: str, quotable: Mapping[str, Mapping[int, str]]) -> _Opinion:
    texts = quotable.get(signal, quotable[""])
    claims: list[Claim] = []
    dropped = 0
    for item in answer.evidence:
        found = _find(item, texts)
        if found is None:
            dropped += 1
        elif found not in claims:
            claims.append(found)
    level = None if answer.level == "not_assessed" else Level(answer.level)
    return _Opinion(level, tuple(claims), dropped, " ".join(answer.reason.split())[:300])


def _find(item: EvidenceItem, texts: Mapping[int, str]) -> Claim | None:
    """The claim with the quotation as it literally stands in its line, or in the one line that has it."""
    words = item.quote.strip().strip("\"'“”").split()
    if len(words) < 2 or _ABOUT_RATING.search(" ".join(words)):
        return None
    pattern = re.compile(r"\s+".join(re.escape(w) for w in words))
    seqs = [item.line] if item.line in texts and pattern.search(texts[item.line]) else []
    seqs = seqs or [seq for seq, text in texts.items() if pattern.search(text)]
    if len(seqs) != 1:
        return None
    match = pattern.search(texts[seqs[0]])
    assert match is not None
    shows = " ".join(item.shows.split())[:200] or "Said"
    return claim(f"{'' if item.speaks == 'for' else 'Against: '}{shows}", [seqs[0]], match.group(0))


# --- deciding ---------------------------------------------------------------------------------


def _decide(ruled: SignalRating, answers: Sequence[_Opinion | str], evidence: Evidence) -> SignalRating:
    opinions = [a for a in answers if isinstance(a, _Opinion)]
    levels = [o.level for o in opinions if o.level is not None]
    if not opinions:
        why = next((a for a in answers if isinstance(a, str)), "no answer")
        return _unrated(ruled, f"the model could not rate it: {why}")
    if len(levels) * 2 <= len(opinions):
        reason = next((o.reason for o in opinions if o.level is None and o.reason), "too little to go by")
        return _unrated(ruled, f"the model found too little to judge: {broken(reason)}")
    assert ruled.rating is not None
    span = whole(evidence.view)
    proposed = sorted(levels, key=lambda level: level.rank)[(len(levels) - 1) // 2]
    notes: list[Claim] = []
    ranks = [level.rank for level in levels]
    level = _clamped(proposed, ruled)
    claims = _claims(opinions)
    if max(ranks) - min(ranks) >= SPREAD:
        level = ruled.rating
        notes.append(claim("The model's answers lie two levels apart; the rules' rating stands", span))
    elif level.rank != ruled.rating.rank and len({c.quote for c in claims}) < QUOTES_TO_MOVE:
        level = ruled.rating
        notes.append(claim("Too few literal quotations to move the rules' rating", span))
    elif level.rank != proposed.rank and ruled.interval is not None:
        low, high = (x.words for x in ruled.interval)
        notes.append(claim(f"The evidence allows {low} to {high}; the model's level was outside", span))
    failed = len(answers) - len(opinions)
    if failed:
        notes.append(claim(f"{failed} of {len(answers)} answers of the model failed", span))
    kept = claims if level.rank != ruled.rating.rank else (*claims, *ruled.reasons)
    return replace(
        ruled,
        rating=level,
        reasons=(*notes, *kept)[: MAX_CLAIMS + len(notes)] or ruled.reasons,
        proposed=proposed if proposed.rank != level.rank else None,
        samples=tuple(levels),
    )


def _clamped(level: Level, ruled: SignalRating) -> Level:
    if ruled.interval is None:
        return level
    low, high = ruled.interval
    return FOUR_LEVELS[min(max(level.rank, low.rank), high.rank)]


def _claims(opinions: Sequence[_Opinion]) -> tuple[Claim, ...]:
    """The claims of all answers, those that several gave first; each quotation once."""
    seen: dict[str, tuple[int, Claim]] = {}
    for opinion in opinions:
        for one in opinion.claims:
            count, first = seen.get(one.quote, (0, one))
            seen[one.quote] = (count + 1, first)
    return tuple(c for _, c in sorted(seen.values(), key=lambda pair: -pair[0]))


def _unrated(ruled: SignalRating, why: str) -> SignalRating:
    return replace(ruled, rating=None, not_assessed=why, reasons=(), proposed=None, samples=())
