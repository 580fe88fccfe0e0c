"""Networks of timm and torchvision in float64, and where their stem, stages and head end."""

from libraries import timm, torch, torchvision


def build(family: str, arch: str, classes: int):
    """An untrained network in evaluation mode."""
    torch.set_default_dtype(torch.float64)
    if family == "timm":
        return timm.create_model(arch, num_classes=classes).eval()
    if family == "torchvision":
        return torchvision.models.get_model(arch, weights=None, num_classes=classes).eval()
    raise ValueError(f"no family {family}: timm, torchvision")


def version(family: str) -> str:
    """The library's version, with its build tag where it has one."""
    return {"timm": timm, "torchvision": torchvision}[family].__version__


def endpoints(family: str, net) -> dict:
    """Modules after which the stem, each stage and the head have been applied, activation included."""
    if family == "timm":
        return {"stem": net.bn1, **stages(net.blocks), "head": net.bn2}
    if hasattr(net, "features"):
        return {"stem": net.features[0], **stages(net.features[1:-1]), "head": net.features[-1]}
    # torchvision's MnasNet is one flat sequence: a stem of three, a separable block of five, stages, a head of three.
    return {"stem": net.layers[2], **stages([net.layers[7], *net.layers[8:14]]), "head": net.layers[16]}


def stages(modules) -> dict:
    return {f"stage{i + 1}": module for i, module in enumerate(modules)}


def batch_norms(net) -> dict:
    """Batch norms by name, in the order of the state dict."""
    return {name: module for name, module in net.named_modules() if isinstance(module, torch.nn.BatchNorm2d)}
