"""What differs between two versions of a published file, told by the file's kind: a cell, a line, a pixel, a byte."""
