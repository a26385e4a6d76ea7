"""What the website's interactive pages are made of: figures as JSON, charts as Vega-Lite, and their Swedish words."""
