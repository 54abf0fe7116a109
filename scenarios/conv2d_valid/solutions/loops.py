import numpy as np


def conv2d(x, w, b=None, stride=1, pad=0):
    n, c, height, width = np.shape(x)
    o, kernel_channels, kh, kw = np.shape(w)
    if c != kernel_channels:
        raise ValueError("channels differ")
    if stride < 1:
        raise ValueError("stride must be at least 1")
    if pad < 0:
        raise ValueError("pad must not be negative")
    if b is not None and len(b) != o:
        raise ValueError("one bias per kernel is needed")
    if kh > height + 2 * pad or kw > width + 2 * pad:
        raise ValueError("kernel larger than the padded image")
    rows = (height + 2 * pad - kh) // stride + 1
    cols = (width + 2 * pad - kw) // stride + 1
    images = np.asarray(x).tolist()
    kernels = np.asarray(w).tolist()
    y = np.zeros((n, o, rows, cols))
    for image in range(n):
        for kernel in range(o):
            start = 0.0 if b is None else float(b[kernel])
            for row in range(rows):
                for col in range(cols):
                    total = start
                    for u in range(kh):
                        p = row * stride + u - pad
                        if not 0 <= p < height:
                            continue
                        for v in range(kw):
                            q = col * stride + v - pad
                            if 0 <= q < width:
                                for channel in range(c):
                                    total += images[image][channel][p][q] * kernels[kernel][channel][u][v]
                    y[image, kernel, row, col] = total
    return y
