"""Photo → instances: one preprocess, one postprocess, any runtime behind one predictor."""

from attire.predict.attribute_rule import AttributeRule
from attire.predict.choice_values import ChoiceValues, read_choice_values
from attire.predict.feature_maps import FeatureMaps
from attire.predict.look import Look, LookTable
from attire.predict.model_file import find_model, find_models
from attire.predict.open_runtime import (
    PRECISIONS,
    RUNTIMES,
    LoadedRuntime,
    choose_model,
    open_runtime,
)
from attire.predict.paste import paste_masks
from attire.predict.photo_list import list_sources, picture_names
from attire.predict.postprocess import postprocess
from attire.predict.predictor import Predictor
from attire.predict.read_ahead import Needs, PhotoFailure, Prepared, prepare
from attire.predict.result_file import write_results
from attire.predict.runtime import MappingRuntime, RawDetections, Runtime
from attire.predict.selection import (
    DEFAULT_SCORE,
    Keep,
    LearnedSelector,
    Selector,
    drop_rivals,
    select_by_score,
)
from attire.predict.source import PhotoFile, PhotoLike, PhotoPixels, PhotoSource
from attire.predict.steps import Steps, TracingRuntime, draw_steps

__all__ = [
    "DEFAULT_SCORE",
    "PRECISIONS",
    "RUNTIMES",
    "AttributeRule",
    "ChoiceValues",
    "FeatureMaps",
    "Keep",
    "LearnedSelector",
    "LoadedRuntime",
    "Look",
    "LookTable",
    "MappingRuntime",
    "Needs",
    "PhotoFailure",
    "PhotoFile",
    "PhotoLike",
    "PhotoPixels",
    "PhotoSource",
    "Predictor",
    "Prepared",
    "RawDetections",
    "Runtime",
    "Selector",
    "Steps",
    "TracingRuntime",
    "choose_model",
    "draw_steps",
    "drop_rivals",
    "find_model",
    "find_models",
    "list_sources",
    "open_runtime",
    "paste_masks",
    "picture_names",
    "postprocess",
    "prepare",
    "read_choice_values",
    "select_by_score",
    "write_results",
]
