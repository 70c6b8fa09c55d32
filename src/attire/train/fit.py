"""The whole way from a recipe and a data set to a model file."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TextIO

import lightning.pytorch as pl
import torch
import torch.distributed as dist
from lightning.pytorch.loggers import TensorBoardLogger
from lightning.pytorch.strategies import DDPStrategy
from rich.console import Console

from attire.dataset import Dataset
from attire.errors import AttireError
from attire.model import FashionRCNN, WeightReport, build_model, load_weights, save_model
from attire.train.card import describe_model
from attire.train.checkpointing import ResumeFile
from attire.train.curves import draw_curves
from attire.train.display import TrainingDisplay
from attire.train.ema import MovingAverage
from attire.train.freezing import StagedFreezing
from attire.train.history import HistoryFile, read_history
from attire.train.interruption import patient_interrupt
from attire.train.loaders import Loaders
from attire.train.material import Material, choose_material
from attire.train.module import DivergedError, Scoring, TrainingModule
from attire.train.processes import LostProcessError, Processes, find_processes, others_silent
from attire.train.quiet import quiet_lightning
from attire.train.recipe import Recipe
from attire.train.run_folder import RunFolder
from attire.train.running_statistics import RunningStatistics
from attire.train.schedule import Schedule, stretch

__all__ = ["plan_schedule", "train"]

_SILENT = timedelta(minutes=10)
"""How long processes that train together wait for one that says nothing, as when its machine hangs; one that
dies is noticed at once."""


def train(
    recipe: Recipe,
    dataset: Dataset,
    out_dir: Path | str,
    *,
    also: Sequence[Dataset] = (),
    validation: Dataset | None = None,
    resume: bool = False,
    report: Path | None = None,
    skip_bad: bool = False,
    scoring: Scoring | None = None,
    accelerator: str = "auto",
    devices: int | None = None,
    checkpoint_minutes: float = 5.0,
    checkpoint_steps: int | None = None,
    stream: TextIO | None = None,
) -> Path:
    """Train a model.

    Beside it lie the resolved recipe, versions and fingerprints (``run.json``), the split by file names,
    every loss (``log.csv``, ``tensorboard/``, ``curves.png``) and, until the end, what a killed run goes on
    from.

    Args:
        recipe: How; a variant is ``dataclasses.replace`` of a named one.
        dataset: What to learn from.
        out_dir: Folder for the run; made when missing.
        also: Further data sets; the recipe's ``also_share`` of the photos shown comes from them. What only
            they label stays unknown, not absent, in ``dataset``.
        validation: A validation set of its own; without it, part of ``dataset`` is kept back.
        resume: Go on with the run in ``out_dir``, exactly as if it had never stopped; where there is none,
            start it.
        report: Evaluation report for recipes that resample by sensitivity.
        skip_bad: Leave out photos that are missing or of the wrong size instead of raising.
        scoring: A measure to take at every validation besides the losses.
        accelerator: ``cpu``, ``gpu``, ``mps`` or ``auto``, as Lightning names them.
        devices: How many of them; more than one train together (DDP), each with the recipe's batch size. None
            for as many as ``torchrun`` started on this machine, or one.
        checkpoint_minutes: Longest time between two states to go on from; 0 saves after every step.
        checkpoint_steps: Updates between two of them, if they shall be counted too.
        stream: Where progress is shown; stderr when absent.

    Returns:
        Path of the model file.

    Raises:
        RecipeError: If the folder holds a run and this is not to resume it, or another recipe's.
        DataError: If photos are missing or broken, or a run is resumed on other data.
        DivergedError: If a loss is no number any more.
        LostProcessError: If one of several processes that train together is gone.
    """
    processes = find_processes(devices)
    with others_silent(processes.rank):
        folder, console = RunFolder(root=Path(out_dir)), Console(file=stream or sys.stderr)
        if processes.rank == 0:
            folder.claim(resume=resume)
        if resume and folder.model.exists():
            return folder.model
        material = choose_material(
            recipe, dataset, also=also, validation=validation, report=report, skip_bad=skip_bad
        )
        folder.check_same(recipe, material, processes.world_size)
        goes_on = resume and folder.state.exists()
        loaders = Loaders(recipe=recipe, material=material)
        schedule = plan_schedule(recipe, loaders.steps_per_epoch(processes.world_size))
        model, taken = _start(recipe, dataset, fresh=not goes_on)
        if processes.rank == 0 and not goes_on:
            folder.describe(recipe, material, taken, processes.world_size)
            if taken is not None:
                console.print(taken.table())
        average = MovingAverage(recipe.ema_decay) if recipe.ema_decay is not None else None
        with quiet_lightning(), patient_interrupt() as interrupted, _together(processes):
            callbacks = [
                StagedFreezing(schedule),
                RunningStatistics(),
                *([average] if average is not None else []),
                HistoryFile(folder.log, schedule, scoring.names if scoring is not None else ()),
                TrainingDisplay(schedule, console),
                # Last, so that it saves what the others made of the step.
                ResumeFile(
                    folder.state,
                    every_minutes=checkpoint_minutes,
                    every_steps=checkpoint_steps,
                    accumulate=recipe.accumulate,
                    interrupted=interrupted,
                ),
            ]
            trainer = _trainer(recipe, schedule, folder, callbacks, accelerator, processes)
            module = TrainingModule(model, recipe, schedule, loaders, scoring)
            try:
                trainer.fit(module, ckpt_path=folder.state if goes_on else None, weights_only=True)
            except SystemExit:
                # Lightning turns Ctrl-C into an exit; who calls us may want to say something first.
                if trainer.interrupted:
                    raise KeyboardInterrupt from None
                raise
        if trainer.is_global_zero:
            if average is not None:
                model.load_state_dict(average.average)
            _finish(folder, model, recipe, material)
    return folder.model


@contextmanager
def _together(processes: Processes) -> Iterator[None]:
    """Say of what goes wrong in one of several processes which one it was, and how to go on.

    Raises:
        LostProcessError: If another process is gone, or this one, which is not the first, failed alone.
    """
    try:
        yield
    except DivergedError:
        raise  # all of them see it
    except AttireError as error:
        if processes.rank == 0:
            raise
        raise LostProcessError(f"Process {processes.rank}: {error}") from error
    except RuntimeError as error:
        if processes.world_size == 1 or not (isinstance(error, dist.DistError) or "gloo" in str(error)):
            raise
        if processes.rank > 0:
            raise SystemExit(2) from error
        raise LostProcessError(
            f"Another of the {processes.world_size} processes that train together is gone. The same command "
            "with --resume goes on from the last state."
        ) from error


def plan_schedule(recipe: Recipe, steps_per_epoch: int) -> Schedule:
    """Lay a recipe out over the steps of a data set.

    Few photos get more epochs, up to ``min_steps``; warm-up takes a quarter of a short run at most.

    Example:
        >>> from attire.train.recipes import find_recipe
        >>> recipe = replace(find_recipe("all-2019"), min_steps=120)
        >>> plan_schedule(recipe, steps_per_epoch=2).boundaries
        (20, 60)
    """
    stages = recipe.stages
    if sum(stage.epochs for stage in stages) * steps_per_epoch < recipe.min_steps:
        stages = stretch(stages, -(-recipe.min_steps // steps_per_epoch))
    schedule = Schedule(stages=stages, steps_per_epoch=steps_per_epoch, max_steps=recipe.max_steps)
    return replace(schedule, warmup_steps=min(recipe.warmup_steps, schedule.steps // 4))


def _start(recipe: Recipe, dataset: Dataset, *, fresh: bool) -> tuple[FashionRCNN, WeightReport | None]:
    """Build the network and, for a fresh run, load what it starts from; say what was taken."""
    torch.manual_seed(recipe.seed)
    model = build_model(recipe.model, dataset.ontology)
    taken = load_weights(model, recipe.weights) if fresh else None
    if recipe.channels_last:
        model = model.to(memory_format=torch.channels_last)
    return model, taken


def _trainer(
    recipe: Recipe,
    schedule: Schedule,
    folder: RunFolder,
    callbacks: list[pl.Callback],
    accelerator: str,
    processes: Processes,
) -> pl.Trainer:
    stretched = -(-schedule.epochs // sum(stage.epochs for stage in recipe.stages))
    return pl.Trainer(
        accelerator=accelerator,
        devices=processes.here,
        num_nodes=processes.nodes,
        strategy=_strategy() if processes.world_size > 1 else "auto",
        precision="bf16-mixed" if recipe.precision == "bf16" else "32-true",
        max_epochs=schedule.epochs,
        max_steps=-1 if recipe.max_steps is None else recipe.max_steps,
        accumulate_grad_batches=recipe.accumulate,
        gradient_clip_val=recipe.gradient_clip,
        check_val_every_n_epoch=recipe.validate_every * stretched,
        num_sanity_val_steps=0,
        callbacks=callbacks,
        logger=TensorBoardLogger(folder.root, name="", version="tensorboard"),
        log_every_n_steps=1,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        # Our sampler knows of processes itself.
        use_distributed_sampler=False,
        default_root_dir=folder.root,
    )


def _strategy() -> DDPStrategy:
    return DDPStrategy(
        # Which layers learn changes from stage to stage, so DDP has to look for those that do not.
        find_unused_parameters=True,
        # Running statistics are joined, not taken from the first process: see RunningStatistics.
        broadcast_buffers=False,
        timeout=_SILENT,
    )


def _finish(folder: RunFolder, model: FashionRCNN, recipe: Recipe, material: Material) -> None:
    """Write the model and the picture of its training, then drop the state that is needed no more."""
    rows = read_history(folder.log)
    if rows:
        draw_curves(rows, folder.curves)
    save_model(
        folder.model,
        model,
        card=describe_model(recipe, material),
        input_spec=recipe.input,
        recipe=recipe.to_dict(),
    )
    folder.state.unlink(missing_ok=True)
