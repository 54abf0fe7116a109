"""Build llama.cpp's `llama-server` and a tiny random model for it; see llama_server.md.

python tests/e2e/build_llama_server.py [FOLDER]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from importlib import import_module
from pathlib import Path
from typing import Any

PACKAGE = "llama-cpp-python"
FLAGS = [
    "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_C_FLAGS=-O1", "-DCMAKE_CXX_FLAGS=-O1", "-DGGML_NATIVE=OFF",
    "-DGGML_OPENMP=OFF", "-DBUILD_SHARED_LIBS=OFF", "-DLLAMA_BUILD_TESTS=OFF", "-DLLAMA_BUILD_EXAMPLES=OFF",
    "-DLLAMA_BUILD_TOOLS=ON", "-DLLAMA_BUILD_SERVER=ON", "-DLLAMA_CURL=OFF", "-DLLAMA_OPENSSL=OFF",
]  # fmt: skip
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "
CONTEXT = 32_768


def default_folder() -> Path:
    """Where the server and its model are kept: INTERVIEWER_LLAMA, or a folder of the user's cache."""
    named = os.environ.get("INTERVIEWER_LLAMA")
    if named:
        return Path(named)
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "interviewer-llama"


def main() -> int:
    """Build what is missing; 0 when both files are there."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else default_folder()
    server, model = folder / "llama-server", folder / "tiny.gguf"
    if server.is_file() and model.is_file():
        print(f"already there: {folder}")
        return 0
    missing = [tool for tool in ("cmake", "cc", "c++") if shutil.which(tool) is None]
    if missing:
        print(f"cannot build: {', '.join(missing)} not found", file=sys.stderr)
        return 1
    # Kept until all is done: a build that was cut short goes on where it was.
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    source = fetch(work)
    write_model(source, model)
    if not server.is_file():
        build(source, work / "build", server)
    shutil.rmtree(work)
    print(f"built: {folder}")
    return 0


def fetch(work: Path) -> Path:
    """llama.cpp's source out of the package's source distribution."""
    unpacked = work / "unpacked"
    if unpacked.is_file():
        return _source(work)
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pip = [shutil.which("pip3") or "pip"]
    subprocess.run(
        [*pip, "download", "--no-deps", "--no-binary", PACKAGE, PACKAGE, "-d", str(work)], check=True
    )
    (archive,) = work.glob("llama_cpp_python-*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(work, filter="data")
    unpacked.touch()
    return _source(work)


def _source(work: Path) -> Path:
    (source,) = work.glob("llama_cpp_python-*/vendor/llama.cpp")
    return source


def build(source: Path, folder: Path, server: Path) -> None:
    """Compile the server gently: low priority, few jobs."""
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    subprocess.run(["cmake", "-S", str(source), "-B", str(folder), *generator, *FLAGS], check=True)
    jobs = os.environ.get("INTERVIEWER_LLAMA_JOBS", "2")
    command = ["cmake", "--build", str(folder), "--target", "llama-server", "-j", jobs]
    nice = [shutil.which("nice") or "nice", "-n", "19"] if os.name == "posix" else []
    subprocess.run([*nice, *command], check=True)
    partial = server.with_suffix(".part")
    shutil.copy2(folder / "bin" / "llama-server", partial)
    partial.rename(server)


def write_model(source: Path, path: Path) -> None:
    """A Llama of two layers with random weights that writes printable letters and means nothing."""
    sys.path.insert(0, str(source / "gguf-py"))
    import numpy as np

    gguf = import_module("gguf")

    rng = np.random.default_rng(7)
    width, heads, layers, inner = 64, 4, 2, 128
    letters = [chr(c) for c in range(33, 127)]
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{b:02X}>" for b in range(256)), "\u2581", *letters]
    kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    kinds += [gguf.TokenType.BYTE] * 256 + [gguf.TokenType.NORMAL] * (len(letters) + 1)
    partial = path.with_suffix(".part")
    out = gguf.GGUFWriter(str(partial), "llama")
    out.add_name("tiny random")
    out.add_context_length(CONTEXT)
    out.add_embedding_length(width)
    out.add_block_count(layers)
    out.add_feed_forward_length(inner)
    out.add_head_count(heads)
    out.add_head_count_kv(heads)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_rope_dimension_count(width // heads)
    out.add_vocab_size(len(tokens))
    out.add_tokenizer_model("llama")
    out.add_token_list(tokens)
    out.add_token_scores([0.0] * len(tokens))
    out.add_token_types(kinds)
    out.add_unk_token_id(0)
    out.add_bos_token_id(1)
    out.add_eos_token_id(2)
    out.add_chat_template(TEMPLATE)

    def weights(*shape: int, scale: float = 0.3) -> Any:
        return rng.normal(0.0, scale, shape).astype(np.float32)

    head = np.zeros((len(tokens), width), np.float32)
    # Only letters are likely; control and byte tokens keep a logit of zero.
    head[259:] = weights(len(letters) + 1, width, scale=1.0)
    out.add_tensor("token_embd.weight", weights(len(tokens), width, scale=1.0))
    out.add_tensor("output_norm.weight", np.ones(width, np.float32))
    out.add_tensor("output.weight", head)
    for layer in range(layers):
        name = f"blk.{layer}"
        for norm in ("attn_norm", "ffn_norm"):
            out.add_tensor(f"{name}.{norm}.weight", np.ones(width, np.float32))
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            out.add_tensor(f"{name}.{part}.weight", weights(width, width))
        out.add_tensor(f"{name}.ffn_gate.weight", weights(inner, width))
        out.add_tensor(f"{name}.ffn_up.weight", weights(inner, width))
        out.add_tensor(f"{name}.ffn_down.weight", weights(width, inner))
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
    partial.rename(path)


if __name__ == "__main__":
    raise SystemExit(main())
