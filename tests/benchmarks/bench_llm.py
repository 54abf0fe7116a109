"""What the model interviewer adds to a turn over the raw openai client, in one process, interleaved.

    python tests/benchmarks/bench_llm.py [TURNS]

Both talk over loopback to the same server in a process of its own, which answers at once and streams
the same 50 words, 2 ms apart: sent all at once, they arrive as one packet and nobody sees a first word
before the last. Bounds: 15 ms to the first word, 20 ms over the whole turn (medians). Also: the lag of
an event loop while the libraries load in a thread and while replies stream; bound: 50 ms at the 95th
percentile.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WORDS = tuple(f"word{n} " for n in range(50))


def load(path: str, name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Desk:
    def request(self, move: Any) -> Any:
        raise AssertionError("no move is asked for here")

    def record_leak(self, why: str, characters: int) -> None:
        raise AssertionError(why)

    def record_model_call(self, **call: Any) -> None:
        return

    def change_interviewer(self, name: str, why: str) -> None:
        raise AssertionError(why)


GAP = 0.002


def serve(words: tuple[str, ...] = WORDS, gap: float = GAP) -> None:
    """Play the server until standard input closes; its address is the first line printed."""
    helper = load("tests/unit/llm/sse_server.py", "llm_sse_server")
    with helper.SseServer(default=helper.Play(pieces=words, between=gap)) as server:
        print(server.url, flush=True)
        sys.stdin.read()


async def timed(pieces: Any) -> tuple[float, float, float]:
    """Milliseconds to the first piece, to the end, and of processor time."""
    began, work = time.perf_counter(), time.process_time()
    first = 0.0
    async for _ in pieces:
        first = first or (time.perf_counter() - began) * 1000
    return first, (time.perf_counter() - began) * 1000, (time.process_time() - work) * 1000


async def lag(stop: asyncio.Event, into: list[float]) -> None:
    """How late a 5 ms timer fires, again and again, in milliseconds."""
    while not stop.is_set():
        due = time.perf_counter() + 0.005
        await asyncio.sleep(0.005)
        into.append((time.perf_counter() - due) * 1000)


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else 0.0


async def main(turns: int) -> int:
    from interviewer.content import Catalogue, load_prompt
    from interviewer.dialogue.llm.interviewer import ModelInterviewer
    from interviewer.dialogue.llm.make import interview_prompts, model_builder, reference_of
    from interviewer.dialogue.llm.settings import ModelSettings

    scenario = Catalogue().get("kmeans_lloyd")
    view = make_view(scenario)
    command = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None and server.stdin is not None
        url = server.stdout.readline().strip()
        settings = ModelSettings(name="b", model="m", base_url=url, key_needed=False, tools="on")

        async def no_probe(model: Any) -> bool:
            return True

        ours = ModelInterviewer(
            settings, scenario, interview_prompts(load_prompt), build=model_builder(settings, environ={}),
            probe=no_probe, reference=reference_of(scenario),
        )  # fmt: skip
        stop, loading, streaming = asyncio.Event(), [], []  # type: ignore[var-annotated]
        watcher = asyncio.create_task(lag(stop, loading))
        began = time.perf_counter()
        await ours.warm()
        load_seconds = time.perf_counter() - began
        stop.set()
        await watcher
        await timed(ours.respond(view, Desk()))
        import openai
        from langchain_core.utils.function_calling import convert_to_openai_tool

        from interviewer.dialogue.llm.moves import make_tools

        messages = [{"role": "system", "content": load_prompt("interviewer").render()}]
        messages += [{"role": m.side.value, "content": m.text} for m in ours.messages(view)]
        body: dict[str, Any] = {
            "model": "m", "messages": messages, "stream": True, "stream_options": {"include_usage": True},
            "tools": [convert_to_openai_tool(tool) for tool in make_tools(ours.hands)],
        }  # fmt: skip

        client = openai.AsyncOpenAI(base_url=url, api_key="x", max_retries=0)

        async def raw() -> Any:
            stream: Any = await client.chat.completions.create(**body)
            async for chunk in stream:
                if chunk.choices and chunk.choices[0].delta.content:
                    yield chunk.choices[0].delta.content

        for _ in range(3):
            await timed(raw())
            await timed(ours.respond(view, Desk()))
        theirs: list[tuple[float, float, float]] = []
        mine: list[tuple[float, float, float]] = []
        for _ in range(turns):
            theirs.append(await timed(raw()))
            mine.append(await timed(ours.respond(view, Desk())))
        stop.clear()
        watcher = asyncio.create_task(lag(stop, streaming))
        for _ in range(turns):
            await timed(ours.respond(view, Desk()))
        stop.set()
        await watcher
        await client.close()
        await ours.close()
        server.stdin.close()
    ok = True
    busy = os.getloadavg()[0] / (os.cpu_count() or 1) if hasattr(os, "getloadavg") else 0.0
    print(f"load per core {busy:.1f}: above about 0.5 the figures tell more of the neighbours than of us")
    bounds = ((0, "first word", 15.0), (1, "whole turn", 20.0), (2, "processor time", float("inf")))
    for at, what, bound in bounds:
        a, b = statistics.median(t[at] for t in theirs), statistics.median(t[at] for t in mine)
        ok &= b - a <= bound
        print(
            f"{what}: raw openai {a:.1f} ms, interviewer {b:.1f} ms, added {b - a:.1f} ms (bound {bound:.0f})"
        )
    ok &= p95(loading) <= 50 and p95(streaming) <= 50
    print(f"loop lag p95: {p95(loading):.1f} ms over {load_seconds:.1f} s of loading,")
    print(f"              {p95(streaming):.1f} ms while streaming (max {max(streaming):.0f} ms) (bound 50)")
    return 0 if ok else 1


def make_view(scenario: Any) -> Any:
    """The middle of an interview: some talk, some code."""
    from interviewer.domain.events import Act
    from interviewer.domain.phases import Phase
    from interviewer.domain.rubric import Seniority
    from interviewer.domain.transcript import Line, Speaker
    from interviewer.ports import InterviewView, Occasion, TimeView, Topic

    lines = tuple(
        Line(n, float(n), Speaker.CANDIDATE if n % 2 else Speaker.INTERVIEWER, f"Line {n} of the talk. " * 5)
        for n in range(1, 18)
    )
    return InterviewView(
        occasion=Occasion.TURN, brief=scenario.brief, title=scenario.title, seniority=Seniority.MID,
        company="free", code_runs=True, libraries=scenario.libraries, phase=Phase.IMPLEMENT,
        next_phase=Phase.TEST,
        time=TimeView(elapsed=900.0, remaining=1800.0, phase_elapsed=300.0, phase_budget=1500.0,
                      since_candidate_spoke=0.0, since_code_changed=9.0, since_interviewer_spoke=9.0),
        lines=lines,
        topics=tuple(Topic(fact=f.id, topic=f.topic, essential=f.essential) for f in scenario.facts),
        code=scenario.starter + "\n\ndef helper(X):\n    return X.sum(axis=0)\n" * 8,
        starter=scenario.starter,
        code_changes=3, turn=17, act=Act.NARRATION, rungs=3,
        follow_ups=tuple((f.id, f.question) for f in scenario.follow_ups),
        decisions=tuple((d.id, d.question) for d in scenario.decisions),
    )  # fmt: skip


if __name__ == "__main__":
    if "--serve" in sys.argv:
        given = sys.argv[sys.argv.index("--serve") + 1 :]
        if given:
            serve(tuple(f"word{n} " for n in range(int(given[0]))), float(given[1]) / 1000)
        else:
            serve()
        raise SystemExit(0)
    raise SystemExit(asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)))
