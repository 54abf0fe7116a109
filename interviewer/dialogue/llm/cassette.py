"""Record a chat model's answers as JSON and play them back without a network.

A cassette is `{"format": 1, "takes": [{"request": digest, "last": text, "chunks": [...]}, ...]}`. A
take is found by its request, so playing goes wrong loudly when prompts or conversation have changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.errors import UsageError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

FORMAT = 1
_SHOWN = 200


def request_digest(messages: Sequence[Any], tools: Sequence[str]) -> str:
    """What identifies a request: roles, texts, tool calls and tool names; not ids, which differ each time."""
    parts = [
        [m.type, str(m.text), [[c["name"], c["args"]] for c in getattr(m, "tool_calls", None) or []]]
        for m in messages
    ]
    return hashlib.sha256(json.dumps([parts, list(tools)], sort_keys=True).encode()).hexdigest()[:20]


def recorder(model: BaseChatModel, path: Path) -> BaseChatModel:
    """A chat model that passes everything on to `model` and writes each finished answer to `path`."""
    return _tape(path, model)


def player(path: Path) -> BaseChatModel:
    """A chat model that answers from `path` alone; raises UsageError for a request that is not on it."""
    return _tape(path, None)


def _tape(path: Path, inner: BaseChatModel | None) -> BaseChatModel:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk
    from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

    class Tape(BaseChatModel):
        """Replays, or records when there is a model behind it."""

        @property
        def _llm_type(self) -> str:
            return "cassette"

        def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
            return self.bind(tools=list(tools), **kwargs)

        def _generate(self, messages: Any, stop: Any = None, run_manager: Any = None, **kwargs: Any) -> Any:
            raise UsageError("a cassette holds streamed answers only")

        async def _agenerate(
            self, messages: Any, stop: Any = None, run_manager: Any = None, **kwargs: Any
        ) -> Any:
            whole: Any = None
            async for chunk in self._astream(messages, **kwargs):
                whole = chunk if whole is None else whole + chunk
            return ChatResult(generations=[ChatGeneration(message=whole.message)])

        async def _astream(
            self, messages: Any, stop: Any = None, run_manager: Any = None, **kwargs: Any
        ) -> Any:
            tools = kwargs.get("tools") or []
            digest = request_digest(messages, [tool.name for tool in tools])
            if inner is None:
                for take in _find(path, digest, str(messages[-1].text)):
                    yield ChatGenerationChunk(message=AIMessageChunk(**take))
                return
            bound: Any = inner.bind_tools(tools) if tools else inner
            chunks: list[dict[str, Any]] = []
            # Otherwise the agent would hear the model and the tape, everything twice.
            async for chunk in bound.astream(messages, config={"callbacks": [], "tags": ["nostream"]}):
                chunks.append(_plain(chunk))
                yield ChatGenerationChunk(message=chunk)
            _append(path, {"request": digest, "last": str(messages[-1].text)[-_SHOWN:], "chunks": chunks})

    return Tape()


def _plain(chunk: Any) -> dict[str, Any]:
    """The parts of a chunk that matter, as JSON has them; the smallest form that plays back the same."""
    meta = {k: v for k, v in chunk.response_metadata.items() if k in ("finish_reason", "stop_reason")}
    parts = {
        "tool_call_chunks": [dict(c) for c in chunk.tool_call_chunks],
        "response_metadata": meta,
        "usage_metadata": dict(chunk.usage_metadata) if chunk.usage_metadata else None,
    }
    return {"content": str(chunk.text), **{k: v for k, v in parts.items() if v}}


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] == FORMAT:
            return list(document["takes"])
    except (ValueError, KeyError, TypeError):
        pass
    raise UsageError("is not a cassette of this format", where=path.name, remedy="record it again")


def _find(path: Path, digest: str, last: str) -> list[dict[str, Any]]:
    for take in _read(path):
        if take["request"] == digest:
            return list(take["chunks"])
    raise UsageError(
        f"no take for a request that ends in {last[-60:]!r}", where=path.name, remedy="record it again"
    )


def _append(path: Path, take: dict[str, Any]) -> None:
    takes = [t for t in _read(path) if t["request"] != take["request"]]
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"format": FORMAT, "takes": [*takes, take]}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
