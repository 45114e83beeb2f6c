"""The words on the page, in plain language."""

from playground.ui.glossary_page import show_glossary

show_glossary("glossary")
