import numpy as np

from interviewer.expect import close, equal, raises, unchanged


def _conv(x, w, b=None, stride=1, pad=0):
    """Number by number; places outside the image are skipped, since they count as zero."""
    n, c, height, width = x.shape
    o, _, kh, kw = w.shape
    rows = [top for top in range(-pad, height + pad) if (top + pad) % stride == 0 and top + kh <= height + pad]
    cols = [left for left in range(-pad, width + pad) if (left + pad) % stride == 0 and left + kw <= width + pad]
    y = np.zeros((n, o, len(rows), len(cols)))
    for (i, top), (j, left) in ((r, s) for r in enumerate(rows) for s in enumerate(cols)):
        for u in range(max(0, -top), min(kh, height - top)):
            for v in range(max(0, -left), min(kw, width - left)):
                y[:, :, i, j] += x[:, :, top + u, left + v] @ w[:, :, u, v].T
    return y if b is None else y + np.asarray(b)[:, None, None]


def test_one_small_image(solution, rng):
    x = np.array([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]])
    w = np.array([[[[1.0, 0.0], [10.0, 100.0]]]])
    close(solution.conv2d(x, w), [[[[541.0, 652.0], [874.0, 985.0]]]])


def test_images_kernels_channels(solution, rng):
    x, w = rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(4, 3, 3, 3))
    close(solution.conv2d(x, w), _conv(x, w))


def test_bias_per_kernel(solution, rng):
    x, w, b = rng.normal(size=(2, 2, 4, 5)), rng.normal(size=(3, 2, 2, 2)), rng.normal(size=3) * 10
    plain = np.asarray(solution.conv2d(x, w))
    got = np.asarray(solution.conv2d(x, w, b))
    close(got - plain, np.broadcast_to(b[:, None, None], plain.shape), msg="what the bias adds")
    close(solution.conv2d(x, w, None), plain, msg="b is None")


def test_sides_of_unequal_length(solution, rng):
    x, w = rng.normal(size=(2, 2, 4, 9)), rng.normal(size=(3, 2, 3, 2))
    close(solution.conv2d(x, w), _conv(x, w), msg="wide image, high kernel")
    x, w = rng.normal(size=(1, 3, 8, 4)), rng.normal(size=(2, 3, 1, 4))
    close(solution.conv2d(x, w), _conv(x, w), msg="high image, wide kernel")


def test_single_spike(solution, rng):
    x, w = np.zeros((1, 1, 5, 5)), rng.normal(size=(1, 1, 3, 3))
    x[0, 0, 2, 2] = 1.0
    want = [[w[0, 0, 2 - i, 2 - j] for j in range(3)] for i in range(3)]
    close(np.asarray(solution.conv2d(x, w))[0, 0], want, msg="a single 1 in the middle of the image")


def test_one_by_one(solution, rng):
    x, w = rng.normal(size=(2, 3, 4, 3)), rng.normal(size=(5, 3, 1, 1))
    want = np.stack([sum(x[:, c] * w[o, c, 0, 0] for c in range(3)) for o in range(5)], axis=1)
    close(solution.conv2d(x, w), want, msg="kernel of one pixel")


def test_stride_two(solution, rng):
    x, w = rng.normal(size=(2, 2, 7, 5)), rng.normal(size=(3, 2, 3, 3))
    close(solution.conv2d(x, w, None, 2), _conv(x, w)[:, :, ::2, ::2], msg="every second place of stride 1")


def test_frame_of_zeros(solution, rng):
    x, w = rng.normal(size=(2, 2, 3, 4)) + 5, rng.normal(size=(3, 2, 3, 3))
    close(solution.conv2d(x, w, None, 1, 1), _conv(x, w, pad=1), msg="pad 1")
    large = np.zeros((2, 2, 7, 8))
    large[:, :, 2:5, 2:6] = x
    close(solution.conv2d(x, w, None, 1, 2), _conv(large, w), msg="pad 2")


def test_stride_with_rest(solution, rng):
    x, w = rng.normal(size=(1, 2, 8, 6)), rng.normal(size=(2, 2, 3, 3))
    for stride in (2, 3, 4):
        close(solution.conv2d(x, w, None, stride), _conv(x, w, stride=stride), msg=f"stride {stride}")


def test_image_just_covered(solution, rng):
    x, w = rng.normal(size=(2, 3, 4, 3)), rng.normal(size=(2, 3, 4, 3))
    want = [[[[(x[i] * w[o]).sum()]] for o in range(2)] for i in range(2)]
    close(solution.conv2d(x, w), want, msg="kernel of the size of the image")
    close(solution.conv2d(x, w, None, 5), want, msg="the same with a large stride")
    tall = rng.normal(size=(2, 3, 6, 5))
    close(solution.conv2d(x, tall, None, 1, 1), _conv(x, tall, pad=1), msg="fits only with padding")


def test_kernel_too_large(solution, rng):
    x = rng.normal(size=(1, 1, 3, 5))
    raises(ValueError, solution.conv2d, x, rng.normal(size=(1, 1, 5, 2)))
    raises(ValueError, solution.conv2d, x, rng.normal(size=(1, 1, 2, 6)))
    raises(ValueError, solution.conv2d, x, rng.normal(size=(1, 1, 4, 2)), None, 2)
    raises(ValueError, solution.conv2d, x, rng.normal(size=(1, 1, 6, 2)), None, 3, 1)


def test_as_many_kernels_as_columns(solution, rng):
    x, w, b = rng.normal(size=(4, 1, 5, 5)), rng.normal(size=(4, 1, 2, 2)), rng.normal(size=4) * 10
    close(solution.conv2d(x, w, b), _conv(x, w, b), msg="4 images, 4 kernels, 4 by 4 places")


def test_senseless_arguments(solution, rng):
    x, w = rng.normal(size=(1, 2, 4, 4)), rng.normal(size=(3, 2, 2, 2))
    raises(ValueError, solution.conv2d, x, w[:, :1])
    raises(ValueError, solution.conv2d, x[:, :1], w)
    raises(ValueError, solution.conv2d, x, w, None, 0)
    raises(ValueError, solution.conv2d, x, w, None, -1)
    raises(ValueError, solution.conv2d, x, w, None, 1, -1)
    raises(ValueError, solution.conv2d, x, w, np.zeros(1))
    raises(ValueError, solution.conv2d, x, w, np.zeros(2))


def test_arguments_untouched(solution, rng):
    x, w, b = rng.normal(size=(2, 2, 5, 4)), rng.normal(size=(3, 2, 2, 2)), rng.normal(size=3)
    unchanged(solution.conv2d, x, w, b, 2, 1)


def test_eight_bit_pixels(solution, rng):
    x = rng.integers(200, 256, size=(1, 3, 4, 5)).astype(np.uint8)
    w = rng.integers(100, 128, size=(2, 3, 3, 3)).astype(np.int8)
    got = np.asarray(solution.conv2d(x, w))
    close(got, _conv(x.astype(float), w.astype(float)))
    equal(str(got.dtype), "float64", msg="type of the result")
    single = np.asarray(solution.conv2d(x.astype(np.float32), w.astype(np.float32)))
    equal(str(single.dtype), "float64", msg="type of the result for float32")


def test_everything_at_once(solution, rng):
    x, w, b = rng.normal(size=(3, 2, 7, 10)), rng.normal(size=(4, 2, 2, 3)), rng.normal(size=4)
    for stride, pad in ((2, 1), (3, 2), (4, 0), (2, 3)):
        got = solution.conv2d(x, w, b, stride=stride, pad=pad)
        close(got, _conv(x, w, b, stride, pad), msg=f"stride {stride}, pad {pad}")
