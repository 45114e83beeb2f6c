"""Lab: one update of a small network, in numbers that can be followed by hand."""

from playground.labs.framework.page import show_lab
from playground.labs.one_step.lab import LAB

show_lab(LAB)
