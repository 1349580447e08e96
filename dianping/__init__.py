"""Leader review (领导点评) in Party organisations, and the closed loop around it."""
