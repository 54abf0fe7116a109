"""Reports: everything is in them, nothing foreign marks up, every citation leads somewhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from interviewer.domain.events import SessionEvent
from interviewer.domain.scorecard import Scorecard
from interviewer.errors import UnknownName
from interviewer.reports import render
from interviewer.reports.markdown import plain

Log = tuple[SessionEvent, ...]


class Page(HTMLParser):
    """Collects tags with their attributes, and the visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def test_html_is_self_contained_and_runs_nothing(card: Scorecard, log: Log) -> None:
    page = parsed(render(card, log, "html"))
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "link", "object", "embed", "form", "base"}
    for _, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "href", "action", "xlink:href"):
            assert str(attributes.get(name) or "#").startswith("#")
    assert {"svg", "rect", "circle"} <= tags


def test_html_shows_foreign_text_as_it_was_typed(card: Scorecard, log: Log) -> None:
    text = "".join(parsed(render(card, log, "html")).text)
    assert "<script>alert(1)</script>" in text and "{{ 7 * 7 }}" in text and "&lt;b&gt;" in text
    assert "</pre><script>alert(4)</script>" in text
    assert "\x1b" not in text and "\u202e" not in text


def test_every_link_of_the_html_leads_to_an_anchor(card: Scorecard, log: Log) -> None:
    page = parsed(render(card, log, "html"))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    targets = {str(a["href"])[1:] for tag, a in page.tags if tag == "a"}
    assert len(ids) == len(set(ids)) and targets <= set(ids)
    assert {f"e{n}" for c in card.overall_reasons for n in c.events} <= set(ids)


def test_markdown_holds_no_markup_of_foreign_origin(card: Scorecard, log: Log) -> None:
    text = render(card, log, "md")
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    links = [str(t.attrs["href"]) for t in inline if t.type == "link_open"]
    assert links and all(re.fullmatch(r"#e\d+", link) for link in links)
    assert not [t for t in inline if t.type in ("image", "code_inline", "s_open")]
    allowed = re.compile(r'<a id="e\d+">|</a>')
    assert all(allowed.fullmatch(t.content) for t in inline if t.type == "html_inline")
    assert not [t for t in tokens if t.type in ("html_block", "code_block", "fence", "hr")]
    ours = {"Ratings", "Tests", "Transcript", "How this was made", "Time", "Ten steps", "Decisions"}
    headings = {tokens[n + 1].content for n, t in enumerate(tokens) if t.type == "heading_open"}
    assert ours <= headings and "heading" not in headings
    columns = [sum(1 for _ in row) for row in _rows(tokens)]
    assert columns and all(n in (3, 4, 5, 6) for n in columns)


def _rows(tokens: Sequence[Token]) -> list[list[str]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("td_open", "th_open"):
            rows[-1].append(token.type)
    return rows


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "- a",
        "+ a",
        "1. a",
        "12) a",
        "> a",
        "= a",
        "a_b_c",
        "*a*",
        "[a](b)",
        "<b>",
        "a|b",
        "$x$",
        "&amp;",
        "~~~",
    ],
)
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    tokens = (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(f"- {plain(text)}")
    )
    inline = next(t for t in tokens if t.type == "inline")
    assert "".join(c.content for c in inline.children or ()) == text
    assert {c.type for c in inline.children or ()} <= {"text", "text_special"}


def test_json_has_the_agreed_keys(card: Scorecard, log: Log, evil: str) -> None:
    text = render(card, log, "json")
    data = json.loads(text)
    agreed = {
        "schema", "session", "scenario", "kind", "versions", "overall", "decision", "levelling", "signals",
        "weighted", "mistakes", "phases", "facts", "tests", "dropped_claims",
    }  # fmt: skip
    assert agreed <= set(data)
    signal = data["signals"]["technical_skills"]
    assert signal["rating"] == "strong" and signal["reasons"][0]["quote"] == evil
    assert set(signal["reasons"][0]) == {"text", "events", "quote"}
    assert data["signals"]["rationale"] == {
        **data["signals"]["rationale"], "rating": None, "not_assessed": evil, "reasons": [],
    }  # fmt: skip
    assert text.isascii() and data["dropped_claims"] == 2


@pytest.mark.parametrize("name", ["md", "html", "json"])
def test_the_same_bytes_each_time(name: str, card: Scorecard, log: Log) -> None:
    assert render(card, log, name) == render(card, log, name)
    assert render(card, log, name).endswith("\n")


@pytest.mark.parametrize("name", ["md", "html"])
def test_own_rating_stands_beside_the_rating(name: str, card: Scorecard, log: Log) -> None:
    text = render(card, log, name)
    assert "your own" in text and "weak" in text


def test_an_unknown_format_is_refused_with_the_known_ones(card: Scorecard, log: Log) -> None:
    with pytest.raises(UnknownName, match="html"):
        render(card, log, "pdf")


def test_jinja_is_loaded_only_when_a_page_is_made() -> None:
    probe = "import sys, interviewer.reports; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
