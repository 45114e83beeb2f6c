"""A visual playground for neural networks in the browser."""
