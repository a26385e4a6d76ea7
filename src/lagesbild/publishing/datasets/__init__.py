"""The tables of the open data: what each holds, what its columns mean, and the files they become."""
