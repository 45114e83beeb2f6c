"""A run's history as CSV: one row for each frame, every number exact.

RFC 4180: a header, commas, lines that end in CR LF. Numbers are written so that reading them gives the same
bits.
"""

import csv
import io

from playground.training import History
from playground.training.history import PER_LAYER


def history_csv(history: History) -> str:
    """Columns: frame, epoch, update, learning_rate, the metrics, then each layer's numbers in turn.

    A layer's column is named after what it holds and the layer: gradient_norm_hidden_1, weight_norm_output.
    """
    numbers = ("learning_rate", *history.metrics)
    layers = history.values(PER_LAYER[0]).shape[1]
    names = [*(f"hidden_{k}" for k in range(1, layers)), "output"]
    columns = {"frame": range(len(history))}
    columns |= {name: history.values(name).astype(int).tolist() for name in ("epoch", "update")}
    columns |= {name: history.values(name).tolist() for name in numbers}
    for name in PER_LAYER:
        values = history.values(name).T.tolist()
        columns |= {
            f"{name.removesuffix('s')}_{layer}": row for layer, row in zip(names, values, strict=True)
        }
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return text.getvalue()
