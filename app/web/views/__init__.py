"""View models: pure functions from an analysis or a snapshot to what one template shows."""
