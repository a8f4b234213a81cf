"""How Streamlit runs and looks: the options that are set before it begins.

``.streamlit/config.toml`` beside ``app.py`` says the same for ``streamlit run app.py``; a test
holds the two together. Here they are once more because a wheel has no folder beside the script.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OPTIONS: Mapping[str, Any] = {
    # Nobody else: this computer only, no statistics about its use, no door for programs.
    "server.address": "127.0.0.1",
    "server.headless": True,
    "server.enableAgentApi": False,
    "browser.gatherUsageStats": False,
    # Nothing of ours is watched for changes, and nothing inside is shown to a user.
    "server.fileWatcherType": "none",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "runner.magicEnabled": False,
    # After every answer it would look through all objects, accounts included: most of the work.
    "runner.postScriptGC": False,
    "logger.level": "error",
    # Quiet colours: the pictures and the figures speak. Blue is us, as on the map.
    "theme.base": "light",
    "theme.primaryColor": "#2b5f94",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f4f6f9",
    "theme.textColor": "#1f2a37",
    "theme.borderColor": "#dfe5ec",
    "theme.linkColor": "#2b5f94",
    "theme.baseFontSize": 15,
    "theme.paddingTop": "1rem",
    "theme.baseRadius": "0.5rem",
    "theme.headingFontSizes": ["1.8rem", "1.35rem", "1.1rem"],
    "theme.headingFontWeights": [650, 600, 600],
    "theme.metricValueFontSize": "1.7rem",
    "theme.metricValueFontWeight": 600,
    "theme.showWidgetBorder": True,
    "theme.showSidebarBorder": True,
    "theme.dataframeHeaderBackgroundColor": "#f4f6f9",
}


def set_options() -> None:
    """Tell Streamlit its options; only what is set before its server begins counts."""
    from streamlit import config

    for name, value in OPTIONS.items():
        config.set_option(name, value)
