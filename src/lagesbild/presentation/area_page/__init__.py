"""The website's page of one area: its purpose, the year in brief, its indicators, quality and downloads."""
