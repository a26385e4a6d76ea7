"""Pure functions: aggregates, comparisons, colours and trends."""
