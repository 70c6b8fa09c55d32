"""Draws what is behind the wearer out of focus, and the ground sharp where she stands."""

import numpy as np

from attire.render.color import argb
from attire.render.paths import canvas_library
from attire.render.scene.backdrops import Backdrop
from attire.render.scene.floor import Floor
from attire.render.scene.stage import Stage

__all__ = ["draw_backdrop"]

SEAM = "#4a4845"
"""What shines through where two surfaces meet."""

SHARP, BLURRED = 40.0, 250.0
"""The ground goes out of focus between these distances behind the wearer, centimetres."""


def draw_backdrop(stage: Stage, backdrop: Backdrop) -> Floor:
    """Paint a backdrop over the whole canvas.

    Args:
        stage: Its canvas counts pixels; its view, light and rng decide the rest.
        backdrop: An entry of the catalogue.

    Returns:
        The floor, on which shadows fall.
    """
    blur = float(stage.rng.uniform(*backdrop.blur)) * stage.view.size[0]
    stage.canvas.clear(argb(SEAM))
    if blur < 0.8:
        return backdrop.draw(stage)
    floor = _out_of_focus(stage, backdrop, blur)
    if floor.paint is not None:
        _sharpen(stage, floor)
    if backdrop.bokeh:
        _bokeh(stage, blur)
    return floor


def _out_of_focus(stage: Stage, backdrop: Backdrop, blur: float) -> Floor:
    """Draw small, blur and enlarge: as soft as blurring the whole, in a fraction of the time."""
    skia = canvas_library()
    height, width = stage.view.size
    share = float(np.clip(1.6 / blur, 0.2, 0.75))
    small = skia.Surface(round(width * share), round(height * share))
    canvas = small.getCanvas()
    canvas.scale(small.width() / width, small.height() / height)
    canvas.concat(stage.view.level())
    canvas.clear(argb(SEAM))
    floor = backdrop.draw(stage.onto(canvas))
    sigma = blur * share * 0.8
    soft = skia.Surface(small.width(), small.height())
    filtered = skia.Paint(ImageFilter=skia.ImageFilters.Blur(sigma, sigma, skia.TileMode.kClamp))
    linear = skia.SamplingOptions(skia.FilterMode.kLinear)
    soft.getCanvas().drawImage(small.makeImageSnapshot(), 0, 0, linear, filtered)
    stage.paste(soft.makeImageSnapshot())
    return floor


def _sharpen(stage: Stage, floor: Floor) -> None:
    """Lay the ground once more in focus, fading away behind the wearer."""
    skia = canvas_library()
    left, _, right, bottom = stage.view.frame()
    far, near = (stage.view.at(0, 0, min(z, floor.end))[1] for z in (BLURRED, SHARP))
    area = skia.Rect.MakeLTRB(left, far, right, bottom)
    canvas = stage.canvas
    canvas.saveLayer(area, None)
    canvas.clipRect(area)
    floor.lay(stage)
    fade = skia.GradientShader.MakeLinear(
        [skia.Point(0, far), skia.Point(0, max(near, far + 1))], [argb("#000000", 0.0), argb("#000000")]
    )
    canvas.drawRect(area, skia.Paint(Shader=fade, BlendMode=skia.BlendMode.kDstIn))
    canvas.restore()


def _bokeh(stage: Stage, blur: float) -> None:
    """Hang discs of light over the background."""
    skia = canvas_library()
    rng, (height, width) = stage.rng, stage.view.size
    low = max(stage.view.horizon, height * 0.3)
    for color in ("#ffd58a", "#fff0cf", "#ff9a5a", "#bcd6ff", "#e0523f"):
        paint = skia.Paint(Color=argb(color, float(rng.uniform(0.15, 0.45))), AntiAlias=True)
        paint.setBlendMode(skia.BlendMode.kScreen)
        for x, y, size in rng.uniform((0, 0, 0.8), (width, low, 2.4), (int(rng.integers(2, 9)), 3)):
            stage.canvas.drawCircle(float(x), float(y), float(size) * blur * 1.4, paint)
