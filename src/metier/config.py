"""Every setting with its default and its meaning: from a TOML file, then the environment, then the call."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from metier.errors import ConfigError

PREFIX = "METIER_"
FILE_VARIABLE = "METIER_CONFIG"
_CHOICES: dict[str, tuple[str, ...]] = {
    "lang": ("en", "zh"),
    "policy": ("remove", "mark"),
    "encoder_reads": ("all", "latin"),
}
_LEAST: dict[str, int] = {
    "n": 1,
    "depth": 1,
    "employer_cap": 0,
    "encoder_dimensions": 0,
    "encoder_max_tokens": 0,
    "encoder_batch": 1,
    "encoder_timeout_s": 1,
    "encoder_retries": 0,
    "vector_cache_mb": 1,
}
_OF_THE_MACHINE = frozenset(
    {
        "catalog",
        "taxonomies",
        "encoder_device",
        "encoder_key_variable",
        "encoder_batch",
        "encoder_timeout_s",
        "encoder_retries",
        "vector_cache",
        "vector_cache_mb",
    }
)
"""Settings that change where and how fast an answer is made, not the answer."""


def _setting(default: Any, meaning: str) -> Any:  # noqa: ANN401 - a dataclass field of any plain type
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What can be set. A TOML file holds these names; the environment holds them as `METIER_<NAME>`."""

    catalog: str = _setting("", "The catalog of commands that name none; empty for none.")
    encoder: str = _setting(
        "metier",
        "The encoder: a name, `onnx:PATH`, `hf:NAME_OR_PATH`, or `https://HOST/v1#MODEL`; see docs/encoders.md.",
    )
    encoder_prompt: str = _setting(
        "", "Put before every text, or the name of one of the model's own prompts (hf and endpoints)."
    )
    encoder_dimensions: int = _setting(0, "The length of the vectors, where a model can shorten them; 0 for its own.")
    encoder_max_tokens: int = _setting(0, "Texts are cut here (hf), or by the server here (endpoints); 0 for its own.")
    encoder_reads: str = _setting("all", "Which scripts the model knows: `all`, or `latin` for none of Chinese.")
    encoder_device: str = _setting("cpu", "Where a model of hf runs, such as `cpu` or `cuda`.")
    encoder_key_variable: str = _setting("METIER_API_KEY", "The environment variable that holds an endpoint's key.")
    encoder_batch: int = _setting(64, "How many texts one request to an endpoint holds at most.")
    encoder_timeout_s: int = _setting(60, "How many seconds an endpoint's answer may take.")
    encoder_retries: int = _setting(4, "How often a busy endpoint is asked again.")
    vector_cache: str = _setting(
        "", "The folder of cached vectors of hf and endpoints; empty for the user's cache folder, `off` for none."
    )
    vector_cache_mb: int = _setting(1000, "How large the cached vectors may grow.")
    n: int = _setting(10, "How many matches are given out.")
    depth: int = _setting(100, "How many hits of the search are ranked.")
    employer_cap: int = _setting(3, "How many jobs of one employer an answer holds at most; 0 for all.")
    policy: str = _setting(
        "remove", "A pair with a condition that is not met: `remove` it, or `mark` it and put it last."
    )
    lang: str = _setting("en", "The language of explanations: `en` or `zh`.")
    taxonomies: str = _setting("", "The folder of loaded taxonomies; empty for the user's data folder.")

    def digest(self) -> str:
        """Hash the settings that can change an answer."""
        values = [
            f"{entry.name}={getattr(self, entry.name)!r}" for entry in fields(self) if entry.name not in _OF_THE_MACHINE
        ]
        return hashlib.blake2b("\n".join(values).encode(), digest_size=8).hexdigest()


def load_settings(
    *, environment: Mapping[str, str] | None = None, file: Path | None = None
) -> tuple[Settings, dict[str, str]]:
    """Read the settings.

    Args:
        environment: Variables; those of the process when left out.
        file: The TOML file; when left out the one that `METIER_CONFIG` names, else the user's, if there is one.

    Returns:
        The settings, and for each that is not the default where it comes from.

    Raises:
        ConfigError: A file or a variable holds a name or a value that is not a setting.
    """
    variables = os.environ if environment is None else environment
    path = file or _file(variables)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if path is not None:
        for name, value in _read(path).items():
            values[name] = _checked(name, value, str(path))
            origins[name] = str(path)
    for entry in fields(Settings):
        variable = PREFIX + entry.name.upper()
        if variable in variables:
            values[entry.name] = _checked(entry.name, variables[variable], variable)
            origins[entry.name] = variable
    return replace(Settings(), **values), origins


def _file(variables: Mapping[str, str]) -> Path | None:
    if variables.get(FILE_VARIABLE):
        return Path(variables[FILE_VARIABLE])
    from platformdirs import user_config_path  # noqa: PLC0415 - only a process that reads the user's file needs it

    path = user_config_path("metier") / "config.toml"
    return path if path.is_file() else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            f"{path} cannot be read: {error}", hint="Write it as TOML, one `name = value` a line."
        ) from error


def _checked(name: str, value: object, origin: str) -> Any:  # noqa: ANN401 - of the setting's own type
    kinds = {entry.name: type(entry.default) for entry in fields(Settings)}
    if name not in kinds:
        raise ConfigError(f"{origin}: there is no setting {name!r}", hint=f"Use one of: {', '.join(kinds)}.")
    try:
        typed = int(str(value)) if kinds[name] is int else str(value)
    except ValueError as error:
        raise ConfigError(f"{origin}: {name} = {value!r} is no whole number", hint="Give a number.") from error
    if name in _CHOICES and typed not in _CHOICES[name]:
        raise ConfigError(f"{origin}: {name} = {value!r}", hint=f"Use one of: {', '.join(_CHOICES[name])}.")
    if name in _LEAST and int(typed) < _LEAST[name]:
        raise ConfigError(f"{origin}: {name} = {value!r}", hint=f"Give at least {_LEAST[name]}.")
    return typed
