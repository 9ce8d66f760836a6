"""A day of eighty sources: invented publishers on a server of this machine, who publish, edit, withdraw, move and fail at
their times, watched on a clock of our own. `python -m tests.day FOLDER` lives it into a folder that a service can show.
"""
