"""What one person's ratings say of their taste, beside everybody's."""
