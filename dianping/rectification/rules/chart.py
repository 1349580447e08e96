"""Who may do what in which state, as the handbook prints it: a table and a drawing, both made from rectification.rules.steps.STEPS.

Basis: 豫创组办发〔2010〕26号 四.1, 四.3; decision 0009. A test holds the handbook against these two.
"""

from dianping.rectification.rules.steps import OPEN, STATE_NAMES, STEPS, Step

WHO = {
    "owner_side": "被点评一方",
    "other": "点评人或办公室，但不是责任人，也不是申请人",
    "judge": "点评人或办公室，但不是责任人",
    "masses": "群众的回音；没有人能代办",
}
HEAD = "| 现在的状态 | 可以办的事 | 谁可以 | 办后的状态 |\n|---|---|---|---|\n"


def chart() -> list[tuple[str, str, str, str]]:
    """(state, step, who, state afterwards), in the order a problem goes through them."""
    return [
        (name, step.name, WHO[step.by], STATE_NAMES[step.end])
        for state, name in STATE_NAMES.items()
        for step in STEPS.values()
        if state in step.start
    ]


def chart_table() -> str:
    """The chart as a table in Markdown."""
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in chart())


def chart_drawing() -> str:
    """The same as a state diagram (mermaid): one arrow from state to state, with every step that takes it."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for state, step in _moves():
        arrows.setdefault((STATE_NAMES[state], STATE_NAMES[step.end]), []).append(step.name)
    lines = [f"    {start} --> {end}: {'、'.join(names)}\n" for (start, end), names in arrows.items()]
    return f"```mermaid\nstateDiagram-v2\n    [*] --> {STATE_NAMES[OPEN]}: 点评登记\n{''.join(lines)}```\n"


def _moves() -> list[tuple[str, Step]]:
    return [(state, step) for state in STATE_NAMES for step in STEPS.values() if state in step.start]
