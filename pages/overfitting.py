"""Lab: how a network learns its points by heart, and what keeps it from that."""

from playground.ui.labs.overfitting import LAB
from playground.ui.labs.page import show_lab

show_lab(LAB)
