import math


def missing(value):
    if value is None:
        return True
    if isinstance(value, float) and math.isnan(value):
        return True
    return isinstance(value, str) and value.strip() == ""


class Imputer:
    def fit(self, cols):
        plan = []
        for name in cols:
            known = []
            holes = 0
            numeric = True
            for value in cols[name]:
                if missing(value):
                    holes += 1
                    continue
                known.append(value)
                if type(value) is not int and type(value) is not float:
                    numeric = False
            if not numeric:
                fill = "missing"
            elif len(known) == 0:
                fill = 0
            else:
                known.sort()
                half = len(known) // 2
                fill = known[half]
                if len(known) % 2 == 0:
                    fill = (known[half - 1] + known[half]) / 2
            plan.append((name, fill, holes > 0))
        self.plan = plan
        return self

    def transform(self, cols):
        if not hasattr(self, "plan"):
            raise RuntimeError("transform before fit")
        out = {}
        for name, fill, _ in self.plan:
            if name not in cols:
                raise ValueError("no column " + name)
            out[name] = []
            for value in cols[name]:
                out[name].append(fill if missing(value) else value)
        for name, _, has_indicator in self.plan:
            if has_indicator:
                out[name + "_missing"] = [1 if missing(value) else 0 for value in cols[name]]
        return out
