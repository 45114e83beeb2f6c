"""Names for arrays in type hints: what an array holds. Its shape stands in the docstring.

    def forward(self, x: Array) -> Array: ...

A plain `np.ndarray` may hold anything, and the type checker then checks nothing that is computed from it.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]
"""Numbers: of float64, or of the dtype that a network was asked for."""
Integers = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]
"""Which entries: True or False for each."""
