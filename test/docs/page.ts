import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** A fenced block of a page. */
export interface Block {
  line: number;
  /** The first word of the info string. */
  language: string;
  /** The rest of the info string: a reason not to run the block, or the file that it quotes. */
  note: string;
  text: string;
}

/** A page of Markdown, taken apart as far as the tests look at it. */
export class Page {
  readonly blocks: Block[] = [];
  /** The text without its fenced blocks, each line where it was. */
  readonly prose: string;
  readonly anchors = new Set<string>();

  /** @param path from the root of the repository */
  constructor(readonly path: string) {
    const lines = readFileSync(join(root, path), 'utf8').split('\n');
    this.prose = this.takeBlocks(lines).join('\n');
    for (const [, heading = ''] of this.prose.matchAll(/^#{1,6} (.+)$/gm))
      this.anchors.add(this.slugOf(heading));
  }

  /** What links and pictures point to. */
  get links(): string[] {
    return [...this.prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  }

  /** What stands in code marks. */
  get codes(): string[] {
    return [...this.prose.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
  }

  private takeBlocks(lines: readonly string[]): string[] {
    const prose: string[] = [];
    let open: Block | null = null;
    for (const [at, line] of lines.entries()) {
      const [, info] = /^\s*```(.*)$/.exec(line) ?? [];
      if (info === undefined) {
        if (open === null) prose.push(line);
        else open.text += `${line}\n`;
        continue;
      }
      if (open === null) {
        const [language = '', ...note] = info.trim().split(' ');
        open = { line: at + 1, language, note: note.join(' '), text: '' };
      } else {
        this.blocks.push(open);
        open = null;
      }
    }
    return prose;
  }

  /** As GitHub makes anchors of headings; the second of the same name gets `-1`. */
  private slugOf(heading: string): string {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    let name = slug;
    for (let count = 1; this.anchors.has(name); count += 1) name = `${slug}-${count}`;
    return name;
  }
}
