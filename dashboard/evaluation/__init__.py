"""How good the models are, as the Models page shows it."""
