"""Lab: how optimizers go down, on surfaces that can be seen and on networks."""

from playground.ui.labs.optimizers import LAB
from playground.ui.labs.page import show_lab

show_lab(LAB)
