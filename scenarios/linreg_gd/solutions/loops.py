class LinReg:
    def __init__(self, lr=0.1, n_iter=1000):
        self.lr = lr
        self.n_iter = n_iter
        self.weights = []
        self.fitted = False

    def prepared(self, row):
        return [
            (float(value) - mean) / spread if spread > 0 else 0.0
            for value, mean, spread in zip(row, self.means, self.spreads)
        ]

    def output(self, row):
        return self.bias + sum(weight * value for weight, value in zip(self.weights, row))

    def fit(self, X, y):
        targets = [float(value[0]) if hasattr(value, "__len__") else float(value) for value in y]
        n = len(targets)
        self.means, self.spreads = [], []
        for column in zip(*X):
            mean = sum(map(float, column)) / n
            flat = min(column) == max(column)
            variance = sum((float(value) - mean) ** 2 for value in column) / n
            self.means.append(mean)
            self.spreads.append(0.0 if flat else variance**0.5)
        rows = [self.prepared(row) for row in X]
        self.weights = [0.0] * len(self.means)
        self.bias = 0.0
        last = None
        for _ in range(self.n_iter):
            errors = [self.output(row) - target for row, target in zip(rows, targets)]
            for j in range(len(self.weights)):
                slope = sum(error * row[j] for error, row in zip(errors, rows)) / n
                self.weights[j] -= self.lr * slope
            self.bias -= self.lr * sum(errors) / n
            loss = sum(error * error for error in errors) / n
            if last is not None and abs(last - loss) < 1e-8:
                break
            last = loss
        self.fitted = True

    def predict(self, X):
        if not self.fitted:
            raise RuntimeError("not fitted yet")
        return [self.output(self.prepared(row)) for row in X]
