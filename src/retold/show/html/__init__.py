"""The parts of a telling in HTML, shared by the page and the notebook.

Every part is made with `markup.el`, which escapes whatever is not made by itself, so that text
from outside cannot become an element, an attribute or an address.
"""
