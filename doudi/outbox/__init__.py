"""Events in flight, and what runs by the clock: nothing lost, nothing done twice."""
