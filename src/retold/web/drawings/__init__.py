"""What is drawn on pages: SVG, made with `retold.show.html.markup`, from plain views."""
