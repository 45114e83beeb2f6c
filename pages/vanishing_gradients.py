"""Lab: why deep networks did not learn, and what changed that."""

from playground.labs.framework.page import show_lab
from playground.labs.vanishing_gradients.lab import LAB

show_lab(LAB)
