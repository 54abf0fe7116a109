"""Load rubrics from `rubrics/*.toml`; a pack's rubric replaces the shipped one with the same id."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from interviewer.content.roots import ContentRoot, content_roots
from interviewer.content.shape import build, parse_toml, read_text
from interviewer.domain.rubric import Rubric
from interviewer.errors import ContentError, Problem, UnknownName


def rubrics(roots: Sequence[ContentRoot] | None = None) -> dict[str, Rubric]:
    """All rubrics by id; raises ContentError with every problem of every file."""
    found: dict[str, Rubric] = {}
    problems: list[Problem] = []
    for path in _files(roots).values():
        try:
            rubric = read_rubric(path)
        except ContentError as error:
            problems += error.problems
            continue
        found[rubric.id] = rubric
    if problems:
        raise ContentError(problems)
    return found


def load_rubric(rubric_id: str, roots: Sequence[ContentRoot] | None = None) -> Rubric:
    """One rubric; raises UnknownName or ContentError."""
    files = _files(roots)
    if rubric_id not in files:
        raise UnknownName("rubric", rubric_id, files)
    return read_rubric(files[rubric_id])


def read_rubric(path: Path) -> Rubric:
    """The rubric in one file, whose name without `.toml` is its id; raises ContentError."""
    file = f"{path.parent.name}/{path.name}"
    data = parse_toml(read_text(path, file), file)
    data.pop("format", None)
    rubric = build(Rubric, data, file)
    problems = []
    if rubric.id != path.stem:
        problems.append(Problem(file, f"{rubric.id!r} is not the file's name", key="id"))
    if rubric.weights and sum(w.weight for w in rubric.weights) != 100:
        total = sum(w.weight for w in rubric.weights)
        problems.append(Problem(file, f"sum to {total}, not 100", key="weights"))
    if problems:
        raise ContentError(problems)
    return rubric


def _files(roots: Sequence[ContentRoot] | None) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for root in roots if roots is not None else content_roots():
        if root.rubrics.is_dir():
            files |= {path.stem: path for path in sorted(root.rubrics.glob("*.toml"))}
    return files
