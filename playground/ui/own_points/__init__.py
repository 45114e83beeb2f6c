"""Points of the visitor's own: drawn, pasted, or loaded."""
