"""Settings come from the file, the environment and the options, in that order of weight."""

import pytest

from graphkam.errors import SettingsError
from graphkam.folder import chosen_language
from graphkam.settings import AnalysisSettings, read_settings
from graphkam.text import LANGUAGES, Words


def write(home, text):
    (home / "settings.toml").write_text(text, encoding="utf-8")
    return {"GRAPHKAM_HOME": str(home)}


def test_the_defaults_are_those_of_the_design(tmp_path):
    analysis = read_settings({"GRAPHKAM_HOME": str(tmp_path)}).analysis
    assert (analysis.half_life, analysis.live_from, analysis.theta) == (180, 1, 0.5)
    assert (analysis.key_weight, analysis.target_key, analysis.target_other) == (4, 2, 1)
    assert (analysis.departure_probability, analysis.loss_rate) == (0.20, 0.176)


def test_who_writes_is_who_is_logged_in_unless_the_file_says_otherwise(tmp_path):
    env = {"GRAPHKAM_HOME": str(tmp_path), "USER": "zoe"}
    assert read_settings(env).user == "zoe"
    assert read_settings(env | {"USER": ""}).user == "local"
    assert read_settings(env | write(tmp_path, 'user = "Zoé Martin"')).user == "Zoé Martin"


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


def refused(home, text="", env=None, **options):
    """Give what is said of settings that cannot be used: the key, and the parameters."""
    found = write(home, text) if isinstance(text, str) else {"GRAPHKAM_HOME": str(home)}
    if isinstance(text, bytes):
        (home / "settings.toml").write_bytes(text)
    with pytest.raises(SettingsError) as caught:
        read_settings({**found, **(env or {})}, **options)
    for language in LANGUAGES:
        assert Words(language).error(caught.value)
    return caught.value.key.removeprefix("error.settings_"), caught.value.params


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("half_life = = 3", 1),
        ("[analysis]\ntheta = 0.4\n\nx = 1\nx = 2", 5),
        ('a = 1\nb = """x\n\n', 3),
        ("a = 1\0", 1),
        ("[" * 5000, 1),
        ("a = " + "[" * 5000, 1),
    ],
)
def test_71_broken_toml_is_told_with_its_line(tmp_path, text, line):
    key, params = refused(tmp_path, text)
    assert (key, params["line"]) == ("broken", line)
    assert params["file"] == str(tmp_path / "settings.toml")


def test_71_what_is_no_text_and_what_is_no_file_is_told(tmp_path):
    assert refused(tmp_path, b"\xff\xfea\x00")[0] == "not_text"
    (tmp_path / "settings.toml").unlink()
    (tmp_path / "settings.toml").mkdir()
    assert refused(tmp_path, None)[0] == "unreadable"


@pytest.mark.parametrize(
    ("text", "name", "nearest"),
    [
        ("[analysis]\nhalf_lief = 3", "analysis.half_lief", "analysis.half_life"),
        ("half-life = 3", "half-life", "analysis.half_life"),
        ("[analyses]\ntheta = 0.4", "analyses", "analysis"),
        ("[store]\npasswort = 'x'", "store.passwort", "store.password"),
        ("[query]\ntime_out = 3", "query.time_out", "query.timeout"),
        ("langauge = 'fr'", "langauge", "language"),
    ],
)
def test_72_an_unknown_setting_is_told_with_the_nearest(tmp_path, text, name, nearest):
    key, params = refused(tmp_path, text)
    assert (key, params["name"], params["nearest"]) == ("unknown", name, nearest)


def test_72_where_nothing_is_like_it_all_are_named(tmp_path):
    key, params = refused(tmp_path, "[store]\nzzz = 3")
    assert (key, "store.uri" in params["allowed"]) == ("unknown_at_all", True)
    assert all(name.startswith("store.") for name in params["allowed"])
    assert "analysis.theta" in refused(tmp_path, "qqqq = 3")[1]["allowed"]


@pytest.mark.parametrize("section", ["analysis", "store", "query"])
@pytest.mark.parametrize("value", ["3", "'x'", "[1]", "nan"])
def test_72_a_section_that_is_none_is_told(tmp_path, section, value):
    assert refused(tmp_path, f"{section} = {value}")[0] == "section"


def test_72_the_data_folder_is_not_named_by_a_file_that_lies_in_it(tmp_path):
    assert refused(tmp_path, "home = 'elsewhere'")[0] == "home"


@pytest.mark.parametrize(
    ("text", "where", "value", "allowed"),
    [
        ("[analysis]\ntheta = 2", "analysis.theta", "2", ("> 0", "≤ 1")),
        ("[analysis]\ntheta = nan", "analysis.theta", "nan", ("> 0", "≤ 1")),
        ("[analysis]\nhalf_life = inf", "analysis.half_life", "inf", ("> 0", "≤ 36500", "none")),
        ("[analysis]\nhalf_life = 'long'", "analysis.half_life", "long", ("> 0", "≤ 36500", "none")),
        ("[analysis]\nkey_weight = 2.5", "analysis.key_weight", "2.5", ("1, 2 … 5",)),
        ("[analysis]\nkey_weight = true", "analysis.key_weight", "True", ("1, 2 … 5",)),
        ("[store]\nidle_minutes = 0", "store.idle_minutes", "0", ("> 0", "≤ 10000")),
        ("[store]\nuri = ['x']", "store.uri", "['x']", ('"…"',)),
        ("language = 'de'", "language", "de", ("en", "fr")),
        ("user = 3", "user", "3", ('"…"',)),
    ],
)
def test_73_a_setting_out_of_range_is_told_with_what_is_allowed(tmp_path, text, where, value, allowed):
    key, params = refused(tmp_path, text)
    assert key == "refused"
    assert params["where"] == f"{tmp_path / 'settings.toml'}, {where}"
    assert (params["value"], params["allowed"]) == (value, allowed)


@pytest.mark.parametrize("tiers", ["{ A = -3 }", "{ D = 90 }", "{ A = inf }", "90", "{ B = true }"])
def test_73_what_is_said_of_a_tier_is_held_to_its_range_too(tmp_path, tiers):
    key, params = refused(tmp_path, f"[analysis]\nhalf_life_by_tier = {tiers}")
    assert (key, params["allowed"]) == ("refused", ("A", "B", "C", "> 0", "≤ 36500", "none"))
    key, params = refused(tmp_path, f"[analysis]\nstale_by_tier = {tiers}")
    assert (key, params["allowed"]) == ("refused", ("A", "B", "C", "> 0", "≤ 36500"))


def test_73_it_is_said_where_a_wrong_setting_comes_from(tmp_path):
    assert refused(tmp_path, env={"GRAPHKAM_LANG": "de"})[1]["where"] == "--lang or GRAPHKAM_LANG, language"
    assert refused(tmp_path, theta=3)[1]["where"] == "--theta, analysis.theta"


def test_73_a_password_is_not_repeated(tmp_path):
    assert "31415926" not in str(refused(tmp_path, "[store]\npassword = 31415926"))


def test_a_file_may_say_the_language_and_the_system_does_where_nothing_else_does(tmp_path):
    env = {"GRAPHKAM_HOME": str(tmp_path), "LANG": "fr_FR.UTF-8"}
    assert read_settings(env).language == chosen_language(env) == "fr"
    write(tmp_path, "language = 'en'")
    assert read_settings(env).language == chosen_language(env) == "en"
    assert read_settings({**env, "GRAPHKAM_LANG": "fr"}).language == "fr"
    assert read_settings(env, language="fr").language == "fr"


def test_a_broken_file_is_told_in_the_language_of_the_system(tmp_path):
    env = write(tmp_path, "language = ")
    assert chosen_language({**env, "LANG": "fr_FR.UTF-8"}) == "fr"


def test_the_tilde_is_the_users_own_folder_for_the_file_too(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    write(tmp_path, "language = 'fr'")
    settings = read_settings({"GRAPHKAM_HOME": "~"})
    assert (settings.home, settings.language) == (tmp_path, "fr")
    assert read_settings({"GRAPHKAM_HOME": "~nobody-of-that-name/x"}).home.name == "x"


def test_a_file_of_certificates_is_seen_from_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.chdir("/")
    env = write(tmp_path, '[store]\ncertificates = "authority.pem"\n')
    assert read_settings(env).store.certificates == tmp_path / "authority.pem"


def test_servers_go_by_names_of_the_users_choice(tmp_path):
    text = '[servers.team]\nuri = "bolt+s://db"\npassword = "p"\ncertificates = "a.pem"\n[servers.x]\nuri = "bolt://b"'
    servers = read_settings(write(tmp_path, text)).servers
    assert (servers["team"].uri, servers["x"].uri) == ("bolt+s://db", "bolt://b")
    assert servers["team"].certificates == tmp_path / "a.pem"
    assert "p" not in repr(servers["team"].password)


@pytest.mark.parametrize(
    ("text", "key", "shown"),
    [
        ("servers = 3", "settings_section", "servers"),
        ("[servers]\nteam = 3", "settings_section", "servers.team"),
        ("[servers.team]\nurl = 'bolt://x'", "settings_unknown", "servers.team.uri"),
        ("[servers.team]\nuri = 3", "settings_refused", "servers.team.uri"),
        ("[servers.team]\npassword = 3", "settings_refused", "servers.team.password"),
    ],
)
def test_a_wrong_server_is_told_by_name(tmp_path, text, key, shown):
    with pytest.raises(SettingsError) as refused:
        read_settings(write(tmp_path, text))
    assert refused.value.key == f"error.{key}"
    assert shown in Words("en").error(refused.value)


def test_every_default_has_a_docstring_or_a_name_that_says_it():
    assert all(field.annotation is not None for field in AnalysisSettings.model_fields.values())


def test_weights_of_criteria_are_100_together_and_what_is_not_said_stays(tmp_path):
    env = write(tmp_path, "[analysis]\nweight_by_criterion = {revenue = 30, image = 10}\n")
    weights = read_settings(env).analysis.weight_by_criterion
    assert (weights["revenue"], weights["image"], weights["potential"]) == (30, 10, 25)
    key, params = refused(tmp_path, "[analysis]\nweight_by_criterion = {revenue = 30}")
    assert (key, params["value"]) == ("not_100", 105)


@pytest.mark.parametrize("bands", ["[1, 2, 3, 4, 4]", '"5,4,3,2,1"'])
def test_bands_rise(tmp_path, bands):
    key, _ = refused(tmp_path, f"[analysis]\nrevenue_bands = {bands}")
    assert key == "not_rising"


def test_bands_are_five_amounts_also_as_one_word(tmp_path):
    given = read_settings({"GRAPHKAM_HOME": str(tmp_path)}, potential_bands="1,2,3,4,5.5").analysis
    assert given.potential_bands == (1, 2, 3, 4, 5.5)
    for bands in ("[1, 2, 3, 4]", "[0, 1, 2, 3, 4]", "true", '"1,2,3,4,nan"'):
        assert refused(tmp_path, f"[analysis]\nrevenue_bands = {bands}")[0] == "refused"
