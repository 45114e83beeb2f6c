"""Parts of scenes: each is a panel together with the channels it draws from."""

from playground.panels.panel_with_channels import Part

__all__ = ["Part"]
