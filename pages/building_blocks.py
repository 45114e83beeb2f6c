"""Lab: what networks are made of, one block at a time."""

from playground.labs.building_blocks.lab import LAB
from playground.labs.framework.page import show_lab

show_lab(LAB)
