"""Parts of scenes: each is a panel together with the channels it draws from."""

from playground.ui.parts.part import Part

__all__ = ["Part"]
