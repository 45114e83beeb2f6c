"""The words on the page, in plain language."""

from playground.ui.glossary.page import show_glossary

show_glossary("glossary")
