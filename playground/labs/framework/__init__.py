"""What a lab is made of, and its page."""
