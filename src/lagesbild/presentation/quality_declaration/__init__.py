"""The kvalitetsdeklarationer: the quality of each product under the five headings of SCB-FS 2016:17, all computed."""
