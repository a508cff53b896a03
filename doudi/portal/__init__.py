"""智慧三码: know, apply, track, for residents on cheap phones."""
