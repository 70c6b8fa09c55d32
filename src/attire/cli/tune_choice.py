"""``attire tune select``: search for values of post-processing on stored readings."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from attire.cli.tune_output import show_search, write_search
from attire.errors import DataError, RecipeError

if TYPE_CHECKING:
    from rich.table import Table

    from attire.dataset import Dataset
    from attire.tune.choosing import Aim, Honesty
    from attire.tune.readings import Origin, Readings

__all__ = ["SELECT", "tune_choice"]

SELECT = "select"
"""What stands in place of a recipe."""
_MEASURES: "dict[Aim, str]" = {
    "categories": "score of 2019 by category, per image",
    "score2019": "score of 2019, per image",
}


def tune_choice(
    data: Path,
    out_dir: Path,
    *,
    model: Path | None,
    aim: str | None,
    trials: int,
    storage: str | None,
    study: str | None,
    tta: bool,
    resamples: int,
    batch: int | None,
    device: str | None,
    seed: int,
    skip_bad_rows: bool,
    as_json: bool,
) -> None:
    """Read photos once, search, judge what is found on photos it was not chosen by, and write it down."""
    from attire.atomic import write_text
    from attire.dataset import open_dataset
    from attire.evaluate import Bootstrap
    from attire.evaluate.report import to_json
    from attire.model.header import read_header
    from attire.predict import DEFAULT_SCORE, ChoiceValues, choose_model
    from attire.tune.choosing import choose_values, cross_fit, values_of
    from attire.tune.readings import Origin, file_hash
    from attire.tune.results import best_row, importances, rows_of
    from attire.tune.sheet import Sheets
    from attire.tune.study import check_same_search, open_study

    wanted = _parse_aim(aim or "categories")
    dataset = open_dataset(data, skip_bad_rows=skip_bad_rows)
    if dataset.layout.kind == "photos":
        raise DataError(f"{data}: holds photos without annotations, so nothing says which values are better.")
    path = choose_model(model, device=device)
    origin = Origin(data=dataset.fingerprint, model=file_hash(path), tta=tta)
    readings = _readings(out_dir, dataset, origin, path, batch=batch, device=device)
    opened = open_study(out_dir, study or SELECT, storage=storage, seed=(seed,), prune=False)
    check_same_search(opened, {**asdict(origin), "measure": _MEASURES[wanted]})
    sheets = Sheets(dataset.records, readings)
    start = ChoiceValues(least_score=read_header(path).least_score or DEFAULT_SCORE)
    choose_values(opened, sheets, wanted, trials, start)
    rows = rows_of(opened)
    best = best_row(rows)
    assert best is not None
    found = values_of(dict(best.values), start)
    honesty = cross_fit(
        sheets, wanted, trials, start, found, bootstrap=Bootstrap(resamples=resamples, seed=seed), seed=seed
    )
    split = dataset.layout.root.resolve().name
    more = {
        "about": f"{len(dataset)} photos of {split}, fingerprint {dataset.fingerprint[:12]}"
        f"{', several views of each' * tta}",
        "values": asdict(found),
        "before": asdict(start),
        "said": {"before": sheets.said(start), "best": sheets.said(found)},
        "honesty": to_json(honesty),
    }
    kept = {"measure": _MEASURES[wanted], "model_sha256": origin.model, **more}
    write_text(out_dir / "best.json", json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    shares = importances(opened)
    files = write_search(out_dir, rows, shares, _MEASURES[wanted])
    first = [_table(honesty, sheets.said(start), sheets.said(found), _MEASURES[wanted])]
    show_search(rows, shares, _MEASURES[wanted], files, as_json=as_json, more=more, first=first)


def _parse_aim(text: str) -> "Aim":
    for known in _MEASURES:
        if text == known:
            return known
    raise RecipeError(
        f"There is no figure {text!r} to search for with {SELECT}. There are: {', '.join(_MEASURES)}. "
        "Average precision ranks for itself, so that no choice helps it."
    )


def _readings(
    out_dir: Path, dataset: "Dataset", origin: "Origin", model: Path, *, batch: int | None, device: str | None
) -> "Readings":
    """Take the readings from the folder, or read the photos and leave them there."""
    from attire.predict import Predictor
    from attire.tune.readings import load_readings, read_raw, save_readings

    path = out_dir / "readings.safetensors"
    if not path.exists():
        predictor = Predictor.load(model, device=device, calibrated=False, tta=origin.tta)
        save_readings(path, read_raw(dataset, predictor, batch_size=batch), origin)
    return load_readings(path, origin)


def _table(honesty: "Honesty", said_before: int, said_best: int, measure: str) -> "Table":
    from attire.evaluate.tables import interval, plain_table

    table = plain_table(f"{measure[0].upper()}{measure[1:]}", "figure", "said")
    table.add_row("the model's own values", interval(honesty.before), f"{said_before:,}")
    table.add_row("best on the photos it was chosen by: optimistic", interval(honesty.best), f"{said_best:,}")
    table.add_row("searched on other photos: what to expect", interval(honesty.cross_fitted), "")
    table.add_row("how much more than the model's own", interval(honesty.gain), "")
    return table
