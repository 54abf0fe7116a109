"""Find, load, validate and check prompts, rubrics and scenarios."""

from __future__ import annotations

from interviewer.content.catalogue import Catalogue, ScenarioEntry
from interviewer.content.prompts import Prompt, load_prompt, prompts
from interviewer.content.roots import ContentRoot, content_roots, own_root
from interviewer.content.rubrics import load_rubric, rubrics
from interviewer.content.scaffold import new_scenario
from interviewer.content.scenarios import load_scenario

__all__ = [
    "Catalogue",
    "ContentRoot",
    "Prompt",
    "ScenarioEntry",
    "content_roots",
    "load_prompt",
    "load_rubric",
    "load_scenario",
    "new_scenario",
    "own_root",
    "prompts",
    "rubrics",
]
