import { writeFile } from 'node:fs/promises';
import { validateCalendar } from '../../../domain/calendar/validate-calendar.ts';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { confirmEffect } from '../output/confirm-effect.ts';
import { describeEffect } from '../output/effect.ts';
import { moment } from '../output/moment.ts';
import { table } from '../output/table.ts';
import { print } from '../print.ts';
import { documentInFile, noCalendar } from './calendar-file.ts';

interface JsonOption {
  readonly json?: boolean;
}

/** Says what is wrong with a file; needs no Daymark. */
export async function validateFile(cli: Cli, file: string, options: JsonOption): Promise<void> {
  const problems = validateCalendar(await documentInFile(cli, file));
  if (problems.length > 0) throw noCalendar(file, problems);
  print(cli, options, { valid: true, problems }, () => `${file} is a calendar.`);
}

/** Writes a stored calendar as the file it can be saved from again. */
export async function exportCalendar(
  cli: Cli,
  name: string,
  options: { readonly format: string; readonly out?: string; readonly revision?: number },
): Promise<void> {
  const { format, out, revision } = options;
  const query = revision === undefined ? {} : { revision };
  const call = cli.api().GET('/v1/calendars/{name}', { params: { path: { name }, query } });
  const { yaml, document } = await contentOf(call);
  const text = format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : yaml;
  if (out === undefined) {
    cli.write(text);
    return;
  }
  try {
    await writeFile(out, text);
  } catch (error) {
    throw new CliFailure('failed', `${out} cannot be written: ${(error as Error).message}`);
  }
  cli.tell(`${name} is written to ${out}.\n`);
}

/** Tells whom a file would move if it were saved; nothing is changed. */
export async function showEffect(
  cli: Cli,
  name: string,
  file: string,
  options: JsonOption,
): Promise<void> {
  const yaml = (await cli.readFile(file)).toString('utf8');
  print(cli, options, await effectOf(cli, name, { file, yaml }), describeEffect);
}

/** Saves a file as a new revision; whoever would move is shown first, and a person asked. */
export async function saveCalendar(
  cli: Cli,
  name: string,
  file: string,
  options: JsonOption & { readonly yes?: boolean },
): Promise<void> {
  const yaml = (await cli.readFile(file)).toString('utf8');
  await confirmAndSave(cli, name, { file, yaml }, options);
}

/** The same for the text of a file, with the revision that it was made from when that is known. */
export async function confirmAndSave(
  cli: Cli,
  name: string,
  edit: { readonly file: string; readonly yaml: string; readonly seenRevision?: number },
  options: JsonOption & { readonly yes?: boolean },
): Promise<void> {
  const seenRevision = edit.seenRevision ?? (await newestRevision(cli, name));
  const effect = await effectOf(cli, name, edit);
  await confirmEffect(cli, effect, { ...options, question: 'Save it?' });
  const call = { params: { path: { name } }, body: { yaml: edit.yaml, seenRevision } };
  const saved = await contentOf(cli.api().PUT('/v1/calendars/{name}', call));
  print(cli, options, saved, ({ revision }) => `${name} is saved as revision ${revision}.`);
}

/** Who saved which revision. */
export async function listRevisions(cli: Cli, name: string, options: JsonOption): Promise<void> {
  const call = cli.api().GET('/v1/calendars/{name}', { params: { path: { name } } });
  const { revisions } = await contentOf(call);
  print(cli, options, { items: revisions }, ({ items }) =>
    table(items, {
      REVISION: ({ revision }) => revision,
      SAVED: ({ savedAt }) => moment(savedAt),
      BY: ({ savedBy }) => savedBy,
    }),
  );
}

async function newestRevision(cli: Cli, name: string): Promise<number> {
  const { items } = await contentOf(cli.api().GET('/v1/calendars'));
  return items.find((each) => each.name === name)?.revision ?? 0;
}

async function effectOf(
  cli: Cli,
  name: string,
  { file, yaml }: { readonly file: string; readonly yaml: string },
): Promise<components['schemas']['Effect']> {
  const call = { params: { path: { name } }, body: { yaml } };
  const effect = await contentOf(cli.api().POST('/v1/calendars/{name}/effect', call));
  if (!effect.valid) throw noCalendar(file, effect.problems);
  return effect;
}
