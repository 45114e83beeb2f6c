"""Parts of scenes: each is a panel together with the channels it draws from."""

from playground.panels.panel_with_channels import PanelWithChannels

__all__ = ["PanelWithChannels"]
