"""What `python app.py` does around the app: database, sample, web server, models, and their end."""
