"""The browser chat without its browser: what the page shows and what its buttons do, as plain functions."""
