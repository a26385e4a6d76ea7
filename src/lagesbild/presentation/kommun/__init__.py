"""The text of a kommun's report: what it says, in which order, from the kommun's underlag."""
