"""Both top-ten lists of mistakes in words; entries that say the same thing are one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeText:
    """One mistake: what an interviewer makes of it, how to avoid it, how to recover.

    `codes` are its places in the two lists (I: coding round, J: patterns).
    """

    id: str
    codes: tuple[str, ...]
    title: str
    inference: str
    avoidance: str
    recovery: str


_ALL = (
    MistakeText(
        id="code_first", codes=("I1",), title="Coding before clarifying",
        inference="Solves the problem they know, not the one they were given.",
        avoidance="Spend the first minutes on inputs, result and the cases the brief leaves open.",
        recovery="Stop early, say “let me settle one thing first”, and ask.",
    ),
    MistakeText(
        id="library_model", codes=("I2",), title="A library model where the core was to be written",
        inference="Cannot, or will not, show the method itself.",
        avoidance="Ask which libraries are allowed before the first import.",
        recovery="Take the import out and write the core; nothing is held against you then.",
    ),
    MistakeText(
        id="no_scaling", codes=("I3",), title="No scaling before gradient descent",
        inference="Knows the update rule but not when it converges.",
        avoidance="Look at the ranges of the columns; standardise with training statistics.",
        recovery="When the loss runs away, name the ranges as the cause and scale.",
    ),
    MistakeText(
        id="no_bias", codes=("I4",), title="The bias forgotten",
        inference="Writes formulas down without asking what they can represent.",
        avoidance="Say the model in words first: weights times features plus a bias.",
        recovery="Add it, and say which data showed that it was missing.",
    ),
    MistakeText(
        id="shapes", codes=("I5", "J7"), title="Shapes left unchecked",
        inference="Broadcasting may hide errors they would not see.",
        avoidance="Write the shape beside each array, or assert it.",
        recovery="Print the shapes on the failing line and say which one you expected.",
    ),
    MistakeText(
        id="silent", codes=("I6", "J5"), title="Coding in silence",
        inference="Nobody can tell reasoning from luck, or help in time.",
        avoidance="One sentence for each block: what it does and why it is there.",
        recovery="Stop at the next block and sum up what stands so far.",
    ),
    MistakeText(
        id="needless_classes", codes=("I7",), title="Classes nobody needs",
        inference="Builds structure before there is anything to structure.",
        avoidance="Functions first; a class when there is state to keep.",
        recovery="Fold it back into a function when you notice.",
    ),
    MistakeText(
        id="overflow", codes=("I8",), title="Numbers that overflow",
        inference="Knows the formula from paper, not from running it.",
        avoidance="Subtract the largest value before exp, clip, or work with logarithms.",
        recovery="Try an extreme input, show the overflow, and guard it.",
    ),
    MistakeText(
        id="no_check", codes=("I9", "J8"), title="No check of its own",
        inference="Would ship a model that is wrong without anyone noticing.",
        avoidance="A tiny input whose result you know; say the value before you run it.",
        recovery="Before saying “done”, trace one example by hand.",
    ),
    MistakeText(
        id="panic", codes=("I10",), title="Changing code at random after an error",
        inference="Loses method under pressure.",
        avoidance="Read the message, print shapes and values, change one thing.",
        recovery="Say aloud what you expected on that line and what came instead.",
    ),
    MistakeText(
        id="pure_coding", codes=("J1",), title="Treated as a pure coding task",
        inference="Sees arrays and loops but not the model or the data behind them.",
        avoidance="Say what the data is, where it comes from, and what the result will be used for.",
        recovery="Tie the code back: what this step means for the model.",
    ),
    MistakeText(
        id="edges_prompted", codes=("J2",), title="Edge cases only when prompted",
        inference="Code of theirs works until the data is unusual.",
        avoidance="Before finishing run through: empty, one row, all the same, extreme values.",
        recovery="Once reminded, list the other edges yourself.",
    ),
    MistakeText(
        id="leakage", codes=("J3",), title="Data leakage",
        inference="Would report numbers that do not hold in production; weighs more than any other mistake.",
        avoidance="For each statistic ask: was this known then, and from which rows?",
        recovery="Say that it leaks, why that matters, and fix it: seen early, it can save the round.",
    ),
    MistakeText(
        id="premature", codes=("J4",), title="Optimising before it works",
        inference="Puts cleverness before being right.",
        avoidance="Get the plain version right, then ask whether speed matters.",
        recovery="Say “plain version first”, and go back to it.",
    ),
    MistakeText(
        id="wrong_metric", codes=("J6",), title="Another metric or objective than asked for",
        inference="Heard a familiar word and stopped listening.",
        avoidance="Say the objective back, and its value on a tiny example.",
        recovery="When the example disagrees, name the difference and change course.",
    ),
    MistakeText(
        id="defensive", codes=("J9",), title="Defending instead of considering",
        inference="Will be hard to review, and to correct.",
        avoidance="Take a remark as a test case: try it, then agree or give the reason why not.",
        recovery="“Let me check that”, and do.",
    ),
    MistakeText(
        id="past_the_end", codes=("J10",), title="Going on after it was solved",
        inference="Does not know when enough is enough, or adds risk to working code.",
        avoidance="Once it works and is checked, say so and offer the time for questions.",
        recovery="Stop where you are and sum up what you have.",
    ),
)  # fmt: skip

MISTAKES: dict[str, MistakeText] = {m.id: m for m in _ALL}
