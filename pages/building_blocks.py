"""Lab: what networks are made of, one block at a time."""

from playground.ui.labs.building_blocks import LAB
from playground.ui.labs.page import show_lab

show_lab(LAB)
