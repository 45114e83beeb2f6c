"""The lab on building blocks, a module for each of its topics."""
