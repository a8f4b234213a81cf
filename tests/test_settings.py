"""Settings come from the file, the environment and the options, in that order of weight."""

import pytest

from graphkam.errors import SettingsError
from graphkam.settings import AnalysisSettings, read_settings


def write(home, text):
    (home / "settings.toml").write_text(text, encoding="utf-8")
    return {"GRAPHKAM_HOME": str(home)}


def test_the_defaults_are_those_of_the_design(tmp_path):
    analysis = read_settings({"GRAPHKAM_HOME": str(tmp_path)}).analysis
    assert (analysis.half_life, analysis.live_from, analysis.theta) == (180, 1, 0.5)
    assert (analysis.key_weight, analysis.target_key, analysis.target_other) == (4, 2, 1)
    assert (analysis.departure_probability, analysis.loss_rate) == (0.20, 0.176)


def test_an_option_wins_over_the_file(tmp_path):
    env = write(tmp_path, "[analysis]\nhalf_life = 90\ntheta = 0.4\n")
    settings = read_settings(env, half_life="30", theta=None)
    assert (settings.analysis.half_life, settings.analysis.theta) == (30, 0.4)
    assert read_settings(env, half_life="none").analysis.half_life is None


def test_tiers_have_values_of_their_own_and_the_others_keep_theirs(tmp_path):
    env = write(tmp_path, '[analysis]\nhalf_life_by_tier = {A = 60, C = "none"}\nstale_by_tier = {B = 20}\n')
    analysis = read_settings(env).analysis
    assert analysis.half_life_by_tier == {"A": 60, "C": None}
    assert analysis.stale_by_tier == {"A": 90, "B": 20, "C": 365}


@pytest.mark.parametrize(
    ("options", "name", "allowed"),
    [
        ({"theta": 2}, "analysis.theta", ("≤ 1",)),
        ({"half_life_by_tier": {"A": "0"}}, "analysis.half_life_by_tier.A", ("> 0",)),
        ({"half_life_by_tier": {"A": "-5"}}, "analysis.half_life_by_tier.A", ("> 0",)),
        ({"stale_by_tier": {"D": "5"}}, "analysis.stale_by_tier.D", ("A", "B", "C")),
        ({"language": "de"}, "language", ("en", "fr")),
    ],
)
def test_what_is_out_of_range_is_refused_with_what_is_allowed(tmp_path, options, name, allowed):
    with pytest.raises(SettingsError) as refused:
        read_settings({"GRAPHKAM_HOME": str(tmp_path)}, **options)
    assert (refused.value.params["name"], refused.value.params["allowed"]) == (name, allowed)


@pytest.mark.parametrize("value", ["nan", "inf", "soon"])
def test_what_is_no_number_is_refused(tmp_path, value):
    with pytest.raises(SettingsError, match="half_life"):
        read_settings({"GRAPHKAM_HOME": str(tmp_path)}, half_life=value)
    with pytest.raises(SettingsError, match=r"half_life_by_tier\.A"):
        read_settings({"GRAPHKAM_HOME": str(tmp_path)}, half_life_by_tier={"A": value})


def test_the_environment_names_a_server_and_hides_its_password(tmp_path):
    env = write(tmp_path, "[store]\nuri = 'bolt://127.0.0.1:1'\n")
    settings = read_settings({**env, "GRAPHKAM_URI": "bolt://127.0.0.1:2", "GRAPHKAM_PASSWORD": "hush"})
    assert settings.store.uri == "bolt://127.0.0.1:2"
    assert settings.store.password is not None
    assert settings.store.password.get_secret_value() == "hush"
    assert "hush" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "key", "named"),
    [
        ("half_life = = 3", "error.settings_unreadable", "settings.toml"),
        ("[analysis]\nhalf_lief = 3", "error.settings_unknown", "analysis.half_life"),
        ("[analysis]\ntheta = 2", "error.settings_refused", "analysis.theta"),
        ("language = 'de'", "error.settings_refused", "language"),
    ],
)
def test_a_wrong_settings_file_is_refused_with_its_place(tmp_path, text, key, named):
    with pytest.raises(SettingsError) as refused:
        read_settings(write(tmp_path, text))
    assert refused.value.key == key
    assert any(named in str(value) for value in refused.value.params.values())


def test_every_default_has_a_docstring_or_a_name_that_says_it():
    assert all(field.annotation is not None for field in AnalysisSettings.model_fields.values())
