"""The conversation: the candidate's lines go out, the interviewer's come in, the chat shows both."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from interviewer.domain.transcript import Line, Speaker
from interviewer.errors import CommandRefused
from interviewer.ports import HandsBack, Occasion, Warming
from interviewer.service.interview import Interview
from interviewer.tui.outbox import Outbox
from interviewer.tui.speech import Speech, Utterance
from interviewer.tui.widgets.chat import ChatLog
from interviewer.tui.widgets.panes import Panes

VOICE = "Interviewer"


class Conversation:
    """Says what the candidate sends and plays what the interviewer answers.

    `spoken` is called whenever the interviewer has said something to its end.
    """

    def __init__(
        self,
        interview: Interview,
        chat: ChatLog,
        outbox: Outbox,
        panes: Panes,
        *,
        spoken: Callable[[], None],
    ) -> None:
        self._interview = interview
        self._chat = chat
        self._outbox = outbox
        self._panes = panes
        self.speech = Speech(chat, lambda: VOICE, refused=self._refused, failed=self._failed, spoken=spoken)

    async def run(self) -> None:
        """Play what is to be said, until cancelled.

        It waits until the interviewer is ready, so that it gets ready only once.
        """
        voice = self._interview.interviewer
        if isinstance(voice, Warming):
            await voice.warm()
        await self.speech.run()

    def show(self, lines: Iterable[Line]) -> None:
        """Put lines of the transcript into the chat."""
        for line in lines:
            speaks = line.speaker is Speaker.INTERVIEWER
            self._chat.add(line, VOICE if speaks else "You")
            if speaks:
                self._panes.mark_unread()

    def open(self) -> None:
        """Let the interviewer open, unless that was done before."""
        self.speech.say(Utterance(self._interview.open))

    def send(self, text: str) -> None:
        """Say `text` as soon as it is quiet; refused, it comes back into the reply line."""

        def give_back(error: CommandRefused) -> None:
            self._outbox.give_back(text)
            self._refused(str(error))

        self._outbox.put(text)
        self.speech.say(Utterance(lambda: self._interview.take_turn(text), on_refused=give_back))

    def react(self, occasion: Occasion) -> None:
        """Let the interviewer react to a run, or stay silent."""
        self.speech.say(Utterance(lambda: self._interview.react(occasion), thinking=False))

    def hand_back(self) -> str:
        """Let the model speak again where another took its place; who speaks from now on, in words."""
        voice = self._interview.interviewer
        if not isinstance(voice, HandsBack):
            return "No model was chosen for this interview."
        if not voice.taken_over:
            return f"{voice.name} is speaking already."
        voice.hand_back()
        return f"{voice.name} answers from the next reply on."

    def _refused(self, line: str) -> None:
        self._chat.notify(line, severity="warning", markup=False)

    def _failed(self, line: str) -> None:
        self._chat.say_note(line)
        self._chat.notify(line, severity="error", markup=False)
