"""The guide for whoever audits a release: what can be checked in an hour and in a day."""
