"""Terms in plain language, and the page that lists them."""
