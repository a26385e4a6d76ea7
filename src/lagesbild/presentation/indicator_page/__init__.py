"""The website's page of one indicator: what it measures, its results and its definition."""
