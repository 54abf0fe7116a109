"""Test results and program output, as they come."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from interviewer.domain.test_run import ProgramRun, TestResult, TestRun, Verdict
from interviewer.tui.text import count, one_line, plain
from interviewer.tui.widgets.line_view import LineView

GLYPH = {
    Verdict.PASSED: "✓",
    Verdict.FAILED: "✗",
    Verdict.ERROR: "✗",
    Verdict.TIMED_OUT: "✗",
    Verdict.OUT_OF_MEMORY: "✗",
    Verdict.OUTPUT_LIMIT: "✗",
    Verdict.HARNESS_ERROR: "▲",
}
WORD = {
    Verdict.PASSED: "passed",
    Verdict.FAILED: "failed",
    Verdict.ERROR: "error",
    Verdict.TIMED_OUT: "too slow",
    Verdict.OUT_OF_MEMORY: "out of memory",
    Verdict.OUTPUT_LIMIT: "too much output",
    Verdict.HARNESS_ERROR: "our fault, not charged",
}
_STYLE = {Verdict.PASSED: "$success", Verdict.HARNESS_ERROR: "$warning"}


def result_content(result: TestResult, width: int) -> Content:
    """A result as glyph, word and name; what went wrong on the lines below."""
    style = _STYLE.get(result.verdict, "$error")
    head = Content.assemble(
        (f"{GLYPH[result.verdict]} {WORD[result.verdict]:<8} ", style),
        (result.name.replace("_", " "), "bold" if result.verdict is not Verdict.PASSED else ""),
        (f"  line {result.line}" if result.line and result.verdict is not Verdict.PASSED else "", "$accent"),
        (f"  {result.tier.value}", "$quiet"),
    )
    if result.verdict is Verdict.PASSED:
        return head
    lines = [head]
    if result.message:
        lines.append(Content.styled(f"  {one_line(result.message, width - 4)}", "$foreground"))
    for label, value in (("got", result.got), ("expected", result.expected)):
        if value:
            lines.append(Content.assemble((f"  {label:<9}", "$quiet"), one_line(value, max(12, width - 14))))
    place = "  ".join(part for part in (result.shape and f"shape {result.shape}", result.where) if part)
    if place:
        lines.append(Content.styled(f"  {one_line(place, width - 4)}", "$quiet"))
    return Content("\n").join(lines)


def summary(run: TestRun) -> tuple[str, str]:
    """A run in one line, and its style."""
    if not run.results:
        return f"{GLYPH[run.verdict]} {WORD[run.verdict]}: {one_line(run.message)}", "$error"
    where = f" · line {run.line}" if run.line and not run.green else ""
    text = f"{run.passed}/{run.total} passed · {run.ms:.0f} ms{where}"
    return (f"✓ {text}", "$success") if run.green else (f"✗ {text}", "$error")


class OutputView(LineView):
    """What the candidate's program printed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""
        self._width = 0

    def clear(self) -> None:
        """Empty it."""
        self._text = ""
        self.put_lines(0, [])
        self.to_end()

    def write(self, text: str) -> None:
        """Put more at the end."""
        self._text += plain(text)
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew when the width changed."""
        if self.scrollable_content_region.width != self._width:
            self._width = self.scrollable_content_region.width
            self._draw()

    def _draw(self) -> None:
        if not self._width:
            return
        lines: list[Text] = []
        for raw in self._text.rstrip("\n").split("\n") if self._text else []:
            lines.extend(Text(raw).wrap(self.app.console, self._width, overflow="fold"))
        self.put_lines(0, lines)


class Results(Vertical):
    """One pane: a line that sums up, above the list of results or the program's output."""

    BORDER_TITLE = "Tests"
    DEFAULT_CSS = """
    Results > #sum { height: auto; max-height: 3; padding: 0 1; }
    Results > #list, Results > #output { height: 1fr; border: none; padding: 0; background: transparent; }
    Results > #list:focus { border: none; }
    Results.-output > #list, Results.-tests > #output { display: none; }
    """

    class Jump(Message):
        """A result's place in the code was asked for; both numbers are 1-based."""

        def __init__(self, line: int, column: int | None) -> None:
            super().__init__()
            self.line = line
            self.column = column

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-tests")
        self._results: list[TestResult] = []
        self._places: list[tuple[int, int | None] | None] = []
        self._fresh = False

    def compose(self) -> ComposeResult:
        """Sum, list, output."""
        yield Static("", id="sum", markup=False)
        yield OptionList(id="list", markup=False)
        yield OutputView(id="output")

    @property
    def results(self) -> Sequence[TestResult]:
        """What is shown."""
        return tuple(self._results)

    def say(self, text: str, style: str = "$quiet") -> None:
        """Set the line that sums up."""
        self.query_one("#sum", Static).update(Content.styled(plain(text), style))

    def begin(self, what: str) -> None:
        """Tests start; the old results stay until the first new one."""
        self._show("-tests")
        self._fresh = True
        self.say(f"● {what} …", "$accent")

    def add(self, result: TestResult) -> None:
        """One test is done."""
        shown = self.query_one("#list", OptionList)
        if self._fresh:
            self._clear()
        self._results.append(result)
        self._places.append((result.line, result.column) if result.line else None)
        shown.add_option(Option(result_content(result, max(30, shown.size.width - 4))))

    def finish(self, run: TestRun) -> None:
        """The whole run is known: failures first in view, the sum above."""
        if tuple(run.results) != tuple(self._results):
            self._clear()
            for result in run.results:
                self.add(result)
        self._fresh = False
        text, style = summary(run)
        self.say(text, style)
        self.border_title = f"Tests · {run.passed}/{run.total}" if run.results else "Tests"
        failing = next((i for i, r in enumerate(run.results) if r.verdict is not Verdict.PASSED), None)
        shown = self.query_one("#list", OptionList)
        if failing is not None:
            shown.highlighted = failing
        if not run.results and run.line:
            self._places = [(run.line, run.column)]
            shown.add_option(Option(Content(f"  Enter goes to line {run.line}")))
            shown.highlighted = 0

    def begin_program(self) -> None:
        """The program starts; output follows."""
        self._show("-output")
        self.query_one("#output", OutputView).clear()
        self.say("● running your file …", "$accent")

    def write(self, text: str) -> None:
        """Program output."""
        self.query_one("#output", OutputView).write(text)

    def finish_program(self, run: ProgramRun) -> None:
        """The program ended."""
        output = self.query_one("#output", OutputView)
        if run.verdict is not Verdict.PASSED and run.message:
            output.write(f"\n{run.message}\n")
        checks = ""
        if run.checks:
            good = sum(check.verdict is Verdict.PASSED for check in run.checks)
            checks = f" · own checks {good}/{len(run.checks)} passed"
            for check in run.checks:
                place = f"line {check.line}: {one_line(check.text or check.name, 60)}"
                more = f"  {one_line(check.message, 80)}" if check.message else ""
                output.write(f"{GLYPH[check.verdict]} {WORD[check.verdict]}  {place}{more}\n")
        good_end = run.verdict is Verdict.PASSED
        line = f" · line {run.line}" if run.line and not good_end else ""
        word = "ended well" if good_end else WORD[run.verdict]
        self.say(
            f"{GLYPH[run.verdict]} program {word} · {run.ms:.0f} ms{line}{checks}",
            "$success" if good_end else "$error",
        )
        self.border_title = "Output"

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click on a result."""
        event.stop()
        place = self._places[event.option_index] if event.option_index < len(self._places) else None
        if place is not None:
            self.post_message(self.Jump(*place))

    def _clear(self) -> None:
        self._fresh = False
        self._results, self._places = [], []
        self.query_one("#list", OptionList).clear_options()

    def _show(self, kind: str) -> None:
        self.set_class(kind == "-tests", "-tests")
        self.set_class(kind == "-output", "-output")
        self.border_title = "Tests" if kind == "-tests" else "Output"


def tests_ahead(names: int) -> str:
    """What the pane says before anything ran."""
    return f"{count(names, 'visible test')} ready"
