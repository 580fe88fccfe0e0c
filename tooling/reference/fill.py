"""The deterministic fill: the same value in any language, from a tensor's name and a row-major index."""

import math

import numpy as np

MASK = np.uint64(0xFFFFFFFF)


def fnv1a(name: str) -> int:
    """32-bit FNV-1a over the UTF-8 bytes of a name.

    >>> fnv1a("input/224x224")
    2584073004
    """
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def fmix32(x: np.ndarray) -> np.ndarray:
    """The finaliser of MurmurHash3 in 32-bit arithmetic, on uint64 so that no product is cut early."""
    x = x ^ (x >> np.uint64(16))
    x = (x * np.uint64(0x85EBCA6B)) & MASK
    x = x ^ (x >> np.uint64(13))
    x = (x * np.uint64(0xC2B2AE35)) & MASK
    return x ^ (x >> np.uint64(16))


def uniform(name: str, shape) -> np.ndarray:
    """float64 values in [-1, 1) of a row-major array: fmix32(fnv1a(name) + i * 0x9E3779B9) / 2^31 - 1.

    >>> uniform("input/224x224", (4,)).tolist()
    [-0.6042645112611353, -0.34852135134860873, -0.878903076518327, 0.9516033148393035]
    """
    index = np.arange(math.prod(shape), dtype=np.uint64)
    seed = (np.uint64(fnv1a(name)) + index * np.uint64(0x9E3779B9)) & MASK
    return (fmix32(seed).astype(np.float64) / 2**31 - 1).reshape(shape)


def single(values: np.ndarray) -> np.ndarray:
    """Rounded to float32, as a checkpoint would hold it, and widened again for float64 arithmetic."""
    return np.asarray(values, dtype=np.float64).astype(np.float32).astype(np.float64)


def weight(name: str, shape, fan_in: int) -> np.ndarray:
    """A convolution or dense weight of unit gain: u * sqrt(3 / fanIn)."""
    return single(uniform(name, shape) * math.sqrt(3 / fan_in))


def bias(name: str, shape) -> np.ndarray:
    """A bias of a squeeze-and-excitation convolution, a router or a classifier."""
    return single(0.1 * uniform(name, shape))


def gamma(name: str, shape) -> np.ndarray:
    """A batch norm's weight."""
    return single(1 + 0.25 * uniform(name, shape))


beta = bias


def moving_mean(name: str, shape, scale: float) -> np.ndarray:
    """A batch norm's running mean, in proportion to the spread of what enters it."""
    return single(0.1 * uniform(name, shape) * math.sqrt(scale))


def moving_variance(name: str, shape, scale: float) -> np.ndarray:
    """A batch norm's running variance, around the variance of what enters it."""
    return single(scale * (1 + 0.25 * uniform(name, shape)))


def image(shape) -> np.ndarray:
    """The input batch `input/HxW`, NHWC, in [-1, 1)."""
    return single(uniform(f"input/{shape[1]}x{shape[2]}", shape))
