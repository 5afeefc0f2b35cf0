import pytest

from metier.config import Settings, load_settings
from metier.errors import ConfigError


def test_the_environment_goes_before_the_file(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('n = 4\nlang = "zh"\n')
    settings, origins = load_settings(environment={"METIER_N": "7"}, file=file)
    assert (settings.n, settings.lang, settings.depth) == (7, "zh", Settings().depth)
    assert origins == {"n": "METIER_N", "lang": str(file)}


@pytest.mark.parametrize(
    "text", ["colour = 1", "n = 'many'", "n = 0", "lang = 'fr'", "n =", "encoder_batch = 0", "encoder_reads = 'greek'"]
)
def test_what_is_no_setting_is_refused(tmp_path, text):
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(ConfigError) as told:
        load_settings(environment={}, file=file)
    assert told.value.hint


def test_the_digest_changes_with_what_changes_answers():
    assert Settings().digest() == Settings(catalog="elsewhere").digest()
    assert Settings().digest() != Settings(depth=3).digest()
    assert Settings().digest() != Settings(encoder_prompt="query: ").digest()
    assert Settings().digest() == Settings(vector_cache="off", encoder_retries=9, encoder_device="cuda").digest()
