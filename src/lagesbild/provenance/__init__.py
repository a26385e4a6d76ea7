"""What was made from what."""
