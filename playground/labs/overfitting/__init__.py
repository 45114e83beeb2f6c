"""The lab on overfitting."""
