import { Injectable } from '@nestjs/common';
import {
  type Database,
  inSnapshot,
  inTransaction,
  type Transaction,
} from '../../../../database/in-transaction.ts';
import type { Queryable } from '../../../../database/pool.ts';
import {
  lockClients,
  lockRunningParts,
  readClientCells,
  writeClient,
  writeContact,
} from '../../../../database/stores/client.store.ts';
import { listDeployers } from '../../../../database/stores/deployer.store.ts';
import {
  type ClientDifference,
  differenceOfSheet,
  sentenceOf,
} from '../../../../domain/client/client-difference.ts';
import { readClientSheet, type SheetProblem } from '../../../../domain/client/client-sheet.ts';
import type { SheetReading } from '../../../../domain/client/client-sheet.ts';
import { clientRolloutWorkflowId } from '../../../../workflows/contract/workflow-ids.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { Problem } from '../http/problem.ts';
import type { ImportBody, importResult } from './clients.schemas.ts';
import { readSpreadsheet, type Spreadsheet, UnreadableSpreadsheet } from './spreadsheet.ts';

/** Takes over a client list: all of it or, with any problem, nothing. */
@Injectable()
export class ClientImport {
  constructor(private readonly backend: Backend) {}

  async run(body: ImportBody, { actor }: Caller): Promise<Answer<typeof importResult>> {
    const file = readFile(body);
    const reading = readClientSheet(file.sheet, body.map);
    refuseProblems(reading.problems);
    const { database } = this.backend;
    const difference = body.apply
      ? await apply(database, reading, actor)
      : await inSnapshot(database, (db) => compare(db, reading));
    return {
      applied: body.apply,
      delimiter: file.delimiter,
      encoding: file.encoding,
      rows: file.sheet.rows.length,
      difference,
      summary: sentenceOf(difference),
    };
  }
}

function readFile({ csv, csvBase64 }: ImportBody): Spreadsheet {
  try {
    return readSpreadsheet(csv ?? Buffer.from(csvBase64 ?? '', 'base64'));
  } catch (error) {
    if (!(error instanceof UnreadableSpreadsheet)) throw error;
    throw refused([{ line: error.line, column: 1, heading: '', message: error.message }]);
  }
}

async function compare(db: Queryable, reading: SheetReading): Promise<ClientDifference> {
  const known = await readClientCells(
    db,
    reading.clients.map(({ key }) => key),
  );
  const deployers = (await listDeployers(db)).map(({ name }) => name);
  const difference = differenceOfSheet(reading, known, deployers);
  refuseProblems(difference.problems);
  return difference;
}

async function apply(
  database: Database,
  reading: SheetReading,
  actor: string,
): Promise<ClientDifference> {
  return await inTransaction(database, async (tx) => {
    await lockClients(tx);
    const difference = await compare(tx, reading);
    await wakeChanged(tx, difference);
    for (const { key, change, fields, after } of difference.clients) {
      if (change === 'same') continue;
      await writeClient(tx, after, {
        actor,
        facts: { key, fields: fields.map((each) => each.field) },
      });
    }
    for (const { client, change, after } of difference.contacts) {
      if (change === 'same') continue;
      await writeContact(tx, client, after, { actor, isNew: change === 'new' });
    }
    return difference;
  });
}

/** Tags, zones and people are facts that gates and messages follow from. */
async function wakeChanged(tx: Transaction, difference: ClientDifference): Promise<void> {
  const changed = [
    ...difference.clients.flatMap(({ key, change }) => (change === 'changed' ? [key] : [])),
    ...difference.contacts.flatMap(({ client, change }) => (change === 'same' ? [] : [client])),
  ];
  const parts = await lockRunningParts(tx, [...new Set(changed)]);
  for (const { rolloutId, clientId } of parts) {
    tx.wake(clientRolloutWorkflowId(rolloutId, clientId));
  }
}

function refuseProblems(problems: readonly SheetProblem[]): void {
  if (problems.length > 0) throw refused(problems);
}

function refused(problems: readonly SheetProblem[]): Problem {
  const ordered = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  const [first] = ordered;
  const more = ordered.length > 1 ? `, and ${ordered.length - 1} more` : '';
  const detail = `Nothing was taken over. Line ${first?.line ?? 1}, column ${first?.column ?? 1}: ${first?.heading ?? ''} ${first?.message ?? ''}${more}`;
  const errors = ordered.map((each) => ({ path: `${each.line}:${each.column}`, ...each }));
  return new Problem(422, 'IMPORT_REFUSED', detail, { errors });
}
