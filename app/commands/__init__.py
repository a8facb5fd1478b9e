"""One module for each role of run.py, named as in the table of app.cli."""
