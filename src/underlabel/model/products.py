"""Product classes: the words items, label facts and listings share."""

from __future__ import annotations

from typing import Final

CLASSES: Final[dict[str, frozenset[str]]] = {
    "camera": frozenset({"video"}),
    "doorbell": frozenset({"video"}),
    "recorder": frozenset({"video"}),
    "thermal_camera": frozenset({"video"}),
    "intercom": frozenset({"video", "telecom"}),
    "antenna": frozenset({"telecom"}),
    "modem": frozenset({"telecom"}),
    "nic": frozenset({"telecom"}),
    "phone": frozenset({"telecom"}),
    "radio": frozenset({"telecom"}),
    "router": frozenset({"telecom"}),
    "switch": frozenset({"telecom"}),
    "access_control": frozenset(),
    "alarm": frozenset(),
    "appliance": frozenset(),
    "component": frozenset(),
    "computer": frozenset(),
    "display": frozenset(),
    "drone": frozenset(),
    "lighting": frozenset(),
    "power": frozenset(),
    "printer": frozenset(),
    "sensor": frozenset(),
    "server": frozenset(),
    "software": frozenset(),
    "storage": frozenset(),
    "thermostat": frozenset(),
    "vehicle": frozenset(),
    "service": frozenset(),
}
"""Each product class and the groups of equipment that rules speak of: "video", "telecom"."""


def within(product_class: str, scope: tuple[str, ...]) -> bool | None:
    """Whether a class lies in a scope of classes or groups.

    True for an empty scope; None where the class is not stated and the scope is not empty.
    """
    if not scope:
        return True
    if not product_class:
        return None
    return product_class in scope or bool(CLASSES.get(product_class, frozenset()) & set(scope))
