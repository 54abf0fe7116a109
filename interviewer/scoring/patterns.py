"""The nine patterns behind coding questions: what each really tests, what does well, what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.domain.scenario import Pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternText:
    """One pattern in words."""

    title: str
    tests: str
    strong: str
    mistake: str


PATTERNS: dict[Pattern, PatternText] = {
    Pattern.PREPROCESSING: PatternText(
        title="Preprocessing and validation",
        tests="Whether what is learnt from training data stays apart, and bad input is refused aloud.",
        strong="Learn every statistic on the training rows, reuse it, and raise on input you cannot handle.",
        mistake="Statistics over all rows, or malformed input passed on in silence.",
    ),
    Pattern.METRICS: PatternText(
        title="Metrics",
        tests="Whether you know what a metric assumes, where it is undefined and why it is averaged so.",
        strong="Say what labels and predictions look like, settle undefined cases, justify the averaging.",
        mistake="The formula alone, without the cases in which it breaks.",
    ),
    Pattern.WINDOWS: PatternText(
        title="Windows and time",
        tests="Whether you can tell what was known at a moment from what came later.",
        strong="Define the window in words, leave the future out, try it on a handful of rows.",
        mistake="An index that reaches one step into the future.",
    ),
    Pattern.SAMPLING: PatternText(
        title="Sampling, imbalance and weights",
        tests="Whether you see what rebalancing changes besides the class shares.",
        strong="Say why the imbalance matters here, weight with care, name the side effects.",
        mistake="A mechanical fix that is never questioned.",
    ),
    Pattern.COMPONENTS: PatternText(
        title="Model components",
        tests="Whether you can turn the mathematics into code that stays finite, and say why it works.",
        strong="Guard against overflow and empty groups, use telling names, explain each step.",
        mistake="Right formulas in code that breaks on extreme numbers.",
    ),
    Pattern.DEBUGGING: PatternText(
        title="Debugging",
        tests="Whether you find out what code means to do before you change it.",
        strong="Read slowly, state the intent, then say for each bug what it does to the result.",
        mistake="A fix without saying what was going wrong.",
    ),
    Pattern.SHAPES: PatternText(
        title="Shapes",
        tests="Whether you know at each line what the arrays look like.",
        strong="Say shapes aloud, assert them, keep expressions short.",
        mistake="Shapes taken for granted until broadcasting hides the error.",
    ),
    Pattern.TRAIN_TEST: PatternText(
        title="Training and test apart",
        tests="Whether nothing of the test rows reaches what is learnt.",
        strong="Separate in code and in names, and say why.",
        mistake="State shared between the two sides.",
    ),
    Pattern.SANITY_CHECKS: PatternText(
        title="Sanity checks",
        tests="Whether you convince yourself, and others, that it works.",
        strong="Small cases by hand, the expected value first.",
        mistake="Taking it for right because it ran.",
    ),
}
