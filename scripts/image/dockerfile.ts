/** One instruction of a Dockerfile: `name` and what follows it, and the line that it begins on. */
export interface Instruction {
  name: string;
  text: string;
  line: number;
}

/** A part of a Dockerfile from `FROM` on. */
export interface Stage {
  /** Its name, or its number when it has none. */
  name: string;
  /** The image or the earlier stage that it begins with. */
  from: string;
  instructions: Instruction[];
}

/**
 * Reads a Dockerfile, as far as ours goes: comments, continued lines, named stages.
 *
 * @throws Error naming the line of what it does not know
 */
export function readDockerfile(source: string): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of instructionsOf(source)) {
    if (instruction.name === 'FROM') {
      const found = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(instruction.text);
      if (!found) throw new Error(`Dockerfile line ${instruction.line}: FROM image AS name`);
      stages.push({ from: found[1] ?? '', name: found[2] ?? String(stages.length), instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) throw new Error(`Dockerfile line ${instruction.line}: ${instruction.name} before FROM`);
    stage.instructions.push(instruction);
  }
  return stages;
}

function instructionsOf(source: string): Instruction[] {
  const instructions: Instruction[] = [];
  let begun = '';
  let line = 0;
  for (const [at, text] of source.split('\n').entries()) {
    if (/^\s*(#|$)/.test(text)) continue;
    if (begun === '') line = at + 1;
    begun += text.replace(/\\$/, ' ');
    if (text.endsWith('\\')) continue;
    const [, name = '', rest = ''] = /^\s*(\w+)\s+(.*?)\s*$/.exec(begun) ?? [];
    instructions.push({ name: name.toUpperCase(), text: rest, line });
    begun = '';
  }
  return instructions;
}

/** The flags before an instruction's own words: `--from=build a b` → `{ from: 'build' }` and `a b`. */
export function flagsOf(text: string): { flags: Record<string, string>; rest: string } {
  const flags: Record<string, string> = {};
  let rest = text;
  for (;;) {
    const found = /^--([\w-]+)=(\S+)\s+/.exec(rest);
    if (!found) return { flags, rest };
    flags[found[1] ?? ''] = found[2] ?? '';
    rest = rest.slice(found[0].length);
  }
}

/** `A=1 B="two words"` → its pairs. */
export function pairsOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/(\S+?)=(?:"([^"]*)"|(\S*))/g)];
  return Object.fromEntries(pairs.map(([, name = '', quoted, plain]) => [name, quoted ?? plain ?? '']));
}

/** A command in its exec form, the only one that signals reach. @throws Error for any other form */
export function execForm(text: string, line: number): string[] {
  const words: unknown = text.startsWith('[') ? JSON.parse(text) : null;
  if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === 'string'))
    return words;
  throw new Error(`Dockerfile line ${line}: a command is a list of texts here, so that signals reach it`);
}
