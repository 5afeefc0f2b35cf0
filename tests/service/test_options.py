"""What a service is started with, and what it refuses."""

import pytest

from metier.config import Settings
from metier.errors import ConfigError
from metier.service.options import ServiceOptions, check_bind, is_loopback


def test_options_survive_the_environment():
    stated = ServiceOptions(catalog="/a b", needs_keys=True, as_of="2026-11-20", workers=3, requests_per_minute=60)
    assert ServiceOptions.from_environment(Settings(), stated.to_environment()) == stated


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]"])
def test_addresses_of_this_machine_need_no_key(host):
    assert is_loopback(host)
    check_bind(host, has_keys=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "example.com", ""])
def test_any_other_address_is_refused_without_keys(host):
    with pytest.raises(ConfigError, match="no key") as caught:
        check_bind(host, has_keys=False)
    assert "metier keys create" in caught.value.hint
    check_bind(host, has_keys=True)
