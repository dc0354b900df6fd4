/** A time zone that is offered: as the service takes it, and as people look for it. */
interface OfferedZone {
  value: string;
  label: string;
}

/** Cities whose zones browsers still have under names of before. */
const namesNow: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Asmara',
  'America/Godthab': 'Nuuk',
  'Asia/Calcutta': 'Kolkata',
  'Asia/Katmandu': 'Kathmandu',
  'Asia/Rangoon': 'Yangon',
  'Asia/Saigon': 'Ho Chi Minh City',
  'Atlantic/Faeroe': 'Faroe',
  'Europe/Kiev': 'Kyiv',
  'Pacific/Enderbury': 'Kanton',
  'Pacific/Ponape': 'Pohnpei',
  'Pacific/Truk': 'Chuuk',
};

type Offered = OfferedZone | { group: string; items: OfferedZone[] };

/**
 * All time zones by continent, each by its city with its distance from UTC at this moment: in a list of a browser one finds
 * a city by typing its beginning.
 *
 * @param saved the zone that is set; it is offered even if the browser does not know it by that name
 */
export function zonesOffered(saved: string, now: Date): Offered[] {
  const zones = [...new Set([saved, ...Intl.supportedValuesOf('timeZone')])];
  const groups = Map.groupBy(zones, (zone) => (zone.includes('/') ? (zone.split('/', 1)[0] ?? '') : ''));
  return [...groups]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .flatMap(([group, names]): Offered[] => {
      const items = names
        .map((value) => ({ value, label: `${cityOf(value)}${offsetOf(value, now)}` }))
        .toSorted((one, other) => one.label.localeCompare(other.label));
      return group === '' ? items : [{ group, items }];
    });
}

function cityOf(zone: string): string {
  const [first = zone, ...rest] = zone.split('/');
  return namesNow[zone] ?? (rest.join(', ') || first).replaceAll('_', ' ');
}

/** ` (UTC+1)`; nothing for a zone that the browser does not know. */
function offsetOf(timeZone: string, now: Date): string {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts(now);
    const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', 'UTC');
    return offset === undefined || timeZone === 'UTC' ? '' : ` (${offset})`;
  } catch {
    return '';
  }
}
