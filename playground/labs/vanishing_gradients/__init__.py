"""The lab on vanishing gradients."""
