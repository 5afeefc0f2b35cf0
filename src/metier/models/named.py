"""A model by its name: encoders built in, of plug-ins, of Hugging Face, behind endpoints; chat models there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from metier.config import Settings
from metier.errors import ConfigError
from metier.models.base import Encoder
from metier.models.options import EncoderOptions
from metier.plugins import component

if TYPE_CHECKING:
    from metier.models.chat import ChatModel
    from metier.models.post import Poster

HUGGING_FACE = "hf:"
FOLDER = "onnx:"
NO_CACHE = "off"


def open_encoder(name: str, settings: Settings | None = None) -> Encoder:
    """Make an encoder; no model is loaded before its vectors are asked for.

    Args:
        name: A built-in or a plug-in's name, `onnx:PATH`, `hf:NAME_OR_PATH`, or `https://HOST/v1#MODEL`.
        settings: The `encoder_…` and `vector_cache` ones are heeded; the defaults when left out.

    Raises:
        UnknownComponentError: Nobody provides it.
        ConfigError: A name of Hugging Face or an address is not whole.
    """
    wished = settings or Settings()
    if name.startswith(HUGGING_FACE):
        return _cached(_hugging_face(name.removeprefix(HUGGING_FACE).strip(), wished), wished)
    if name.startswith(FOLDER):
        from metier.models.folder import folder_encoder  # noqa: PLC0415 - commands that name none start faster

        return folder_encoder(Path(name.removeprefix(FOLDER).strip()).expanduser())
    if name.startswith(("http://", "https://")):
        return _cached(_endpoint(name, wished), wished)
    made: Encoder = component("encoder", name)()
    return made


def _hugging_face(where: str, settings: Settings) -> Encoder:
    from metier.models.hugging_face import HuggingFaceEncoder  # noqa: PLC0415 - commands that name none start faster

    if not where:
        raise ConfigError("the encoder 'hf:' names no model", hint="Write it as hf:NAME or hf:PATH.")
    return HuggingFaceEncoder(name=where, options=_options(settings), device=settings.encoder_device)


def _endpoint(address: str, settings: Settings) -> Encoder:
    from metier.models.endpoint import EndpointEncoder  # noqa: PLC0415 - the same

    return EndpointEncoder.of(
        address, poster=_poster(settings), batch=settings.encoder_batch, options=_options(settings)
    )


def open_chat(address: str, settings: Settings | None = None) -> ChatModel:
    """Make a chat model; it is asked with the key, patience and retries of encoders behind endpoints.

    Args:
        address: Such as `http://127.0.0.1:11434/v1#qwen3`.
        settings: The defaults when left out.

    Raises:
        ConfigError: The address is not whole.
    """
    from metier.models.chat import EndpointChat  # noqa: PLC0415 - the same

    return EndpointChat.of(address, poster=_poster(settings or Settings()))


def _poster(settings: Settings) -> Poster:
    from metier.models.post import Poster  # noqa: PLC0415 - the same

    return Poster(
        key_variable=settings.encoder_key_variable,
        timeout_s=settings.encoder_timeout_s,
        retries=settings.encoder_retries,
    )


def _options(settings: Settings) -> EncoderOptions:
    return EncoderOptions(
        prompt=settings.encoder_prompt,
        dimensions=settings.encoder_dimensions,
        max_tokens=settings.encoder_max_tokens,
        reads_han=settings.encoder_reads == "all",
    )


def _cached(encoder: Encoder, settings: Settings) -> Encoder:
    if settings.vector_cache == NO_CACHE:
        return encoder
    from metier.models.cached import CachedEncoder  # noqa: PLC0415 - the same
    from metier.models.store import VectorStore  # noqa: PLC0415

    store = VectorStore(path=_folder(settings) / "vectors.sqlite", max_bytes=settings.vector_cache_mb * 1_000_000)
    return CachedEncoder(inner=encoder, store=store)


def _folder(settings: Settings) -> Path:
    if settings.vector_cache:
        return Path(settings.vector_cache).expanduser()
    from platformdirs import user_cache_path  # noqa: PLC0415 - only where no folder is set

    return user_cache_path("metier")
