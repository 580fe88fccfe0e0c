"""Short English names of ImageNet's 1,000 classes in index order: python labels.py > labels.txt

From the synsets and lemmas that timm bundles (Apache-2.0): the first lemma of each. Two pairs share a first lemma and
are told apart here.
"""

from libraries import timm  # noqa: F401  timm.data imports torchvision

from timm.data import ImageNetInfo

TOLD_APART = {134: "crane (bird)", 517: "crane (machine)", 639: "maillot (tank suit)"}


def labels() -> list:
    info = ImageNetInfo("imagenet-1k")
    names = [info.index_to_description(i).split(", ")[0] for i in range(info.num_classes())]
    names = [TOLD_APART.get(i, name) for i, name in enumerate(names)]
    assert len(set(names)) == 1000
    return names


if __name__ == "__main__":
    print("\n".join(labels()))
