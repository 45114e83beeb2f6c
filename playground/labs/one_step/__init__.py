"""The lab on one step by hand."""
