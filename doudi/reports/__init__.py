"""月报: the month of a town, county or city in numbers; reads everybody, writes nothing."""
