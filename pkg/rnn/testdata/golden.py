"""Writes golden.json: what Keras' recurrent layers give and the gradients of it, for golden_test.go.

    KERAS_BACKEND=tensorflow python golden.py > golden.json

Each case has an input, a mask, weights drawn with the seed, the outputs (the last, all, the states), and
the gradients of sum(last*a) + sum(all*b) + sum(states*c) with respect to the input, the initial states
and the weights, in Keras' order of weights.
"""
import json
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np
import tensorflow as tf

L, SEED = keras.layers, 5
rng = np.random.default_rng(SEED)
batch, time, features, units = 4, 7, 3, 5


def draw(*dims):
    return (rng.standard_normal(dims) * 0.7).astype("float32")


def numbers(x):
    return np.round(np.asarray(x, dtype="float64"), 8).ravel().tolist()


def case(name, make, states, masked, reverse):
    layer = make(return_sequences=True, return_state=True, go_backwards=reverse)
    layer.build((batch, time, features))
    layer.set_weights([draw(*w.shape) for w in layer.weights])
    x = tf.constant(draw(batch, time, features))
    mask = np.ones((batch, time), bool)
    if masked:
        mask = np.array([[1] * 7, [0, 0, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0, 0], [1, 0, 1, 1, 0, 1, 0]], bool)
    # Before the first real step Keras' output is zero, where ours is the initial state: that is zero too
    # where there are masks, and its gradient leaves those outputs out.
    initial = [tf.zeros((batch, units)) if masked else tf.constant(draw(batch, units)) for _ in range(states)]
    order = mask[:, ::-1] if reverse else mask
    begun = np.maximum.accumulate(order, axis=1)
    begun = begun[:, ::-1] if reverse else begun
    weights = [w.value for w in layer.weights]
    with tf.GradientTape() as tape:
        for v in [x, *initial]:
            tape.watch(v)
        out = layer(x, initial_state=initial, mask=tf.constant(mask))
        all_, last = out[0], out[1:]
        if reverse:
            all_ = tf.reverse(all_, [1])
        a = [draw(*v.shape) for v in [all_, *last]]
        a[0] *= begun[:, :, None]
        total = sum(tf.reduce_sum(v * w) for v, w in zip([all_, *last], a))
    grads = tape.gradient(total, [x, *initial, *weights])
    return {
        "name": name, "masked": masked, "reversed": reverse,
        "x": numbers(x), "mask": mask.astype(int).ravel().tolist(),
        "initial": [numbers(v) for v in initial], "weights": [numbers(w) for w in layer.get_weights()],
        "factors": [numbers(v) for v in a], "outputs": [numbers(v) for v in [all_, *last]],
        "gradients": [numbers(tf.convert_to_tensor(v)) for v in grads],
    }


cases = []
for masked in (False, True):
    for reverse in (False, True):
        cases += [
            case("simple", lambda **k: L.SimpleRNN(units, **k), 1, masked, reverse),
            case("relu", lambda **k: L.SimpleRNN(units, activation="relu", **k), 1, masked, reverse),
            case("linear", lambda **k: L.SimpleRNN(units, activation="linear", **k), 1, masked, reverse),
            case("gru", lambda **k: L.GRU(units, **k), 1, masked, reverse),
            case("gru before", lambda **k: L.GRU(units, reset_after=False, **k), 1, masked, reverse),
            case("lstm", lambda **k: L.LSTM(units, **k), 2, masked, reverse),
        ]
for masked in (False, True):
    for reverse in (False, True):
        cases.append(case("gru relu", lambda **k: L.GRU(units, activation="relu", **k), 1, masked, reverse))
print(json.dumps({
    "made by": f"golden.py, seed {SEED}, keras {keras.__version__}, tensorflow {tf.__version__}, numpy {np.__version__}",
    "batch": batch, "time": time, "features": features, "units": units, "cases": cases,
}))
