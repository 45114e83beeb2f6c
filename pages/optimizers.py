"""Lab: how optimizers go down, on surfaces that can be seen and on networks."""

from playground.labs.framework.page import show_lab
from playground.labs.optimizers.lab import LAB

show_lab(LAB)
