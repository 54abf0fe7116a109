"""The built-in interviewer and the listener every interview uses."""

from interviewer.dialogue.offline.interviewer import OfflineInterviewer
from interviewer.dialogue.offline.listener import ScenarioListener

__all__ = ["OfflineInterviewer", "ScenarioListener"]
