"""The reliability diagram as SVG: stated confidence against the share of right answers."""

from __future__ import annotations

SIZE, LEFT, TOP = 320, 56, 24


def draw_reliability(bins: list[tuple[int, float, float]]) -> str:
    """Draw ten bins `(n, mean confidence, share right)`; the area of a dot is its number of cases."""

    def at(x: float, y: float) -> tuple[float, float]:
        return LEFT + SIZE * x, TOP + SIZE * (1 - y)

    font = 'font-family="system-ui, sans-serif" font-size="12" fill="#3b4550"'
    most = max((n for n, _, _ in bins), default=1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE + 90} {SIZE + 84}" role="img" {font}>',
        "<title>Said confidence against the share of right answers, in ten bins</title>",
        f'<rect width="{SIZE + 90}" height="{SIZE + 84}" fill="#fdfcf9"/>',
    ]
    for tenth in range(0, 11, 2):
        x, y = at(tenth / 10, tenth / 10)
        lines += [
            f'<path d="M{LEFT} {y:.0f}H{LEFT + SIZE}M{x:.0f} {TOP}V{TOP + SIZE}" stroke="#e3ded4"/>',
            f'<text x="{x:.0f}" y="{TOP + SIZE + 18}" text-anchor="middle">{tenth / 10:.1f}</text>',
            f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{tenth / 10:.1f}</text>',
        ]
    lines.append(f'<path d="M{LEFT} {TOP + SIZE}L{LEFT + SIZE} {TOP}" stroke="#9aa3ab" stroke-dasharray="4 4"/>')
    for n, said, right in bins:
        if n:
            x, y = at(said, right)
            radius = 3 + 9 * (n / most) ** 0.5
            lines += [
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1f6f8b" fill-opacity=".8"/>',
                f'<text x="{x + radius + 3:.1f}" y="{y + 14:.1f}" font-size="10">{n}</text>',
            ]
    lines += [
        f'<text x="{LEFT + SIZE / 2}" y="{TOP + SIZE + 42}" text-anchor="middle">said confidence</text>',
        f'<text transform="translate(14 {TOP + SIZE / 2}) rotate(-90)" text-anchor="middle">share right</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"
