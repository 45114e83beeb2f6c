"""The error function for arrays: NumPy has none.

Source: W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), with
the coefficients of his Fortran routine CALERF. Cody's third range (|x| > 4) is left out: there the second
form is off by less than 1e-17 in absolute terms, and absolute error is what a GELU sees. Absolute error below
1e-15 throughout.
"""

import numpy as np

from playground.arrays import Array

_SMALL = 0.46875
_LARGE = 26.0  # exp(-26^2) is still an ordinary double; erf is 1 to the last bit long before

_SMALL_TOP = (
    1.85777706184603153e-1,
    3.16112374387056560e00,
    1.13864154151050156e02,
    3.77485237685302021e02,
    3.20937758913846947e03,
)
_SMALL_BOTTOM = (
    1.0,
    2.36012909523441209e01,
    2.44024637934444173e02,
    1.28261652607737228e03,
    2.84423683343917062e03,
)
_LARGE_TOP = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e00,
    6.61191906371416295e01,
    2.98635138197400131e02,
    8.81952221241769090e02,
    1.71204761263407058e03,
    2.05107837782607147e03,
    1.23033935479799725e03,
)
_LARGE_BOTTOM = (
    1.0,
    1.57449261107098347e01,
    1.17693950891312499e02,
    5.37181101862009858e02,
    1.62138957456669019e03,
    3.29079923573345963e03,
    4.36261909014324716e03,
    3.43936767414372164e03,
    1.23033935480374942e03,
)


def _polynomial(coefficients: tuple[float, ...], x: Array) -> Array:
    """Horner's rule, highest power first."""
    total = coefficients[0] * x
    for coefficient in coefficients[1:-1]:
        total += coefficient
        total *= x
    total += coefficients[-1]
    return total


def erf(x: Array) -> Array:
    """erf(x) entry by entry, in the shape and dtype of x."""
    distance = np.abs(x)
    near = np.minimum(distance, _SMALL)
    square = near * near
    small = near * _polynomial(_SMALL_TOP, square) / _polynomial(_SMALL_BOTTOM, square)
    far = np.minimum(distance, _LARGE)
    large = 1.0 - np.exp(-far * far) * _polynomial(_LARGE_TOP, far) / _polynomial(_LARGE_BOTTOM, far)
    return np.copysign(np.where(distance <= _SMALL, small, large), x)
