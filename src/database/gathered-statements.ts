import type { Answer } from './db.ts';
import { type GatheredAnswer, gatheredAnswer, type NodeFunctionPlace, together } from './on-one-node.ts';
import type { OneNode, Sql } from './sql.ts';

interface Waiting {
  statement: Sql;
  oneNode: OneNode;
  resolve: (answer: Answer<unknown>) => void;
  reject: (error: unknown) => void;
}

/**
 * Statements of one workspace that are asked for before the answer of another one is needed: in a database that is
 * distributed, they go to the node of the workspace by one command, and are carried out there one after the other. When one
 * fails, all of them do.
 */
export class GatheredStatements {
  private waiting: Waiting[] = [];
  private isSet = false;
  private holds = 0;

  /**
   * @param place whether it is within a transaction
   * @param send sends a statement, at once
   */
  constructor(
    private readonly place: NodeFunctionPlace,
    private readonly send: (statement: Sql<GatheredAnswer>) => Promise<Answer<GatheredAnswer>>,
  ) {}

  /** Asks for one more, which is sent in the next turn of the event loop; null: it must be sent by itself. */
  add<Row>(statement: Sql<Row>): Promise<Answer<Row>> | null {
    const { oneNode } = statement;
    if (oneNode === null || oneNode.steps() !== null) return null;
    if (oneNode.isAlone && this.place === 'inTransaction') return null;
    if (this.waiting.some((other) => other.oneNode.workspaceId !== oneNode.workspaceId)) this.flush();
    const answer = new Promise<Answer<unknown>>((resolve, reject) => {
      this.waiting.push({ statement, oneNode, resolve, reject });
    });
    this.sendLater();
    return answer as Promise<Answer<Row>>;
  }

  /** Gathers for longer than a turn. @returns what ends it */
  hold(): () => void {
    this.holds += 1;
    return () => {
      this.holds -= 1;
      this.sendLater();
    };
  }

  /** Sends at once what waits, because something else must come after it. */
  flush(): void {
    const sent = this.waiting;
    const [first] = sent;
    if (first === undefined) return;
    this.waiting = [];
    this.send(together(first.oneNode.workspaceId, sent, this.place)).then(
      ({ rows }) => {
        for (const [at, { oneNode, resolve, reject }] of sent.entries()) {
          const row = rows[at];
          if (row === undefined) reject(new Error('The node has not answered each statement'));
          else resolve(gatheredAnswer(oneNode, row));
        }
      },
      (error: unknown) => {
        for (const { reject } of sent) reject(error);
      },
    );
  }

  private sendLater(): void {
    if (this.isSet || this.holds > 0 || this.waiting.length === 0) return;
    this.isSet = true;
    setImmediate(() => {
      this.isSet = false;
      if (this.holds === 0) this.flush();
    });
  }
}
