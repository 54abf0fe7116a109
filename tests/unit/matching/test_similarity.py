"""Likeness, spelling and containment."""

from __future__ import annotations

from interviewer.matching.concepts import meanings, stem
from interviewer.matching.rules import normalise
from interviewer.matching.similarity import Likeness, Spelling, containment, word_grams


def test_a_text_is_likest_itself() -> None:
    texts = [("a", "what about ties"), ("b", "which distance is used"), ("c", "when do i stop")]
    index = Likeness(texts)
    for label, text in texts:
        likeness = index.similarities(text)
        assert max(likeness, key=lambda name: likeness[name]) == label
        assert likeness[label] > 0.999


def test_words_of_one_meaning_meet() -> None:
    index = Likeness([("a", "what if a cluster is empty"), ("b", "which libraries are allowed")])
    likeness = index.similarities("a segment nobody belongs to")
    assert likeness["a"] > likeness.get("b", 0.0)


def test_forms_of_a_word_share_a_stem() -> None:
    assert stem("normalise") == stem("normalize") == stem("normalised") == stem("normalising")
    assert stem("centres") == stem("center")
    assert set(meanings("is scipy permitted")) == {"~library"}


def test_only_clear_misspellings_are_mended() -> None:
    spelling = Spelling(["length", "different", "empty"], ["about", "there"])
    assert spelling.mend("what about diferent lenght there") == "what about different length there"
    assert spelling.mend("lengths emptied") == "lengths emptied"


def test_containment_counts_shared_runs_of_four_words() -> None:
    guarded = word_grams("the candidate asks all relevant questions before writing code")
    assert containment(normalise("Asks all relevant questions before writing code."), guarded) == 1.0
    assert containment("i would like to ask about ties", guarded) == 0.0
    assert containment("short", guarded) == 0.0
