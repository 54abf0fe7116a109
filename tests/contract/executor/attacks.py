"""The attacks: what a hostile solution may try, harmless where it succeeds.

Each attack is a file that defines `f(x, arena)`; the right answer would be ``3 * x + 1``. `arena`
names a folder with a secret, loopback listeners and the supervisor's process id. An attack that
achieves its aim returns a text with ESCAPED in it, or leaves a mark in the arena. Everything
touched is the arena's own: temporary files, loopback sockets, the attack's own processes.
"""

# ruff: noqa: E501 - an attack's lines are one text each; breaking them would hide what they do
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attack:
    """`verdicts`: what a contained run may be called. `settle`: seconds until a mark would be there."""

    name: str
    group: str
    source: str
    verdicts: tuple[str, ...] = ("failed", "error")
    settle: float = 0.0


ATTACKS: list[Attack] = []

_ACT = """
import ctypes, os, sys, platform
libc = ctypes.CDLL(None, use_errno=True)
X86 = platform.machine() == "x86_64"
def call(x86, arm, *args):
    return libc.syscall(x86 if X86 else arm, *args)
def act(x, arena):
{body}
def f(x, arena):
    try:
        done = act(x, arena)
    except BaseException as error:
        return "held: " + type(error).__name__
    return "ESCAPED" if done else "held"
"""


def act(group: str, name: str, body: str, **more: object) -> None:
    """An attempt that gives a true value when it worked."""
    indented = "\n".join("    " + line for line in body.strip("\n").splitlines())
    _add(group, name, _ACT.replace("{body}", indented), **more)


def raw(group: str, name: str, source: str, *verdicts: str, **more: object) -> None:
    """A whole file."""
    if verdicts:
        more["verdicts"] = verdicts
    _add(group, name, source.strip("\n") + "\n", **more)


def _add(group: str, name: str, source: str, **more: object) -> None:
    ATTACKS.append(Attack(name=name, group=group, source=source, **more))  # type: ignore[arg-type]


# --- live: never ending, eating, flooding -------------------------------------------------------

SPENT = ("timed_out",)
raw("live", "endless loop", "def f(x, arena):\n    while True: pass", *SPENT)
raw(
    "live",
    "loop that swallows exceptions",
    "def f(x, arena):\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass",
    *SPENT,
)
raw("live", "loop at import", "while True: pass", *SPENT)
raw("live", "loop in C", "def f(x, arena):\n    return sum(range(10**12))", *SPENT)
raw("live", "huge power", "def f(x, arena):\n    return len(bytes((7 ** 10**8) & 1))", *SPENT)
raw(
    "live",
    "regex blow-up",
    "import re\ndef f(x, arena):\n    return re.match(r'(a+)+$', 'a' * 40 + 'b')",
    *SPENT,
)
raw(
    "live",
    "signals ignored",
    """
import signal
def f(x, arena):
    for n in range(1, 64):
        try: signal.signal(n, signal.SIG_IGN)
        except (OSError, ValueError): pass
    while True: pass
""",
    *SPENT,
)
raw(
    "live",
    "signals blocked",
    """
import signal
def f(x, arena):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
    while True: pass
""",
    *SPENT,
)
raw("live", "sleep", "import time\ndef f(x, arena):\n    time.sleep(1000)", *SPENT)
raw("live", "sleep at import", "import time\ntime.sleep(1000)", *SPENT)
raw(
    "live",
    "deadlock",
    "import threading\ndef f(x, arena):\n    l = threading.Lock(); l.acquire(); l.acquire()",
    *SPENT,
)
raw("live", "waits for input", "def f(x, arena):\n    return input()", "error")
MEMORY = ("out_of_memory",)
for name, line in {
    "memory in bytes": "hold = bytearray(1 << 29)",
    "memory in a list": "hold = [0.5] * (1 << 26)",
    "memory in an array": "import numpy as np; hold = np.ones(1 << 26)",
    "memory in small pieces": "hold = [bytearray(1 << 20) for _ in range(400)]",
    "memory mapped": "import mmap; hold = [mmap.mmap(-1, 1 << 28) for _ in range(4)]",
}.items():
    raw(
        "live",
        name,
        f"def f(x, arena):\n    {line}\n    return 'ESCAPED'",
        *MEMORY,
        "error",
        "failed",
        "timed_out",
    )
act(
    "live",
    "fork bomb",
    """
import time
count = 0
for _ in range(20):
    pid = os.fork()
    if pid == 0:
        time.sleep(0.2); os._exit(0)
    count += 1
return count
""",
)
act(
    "live",
    "thread bomb",
    """
import threading, time
for _ in range(3000):
    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
return False
""",
    verdicts=("failed", "error", "timed_out", "out_of_memory"),
)
raw(
    "live",
    "surviving thread",
    """
import threading, time
def work(path):
    time.sleep(0.5)
    open(path + "/mark-thread", "w").close()
def f(x, arena):
    threading.Thread(target=work, args=(arena["dir"],)).start()
    return 0
""",
    settle=0.8,
)
act(
    "live",
    "daemon in its own session",
    """
import time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(0.4)
        open(arena["dir"] + "/mark-daemon", "w").close()
    os._exit(0)
return False
""",
    settle=0.9,
)
FLOOD = ("output_limit", "timed_out")
raw("live", "output flood", "def f(x, arena):\n    while True: print('y' * 1000)", *FLOOD)
raw(
    "live",
    "output flood by descriptor",
    "import os\ndef f(x, arena):\n    while True: os.write(1, b'y' * 65536)",
    *FLOOD,
)
raw(
    "live",
    "error flood",
    "import sys\ndef f(x, arena):\n    while True: sys.stderr.write('y' * 10000)",
    *FLOOD,
)
raw("live", "output flood at import", "while True: print('y' * 1000)", *FLOOD)
raw(
    "live",
    "closes its descriptors",
    "import os\ndef f(x, arena):\n    os.closerange(0, 256)\n    return 1",
    "error",
)
raw(
    "live",
    "closes at import and loops",
    "import os\nos.closerange(0, 256)\nwhile True: pass",
    "error",
    "timed_out",
)
raw(
    "live",
    "channel pointed elsewhere",
    "import os\ndef f(x, arena):\n    r, w = os.pipe()\n    os.dup2(w, 3)\n    return 1",
    "error",
    "timed_out",
)
raw(
    "live",
    "terminal sequences",
    "def f(x, arena):\n    print('\\x1b]0;title\\x07\\x1b[2J\\x9b31m\\x1bP+q\\x1b\\\\')\n    return '\\x1b[2J'",
)
raw("live", "giant text", "def f(x, arena):\n    return 'y' * (40 << 20)", "failed", "out_of_memory")
raw("live", "giant array", "import numpy as np\ndef f(x, arena):\n    return np.zeros(9 << 20)")
raw(
    "live",
    "giant list",
    "def f(x, arena):\n    return [0.5] * (4 << 20)",
    "failed",
    "out_of_memory",
    "timed_out",
)
raw("live", "giant integer", "def f(x, arena):\n    return 1 << 200000")
raw("live", "cyclic list", "def f(x, arena):\n    a = []\n    a.append(a)\n    return a")
raw("live", "deep list", "def f(x, arena):\n    a = []\n    for _ in range(100000): a = [a]\n    return a")
raw(
    "live",
    "wide and deep",
    "def f(x, arena):\n    a = [[]] * 50\n    for _ in range(20): a = [a] * 50\n    return a",
    "failed",
    "timed_out",
    "out_of_memory",
)
raw("live", "endless iterator", "import itertools\ndef f(x, arena):\n    return itertools.count()")
raw(
    "live",
    "hanging repr",
    "class A:\n    def __repr__(self):\n        while True: pass\ndef f(x, arena):\n    return A()",
)
raw(
    "live",
    "message that never ends",
    "class E(Exception):\n    def __str__(self):\n        while True: pass\ndef f(x, arena):\n    raise E",
    *SPENT,
)
raw(
    "live",
    "giant message",
    "def f(x, arena):\n    raise ValueError('y' * (30 << 20))",
    "error",
    "out_of_memory",
)
raw(
    "live",
    "lone surrogates",
    "def f(x, arena):\n    print('\\udcff'.encode('utf8', 'surrogatepass'))\n    raise ValueError('\\ud800')",
)

# --- death --------------------------------------------------------------------------------------

raw("death", "sys.exit", "import sys\ndef f(x, arena):\n    sys.exit(0)", "error")
raw("death", "os._exit(0)", "import os\ndef f(x, arena):\n    os._exit(0)", "error")
raw("death", "exit at import", "import os\nos._exit(0)", "error")
raw("death", "sys.exit at import", "raise SystemExit(0)", "error")
raw("death", "KeyboardInterrupt", "def f(x, arena):\n    raise KeyboardInterrupt", "error")
raw("death", "GeneratorExit", "def f(x, arena):\n    raise GeneratorExit", "error")
raw("death", "segmentation fault", "import ctypes\ndef f(x, arena):\n    ctypes.string_at(0)", "error")
raw("death", "abort", "import os\ndef f(x, arena):\n    os.abort()", "error")
raw("death", "recursion", "def f(x, arena):\n    return f(x, arena)", "error")
raw(
    "death",
    "stack overflow in C",
    "import sys\nsys.setrecursionlimit(10**9)\ndef f(x, arena):\n    return f(x, arena)",
    "error",
    "out_of_memory",
    "timed_out",
)
raw(
    "death",
    "hang at exit",
    "import atexit, time\natexit.register(time.sleep, 1000)\ndef f(x, arena):\n    raise SystemExit",
    "error",
)
raw(
    "death",
    "stops itself",
    "import os, signal\ndef f(x, arena):\n    os.kill(os.getpid(), signal.SIGSTOP)",
    *SPENT,
)
raw("death", "kills itself", "import os\ndef f(x, arena):\n    os.kill(os.getpid(), 9)", "error")
raw("death", "terminates itself", "import os\ndef f(x, arena):\n    os.kill(os.getpid(), 15)", "error")
raw(
    "death",
    "alarm",
    "import signal, time\ndef f(x, arena):\n    signal.setitimer(signal.ITIMER_REAL, 0.05)\n    time.sleep(9)",
    "error",
)
raw("death", "dies while loading", "import ctypes\nctypes.string_at(0)", "error")
raw(
    "death",
    "error in a destructor",
    "class A:\n    def __del__(self):\n        raise SystemExit\ndef f(x, arena):\n    A()\n    return 1",
)
raw("death", "syntax error", "def f(x, arena:\n    return 1", "error")
raw("death", "null bytes", "def f(x, arena):\n    return '\x00'", "error")
raw("death", "deeply nested source", "x = " + "(" * 5000 + ")" * 5000, "error")
raw(
    "death",
    "deeply nested terms",
    "x = " + "-" * 20000 + "1\ndef f(x, arena): return 1",
    "error",
    "failed",
    "out_of_memory",
)

# --- grader: passing without solving ------------------------------------------------------------

for name, source in {
    "equal to everything": """
class Any:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def __bool__(self): return True
    def __float__(self): return 0.0
    def __array__(self, *a, **k):
        import numpy as np
        return np.zeros(4)
    shape = (4,)
    dtype = float
def f(x, arena): return Any()
""",
    "array subclass": """
import numpy as np
class Evil(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __sub__(self, other): return np.zeros(self.shape)
    __rsub__ = __sub__
def f(x, arena): return np.zeros(4).view(Evil)
""",
    "__array_function__": """
import numpy as np
class Evil:
    def __array_function__(self, func, types, args, kwargs): return True
    def __array_ufunc__(self, *a, **k): return np.zeros(4)
def f(x, arena): return Evil()
""",
    "patched numpy": """
import numpy as np
np.allclose = np.array_equal = lambda *a, **k: True
np.testing.assert_allclose = lambda *a, **k: None
np.abs = np.absolute = lambda *a, **k: 0
def f(x, arena): return np.zeros(4)
""",
    "patched builtins": """
import builtins
builtins.abs = lambda v: 0
builtins.all = builtins.any = builtins.isinstance = lambda *a: True
builtins.AssertionError = type("A", (Exception,), {})
def f(x, arena): return [0, 0, 0, 0]
""",
    "patched harness": """
import sys
for name, module in list(sys.modules.items()):
    if "harness" in name or "wire" in name:
        for key in list(vars(module)):
            if callable(vars(module)[key]) and not key.startswith("__"):
                setattr(module, key, lambda *a, **k: True)
def f(x, arena): return 1
""",
    "patched encoder": """
import sys
for name, module in list(sys.modules.items()):
    if name.endswith("wire"):
        module.Encoder.doc = lambda self, value, depth=0: {"t": "passed"}
def f(x, arena): return 1
""",
    "object array of impostors": """
import numpy as np
class Any(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
def f(x, arena): return np.array([Any(), Any(), Any(), Any()], dtype=object)
""",
    "float subclass": """
class Any(float):
    def __eq__(self, other): return True
    def __hash__(self): return 0
def f(x, arena): return [Any(0)] * 4
""",
    "class named float64": """
class float64:
    def __eq__(self, other): return True
float64.__module__ = "numpy"
def f(x, arena): return float64()
""",
    "lying __class__": """
import numpy as np
class Evil:
    @property
    def __class__(self): return np.ndarray
    def __getattr__(self, name): return 0
def f(x, arena): return Evil()
""",
    "all NaN": "def f(x, arena):\n    return [float('nan')] * 4",
    "infinities": "def f(x, arena):\n    return [float('inf')] * 4",
    "empty": "import numpy as np\ndef f(x, arena):\n    return np.empty(0)",
    "broadcast scalar": "def f(x, arena):\n    return 1.0",
    "nothing": "def f(x, arena):\n    pass",
    "prints passed": "def f(x, arena):\n    print('PASSED')\n    print('1 passed in 0.01s')\n    return 'passed'",
    "raises a fake success": "class Passed(Exception): pass\ndef f(x, arena):\n    raise Passed('passed')",
    "mutates its input": "def f(x, arena):\n    x[:] = 0\n    arena.clear()\n    return x",
    "frames": """
import sys
def f(x, arena):
    frame, found = sys._getframe(), []
    while frame:
        found += [v for k, v in frame.f_locals.items() if k in ("expected", "want", "reference")]
        frame = frame.f_back
    return found[0] if found else 0
""",
    "garbage collector": """
import gc
import numpy as np
def f(x, arena):
    for o in gc.get_objects():
        if isinstance(o, dict) and "test_answer" in o: return "ESCAPED"
        if type(o) is np.ndarray and o.shape == (4,) and o is not x: return o
    return 0
""",
    "searches its modules": """
import sys
def f(x, arena):
    return "ESCAPED" if any("tests" == n or "reference" in n for n in sys.modules) else 0
""",
    "function with attributes": "def f(x, arena):\n    return f",
    "class instead of value": "def f(x, arena):\n    return float",
    "coroutine": "async def f(x, arena):\n    return 3 * x + 1",
    "generator": "def f(x, arena):\n    yield from [0, 0, 0, 0]",
    "structured array": "import numpy as np\ndef f(x, arena):\n    return np.zeros(4, dtype=[('a', float)])",
    "masked array": "import numpy as np\ndef f(x, arena):\n    return np.ma.masked_all(4)",
    "matrix": "import numpy as np\ndef f(x, arena):\n    return np.matrix([0., 0, 0, 0])",
}.items():
    raw("grader", name, source, "failed", "error")

for name, body in {
    "reads the tests": 'return "expect" in open(arena["dir"] + "/tests.py").read()',
    "reads the reference": 'return len(open(arena["dir"] + "/reference.py").read())',
    "imports the tests": 'sys.path.insert(0, arena["dir"]); import tests; return True',
    "imports the reference": 'sys.path.insert(0, arena["dir"]); import reference; return True',
    "reads the harness": "import glob; return len(open(sys.modules['interviewer.executor.child'].__path__[0]).read())",
    "imports the program": "import interviewer.expect; return True",
    "own memory by file": 'return b"PLANTED-EXPECTED" in open("/proc/self/mem", "rb").read(1)',
}.items():
    act("grader", name, body)

_FRAMES = """
import os, json, struct
def frame(message, body=b"", lengths=()):
    header = json.dumps({"m": message, "n": list(lengths)}).encode()
    return struct.pack("<IIQ", 0x31565449, len(header), len(body)) + header + body
"""
for name, body in {
    "forged value": 'for n in range(1, 9): os.write(3, frame({"op": "value", "id": n, "value": [0, 0, 0, 0]}))',
    "forged verdict": 'os.write(3, frame({"op": "passed", "id": 2, "verdict": "passed"}))',
    "not a frame": 'os.write(3, b"PASSED" * 100)',
    "frame announcing terabytes": 'os.write(3, struct.pack("<IIQ", 0x31565449, 10, 1 << 40))',
    "frame announcing a giant header": 'os.write(3, struct.pack("<IIQ", 0x31565449, 0xFFFFFFFF, 0))',
    "frame that is no JSON": 'os.write(3, struct.pack("<IIQ", 0x31565449, 4, 0) + b"nope")',
    "frame nested too deep": 'os.write(3, struct.pack("<IIQ", 0x31565449, 200000, 0) + b"[" * 200000)',
    "frame that is a list": 'os.write(3, struct.pack("<IIQ", 0x31565449, 2, 0) + b"[]")',
    "array larger than its bytes": 'os.write(3, frame({"op": "value", "id": 2, "value": {"t": "nd", "d": "<f8", "s": [1 << 40], "b": 0}}, b"0" * 16, [16]))',
    "array of objects by dtype": 'os.write(3, frame({"op": "value", "id": 2, "value": {"t": "nd", "d": "|O8", "s": [2], "b": 0}}, b"0" * 16, [16]))',
    "array with a negative side": 'os.write(3, frame({"op": "value", "id": 2, "value": {"t": "nd", "d": "<f8", "s": [-1, -2], "b": 0}}, b"0" * 16, [16]))',
    "empty array with a huge side": 'os.write(3, frame({"op": "value", "id": 2, "value": {"t": "nd", "d": "<f8", "s": [0, 1 << 50], "b": 0}}, b"", [0]))',
    "buffer outside its frame": 'os.write(3, frame({"op": "value", "id": 2, "value": {"t": "bytes", "b": 0}}, b"", [1 << 30]))',
    "reference to nothing": 'os.write(3, frame({"op": "value", "id": 2, "value": {"t": "yours", "id": 99}}))',
    "unhashable key": 'os.write(3, frame({"op": "value", "id": 2, "value": {"t": "dict", "v": [[[1], 2]]}}))',
    "asks for the unoffered": 'os.write(3, frame({"op": "ask", "id": 5, "act": "get", "args": ["__globals__"], "kwargs": {}}))',
    "asks nonsense": 'os.write(3, frame({"op": "ask", "id": None, "act": 5, "args": {}, "kwargs": 3}))',
    "flood of events": 'while True: os.write(3, frame({"op": "event", "name": "x", "line": 1}))',
    "exception with odd parts": 'os.write(3, frame({"op": "raised", "id": 2, "mro": 5, "message": [1], "line": "x", "column": -9}))',
    "answers nobody asked for": 'for n in range(100): os.write(3, frame({"op": "value", "id": 1000 + n, "value": 1}))',
}.items():
    raw(
        "grader",
        name,
        _FRAMES + f"def f(x, arena):\n    {body}\n    return 0\n",
        "failed",
        "error",
        "timed_out",
    )
raw(
    "grader",
    "pickle bomb",
    """
import os
class Bomb:
    def __reduce__(self): return (os.system, ("touch /tmp/never",))
    def __reduce_ex__(self, version): raise SystemExit
def f(x, arena): return Bomb()
""",
)
raw(
    "grader",
    "callback looks around",
    """
def f(x, arena):
    c = arena["callback"]
    try:
        return "ESCAPED" if c.__globals__ else 0
    except AttributeError:
        pass
    for name in ("func_globals", "gi_frame", "f_globals", "_actor"):
        try:
            getattr(c, name); return "ESCAPED"
        except Exception: pass
    return c(1)
""",
)
raw(
    "grader",
    "callback with a bomb",
    "class A:\n    def __radd__(self, o): return 'ESCAPED'\ndef f(x, arena):\n    return arena['callback'](A())",
)
raw("grader", "callback for ever", "def f(x, arena):\n    while True: arena['callback'](1)", *SPENT)

# --- processes ----------------------------------------------------------------------------------

for name, body in {
    "kills its parent": "os.kill(os.getppid(), 9); import time; time.sleep(0.1); return True",
    "stops its parent": "p = os.getppid(); os.kill(p, 19); os.kill(p, 18); return True",
    "signals the supervisor": 'os.kill(arena["pid"], 0); return True',
    "signals the supervisor by thread": 'return call(234, 131, arena["pid"], arena["pid"], 0) == 0',
    "pidfd of its parent": "return os.pidfd_open(os.getppid()) >= 0",
    "signal through a pidfd": "return call(424, 424, os.pidfd_open(os.getppid()), 0, None, 0) == 0",
    "queues a signal": "b = ctypes.create_string_buffer(128); return call(129, 138, os.getppid(), 0, b) == 0",
    "limits of its parent": "import resource; return resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
    "limits of the supervisor": 'import resource; return resource.prlimit(arena["pid"], resource.RLIMIT_CPU)',
    "raises its own limits": "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1)); return True",
    "raises its file limit": "import resource; h = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
    "resource.setrlimit(resource.RLIMIT_NOFILE, (h, h)); return True",
    "priority of its parent": "os.setpriority(os.PRIO_PROCESS, os.getppid(), os.getpriority(os.PRIO_PROCESS, 0)); return True",
    "processor of its parent": "os.sched_setaffinity(os.getppid(), os.sched_getaffinity(0)); return True",
    "traces its parent": "ok = call(101, 117, 16, os.getppid(), None, None) == 0\n"
    "if ok: call(101, 117, 17, os.getppid(), None, None)\nreturn ok",
    "lets itself be traced": "return call(101, 117, 0, 0, None, None) == 0",
    "reads its parent's memory": 'return open(f"/proc/{os.getppid()}/mem", "rb").fileno() >= 0',
    "reads the supervisor's memory": 'return open("/proc/%d/mem" % arena["pid"], "rb").fileno() >= 0',
    "reads the supervisor's environment": 'return b"ARENA_KEY" in open("/proc/%d/environ" % arena["pid"], "rb").read()',
    "reads its parent's environment": 'return b"PATH" in open(f"/proc/{os.getppid()}/environ", "rb").read()',
    "memory of its parent by call": "b = ctypes.create_string_buffer(64)\n"
    "v = (ctypes.c_void_p * 2)(ctypes.addressof(b), 8)\nw = (ctypes.c_void_p * 2)(id(None), 8)\n"
    "return call(310, 270, os.getppid(), v, 1, w, 1, 0) == 8",
    "memory of the supervisor by call": "b = ctypes.create_string_buffer(64)\n"
    "v = (ctypes.c_void_p * 2)(ctypes.addressof(b), 8)\nw = (ctypes.c_void_p * 2)(arena['address'], 8)\n"
    "return call(310, 270, arena['pid'], v, 1, w, 1, 0) == 8",
    "lists processes": 'return any(n.isdigit() for n in os.listdir("/proc"))',
    "key in its environment": 'return "ARENA_KEY" in os.environ or "HOME" in os.environ',
    "compares kernel objects": "return call(312, 272, os.getpid(), os.getppid(), 0, 0, 0) >= 0",
    "takes its parent's descriptors": "return call(438, 438, os.pidfd_open(os.getppid()), 0, 0) >= 0",
    "finds the control socket": "import socket\nfor n in list(range(0, 3)) + list(range(5, 64)):\n"
    "    try:\n        s = socket.socket(fileno=os.dup(n)); return True\n    except OSError: pass\nreturn False",
    "leaves its session": "os.setpgid(0, 0) if os.getpgrp() != os.getpid() else os.setsid(); return os.fork() >= 0",
}.items():
    act("processes", name, body)

# --- files --------------------------------------------------------------------------------------

for name, body in {
    "reads a secret": 'return "SECRET" in open(arena["dir"] + "/secret").read()',
    "reads through a descriptor": 'return os.read(os.open(arena["dir"] + "/secret", os.O_RDONLY), 9)',
    "reads with numpy": 'import numpy as np; return len(np.fromfile(arena["dir"] + "/secret", dtype="u1"))',
    "maps a file": 'import numpy as np; return len(np.memmap(arena["dir"] + "/secret", mode="r", dtype="u1"))',
    "reads the password file": 'return len(open("/etc/passwd").read())',
    "reads the host's name file": 'return len(open("/etc/hostname").read()) >= 0',
    "lists the root folder": 'return len(os.listdir("/"))',
    "lists the home folder": 'return os.listdir(arena["home"]) is not None',
    "lists the arena": 'return len(os.listdir(arena["dir"]))',
    "changes folder": 'os.chdir(arena["dir"]); return len(os.listdir("."))',
    "creates a file": 'open(arena["dir"] + "/mark-created", "w").close(); return True',
    "appends": 'open(arena["dir"] + "/target", "a").write("x"); return True',
    "opens for update": 'open(arena["dir"] + "/target", "r+"); return True',
    "truncates": 'os.truncate(arena["dir"] + "/target", 1); return True',
    "removes": 'os.unlink(arena["dir"] + "/removable"); return True',
    "renames": 'os.rename(arena["dir"] + "/target", arena["dir"] + "/target"); return True',
    "makes a folder": 'os.mkdir(arena["dir"] + "/mark-folder"); return True',
    "removes a folder": 'os.rmdir(arena["dir"] + "/folder"); return True',
    "symbolic link": 'os.symlink("x", arena["dir"] + "/mark-symlink"); return True',
    "hard link": 'os.link(arena["dir"] + "/target", arena["dir"] + "/mark-link"); return True',
    "changes the mode": 'os.chmod(arena["dir"] + "/target", 0o644); return True',
    "changes the owner": 'os.chown(arena["dir"] + "/target", os.getuid(), os.getgid()); return True',
    "changes the times": 'os.utime(arena["dir"] + "/target"); return True',
    "sets an attribute": 'os.setxattr(arena["dir"] + "/target", "user.x", b"1"); return True',
    "lists attributes": 'return os.listxattr(arena["dir"] + "/target") is not None',
    "makes a pipe": 'os.mkfifo(arena["dir"] + "/mark-pipe"); return True',
    "nameless file": 'return os.open(arena["dir"], os.O_TMPFILE | os.O_RDWR) >= 0',
    "temporary file": "import tempfile; return tempfile.TemporaryFile() is not None",
    "file in memory": 'return os.memfd_create("x") >= 0',
    "System V memory": "return call(29, 194, 0, 4096, 0o1600) >= 0",
    "System V messages": "n = call(68, 186, 0, 0o1600)\nif n >= 0: call(71, 187, n, 0, None)\nreturn n >= 0",
    "System V semaphore": "n = call(64, 190, 0, 1, 0o1600)\nif n >= 0: call(66, 191, n, 0, 0)\nreturn n >= 0",
    "POSIX shared memory": 'n = "/dev/shm/attack-%d" % os.getpid()\nopen(n, "w").close(); os.unlink(n); return True',
    "POSIX queue": 'n = call(240, 180, b"attack", 0o102, 0o600, None)\nif n >= 0: call(241, 181, b"attack")\nreturn n >= 0',
    "saves an array": 'import numpy as np; np.save(arena["dir"] + "/mark-array", x); return True',
    "changes the library": 'import numpy; open(numpy.__file__, "r+b"); return True',
    "changes the standard library": 'import abc; open(abc.__file__, "r+b"); return True',
    "database file": 'import sqlite3; sqlite3.connect(arena["dir"] + "/mark-db").execute("create table a (b)"); return True',
    "locks a file": "import fcntl, abc; fcntl.flock(os.open(abc.__file__, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB); return True",
    "watches files": "n = call(294, 26, 0); return n >= 0",
    "handle by name": "b = (ctypes.c_int * 64)(128); m = ctypes.c_int()\nreturn call(303, 264, -100, b'/', b, ctypes.byref(m), 0) == 0",
    "own root": "os.chroot('/'); return True",
    "reads the kernel's files": 'return len(open("/proc/version").read())',
    "reads the system's settings": 'return os.listdir("/sys") is not None',
    "reads site packages": "import sys\nfor p in arena['site']:\n    if os.listdir(p): return True\nreturn False",
}.items():
    act("files", name, body)

# --- network and kernel -------------------------------------------------------------------------

for name, body in {
    "TCP connection": 'import socket; socket.create_connection(("127.0.0.1", arena["port"]), 0.3); return True',
    "TCP listener": 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); return True',
    "UDP packet": 'import socket; s = socket.socket(2, 2); return s.sendto(b"x", ("127.0.0.1", arena["port"]))',
    "IPv6 socket": "import socket; return socket.socket(10, 1) is not None",
    "Unix socket": 'import socket; s = socket.socket(1); s.connect(arena["dir"] + "/socket"); return True',
    "abstract Unix socket": 'import socket; s = socket.socket(1); s.connect(arena["abstract"]); return True',
    "socket pair": "import socket; return socket.socketpair() is not None",
    "netlink": "import socket; return socket.socket(16, 3, 0) is not None",
    "vsock": "import socket; return socket.socket(40, 1) is not None",
    "raw packets": "import socket; return socket.socket(17, 3) is not None",
    "name look-up": 'import socket; return socket.getaddrinfo("localhost", 80) and socket.socket() is not None',
    "web request": 'import urllib.request; urllib.request.urlopen("http://127.0.0.1:%d" % arena["port"], timeout=0.2)\nreturn True',
    "asyncio": "import asyncio; asyncio.run(asyncio.sleep(0)); return True",
    "io_uring": "b = ctypes.create_string_buffer(256); return call(425, 425, 4, b) >= 0",
    "kernel aio": "c = ctypes.c_ulong(0); return call(206, 0, 4, ctypes.byref(c)) == 0",
    "runs a program": "os.execv('/bin/sh', ['sh', '-c', 'touch ' + arena['dir'] + '/mark-exec'])",
    "subprocess": "import subprocess, sys; return subprocess.run([sys.executable, '-c', '']) is not None",
    "shell": "return os.system('true') == 0",
    "posix_spawn": "return os.posix_spawn('/bin/true', ['true'], {}) > 0",
    "runs a program by descriptor": "argv = (ctypes.c_char_p * 4)(b'sh', b'-c', b'touch ' + arena['dir'].encode() + b'/mark-at')\n"
    "return call(322, 281, os.open('/bin/sh', os.O_RDONLY), b'', argv, None, 0x1000) == 0",
    "vfork": "import multiprocessing as m; p = m.get_context('fork').Process(target=int); p.start(); return True",
    "clone3 process": "import struct\nb = ctypes.create_string_buffer(struct.pack('<11Q', 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0))\n"
    "n = call(435, 435, b, 88)\nif n == 0: os._exit(0)\nreturn n > 0",
    "clone process": "n = call(56, 220, 17, None, None, None, None)\nif n == 0: os._exit(0)\nreturn n > 0",
    "user namespace": "return call(272, 97, 0x10000000) == 0",
    "network namespace": "return call(272, 97, 0x40000000) == 0",
    "BPF": "b = ctypes.create_string_buffer(128); b[0] = 1; call(321, 280, 0, b, 72); return ctypes.get_errno() != 1",
    "performance counters": "b = ctypes.create_string_buffer(128); return call(298, 241, b, 0, -1, -1, 0) >= 0",
    "userfaultfd": "return call(323, 282, 1) >= 0",
    "key ring": "return call(250, 219, 0, -3, 0) >= 0",
    "adds a key": "return call(248, 217, b'user', b'attack', b'x', 1, -2) >= 0",
    "mounts": "return call(165, 40, b'none', arena['dir'].encode() + b'/folder', b'tmpfs', 0, None) == 0 and "
    "call(166, 39, arena['dir'].encode() + b'/folder', 0) == 0",
    "changes personality": "return call(135, 92, 0x40000) >= 0",
    "kernel log": "return call(103, 116, 10, None, 0) >= 0",
    "makes itself dumpable": "return libc.prctl(4, 1, 0, 0, 0) == 0",
    "keeps capabilities": "return libc.prctl(8, 1, 0, 0, 0) == 0",
    "gains capabilities": "h = (ctypes.c_uint32 * 2)(0x20080522, 0); d = (ctypes.c_uint32 * 6)(1, 1, 0, 0, 0, 0)\n"
    "return call(126, 91, h, d) == 0",
    "changes user": "os.setresuid(-1, -1, -1); return True",
    "locks memory": "return call(149, 228, ctypes.c_void_p(id(None) & ~4095), 4096) == 0",
    "moves pages": "return call(279, 239, 0, 0, None, None, None, 0) == 0",
    "splices": "r, w = os.pipe(); os.write(w, b'x'); return call(276, 77, r, w, 1, 2) >= 0 or ctypes.get_errno() != 1",
    "own name space of mounts": "return call(428, 428, -100, b'/', 1) >= 0",
    "Landlock of its own": "return call(444, 444, None, 0, 1) >= 0 and False or call(446, 446, -1, 0) == 0",
    "pushes terminal input": "b = ctypes.c_char(b'x')\nlibc.ioctl(0, 0x5412, b)\nreturn ctypes.get_errno() != 1",
    "asks a device": "libc.ioctl(1, 0x4B33, None); return ctypes.get_errno() != 1",
    "sets the clock": "return call(227, 112, 99, None) == 0 or ctypes.get_errno() != 1",
    "host name": "import socket; n = os.uname().nodename.encode(); return call(170, 161, n, len(n)) == 0",
}.items():
    act("network and kernel", name, body, settle=0.1 if name.startswith("runs") else 0.0)

_MACHINE = """
import mmap
code = bytes.fromhex("{code}")
m = mmap.mmap(-1, 4096, prot=7)
m.write(code)
run = ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(m)))
return X86 and run() >= 0
"""
# getpid through the x32 table: mov eax,0x40000027; syscall; ret. i386 getpid: push rbx; mov eax,20;
# int 0x80; pop rbx; ret. Both would be a second, unfiltered way to every call.
act("network and kernel", "x32 system call", _MACHINE.format(code="b8270000400f05c3"))
act("network and kernel", "i386 system call", _MACHINE.format(code="53b814000000cd805bc3"))
