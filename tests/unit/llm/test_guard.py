from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.dialogue.llm.guard import LeakGuard, Piece, Said, Secrets, Withheld
from interviewer.dialogue.llm.guard.lexer import Lexer, printable

REFERENCE = '''
"""K-means."""
import numpy as np


def kmeans(X, k, max_iter=100, tol=1e-4, seed=0):
    rng = np.random.default_rng(seed)
    centroids = X[rng.choice(len(X), size=k, replace=False)].astype(float)
    for _ in range(max_iter):
        distances = ((X[:, None, :] - centroids[None, :, :]) ** 2).sum(axis=2)
        labels = distances.argmin(axis=1)
        moved = centroids.copy()
        for j in range(k):
            members = X[labels == j]
            moved[j] = members.mean(axis=0) if len(members) else X[distances.min(axis=1).argmax()]
        if np.abs(moved - centroids).max() <= tol:
            break
        centroids = moved
    return labels, centroids
'''
FACT = "Move its centroid onto the point farthest from its own centroid, then go on."
RUNG = "Broadcast the points against the centroids and reduce over the feature axis."
BRIEF = "Write k-means from scratch. Points come as an array X, and k says how many clusters there are."
SECRETS = Secrets(
    reference=REFERENCE,
    passages=(("an answer that was not asked for", FACT), ("a hint that was not served", RUNG)),
    names=frozenset({"empty_cluster", "dead_centroid_moves"}),
    public=(BRIEF, "def kmeans(X, k):\n    d = X - X[0]\n    return d.sum(axis=1)\n"),
)


def run(text: str, secrets: Secrets = SECRETS, cuts: list[int] | None = None) -> list[Piece]:
    guard = LeakGuard(secrets)
    edges = sorted({0, len(text), *(c % (len(text) + 1) for c in cuts or [])})
    pieces: list[Piece] = []
    for start, stop in pairwise(edges):
        pieces += guard.feed(text[start:stop])
    return pieces + guard.finish()


def said(pieces: list[Piece]) -> str:
    return "".join(p.text for p in pieces if isinstance(p, Said))


def why(pieces: list[Piece]) -> list[str]:
    return [p.why for p in pieces if isinstance(p, Withheld)]


LEAKS = {
    "fenced": "So:\n```python\nmembers = X[labels == j]\nmoved[j] = members.mean(axis=0)\n```\nOK?",
    "renamed": "```\nfor c in range(n):\n    rows = data[assign == c]\n    "
    "new[c] = rows.mean(axis=0) if len(rows) else data[dist.min(axis=1).argmax()]\n```",
    "unclosed": "Sure.\n```python\ndistances = ((X[:, None, :] - centroids[None, :, :]) ** 2).sum(axis=2)\n",
    "inline": "Use `((X[:, None, :] - centroids[None, :, :]) ** 2).sum(axis=2)` there.",
    "bare": "Write labels = distances.argmin(axis=1) and moved = centroids.copy() next.",
    "long": "```python\n" + "\n".join(f"total_{i} = area_{i} + {i}" for i in range(12)) + "\n```",
    "fact": "In that case move its centroid onto the point farthest from its own centroid, please.",
    "fact reworded": "The centroid should then be moved to whichever point lies farthest, and you go on.",
    "rung": "You could broadcast the points against the centroids and reduce over the feature axis.",
    "test name": "There is a check called empty_cluster that you fail.",
    "test name in ticks": "Look at `test_empty_cluster` first.",
}
FINE = [
    "What happens when a cluster ends up with no points?",
    "Take a moment and tell me which shapes you expect after the subtraction.",
    "You call `X[0]` there; why the first row?",
    "I see `d = X - X[0]` in your code. What is its shape?",
    "Points come as an array X, and k says how many clusters there are.",
    "Good. Could you walk me through one iteration, step by step, before you write it?",
    "Which point would you choose, and why that one?",
    "```python\nd = X - X[0]\nreturn d.sum(axis=1)\n```\nWhat does axis 1 mean here?",
]


@pytest.mark.parametrize("name", LEAKS)
def test_what_gives_the_solution_away_is_withheld(name: str) -> None:
    pieces = run(LEAKS[name])
    assert why(pieces), said(pieces)
    for line in ("argmin(axis=1)", "members.mean", "** 2).sum", "farthest from its own", "empty_cluster"):
        assert line not in said(pieces)


@pytest.mark.parametrize("text", FINE)
def test_ordinary_interviewing_passes_unchanged(text: str) -> None:
    assert (said(run(text)), why(run(text))) == (text, [])


def test_a_long_block_is_withheld_even_when_it_is_not_the_reference() -> None:
    assert why(run(LEAKS["long"])) == ["too much code"]


def test_what_the_engine_gave_out_may_be_said() -> None:
    guard = LeakGuard(SECRETS)
    guard.allow(FACT)
    assert said(guard.feed(FACT) + guard.finish()) == FACT


def test_only_the_passage_is_withheld_and_the_rest_goes_on() -> None:
    pieces = run("Fair question. " + FACT + " Now, what would you do first?")
    assert said(pieces).startswith("Fair question. ")
    assert said(pieces).endswith("Now, what would you do first?")
    assert why(pieces) == ["an answer that was not asked for"]


def test_prose_is_not_held_back() -> None:
    guard = LeakGuard(SECRETS)
    assert guard.feed("What ") == [Said("What")]
    assert guard.feed("shape") == [Said(" ")]
    assert guard.feed(" do") == [Said("shape ")]


def test_code_is_held_back_until_it_is_whole() -> None:
    guard = LeakGuard(SECRETS)
    assert said(guard.feed("Look at `d = X")) == "Look at "
    assert said(guard.feed(" - X[0]`.")) == "`d = X - X[0]`"


def test_control_characters_never_pass() -> None:
    assert said(run("a\x1b[31mb\x07c\u202ed")) == "a[31mbcd"


TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*LEAKS.values(), *FINE, FACT, RUNG, *REFERENCE.splitlines()]),
        st.text(alphabet="ab `\n.,'x=_()#*\u202e\x1b", max_size=30),
        st.text(max_size=20),
    ),
    max_size=5,
).map(" ".join)


@given(TEXTS, st.lists(st.integers(0, 2000), max_size=12))
def test_the_verdict_does_not_depend_on_how_the_stream_is_cut(text: str, cuts: list[int]) -> None:
    whole, cut = run(text), run(text, cuts=cuts)
    one_by_one = run(text, cuts=list(range(len(text))))
    for pieces in (cut, one_by_one):
        assert said(pieces) == said(whole)
        assert [p for p in pieces if isinstance(p, Withheld)] == [p for p in whole if isinstance(p, Withheld)]


@given(TEXTS)
def test_nothing_is_invented_and_nothing_vanishes(text: str) -> None:
    pieces = run(text)
    clean = printable(text)
    length = sum(len(p.text) if isinstance(p, Said) else p.characters for p in pieces)
    assert length == len(clean)
    assert "`" in text or (said(run(text, Secrets())), why(run(text, Secrets()))) == (clean, [])


@given(TEXTS)
def test_atoms_are_the_text(text: str) -> None:
    lexer = Lexer()
    assert "".join(a.raw for a in [*lexer.feed(text), *lexer.finish()]) == text


@given(st.sampled_from(sorted(LEAKS)), st.sampled_from(FINE), st.sampled_from(FINE))
def test_a_leak_is_found_whatever_stands_around_it(name: str, before: str, after: str) -> None:
    assert why(run(f"{before}\n\n{LEAKS[name]}\n\n{after}"))
