/**
 * `npm run bench:screen`: the settings screen in a browser, behind a slow network and with a large company. Says which
 * required figures are met; ends with 1 if one is not. `--people 10000` makes the company smaller.
 */
import { parseArgs } from 'node:util';
import { openBrowser } from '../../scripts/screenshots/browser.ts';
import { textTable } from '../../simulator/text-table.ts';
import { machineText, thisMachine } from '../machine.ts';
import { seedDirectory } from '../sync/company.ts';
import { givenBenchWorkspace, startBenchService } from '../sync/service.ts';
import { measureLargePreview } from './large-preview.ts';
import type { ScreenFigure } from './screen-figure.ts';
import { measureSlowNetwork } from './slow-network.ts';

const { values } = parseArgs({ options: { people: { type: 'string', default: '100000' } } });
process.exitCode = (await main(Number(values.people))) ? 0 : 1;

/** Measures everything. @returns whether all figures are met */
async function main(people: number): Promise<boolean> {
  const service = await startBenchService();
  const browser = await openBrowser();
  try {
    const workspace = await givenBenchWorkspace(service, 'Nordlicht AG');
    const path = `/operator/workspaces/${workspace.id}/admin-links`;
    const newCode = async () => {
      const link = await workspace.operator('POST', path, { email: 'admin@example.com' });
      return (link as { code: string }).code;
    };
    const place = { browser, url: service.url, newCode };
    process.stderr.write('Behind a slow network …\n');
    const slow = await measureSlowNetwork(place);
    process.stderr.write(`With ${people} people …\n`);
    await seedDirectory(service.sql, workspace.id, people);
    await service.sql.query('VACUUM ANALYZE');
    const figures = [...slow, ...(await measureLargePreview(place, people))];
    process.stdout.write(`${machineText(thisMachine())}\n\n${reportOf(figures).join('\n')}\n`);
    return figures.every(isMet);
  } finally {
    await browser.close();
    await service.stop();
  }
}

function isMet({ ms, atMostMs }: ScreenFigure): boolean {
  return atMostMs === null || ms <= atMostMs;
}

function reportOf(figures: readonly ScreenFigure[]): string[] {
  return textTable(
    [
      { heading: 'figure' },
      { heading: 'at most', right: true },
      { heading: 'is', right: true },
      { heading: '' },
    ],
    figures.map((figure) => [
      figure.label,
      figure.atMostMs === null ? '–' : `${figure.atMostMs} ms`,
      `${Math.round(figure.ms)} ms`,
      isMet(figure) ? '' : 'NOT MET',
    ]),
    80,
  );
}
