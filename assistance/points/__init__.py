"""Points of the charity shop 爱心超市: earned by what people do, spent on goods (AH 5.6)."""
