"""Words of the trade grouped by meaning, so that *who gets it* and *which label wins* can meet.

A general table for interviews about data and models; nothing in it belongs to one scenario.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from interviewer.matching import lexicon

_WORD = re.compile(r"[a-z0-9_]+")

# One meaning a line: the words that carry it, inflected forms taken care of by `stem`.
_MEANINGS = """
none: empty emtpy nobody none nothing nil zero without alone lack lose lost dead missing_all
none: absent vacuous nought naught
tie: tie tied halfway equidistant draw equally between win winner midway
same: same equal identical equality duplicate twin coincide repeat repeated twice alike exact
same: simultaneous
return: return output give_back hand_back get_back come_out produce deliver emit result_of hand give
input: input argument parameter receive pass passed incoming arg
format: format shape dtype type matrix array list dataframe structure form look column_vector
format: vector dict
shapes: shape dimension axis size_of dim column row_vector
integer: integer int whole float numeric number real decimal
missing: nan null missing gap hole blank infinite inf incomplete filled fill impute not_a_number
dirty: clean dirty messy raw noisy malformed corrupt
invalid: invalid illegal bad wrong error raise exception valueerror validate validation check_input
invalid: reject legal valid allowed_value range outside beyond
length: length long short mismatch unequal longer shorter
start: start initial initialise init begin first seed_point starting
random: random seed reproducible deterministic repeatable randomness shuffle rng
stop: stop converge convergence terminate tolerance tol halt finish quit end until criterion
rounds: iteration iterate round loop max_iter cap epoch step pass_over repeat_step
distance: distance euclidean metric near close nearness closeness similarity manhattan cosine norm l1 l2
scale: scale standardise normalise unit range magnitude rescale comparable zscore standardisation
group: group cluster segment bucket bin
center: centroid center mean_point middle
user: user customer person people client account buyer somebody someone everybody
time: time timestamp date day second hour clock when_event calendar moment
window: window lookback history past previous earlier ago week period lately recent
edge: inclusive exclusive boundary edge include exclude closed open strictly exactly
current: current itself own self describe this_row
order: sort sorted order ordered chronological monotonic unsorted aligned align line_up position
order: permutation
train: train training fit fitted trained learn
test: test holdout heldout validation_set unseen
serve: serve serving online inference production offline live deploy predict_time
library: library package import numpy scipy sklearn scikit pandas torch builtin stdlib module
library: from_scratch scratch permit allowed
library: standardscaler minmaxscaler onehotencoder logisticregression train_test_split
library: ndcg_score roc_auc_score
library: collections itertools counter ready_made
text: string text word character letter textual
wide: wide wider narrow narrower columns_differ
run: run execute compile terminal interpreter try_out
sample: sample_data example toy demo test_case
perf: fast slow speed efficient vectorise complexity performance memory optimise quadratic big
perf: huge large million billion howmany howbig rows_count
deadline: howlong minute deadline time_limit session_length budget
label: label class target y_true category kind outcome encode encoding positive negative
score: score probability logit prediction y_score calibrated confidence
balance: balance imbalance imbalanced rare skew skewed prevalence fraction share common frequent
balance: proportion
single: single only one just_one
multi: multiclass binary multiple several two macro micro
weight: weight weighted importance weighting
average: average mean reduce reduction sum divide denominator normaliser
penalty: regularise regularisation penalty penalise l2_penalty ridge lasso shrink lambda
bias: bias intercept offset constant_term origin
constant: constant variance spread std unchanged flat zero_variance deviation
threshold: threshold cutoff half 0_5 decide boundary_value
overflow: overflow exp exponential underflow stable stability blow extreme explode
padding: pad padding ignore_index mask masked ignored ignore
gain: gain grade relevance relevant worth useful
discount: discount log logarithm position rank
ideal: ideal best perfect judged
fewer: fewer less smaller below under short
more: more larger greater bigger above exceed
unknown: unknown unseen new unheard never_seen
currency: price currency amount cost money comma dollar euro
negative: negative minus below_zero
report: report summary log count_dropped throw_away reason
purpose: purpose goal supposed intent intended meant do_with used_for
bug: bug mistake flaw defect broken wrong_with
change: change modify restructure rewrite refactor mutate overwrite edit alter signature
curve: curve fpr tpr roc_curve points
sessions: session visit break pause
id: id number numbered index numbering key
howmuch_k: k number_of_clusters number_of_groups
share_of: round rounding fraction_of ratio percent percentage test_frac
bot: bot crawler robot
midnight: midnight day_change
drop: drop remove delete skip discard leave_out filter
keep: keep retain stay preserve latest newest
plot: plot chart graph picture visualise draw_it
gpu: gpu distributed cluster_of_machines cuda parallel
model: model network gradient_boosting forest layer optimiser momentum
label_source: reviewer annotator human
business: business revenue team company stakeholder
"""

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\bhow (?:many|much)\b(?! time)", " howmany "),
        (
            r"\b(?:np|numpy|scipy|sklearn|pd|pandas|torch|random|math|itertools|collections|statistics"
            r"|heapq|bisect)\.[a-z][\w.]+",
            " numpy ",
        ),
        (r"\bhow (?:big|large)\b", " howbig "),
        (r"\bhow (?:long|much time)\b", " howlong "),
        (r"\b(?:no ?one|nobody|not any)\b", " none "),
        (r"\bno (?:points?|members?|rows?|history|events?|data|positives?|items?)\b", " none "),
        (r"\b(?:very |the )?same (?:number|value|time|second|score)\b", " same \\g<0> "),
        (r"\b(?:give|hand|get|send) (?:you |it |them |me )?back\b", " return "),
        (r"\b(?:come|comes|coming) (?:out|back)\b", " return "),
        (r"\bfrom scratch\b", " scratch "),
        (r"\btry (?:it|this|things) out\b", " run "),
        (r"\bnot a number\b", " nan "),
        (r"\bvalidation (?:set|split|data|rows?)\b", " holdout "),
        (r"\bline up\b", " aligned "),
        (r"\b(?:more|larger|bigger|greater) than\b", " more "),
        (r"\b(?:fewer|less|smaller) than\b", " fewer "),
        (r"\bk-?means ?(?:\+\+|pp)", " random init "),
        (r"\b(?:test cases?|sample data|sample tests?)\b", " test_case "),
        (r"\btime limit\b", " deadline "),
    )
)  # fmt: skip
# What people say for the words that rules are written in; tried when no rule knows their own words.
_PLAINER: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), replacement)
    for pattern, replacement in (
        # what goes in and what comes out
        (
            r"what (?:do|should|shall|must|can|will|would) (?:i|you) (?:want )?(?:to )?"
            r"(?:have back|hand you|hand over|hand out|give out|want back|get|show|give you|have)"
            r"(?: (?:at|in) the end| exactly| from me| to have| to get| back)*"
            r"|what (?:exactly )?do you want to (?:get|have)(?: from me| back| in your hands| at the end)*",
            "what do i return",
        ),
        (r"(?:hand|give|pass|spit|send) (?:it |them |you |that )?(?:out|over|back)|come back with", "return"),
        (r"come out|comes out|end up with|get at the end|deliver|produce|emit", "return"),
        (r"just (?:a|one) number(?: at the end)?", "return a single number"),
        (r"what does (?:one|a|each) (?:row|line|entry) (?:stand for|mean|look like)", "what does the input look like"),
        (r"what do (?:the|these|those) \w+(?: \w+)? look like", "what does the input look like, which format"),
        (r"written down|written|given|told apart|noted", "encoded"),
        (r"how (?:do|can|will) (?:i|we) (?:see|tell|know) (?:that|if|whether|which)", "how is it encoded, which label means"),
        # the same again
        (r"(?:get )?the same (?:\w+ )?(?:again|tomorrow|on your machine|the next time)", "same result every run, seed"),
        # too early, too little, too much
        (r"before it (?:has |was |is )?(?:learn\w*|train\w*|fit\w*)(?: anything)?|too early", "before fit"),
        (r"(?:has|have) more (?:in it|entries)|runs? out (?:earlier|first)|has fewer (?:in it|entries)",
         "has a different length"),
        (r"not equally long|equally long|as long as|(?:of|not of) one length|same long", "same length"),
        (r"(?:without|zero|no|0) (?:any )?(?:rows|values|entries|elements)(?: at all)?", "empty"),
        (r"(?:simply |with |there is |there's )?nothing (?:in it|inside|at all|came in|ever came in|in there)"
         r"|nothing in (?:one of )?(?:it|them|the (?:two )?lists?)|of size zero|no \w+ came(?: in)?", "empty"),
        (r"hardly ever (?:shows? up|occurs?|appears?|seen)|shows? up (?:only )?once", "rare"),
        (r"a hole|holes|not filled|not there|not known|blank|blanks|left empty|fell out", "missing"),
        (r"too few|not enough|hardly any|barely any|scarcely any|just a few", "fewer than"),
        (r"too many", "more than"),
        (r"wider|a \w+ too many", "has more columns"),
        (r"narrower", "has fewer columns"),
        (r"(?:asks?|ask) for (?:zero|none|no)(?: \w+)?(?: at all)?", "k is zero"),
        # sizes and order
        (r"(?:how far out|run away|runs away|out of hand|blow up|blown up)(?: can the numbers (?:be|get))?",
         "overflow, how large are the values"),
        (r"[5-9]\d\d|[1-9]\d\d\d+|ten thousand|a million", "very large"),
        (r"enormous|gigantic|massive|astronomical", "huge"),
        (r"huge", "very large"),
        (r"bigger", "larger"),
        (r"biggest", "largest"),
        (r"one after (?:the other|another)|neatly ordered|in (?:the right|time) order", "sorted"),
        (r"side by side|next to each other|in one block", "contiguous"),
        (r"jumbled|scrambled|mixed up|mixed|in a mess", "shuffled"),
        (r"lined up|in line|match up|fit together", "aligned"),
        # who and what wins
        (r"(?:half|two|three|five) (?:of them )?say \w+(?: and|,) (?:half|two|three|five) (?:of them )?say \w+"
         r"|look (?:exactly )?(?:alike|the same) to the model|equally many", "tie, same score"),
        (r"alike|identical|equal", "same"),
        (r"on the dot|on the nose|dead on|precisely|right on|right at", "exactly"),
        (r"fifty.fifty|half.and.half", "exactly 0.5"),
        (r"nought|naught", "zero"),
        (r"from where on|when do (?:i|we) say yes|(?:say|is it|called) (?:a )?yes", "threshold, counts as positive"),
        # how it goes
        (r"how (?:often|many times|long) (?:do|does|should|must) (?:i|it|we) (?:go|run|loop) (?:round|around|on)",
         "how many iterations"),
        (r"put in(?:to)? the hat|pull out of the hat", "draw"),
        (r"by chance|at random|by luck|dice|coin", "random"),
        (r"two times|more than once|several times|again and again|three times|many times|a second time", "twice"),
        (r"touch|scribble on|write into|write to|alter|damage|work (?:directly )?on the rows", "modify"),
        (r"throw away|threw away|throw out|get rid of|toss|discard|kick out", "drop"),
        (r"leave alone|leave in|hold on to|retain", "keep"),
        (r"complain|bail out|throw|barf", "raise an error"),
        (r"rubbish|nonsense|nonsensical|no sense at all", "invalid"),
        (r"single or double precision|single precision|with a point", "float32 or float64"),
        (r"string|strings|texts", "text"),
        (r"whole numbers?|whole", "integers"),
        (r"numbers", "numeric"),
        (r"decimals?", "floats"),
        (r"flat|1d", "one dimensional"),
        (r"(?:1|one|1s|ones) and (?:0|zero|0s|zeros)|(?:1|one) or (?:0|zero)|(?:0|zero|zeros) or (?:1|one|ones)"
         r"|zeros and ones|0/1", "0 and 1"),
        (r"quick|rapid|speedy|take a while", "fast"),
    )
)  # fmt: skip
_ENDS = ("ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ed", "es", "s", "ly")


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word without its endings, in one spelling; rough on purpose."""
    word = word.replace("z", "s").replace("centre", "center").replace("our", "or")
    if len(word) <= 3:
        return word
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= 3:
            word = word[: -len(end)] + ("y" if end == "ies" else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word.removesuffix("e")


def _table() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _MEANINGS.strip().splitlines():
        name, _, carried = line.partition(":")
        for word in carried.split():
            found.setdefault(stem(word), f"~{name}")
    return found


_MEANING = _table()


def plainer(normalised: str) -> tuple[str, ...]:
    """The text with everyday words one after another replaced by the usual ones; each is a text of its own."""
    found: list[str] = []
    for pattern, replacement in _PLAINER:
        plain = pattern.sub(replacement, normalised)
        if plain != normalised:
            found.append(plain)
    return tuple(found)


def meanings(normalised: str) -> Iterator[str]:
    """The meaning of each word that has one (`~tie`), and each other word that is not a filler, by stem."""
    for pattern, replacement in _PHRASES:
        normalised = pattern.sub(replacement, normalised)
    for word in _WORD.findall(normalised):
        root = stem(word)
        if root in _MEANING:
            yield _MEANING[root]
        elif word not in lexicon.STOP and len(word) > 1:
            yield root
        elif word == "k":
            yield "~howmuch_k"
