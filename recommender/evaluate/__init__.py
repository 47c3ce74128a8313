"""How well models recommend and predict, measured on people and ratings they have not seen."""
