"""The lab on optimizers."""
