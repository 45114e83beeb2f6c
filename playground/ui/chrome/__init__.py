"""The page around the player: shell, style, address, routes, and the player as a component."""
