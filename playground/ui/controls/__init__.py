"""Widgets for settings, and how settings differ in words."""
