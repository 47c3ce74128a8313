"""Which films to ask a visitor about."""
