"""Regularization: what acts on flat vectors around an optimizer's step.

params, grads: (N,). mask: (N,) bool, the entries it touches (Network.decay_mask: weights, not biases).
Penalties are part of the gradient (add_*), decay and max-norm act on the parameters after a step, clipping
before it.
"""

from collections.abc import Iterable
from math import sqrt

import numpy as np

from playground.arrays import Array, Mask
from playground.nn.layer import WeightLayer


def add_l2(params: Array, grads: Array, *, rate: float, mask: Mask) -> None:
    """grads += rate * w, of the penalty rate / 2 * sum of w^2 (Hoerl and Kennard 1970, ridge)."""
    grads += rate * params * mask


def add_l1(params: Array, grads: Array, *, rate: float, mask: Mask) -> None:
    """grads += rate * sign(w), of the penalty rate * sum of |w|; 0 at w = 0 (Tibshirani 1996, lasso).

    A subgradient step: it carries a small weight past 0 and back rather than to 0, as a proximal step would
    (Duchi and Singer 2009).
    """
    grads += rate * np.sign(params) * mask


def decay_weights(params: Array, *, amount: float, mask: Mask) -> None:
    """w -= amount * w, decoupled weight decay with amount = lr * weight_decay (Loshchilov, Hutter 2019)."""
    params -= amount * params * mask


def clip_by_norm(grads: Array, limit: float) -> float:
    """Scale grads in place to an L2 norm of at most limit; return the norm before (Pascanu et al. 2013)."""
    norm = sqrt(np.vdot(grads, grads))
    if norm > limit:
        grads *= limit / norm
    return norm


def clip_by_value(grads: Array, limit: float) -> None:
    """Bring every entry of grads into [-limit, limit] in place."""
    np.clip(grads, -limit, limit, out=grads)


def max_norm(weight_layers: Iterable[WeightLayer], limit: float) -> None:
    """Shrink in place each unit's incoming weights to an L2 norm of at most limit (Srivastava 2014)."""
    for layer in weight_layers:
        columns = layer.W.reshape(-1, layer.W.shape[-1])
        norms = np.sqrt((columns * columns).sum(axis=0))
        columns *= limit / np.maximum(norms, limit)


def tf_playground_penalty(
    params: Array,
    previous: Array,
    *,
    lr: float,
    rate: float,
    kind: str,
    mask: Mask,
    dead: Mask,
) -> None:
    """TensorFlow Playground's penalty (Smilkov et al. 2017), after a plain step took `previous` to `params`.

    w -= lr * rate * R'(previous) with R' = w for kind "l2" and sign(w) for "l1". A weight that an L1 step
    carries across zero becomes 0 and is dead for good: dead: (N,) bool is updated in place, and dead weights
    are held at 0.
    """
    if kind == "l2":
        params -= lr * rate * previous * mask
        return
    if kind != "l1":
        raise ValueError(f"The penalty {kind!r} is unknown; choose l1 or l2.")
    shrunk = params - lr * rate * np.sign(previous) * mask
    dead |= (params * shrunk < 0.0) & mask
    shrunk[dead] = 0.0
    params[:] = shrunk
