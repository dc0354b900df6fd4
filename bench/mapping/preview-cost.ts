import { seedDirectory } from '../sync/company.ts';
import { type BenchWorkspace, givenBenchWorkspace, startBenchService } from '../sync/service.ts';
import { synchronize, timed } from '../sync/watch.ts';

const pollMs = 20;
const repetitions = 3;

/** What a preview of rules costs beside the run that applies them, in milliseconds. */
export interface PreviewCost {
  people: number;
  firstPageMs: number;
  countsMs: number;
  runMs: number;
}

interface Mapping {
  rules: { source: unknown; transforms: unknown[]; target: { field?: string } }[];
}

/**
 * Previews rules that change every member, then saves them and lets a run apply them: the preview and the run are of
 * the same people and the same rules. The run that made them members before is warm-up.
 */
export async function measurePreview(people: number): Promise<PreviewCost> {
  const service = await startBenchService();
  try {
    const workspace = await givenBenchWorkspace(service, 'Mapping');
    await seedDirectory(service.sql, workspace.id, people);
    await service.sql.query('VACUUM ANALYZE');
    await synchronize(workspace, pollMs);
    await service.sql.query('VACUUM ANALYZE');
    const { rules } = (await workspace.admin('GET', '/api/attribute-mapping')) as Mapping;
    const candidate = {
      rules: rules.map((rule) =>
        rule.target.field === 'jobTitle' ? { ...rule, transforms: [{ name: 'upper', args: [] }] } : rule,
      ),
    };
    const firstPageMs = await fastest(() =>
      workspace.admin('POST', '/api/attribute-mapping/preview', candidate),
    );
    const countsMs = await fastest(() => requireCounts(workspace, candidate, people));
    await workspace.admin('PUT', '/api/attribute-mapping', candidate);
    const runMs = await timed(() => synchronize(workspace, pollMs));
    return { people, firstPageMs, countsMs, runMs };
  } finally {
    await service.stop();
  }
}

/** The counts are worth a measurement only when they are of everybody. */
async function requireCounts(workspace: BenchWorkspace, candidate: Mapping, people: number): Promise<void> {
  const counts = await workspace.admin('POST', '/api/attribute-mapping/preview/counts', candidate);
  const { complete, changedMembers } = counts as { complete: boolean; changedMembers: number };
  if (!complete || changedMembers !== people) throw new Error(`Not counted: ${JSON.stringify(counts)}`);
}

async function fastest(work: () => Promise<unknown>): Promise<number> {
  const figures: number[] = [];
  for (let n = 0; n < repetitions; n += 1) figures.push(await timed(work));
  return Math.min(...figures);
}
