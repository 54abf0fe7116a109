"""Where content lives: the repository in a checkout, the wheel's copy when installed, and packs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import interviewer
from interviewer.errors import UsageError

FOLDERS = ("scenarios", "rubrics", "prompts", "evals")


@dataclass(frozen=True, slots=True)
class ContentRoot:
    """One place content comes from; `pack` is empty for what ships with the program."""

    path: Path
    pack: str = ""

    @property
    def scenarios(self) -> Path:
        """Folder of scenario folders; a pack may be nothing but scenario folders."""
        nested = self.path / "scenarios"
        if self.pack and not any((self.path / name).is_dir() for name in FOLDERS):
            return self.path
        return nested

    @property
    def rubrics(self) -> Path:
        """Folder of rubric files."""
        return self.path / "rubrics"

    @property
    def prompts(self) -> Path:
        """Folder of prompt files."""
        return self.path / "prompts"

    @property
    def evals(self) -> Path:
        """Folder of eval cases and personas."""
        return self.path / "evals"


def own_root() -> ContentRoot:
    """The content that ships: `_content` inside an installed package, else the repository root.

    An editable install has no `_content` folder, so a checkout never reads a stale copy.
    """
    package = Path(interviewer.__file__).resolve().parent
    shipped = package / "_content"
    return ContentRoot(shipped if shipped.is_dir() else package.parent)


def content_roots(extra: Sequence[Path] = (), user: Path | None = None) -> tuple[ContentRoot, ...]:
    """The shipped root, then the user's folder when it exists, then every `--content` folder.

    Raises UsageError for an extra folder that is not there.
    """
    roots = [own_root()]
    if user is not None and user.is_dir():
        roots.append(ContentRoot(user, pack=str(user)))
    for folder in extra:
        if not folder.is_dir():
            raise UsageError(
                "is not a folder", where=str(folder), remedy="give --content a folder that holds scenarios/"
            )
        roots.append(ContentRoot(folder, pack=str(folder)))
    return tuple(roots)


def shown(path: Path, root: Path) -> str:
    """A path as problems name it: relative to the folder that holds its content root, if it is inside."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return str(path)
