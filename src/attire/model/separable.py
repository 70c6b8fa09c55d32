"""3×3 convolutions in two cheap steps: each channel by itself, then all channels at each place.

Of C channels in and out, a 3×3 convolution takes 9 C² multiplications a place; these two take 9 C + C²
(MobileNets, Howard et al. 2017). Nothing stands between them, as in EfficientDet (Tan et al. 2020), so that
the pair is still one linear map: what norm and activation followed the convolution follows the pair.
"""

import torch
from torch import Tensor, nn

__all__ = ["SeparableConv", "make_separable", "split_kernel", "split_offered"]


class SeparableConv(nn.Module):
    """Takes the place of a 3×3 convolution of stride 1, and starts as near to it as such a pair can be.

    Example:
        >>> pair = SeparableConv(nn.Conv2d(8, 16, 3, padding=1))
        >>> pair(torch.zeros(1, 8, 5, 7)).shape
        torch.Size([1, 16, 5, 7])
        >>> sum(p.numel() for p in pair.parameters())  # 8 · 9 + 8 · 16 + 16
        216
    """

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        channels, bias = conv.in_channels, conv.bias
        self.depthwise = nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False)
        self.pointwise = nn.Conv2d(channels, conv.out_channels, 1, bias=bias is not None)
        depthwise, pointwise = split_kernel(conv.weight.detach())
        with torch.no_grad():
            self.depthwise.weight.copy_(depthwise)
            self.pointwise.weight.copy_(pointwise)
            if bias is not None:
                self.pointwise.get_parameter("bias").copy_(bias)

    def forward(self, maps: Tensor) -> Tensor:
        """Turn maps ``(B, C, h, w)`` into maps of as many channels as the convolution gave."""
        mixed: Tensor = self.pointwise(self.depthwise(maps))
        return mixed


def make_separable(module: nn.Module) -> None:
    """Put a :class:`SeparableConv` in the place of every 3×3 convolution within a module."""
    for name, child in module.named_children():
        if isinstance(child, nn.Conv2d) and child.kernel_size == (3, 3):
            module.set_submodule(name, SeparableConv(child))
        else:
            make_separable(child)


def split_kernel(kernel: Tensor) -> tuple[Tensor, Tensor]:
    """Find the depthwise and pointwise kernels whose product is nearest to a full one.

    What all outputs see of one input channel is a matrix, outputs × places; its best product of a column
    and a row is the first term of its singular value decomposition (Eckart & Young 1936).

    Args:
        kernel: Shape ``(out, in, 3, 3)``.

    Returns:
        Shapes ``(in, 1, 3, 3)``, each of length 1, and ``(out, in, 1, 1)``, both of the kernel's type.

    Example:
        >>> depthwise, pointwise = split_kernel(torch.ones(4, 2, 3, 3))
        >>> bool(torch.allclose(pointwise * depthwise[:, 0], torch.ones(4, 2, 3, 3)))
        True
    """
    outputs, inputs = kernel.shape[:2]
    left, length, right = torch.linalg.svd(kernel.float().flatten(2).transpose(0, 1), full_matrices=False)
    depthwise = right[:, 0].view(inputs, 1, *kernel.shape[2:])
    pointwise = (left[:, :, 0] * length[:, :1]).t().reshape(outputs, inputs, 1, 1)
    return depthwise.to(kernel.dtype), pointwise.to(kernel.dtype)


def split_offered(module: nn.Module, offered: dict[str, Tensor]) -> list[str]:
    """Split the full kernels of a file where a network has pairs.

    Args:
        module: The network, whose names count.
        offered: The file's tensors by name; full kernels, and the biases that belong to them, are replaced.

    Returns:
        A note that says how many, and how much of them a pair can hold; nothing if there are none.
    """
    kept, whole = [], []
    for name, child in module.named_modules():
        kernel = offered.get(f"{name}.weight") if isinstance(child, SeparableConv) else None
        if kernel is None or kernel.shape[2:] != (3, 3):
            continue
        depthwise, pointwise = split_kernel(kernel)
        whole.append(float(offered.pop(f"{name}.weight").square().sum()))
        kept.append(float(pointwise.square().sum()))
        offered |= {f"{name}.depthwise.weight": depthwise, f"{name}.pointwise.weight": pointwise}
        if f"{name}.bias" in offered:
            offered[f"{name}.pointwise.bias"] = offered.pop(f"{name}.bias")
    if not sum(whole):
        return []
    share = sum(kept) / sum(whole)
    return [f"{len(whole)} convolutions were split in two, which keeps {share:.0%} of their squared weights."]
