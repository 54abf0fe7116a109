import numpy as np


def conv2d(x, w, b=None, stride=1, pad=0):
    x = np.asarray(x, dtype=float)
    w = np.asarray(w, dtype=float)
    if stride < 1 or pad < 0:
        raise ValueError(f"stride {stride} or pad {pad} makes no sense")
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"images have {x.shape[1]} channels, kernels {w.shape[1]}")
    if b is not None and np.shape(b) != (len(w),):
        raise ValueError(f"b must hold {len(w)} numbers")
    w = w.transpose(0, 1, 3, 2)
    kh, kw = w.shape[2:]
    framed = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    rows = (framed.shape[2] - kh) // stride + 1
    cols = (framed.shape[3] - kw) // stride + 1
    if rows < 1 or cols < 1:
        raise ValueError(f"a kernel of {kh} x {kw} does not fit into {framed.shape[2]} x {framed.shape[3]}")
    y = np.empty((len(x), len(w), rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * stride, j * stride
            patch = framed[:, :, top : top + kh, left : left + kw]
            y[:, :, i, j] = np.tensordot(patch, w, axes=([1, 2, 3], [1, 2, 3]))
    if b is not None:
        y += np.reshape(b, (1, -1, 1, 1))
    return y
