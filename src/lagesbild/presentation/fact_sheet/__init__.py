"""The faktablad of an area: two pages on the nation's results, and what to be careful with."""
