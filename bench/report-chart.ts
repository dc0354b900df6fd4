import { type Measurements, ratioOfRounds } from './figures.ts';
import { type SystemName, systemNames } from './ground.ts';

const width = 860;
const left = 190;
const right = 175;
const barHeight = 13;
const rowGap = 16;
const top = 84;
const names: Record<SystemName, string> = {
  service: 'this service',
  floor: 'floor: NestJS + one statement, no SCIM',
  peer: 'peer: SCIMMY',
};

/** A picture of the steps as SVG: requests per second relative to the floor. Readable on light and dark grounds. */
export function chart({ steps, membership }: Measurements, caption: string): string {
  const keys = [...new Set(steps.map(({ key }) => key))];
  const rowHeight = systemNames.length * barHeight + rowGap;
  const stepsEnd = top + keys.length * rowHeight;
  const rows = keys.map((key, at) => stepRow(steps, key, top + at * rowHeight));
  const second = membershipPart(membership, stepsEnd + 40);
  const height = second.end + 34;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Requests per second of the service, the floor and the peer">
<style>
  svg { color-scheme: light dark; background: #ffffff; }
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 15px; font-weight: 600; }
  .quiet { fill: #59636e; }
  .service { fill: #0f766e; } .floor { fill: #94a3b8; } .peer { fill: #d97706; }
  line { stroke: #d1d9e0; }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; }
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .service { fill: #2dd4bf; } .floor { fill: #64748b; } .peer { fill: #f59e0b; }
    line { stroke: #3d444d; }
  }
</style>
<text class="title" x="16" y="28">Requests per second (longer is better)</text>
${legend()}
${rows.join('\n')}
${second.svg}
<text class="quiet" x="16" y="${height - 12}">${escape(caption)}</text>
</svg>
`;
}

function legend(): string {
  const places: Record<SystemName, number> = { service: 16, floor: 130, peer: 400 };
  return systemNames
    .map(
      (name) =>
        `<rect class="${name}" x="${places[name]}" y="42" width="12" height="12" rx="2"/>` +
        `<text class="quiet" x="${places[name] + 18}" y="52">${names[name]}</text>`,
    )
    .join('\n');
}

function stepRow(steps: Measurements['steps'], key: string, y: number): string {
  const own = steps.filter((step) => step.key === key);
  const longest = Math.max(...own.map(({ perSecond }) => perSecond));
  const bars = own.map(({ system, perSecond }, at) => {
    const ratio = system === 'service' ? null : ratioOfRounds(steps, key, system, 'rounds');
    const note = ratio === null ? '' : `  (service ${ratio.toFixed(2)} ×)`;
    return bar(system, perSecond / longest, y + at * barHeight, `${perSecond.toFixed(0)}${note}`);
  });
  const labelY = y + (own.length * barHeight) / 2 + 4;
  return `<text x="${left - 10}" y="${labelY}" text-anchor="end">${escape(own[0]?.label ?? '')}</text>\n${bars.join('\n')}`;
}

/** Times span four orders of magnitude, so that these bars are logarithmic. */
function membershipPart(membership: Measurements['membership'], y: number): { svg: string; end: number } {
  const slowest = Math.max(...membership.map(({ addMs }) => addMs.p50));
  const fastestShownMs = 0.5;
  const share = (ms: number) =>
    Math.max(0.01, Math.log(ms / fastestShownMs) / Math.log(Math.max(slowest, 1) / fastestShownMs));
  const parts = [
    `<line x1="16" x2="${width - 16}" y1="${y - 28}" y2="${y - 28}"/>`,
    `<text class="title" x="16" y="${y}">Adding one member to a group, p50 in ms (logarithmic, shorter is better)</text>`,
  ];
  let at = y + 18;
  for (const size of [...new Set(membership.map(({ groupSize }) => groupSize))]) {
    const own = membership.filter(({ groupSize }) => groupSize === size);
    const labelY = at + (own.length * barHeight) / 2 + 4;
    parts.push(
      `<text x="${left - 10}" y="${labelY}" text-anchor="end">${size.toLocaleString('en')} members</text>`,
    );
    for (const { system, addMs } of own) {
      parts.push(bar(system, share(addMs.p50), at, addMs.p50.toFixed(1)));
      at += barHeight;
    }
    at += rowGap;
  }
  return { svg: parts.join('\n'), end: at };
}

function bar(system: SystemName, share: number, y: number, text: string): string {
  const length = Math.max(1, share * (width - left - right));
  return (
    `<rect class="${system}" x="${left}" y="${y}" width="${length.toFixed(1)}" height="${barHeight - 2}" rx="2"/>` +
    `<text class="quiet" x="${(left + length + 6).toFixed(1)}" y="${y + barHeight - 3}">${escape(text)}</text>`
  );
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
