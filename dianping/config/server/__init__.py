"""The server: waitress, with limits, patience and lanes of our own, in several processes. Decision 0044."""
