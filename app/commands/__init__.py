"""Commands of the command line, one module each: ``add_to(typer)`` registers what a module has."""
