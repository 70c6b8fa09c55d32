import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from rich.console import Console

from attire.errors import DataError
from attire.model import LOSSES
from attire.train import Schedule, Stage
from attire.train.curves import LOSS_NAMES, draw_curves, epoch_table, smooth
from attire.train.display import TrainingDisplay
from attire.train.history import HistoryRow, read_history


@pytest.fixture
def rows() -> list[HistoryRow]:
    def row(part: str, step: int, loss: float, **more: float) -> HistoryRow:
        stage = 1 if step <= 4 else 2
        values = {"loss": loss, "loss_mask": loss / 2, **more}
        layers = "heads" if stage == 1 else "all"
        return HistoryRow(
            part=part, step=step, epoch=stage, stage=stage, layers=layers, lr=0.1 / stage, values=values
        )

    train = [row("train", step, 10.0 - step) for step in range(1, 9)]
    return [*train[:4], row("val", 4, 6.5, score=0.25), *train[4:], row("val", 8, 2.5, score=0.5)]


def test_the_table_gives_means_by_epoch_in_80_columns(rows) -> None:
    out = io.StringIO()
    Console(file=out, width=80).print(epoch_table(rows))
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert ["1", "heads", "train", "7.5", "3.75"] in lines
    assert ["val", "6.5", "3.25", "0.25"] in lines
    assert ["2", "all", "train", "3.5", "1.75"] in lines


def test_the_picture_shows_the_curves_and_the_stages(rows, tmp_path) -> None:
    draw_curves(rows, tmp_path / "curves.png")
    pixels = np.asarray(Image.open(tmp_path / "curves.png").convert("RGB")).reshape(-1, 3)
    colors = {tuple(color) for color in np.unique(pixels, axis=0).tolist()}
    training, validation, shade = (0x1F, 0x4E, 0x8C), (0xD1, 0x49, 0x5B), (0xEE, 0xF2, 0xF6)
    assert {training, validation, shade} <= colors


def test_the_picture_has_room_for_every_loss(rows, tmp_path) -> None:
    full = [replace(row, values=dict.fromkeys(LOSS_NAMES, 1.0)) for row in rows]
    draw_curves(full, tmp_path / "curves.png")
    assert set(LOSS_NAMES) == {"loss", *LOSSES}
    with Image.open(tmp_path / "curves.png") as picture:
        assert picture.width > 1400


def test_smoothing_averages_what_came_before() -> None:
    assert smooth(np.array([4.0, 2.0, 0.0]), 3).tolist() == [4.0, 3.0, 2.0]
    assert smooth(np.zeros(0), 3).tolist() == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (None, "no such log"),
        ("a,b\n1,2\n", "no log"),
        ("part,step,epoch,stage,layers,lr\na,b,1,1,x,1\n", "no log"),
    ],
    ids=["missing", "another table", "no number"],
)
def test_what_is_no_log_is_said(text, part, tmp_path) -> None:
    path = tmp_path / "log.csv"
    if text is not None:
        path.write_text(text)
    with pytest.raises(DataError, match=part):
        read_history(path)


def test_a_row_cut_short_by_a_kill_is_left_out(tmp_path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("part,step,epoch,stage,layers,lr,loss\ntrain,1,1,1,all,0.1,2\ntrain,2,1,1")
    assert [row.step for row in read_history(path)] == [1]


class FakeTrainer:
    is_global_zero = True

    def __init__(self, step: int) -> None:
        self.global_step = step


@pytest.mark.parametrize("terminal", [True, False], ids=["in a terminal", "in a log file"])
def test_the_display_shows_every_loss_and_the_time_left(terminal) -> None:
    out = io.StringIO()
    schedule = Schedule(stages=(Stage(epochs=2, lr=0.1, layers="3+"),), steps_per_epoch=2)
    console = Console(file=out, force_terminal=terminal, width=120, _environ={"TERM": "xterm"})
    display = TrainingDisplay(schedule, console, quiet_s=0.0)
    display.on_train_start(FakeTrainer(0), None)
    display.on_train_batch_end(FakeTrainer(1), None, {"values": {"loss": 3.5, "loss_mask": 0.25}})
    display.teardown(FakeTrainer(1), None, "fit")
    shown = out.getvalue()
    assert "epoch 1/2, 3+" in shown
    assert "left" in shown
    assert "all losses, weighted 3.5 · mask 0.25" in shown
