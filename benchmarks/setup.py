"""From a clean clone to the end of `make demo`, and what the base install weighs. Usage: python benchmarks/setup.py."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from _table import ROOT, write


def demo_seconds(clone: Path) -> float:
    """Time `make demo`."""
    begun = time.perf_counter()
    subprocess.run(["make", "-C", str(clone), "demo"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def megabytes(path: Path) -> float:
    """Weigh a file or a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink()) / 1e6


def main() -> None:
    """Clone, set up, run the demo twice, weigh."""
    with tempfile.TemporaryDirectory() as scratch:
        clone = Path(scratch) / "metier"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first, second = demo_seconds(clone), demo_seconds(clone)
        packages = next((clone / ".venv/lib").glob("python*/site-packages"))
        size = megabytes(packages)
        largest = sorted(((megabytes(one), one.name) for one in packages.iterdir()), reverse=True)[:5]
        has_torch = any(packages.glob("torch*"))
    rows = [
        ["clean clone to the end of `make demo`", f"{first:.0f} s", f"the second `make demo`: {second:.0f} s"],
        ["base install", f"{size:.0f} MB", "largest: " + ", ".join(f"{name} {weight:.0f}" for weight, name in largest)],
        ["PyTorch among it", "yes" if has_torch else "no", ""],
    ]
    write(
        __file__,
        "Setting up",
        "Packages come from the registry's mirror or cache of the machine.",
        ["what", "figure", "beside it"],
        rows,
    )


if __name__ == "__main__":
    main()
