"""Lab: one update of a small network, in numbers that can be followed by hand."""

from playground.ui.labs.one_step import LAB
from playground.ui.labs.page import show_lab

show_lab(LAB)
