"""Make the virtual environment: `python scripts/make_venv.py .venv`.

Debian and Ubuntu ship python3 without the module that puts pip into a virtual environment. Root gets
that package installed; anybody else is told which one it is. Runs on a bare interpreter: standard
library only.
"""

import importlib.util
import os
import shutil
import subprocess
import sys


def add_ensurepip() -> None:
    """Install Debian's `pythonX.Y-venv` when `ensurepip` is missing, or leave with a sentence naming it."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        if subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}).returncode == 0:
            return
    sys.exit(f"This Python cannot make a virtual environment: install the package {package} and try again.")


def main() -> None:
    """Make the environment named on the command line, anew: a half-made one is of no use."""
    add_ensurepip()
    target = sys.argv[1]
    # A process of its own: this interpreter would not see an `ensurepip` installed a moment ago.
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", target])
    if made.returncode != 0:
        shutil.rmtree(target, ignore_errors=True)
        sys.exit(f"The virtual environment {target} could not be made: the reason is in the lines above.")


if __name__ == "__main__":
    main()
