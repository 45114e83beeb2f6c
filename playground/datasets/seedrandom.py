"""The random numbers behind TensorFlow Playground links: npm seedrandom 2.4 (David Bau), an ARC4 stream.

A link carries its seed as a string; the same string gives the same stream here, so a shared run can be
repeated number for number. It offers `random()` as np.random.Generator does: either drives tf_playground.py.
"""

_WIDTH = 256
_DISCARDED = 256
_FIRST_BYTES = 6
_SIGNIFICANCE = 2.0**52


class SeedRandom:
    """`SeedRandom("0.59704").random()` is the first `Math.random()` after `Math.seedrandom("0.59704")`."""

    def __init__(self, seed: str):
        if not isinstance(seed, str):
            raise TypeError(f"SeedRandom needs its seed as a string, not {seed!r}; write it in quotes.")
        self._state = _key_schedule(_mixed_key(seed))
        self._i = self._j = 0
        for _ in range(_DISCARDED):
            self._next_byte()

    def random(self) -> float:
        """A float in [0, 1) with 52 or more random bits, joined from bytes as the JavaScript library does."""
        n, d, x = 0.0, float(_WIDTH**_FIRST_BYTES), 0
        for _ in range(_FIRST_BYTES):
            n = n * _WIDTH + self._next_byte()
        while n < _SIGNIFICANCE:
            n, d, x = (n + x) * _WIDTH, d * _WIDTH, self._next_byte()
        while n >= 2 * _SIGNIFICANCE:
            n, d, x = n / 2, d / 2, x >> 1
        return (n + x) / d

    def _next_byte(self) -> int:
        state = self._state
        self._i = (self._i + 1) % _WIDTH
        self._j = (self._j + state[self._i]) % _WIDTH
        state[self._i], state[self._j] = state[self._j], state[self._i]
        return state[(state[self._i] + state[self._j]) % _WIDTH]


def _mixed_key(seed: str) -> list[int]:
    """Fold the UTF-16 code units of the seed into at most 256 bytes, as the library's `mixkey` does."""
    units = memoryview(seed.encode("utf-16-le", "surrogatepass")).cast("H")
    key: list[int] = []
    smear = 0
    for position, code in enumerate(units):
        slot = position % _WIDTH
        if slot == len(key):
            key.append(0)
        smear ^= key[slot] * 19
        key[slot] = (smear + code) % _WIDTH
    return key or [0]


def _key_schedule(key: list[int]) -> list[int]:
    state = list(range(_WIDTH))
    j = 0
    for i in range(_WIDTH):
        j = (j + key[i % len(key)] + state[i]) % _WIDTH
        state[i], state[j] = state[j], state[i]
    return state
