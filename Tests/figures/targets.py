class Targets:
    def __init__(self, entries): pass
    def lines(self, code, until): return []
