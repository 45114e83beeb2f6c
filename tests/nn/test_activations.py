"""Activations: accuracy, behaviour far out, dtypes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from playground.nn import ACTIVATIONS
from playground.nn.erf import erf

FAR = np.concatenate([np.linspace(-1e3, 1e3, 2001), np.linspace(-8.0, 8.0, 1601), [0.0, -0.0, 1e-9, -1e-9]])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_no_warnings_and_finite_far_out(name):
    function = ACTIVATIONS[name]
    with np.errstate(all="raise"):
        y = function.value(FAR)
        d = function.derivative(FAR, y)
    assert np.isfinite(y).all()
    assert np.isfinite(d).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_and_shape_stay(name, dtype):
    function, z = ACTIVATIONS[name], np.linspace(-3.0, 3.0, 24).astype(dtype).reshape(2, 3, 4)
    y = function.value(z)
    d = function.derivative(z, y)
    assert (y.dtype, y.shape) == (d.dtype, d.shape) == (z.dtype, z.shape)
    assert not np.shares_memory(y, z)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_derivative_is_the_slope(name):
    function, h = ACTIVATIONS[name], 1e-5
    z = np.linspace(-6.0, 6.0, 1000)  # an even count: 0 and the corners at 1 and 3 are not among them
    slope = (function.value(z + h) - function.value(z - h)) / (2.0 * h)
    np.testing.assert_allclose(function.derivative(z, function.value(z)), slope, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_saturating_functions_flatten_on_both_sides(name):
    function, z = ACTIVATIONS[name], np.array([-1e3, 1e3])
    flat = (np.abs(function.derivative(z, function.value(z))) < 1e-5).all()
    assert function.saturates == flat


def test_the_functions_are_described():
    for function in ACTIVATIONS.values():
        assert function.label
        assert function.source


@given(arrays(np.float64, (3, 4), elements=st.floats(-1e3, 1e3)))
def test_known_relations(z):
    value = {name: function.value(z) for name, function in ACTIVATIONS.items()}
    np.testing.assert_array_equal(value["linear"], z)
    np.testing.assert_allclose(value["sigmoid"], 0.5 * (1.0 + np.tanh(0.5 * z)))
    np.testing.assert_allclose(value["silu"], z * value["sigmoid"], atol=1e-12)
    np.testing.assert_allclose(value["softplus"] - ACTIVATIONS["softplus"].value(-z), z, atol=1e-12)
    np.testing.assert_allclose(value["gelu"] - ACTIVATIONS["gelu"].value(-z), z, atol=1e-12)
    assert (value["relu"] <= value["softplus"]).all()
    assert (np.abs(value["softsign"]) < 1.0).all()


def test_corners_have_pytorchs_derivative():
    for name, at, expected in [
        ("relu", 0.0, 0.0),
        ("leaky_relu", 0.0, 0.01),
        ("hard_tanh", 1.0, 0.0),
        ("hard_sigmoid", 3.0, 0.0),
        ("elu", 0.0, 1.0),
    ]:
        z = np.array([at])
        assert ACTIVATIONS[name].derivative(z, ACTIVATIONS[name].value(z))[0] == expected


def test_erf_and_gelu_match_the_standard_library():
    z = np.concatenate([np.linspace(-40.0, 40.0, 20001), np.linspace(-0.5, 0.5, 5001), [1e-300, 0.0]])
    np.testing.assert_allclose(erf(z), [math.erf(v) for v in z], rtol=0.0, atol=1e-15)
    phi = np.array([0.5 * math.erfc(-v * math.sqrt(0.5)) for v in z])
    y = ACTIVATIONS["gelu"].value(z)
    np.testing.assert_allclose(y, z * phi, rtol=0.0, atol=1e-12)
    peak = np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    np.testing.assert_allclose(ACTIVATIONS["gelu"].derivative(z, y), phi + z * peak, rtol=0.0, atol=1e-12)
