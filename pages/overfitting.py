"""Lab: how a network learns its points by heart, and what keeps it from that."""

from playground.labs.framework.page import show_lab
from playground.labs.overfitting.lab import LAB

show_lab(LAB)
