"""The two themes of our own."""

from __future__ import annotations

from textual.theme import Theme

INK = Theme(
    name="ink",
    primary="#82aaff",
    secondary="#c3a6ff",
    accent="#f2c38b",
    success="#8fd19e",
    warning="#f0c674",
    error="#f2868b",
    foreground="#d3dae6",
    background="#0f131a",
    surface="#141a23",
    panel="#1c2430",
    boost="#1a212c",
    dark=True,
    variables={
        "edge": "#2c3646",
        "edge-soft": "#212a37",
        "quiet": "#7d8a9e",
        "border": "#82aaff",
        "border-blurred": "#2c3646",
        "block-cursor-background": "#26334a",
        "block-cursor-foreground": "#e8eefb",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#1c2430",
        "block-cursor-blurred-foreground": "#d3dae6",
        "block-cursor-blurred-text-style": "none",
        "input-selection-background": "#33508a",
        "scrollbar": "#2c3646",
        "scrollbar-hover": "#3b485c",
        "scrollbar-active": "#82aaff",
        "scrollbar-background": "#141a23",
        "scrollbar-background-hover": "#141a23",
        "scrollbar-background-active": "#141a23",
        "scrollbar-corner-color": "#141a23",
    },
)

PAPER = Theme(
    name="paper",
    primary="#2457a6",
    secondary="#7440a0",
    accent="#9a5b12",
    success="#1f7a43",
    warning="#9a6200",
    error="#b3303f",
    foreground="#2a2c31",
    background="#f4f1ea",
    surface="#fbf9f4",
    panel="#ebe6db",
    boost="#f1ede3",
    dark=False,
    variables={
        "edge": "#cfc8b8",
        "edge-soft": "#ded8ca",
        "quiet": "#73706a",
        "border": "#2457a6",
        "border-blurred": "#cfc8b8",
        "block-cursor-background": "#d8e3f5",
        "block-cursor-foreground": "#16233a",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#ebe6db",
        "block-cursor-blurred-foreground": "#2a2c31",
        "block-cursor-blurred-text-style": "none",
        "input-selection-background": "#bcd2f5",
        "scrollbar": "#cfc8b8",
        "scrollbar-hover": "#bdb5a3",
        "scrollbar-active": "#2457a6",
        "scrollbar-background": "#fbf9f4",
        "scrollbar-background-hover": "#fbf9f4",
        "scrollbar-background-active": "#fbf9f4",
        "scrollbar-corner-color": "#fbf9f4",
    },
)

OURS = (INK, PAPER)
"""Our own; the first is the default."""

OFFERED = ("ink", "paper", "nord", "gruvbox", "catppuccin-mocha")
"""Every theme a user may choose."""

# Values for themes that do not know the names our stylesheets use.
FALLBACK = {"edge": "#4a5263", "edge-soft": "#3a4150", "quiet": "#8b93a3"}
