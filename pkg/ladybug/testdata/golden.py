"""Writes golden.json: walks, scales, forecasts and their errors by NumPy, for golden_test.go.

    python golden.py > golden.json

The 20,000 points of the course's path (Python's random.gauss after random.seed(16)), windows of 20,
the first 80 % of the points as the past, 200 roll-outs of 200 steps.
"""
import json
import random
import sys

import numpy as np

N, SIZE, STARTS, STEPS = 20000, 20, 200, 200
rnd = random.Random(16)
coefficients = [rnd.gauss(0, 1) for _ in range(16)]
A, B, K, L = (coefficients[i : i + 4] for i in (0, 4, 8, 12))


def at(t):
    x = A[0] * np.sin(t * (K[0] + 20)) + A[1] * np.cos(t * (K[1] + 10)) + A[2] * np.sin(t * (K[2] + 5)) + A[3] * np.cos(t * (K[3] + 5))
    y = B[0] * np.cos(t * (L[0] + 20)) + B[1] * np.sin(t * (L[1] + 10)) + B[2] * np.cos(t * (L[2] + 5)) + B[3] * np.sin(t * (L[3] + 5))
    return x, y


def leaf(on, beside, n):
    along, points = 0.0, np.empty((n, 2))
    for i in range(n):
        points[i] = at(along)
        for _ in range(20):
            along += 0.01 / 20 * (on if at(along)[0] < 0 else beside)
    return points


def windows(q):
    i = np.arange(len(q) - SIZE)[:, None] + np.arange(SIZE)
    return q[i], q[SIZE:]


def flat(x):
    return np.concatenate([x.reshape(len(x), -1), np.ones((len(x), 1))], 1)


def rollout(f, q):
    starts = np.linspace(0, len(q) - SIZE - STEPS, STARTS).astype(int)
    w = np.stack([q[i : i + SIZE] for i in starts])
    truth = np.stack([q[i + SIZE : i + SIZE + STEPS] for i in starts])
    errors = []
    for h in range(STEPS):
        o = f(w)
        errors.append(((o - truth[:, h]) ** 2).mean())
        w = np.concatenate([w[:, 1:], o[:, None]], 1)
    errors = np.array(errors)
    return {"starts": starts.tolist(), "up_to": [float(errors[:h].mean()) for h in (1, 5, 50, 200)]}


def case(points):
    past = points[: len(points) * 4 // 5]
    mean, deviation = past.mean(), past.std()
    z = (points - mean) / deviation
    q = z[len(past) :]
    x, y = windows(q)
    w = np.linalg.lstsq(flat(windows(z[: len(past)])[0]), windows(z[: len(past)])[1], rcond=None)[0]
    forecasts = {"copy": lambda x: x[:, -1], "extrapolate": lambda x: 2 * x[:, -1] - x[:, -2], "ar": lambda x: flat(x) @ w}
    return {
        "points": {str(i): points[i].tolist() for i in (0, 1, 2, 777, len(points) - 1)},
        "mean": float(mean), "deviation": float(deviation), "weights": w.tolist(),
        "forecasts": {k: {"one_step": float(((f(x) - y) ** 2).mean()), **rollout(f, q)} for k, f in forecasts.items()},
    }


course = np.stack(at(np.arange(N) * 0.01), 1)
i = np.arange(2 * N).reshape(N, 2)
noise = 0.05 * ((i * 7919 % 1000) / 1000 - 0.5)  # no random numbers, so that Go has the same
print(json.dumps({
    "made by": f"golden.py, python {sys.version.split()[0]}, numpy {np.__version__}",
    "coefficients": coefficients,
    "course": case(course), "noise": case(course + noise), "leaf": case(leaf(0.5, 1.5, N)),
}))
