"""Lab: why deep networks did not learn, and what changed that."""

from playground.ui.labs.page import show_lab
from playground.ui.labs.vanishing_gradients import LAB

show_lab(LAB)
