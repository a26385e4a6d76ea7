"""The gate: nothing behind it sees a raw cell."""
