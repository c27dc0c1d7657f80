"""The pages: HTML routes and the view models their templates read."""
