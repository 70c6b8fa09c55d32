"""``attire tune``: search for values by trial, of a recipe or of post-processing."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from attire.cli.options import (
    Accelerator,
    On,
    RayAddress,
    Report,
    SkipBadRows,
    Validation,
    Weights,
    is_on_ray,
)
from attire.cli.train import plain_warnings, resolve_recipe
from attire.cli.tune_choice import SELECT, tune_choice
from attire.cli.tune_output import show_search, write_search
from attire.errors import RecipeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from attire.tune.results import Row
    from attire.tune.searching import Plan

__all__ = ["tune"]


def tune(
    recipe: Annotated[
        str,
        typer.Argument(
            help="Recipe to search around, by name or file; or select: values of post-processing.",
            show_default=False,
        ),
    ],
    data: Annotated[
        Path,
        typer.Argument(help="Annotated photos to learn from; with select, to judge by.", show_default=False),
    ],
    out_dir: Annotated[
        Path,
        typer.Option(
            "--out", "-o", help="Folder of the search: trials, best.json, picture.", show_default=False
        ),
    ],
    trials: Annotated[
        int | None,
        typer.Option(min=1, help="Trials in all, earlier commands included; 20, or 200 with select."),
    ] = None,
    val: Validation = None,
    also: Annotated[
        list[Path] | None,
        typer.Option(help="Further data to learn from, as for train; may be repeated.", show_default=False),
    ] = None,
    search: Annotated[
        Path | None,
        typer.Option(help="JSON list of what may change; by default what usually pays.", show_default=False),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(help="What to be best at: ap50, categories, score2019.", show_default=False),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Trials side by side on this machine, or on the cluster, there as many as it has room for.",
            show_default="1",
        ),
    ] = None,
    on: On = None,
    ray_address: RayAddress = None,
    trial_cpus: Annotated[
        int | None,
        typer.Option(min=1, help="With --on ray: processors of each trial.", show_default="1"),
    ] = None,
    storage: Annotated[
        str | None,
        typer.Option(help="Database for the study, sqlite:///… or postgresql://…; else a journal in DIR."),
    ] = None,
    study: Annotated[
        str | None, typer.Option(help="Name of the study in the storage; by default the recipe's name.")
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune/--no-prune", help="Give trials up that fall behind the median.")
    ] = True,
    weights: Weights = None,
    epochs: Annotated[
        int | None, typer.Option(min=1, help="Epochs of each trial in all.", show_default=False)
    ] = None,
    photos: Annotated[
        int | None, typer.Option(min=1, help="Photos that each trial learns from.", show_default=False)
    ] = None,
    limit_steps: Annotated[
        int | None, typer.Option(min=1, help="Stop each trial after so many updates.", show_default=False)
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="KEY=VALUE", help="Any other field of the recipe, fixed.", show_default=False
        ),
    ] = None,
    report: Report = None,
    skip_bad_rows: SkipBadRows = False,
    accelerator: Accelerator = "auto",
    model: Annotated[
        Path | None,
        typer.Option(help="With select: what attire train wrote; by default the model in the box."),
    ] = None,
    tta: Annotated[bool, typer.Option("--tta", help="With select: as for predict.")] = False,
    resamples: Annotated[
        int, typer.Option(min=0, help="With select: bootstrap draws behind each interval.")
    ] = 1000,
    batch: Annotated[
        int | None, typer.Option(min=1, help="With select: photos read at once.", show_default=False)
    ] = None,
    device: Annotated[
        str | None, typer.Option(help="With select: cpu, cuda, cuda:1 …; by default the best.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of what is drawn.")] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object in place of tables.")
    ] = False,
) -> None:
    """Search for better values by trial; the same command goes on with a search that was stopped."""
    from attire.extras import require

    choosing, on_ray = recipe == SELECT, is_on_ray(on, ray_address)
    for module in ("optuna", "safetensors") if choosing else ("torch", "lightning", "optuna"):
        require(module, "tune" if choosing else "train")
    for_recipes = {
        "--val": val,
        "--also": also,
        "--search": search,
        "--workers": (workers or 1) > 1,
        "--on": on,
        "--no-prune": not prune,
        "--weights": weights,
        "--epochs": epochs,
        "--photos": photos,
        "--limit-steps": limit_steps,
        "--set": changes,
        "--report": report,
    }
    if choosing:
        _refuse(for_recipes, "goes with a recipe; here nothing is trained")
        tune_choice(
            data,
            out_dir,
            model=model,
            aim=measure,
            trials=trials or 200,
            storage=storage,
            study=study,
            tta=tta,
            resamples=resamples,
            batch=batch,
            device=device,
            seed=seed,
            skip_bad_rows=skip_bad_rows,
            as_json=as_json,
        )
        return
    _refuse(
        {"--model": model, "--tta": tta, "--device": device}, f"goes with {SELECT}; trials train their own"
    )
    if not on_ray:
        _refuse({"--trial-cpus": trial_cpus}, "goes with --on ray")
    from attire.tune.measure import parse_measure
    from attire.tune.searching import Plan
    from attire.tune.space import default_space, read_space

    resolved = resolve_recipe(
        recipe, changes or (), weights=weights, epochs=epochs, photos=photos, limit_steps=limit_steps
    )
    plan = Plan(
        recipe=resolved,
        space=default_space(resolved) if search is None else read_space(search),
        data=data,
        out_dir=out_dir,
        trials=trials or 20,
        validation=val,
        also=tuple(also or ()),
        report=report,
        kind=parse_measure(measure or "ap50"),
        storage=storage,
        study=study or "",
        prune=prune,
        seed=seed,
        skip_bad=skip_bad_rows,
        accelerator=accelerator,
    )
    try:
        with plain_warnings():
            rows = _search(plan, workers, on_ray=on_ray, address=ray_address, cpus=trial_cpus or 1)
    except KeyboardInterrupt:
        Console(stderr=True).print("The same command goes on from here.")
        raise
    _write_recipe(plan, rows)
    _report(plan, rows, as_json=as_json)


def _search(
    plan: "Plan", workers: int | None, *, on_ray: bool, address: str | None, cpus: int
) -> "Sequence[Row]":
    """Search alone, with several processes or on a cluster."""
    if on_ray:
        from attire.scale.tuning import search_on_ray

        return search_on_ray(plan, address=address, workers=workers, cpus=cpus)
    if (workers or 1) > 1:
        from attire.tune.side_by_side import search_side_by_side

        return search_side_by_side(plan, workers or 1)
    from attire.tune.searching import search

    return search(plan)


def _refuse(given: "Mapping[str, Any]", why: str) -> None:
    """Refuse options that this kind of search does not look at."""
    for name, value in given.items():
        if value:
            raise RecipeError(f"{name} {why}. Leave it out.")


def _write_recipe(plan: "Plan", rows: "Sequence[Row]") -> None:
    """Write the best trial's recipe as a file that ``attire train`` takes."""
    from attire.atomic import write_text
    from attire.tune.measure import MEASURES
    from attire.tune.results import best_row
    from attire.tune.searching import recipe_of

    best = best_row(rows)
    if best is None:
        raise RecipeError(
            f"{plan.out_dir}: none of {len(rows)} trials came to a figure. trials.csv says why; lower the "
            "learning rates of the search space, or give it with --search."
        )
    found = replace(
        recipe_of(plan, dict(best.values)),
        name=f"{plan.recipe.name}-tuned",
        about=f"Trial {best.folder} of {len(rows)} around {plan.recipe.name}: {MEASURES[plan.kind]} "
        f"{best.value:.4f} on the validation photos that it was chosen by.",
    )
    write_text(plan.out_dir / "best.json", json.dumps(found.to_dict(), indent=1) + "\n")


def _report(plan: "Plan", rows: "Sequence[Row]", *, as_json: bool) -> None:
    from attire.tune.measure import MEASURES
    from attire.tune.results import importances
    from attire.tune.searching import open_plan

    measure = MEASURES[plan.kind]
    shares = importances(open_plan(plan))
    files = write_search(plan.out_dir, rows, shares, measure)
    show_search(rows, shares, measure, files, as_json=as_json)
