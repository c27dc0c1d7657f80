"""Handlers: load, build the view model, render. One router a family of pages."""
