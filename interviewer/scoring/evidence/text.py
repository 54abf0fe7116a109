"""Reading free text: sentences, content words, causal language, copied text, misspellings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from interviewer.domain.scenario import Scenario
from interviewer.matching import lexicon
from interviewer.matching.rules import Rule, compile_rule, normalise
from interviewer.matching.similarity import Spelling, vocabulary, word_grams, words

COPIED_SHARE = 0.4
# Below this a sentence shares a sequence with a long text by accident.
SHORTEST_COPY = 7

_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_DASH = re.compile(r"\s+-\s+")
CAUSAL = re.compile(
    r"\b(?:because|becuase|bc|cuz|coz|cause|since|so that|so (?:it|we|i|the|that|no|there|every"
    r"|each|they|this)"
    r"|otherwise|or else|else|to (?:avoid|prevent|keep|not|make sure|stop|get|have|handle|protect)"
    r"|therefore|thus|hence|which (?:means|gives|makes|keeps)|that way|in order|due to|as (?:it"
    r"|they|this)"
    r"|(?:the )?reason|that'?s why|ensures?|guarantees?|if not|without (?:it|this|that)|would|cannot|can'?t"
    r"|never|always|only|needs?|must)\b"
)
# For calling a justification vague the sentence has to be a justification to begin with.
JUSTIFIES = re.compile(
    r"\b(?:because|becuase|bc|cuz|coz|since|so that|otherwise|to (?:avoid|prevent|keep)|therefore|hence"
    r"|which means|due to|(?:the )?reason|that'?s why|in order to)\b"
)
# A word boundary keeps "v2" and "x1" from counting as numbers.
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w])")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, as typed."""
    return tuple(part.strip() for part in _END.split(text) if part.strip())


def clauses(text: str) -> tuple[str, ...]:
    """Sentences and the parts of lists."""
    return tuple(p.strip() for s in sentences(text) for p in _DASH.split(s) if p.strip())


def content_words(text: str) -> list[str]:
    """Words that carry meaning, in order, repetitions included."""
    return [w for w in words(normalise(text)) if w not in lexicon.STOP and len(w) > 1]


def numbers(text: str) -> tuple[str, ...]:
    """Numbers as written, without trailing zeros: `2.50` and `2.5` are the same."""
    return tuple(f"{float(m):g}" for m in NUMBER.findall(text))


class Guard:
    """Recognises text copied from where nobody may earn anything by repeating it."""

    def __init__(self, texts: Iterable[str]) -> None:
        """`texts` as written."""
        self._grams: set[tuple[str, ...]] = set()
        for text in texts:
            self._grams |= word_grams(normalise(text))

    def copied(self, text: str) -> bool:
        """Whether more than two fifths of the text's four-word sequences are copied."""
        plain = normalise(text)
        if not self._grams or len(words(plain)) < SHORTEST_COPY:
            return False
        own = word_grams(plain)
        return bool(own) and len(own & self._grams) / len(own) > COPIED_SHARE


_LITERAL = re.compile(r"\\[a-zA-Z]|\(\?[:=!<]*|[^a-z_ ]+")


class Reader:
    """Matches rules against text, tolerating a misspelling in the scenario's own words."""

    def __init__(self, scenario: Scenario) -> None:
        """Learns the scenario's vocabulary."""
        points = [
            *(p for d in scenario.decisions for p in (*d.reasons, *d.misconceptions)),
            *(p for f in scenario.follow_ups for p in f.points),
        ]
        rules = [
            *(a for f in scenario.facts for a in (*f.aliases, *f.agrees)),
            *(m for d in scenario.decisions for m in d.mentions),
            *(a for p in points for a in p.aliases),
        ]
        texts = [normalise(p.text) for p in points]
        texts += [normalise(f"{f.topic} {f.answer}") for f in scenario.facts]
        known = vocabulary([*texts, *(_LITERAL.sub(" ", r.lower()) for r in rules)], shortest=4)
        causal = {"because", "since", "otherwise", "avoid", "prevent", "therefore", "should", "returns"}
        domain = {w for w in known if w not in lexicon.COMMON and w not in lexicon.STOP}
        self._spelling = Spelling(domain | lexicon.TRADE | causal, lexicon.COMMON | lexicon.STOP)
        # What the scenario is about, in few words: a wider vocabulary would call any talk on the subject.
        titles = [f.topic for f in scenario.facts] + [d.title for d in scenario.decisions]
        named = vocabulary([normalise(" ".join((scenario.title, *titles)))], shortest=4)
        self.subject = lexicon.TRADE | (named - lexicon.COMMON - lexicon.STOP)
        self._mended: dict[str, str] = {}

    def plain(self, text: str) -> tuple[str, ...]:
        """The forms to match: normalised, and with its misspellings mended when that differs."""
        raw = normalise(text)
        if raw not in self._mended:
            self._mended[raw] = self._spelling.mend(raw)
        mended = self._mended[raw]
        return (raw,) if mended == raw else (raw, mended)

    @staticmethod
    def rules(sources: Iterable[str]) -> tuple[Rule, ...]:
        """Compiled rules."""
        return tuple(compile_rule(source) for source in sources)

    @staticmethod
    def hits(rules: Iterable[Rule], forms: Iterable[str]) -> bool:
        """Whether any rule matches any form."""
        return any(rule.matches(form) for form in forms for rule in rules)
