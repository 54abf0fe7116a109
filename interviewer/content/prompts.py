"""Load prompts: Markdown files with a TOML head between `+++` lines.

::

    +++
    id = "interviewer_system"
    version = 3
    variables = ["title", "brief"]
    +++
    You interview a candidate about {{ title }}.

The text is a Jinja template. Rendering is strict: exactly the declared variables must be given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from interviewer.content.roots import ContentRoot, content_roots
from interviewer.content.shape import build, parse_toml, read_text
from interviewer.errors import ContentError, OurFault, Problem, UnknownName

_FENCE = "+++"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    id: str
    version: int
    variables: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A versioned prompt template; `digest` changes with its text."""

    id: str
    version: int
    variables: tuple[str, ...]
    text: str
    digest: str
    about: str = ""

    @property
    def label(self) -> str:
        """Id, version and digest, as recorded in reports."""
        return f"{self.id}@{self.version}+{self.digest}"

    def render(self, **values: object) -> str:
        """Fill the template. Values are inserted as they are and never read as templates.

        Raises OurFault when a declared variable is missing or an undeclared one is given.
        """
        import jinja2

        wrong = set(values) ^ set(self.variables)
        if wrong:
            raise OurFault(
                f"takes {', '.join(self.variables) or 'no variables'}; wrong: {', '.join(sorted(wrong))}",
                where=f"prompt {self.id}",
            )
        try:
            return str(_compiled(self.text).render(**values))
        except jinja2.TemplateError as error:
            raise OurFault(f"cannot be filled: {error}", where=f"prompt {self.id}") from None


@lru_cache(maxsize=64)
def _compiled(text: str) -> Any:
    """A template ready to fill. Compiling takes milliseconds, and a turn should not."""
    import jinja2

    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    return environment.from_string(text)


def load_prompt(prompt_id: str, roots: Sequence[ContentRoot] | None = None) -> Prompt:
    """One prompt; a pack's replaces the shipped one. Raises UnknownName or ContentError."""
    files = _files(roots)
    if prompt_id not in files:
        raise UnknownName("prompt", prompt_id, files)
    return read_prompt(files[prompt_id])


def prompts(roots: Sequence[ContentRoot] | None = None) -> dict[str, Prompt]:
    """All prompts by id; raises ContentError with every problem of every file."""
    found: dict[str, Prompt] = {}
    problems: list[Problem] = []
    for path in _files(roots).values():
        try:
            prompt = read_prompt(path)
        except ContentError as error:
            problems += error.problems
        else:
            found[prompt.id] = prompt
    if problems:
        raise ContentError(problems)
    return found


def read_prompt(path: Path) -> Prompt:
    """The prompt in one file, whose name without `.md` is its id; raises ContentError."""
    file = f"{path.parent.name}/{path.name}"
    content = read_text(path, file).replace("\r\n", "\n")
    parts = content.split(f"{_FENCE}\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise ContentError(
            [Problem(file, "has no head", remedy=f"start it with TOML between two {_FENCE} lines")]
        )
    head = build(_Head, parse_toml(parts[1], file), file)
    text = parts[2].strip() + "\n"
    problems = (
        [Problem(file, f"{head.id!r} is not the file's name", key="id")] if head.id != path.stem else []
    )
    problems += _variable_problems(head, text, file)
    if problems:
        raise ContentError(problems)
    return Prompt(
        id=head.id,
        version=head.version,
        variables=head.variables,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest()[:12],
        about=head.about,
    )


def _variable_problems(head: _Head, text: str, file: str) -> list[Problem]:
    import jinja2
    import jinja2.meta

    try:
        used = jinja2.meta.find_undeclared_variables(jinja2.Environment(autoescape=True).parse(text))
    except jinja2.TemplateSyntaxError as error:
        return [Problem(file, f"is not a valid template: {error.message} (line {error.lineno} of the text)")]
    declared = set(head.variables)
    return [
        *(
            Problem(file, f"uses {name} without declaring it", key="variables", remedy="declare it")
            for name in sorted(used - declared)
        ),
        *(
            Problem(file, f"declares {name} and never uses it", key="variables", remedy="remove it")
            for name in sorted(declared - used)
        ),
    ]


def _files(roots: Sequence[ContentRoot] | None) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for root in roots if roots is not None else content_roots():
        if root.prompts.is_dir():
            files |= {p.stem: p for p in sorted(root.prompts.glob("*.md")) if p.name != "README.md"}
    return files
