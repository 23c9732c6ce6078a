import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';
import { facts, table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { list, noun, verb } from '../verb.ts';

type Change = components['schemas']['Change'];

interface CreateOptions {
  readonly kind: Change['kind'];
  readonly title: string;
  readonly critical?: true;
  readonly earliest?: string;
  readonly latest?: string;
  readonly minimumVersion?: string;
  readonly json?: boolean;
}

interface AnnounceOptions {
  readonly build?: string;
  readonly digest: string;
  readonly notes?: string;
  readonly notesFr?: string;
  readonly changelog?: string;
  readonly basedOn?: string;
  readonly issues?: readonly string[];
  readonly qaPassed?: true;
  readonly json?: boolean;
}

interface AssessOptions {
  readonly impact: components['schemas']['Assessment']['impact'];
  readonly downtime?: string;
  readonly action?: string;
  readonly irreversible?: true;
  readonly reportedBy?: readonly string[];
  readonly note?: string;
  readonly json?: boolean;
}

/** `daymark changes …` */
export function changeCommands(program: Command, cli: Cli): void {
  const changes = noun(
    program,
    'changes',
    'what is rolled out: releases and hotfixes with their builds',
  );
  verb(changes, {
    usage: 'list',
    does: 'list changes, newest first',
    example: 'daymark changes list',
  }).action((options: { json?: boolean }) => listChanges(cli, options));
  verb(changes, {
    usage: 'show <version>',
    does: 'show one change: assessment, builds, how far it has come',
    example: 'daymark changes show 8.3.0',
  }).action(async (version: string, options: { json?: boolean }) => {
    const path = { version };
    const change = await contentOf(cli.api().GET('/v1/changes/{version}', { params: { path } }));
    print(cli, options, change, describeChange);
  });
  verb(changes, {
    usage: 'create <version>',
    does: 'enter a change; it may be planned before it has a build',
    example: 'daymark changes create 8.3.0 --kind release --title "Winter release"',
  })
    .requiredOption('--kind <kind>', 'release or hotfix')
    .requiredOption('--title <title>', 'in a few words')
    .option('--critical', 'an outage, or threatens an immediate work stoppage')
    .option('--earliest <date>', 'no production before this date')
    .option('--latest <date>', 'no production after this date')
    .option('--minimum-version <version>', 'what a client must run before')
    .action((version: string, options: CreateOptions) => createChange(cli, version, options));
  buildCommands(changes, cli);
}

function buildCommands(changes: Command, cli: Cli): void {
  verb(changes, {
    usage: 'announce <version>',
    does: 'announce a build of a change, as CI does; the same build twice is one',
    example:
      'daymark changes announce 8.3.0 --digest sha256:… --changelog CHANGELOG.md --qa-passed',
  })
    .requiredOption('--digest <digest>', 'sha256: and 64 hexadecimal digits')
    .option('--build <version>', 'version of the build, when it differs from that of the change')
    .option('--notes <file>', 'release notes in Markdown, in English')
    .option('--notes-fr <file>', 'the same in French')
    .option('--changelog <file>', 'a changelog; the section of the version is taken')
    .option('--based-on <version>', 'the build it was made from')
    .option('--issues <keys>', 'issues it resolves', list)
    .option('--qa-passed', 'QA has passed')
    .action((version: string, options: AnnounceOptions) => announce(cli, version, options));
  verb(changes, {
    usage: 'translate <build> <file>',
    does: 'give a build its release notes in French (Markdown); mails from now on are written with them',
    example: 'daymark changes translate 8.3.0 notes.fr.md',
  }).action(async (version: string, file: string, options: { json?: boolean }) => {
    const params = { path: { version, locale: 'fr' as const } };
    const body = { markdown: await textIn(cli, file) };
    const call = cli.api().PUT('/v1/builds/{version}/notes/{locale}', { params, body });
    print(cli, options, await contentOf(call), () => `Build ${version} has notes in French.`);
  });
  verb(changes, {
    usage: 'qa <build>',
    does: 'record that a build has passed QA',
    example: 'daymark changes qa 8.3.0',
  }).action(async (version: string, options: { json?: boolean }) => {
    const call = { params: { path: { version } }, body: { passed: true as const } };
    const build = await contentOf(cli.api().POST('/v1/builds/{version}/qa', call));
    print(cli, options, build, () => `QA has passed for ${build.version}.`);
  });
  verb(changes, {
    usage: 'assess <version>',
    does: 'record how a change affects clients, and who reported it',
    example: 'daymark changes assess 8.3.0 --impact visible --downtime 5',
  })
    .requiredOption('--impact <impact>', 'transparent, visible or "action needed"')
    .option('--downtime <minutes>', 'expected downtime')
    .option('--action <text>', 'what a client must do')
    .option('--irreversible', 'it cannot be rolled back')
    .option('--reported-by <keys>', 'clients that reported it', list)
    .option('--note <text>', 'for colleagues')
    .action((version: string, options: AssessOptions) => assess(cli, version, options));
}

async function listChanges(cli: Cli, options: { readonly json?: boolean }): Promise<void> {
  print(cli, options, await contentOf(cli.api().GET('/v1/changes')), ({ items }) =>
    orNothing(
      items.length === 0,
      () =>
        table(items, {
          VERSION: ({ version }) => version,
          KIND: ({ kind, critical }) => (critical ? `critical ${kind}` : kind),
          TITLE: ({ title }) => title,
          BUILD: ({ builds }) => builds[0]?.version ?? null,
          IMPACT: ({ assessment }) => assessment?.impact ?? 'not assessed',
          'ON IT': ({ reach }) => `${reach.onItOrLater} of ${reach.clients}`,
        }),
      'No change yet. "daymark changes create" enters one.',
    ),
  );
}

async function createChange(cli: Cli, version: string, options: CreateOptions): Promise<void> {
  const { kind, title, critical, earliest, latest, minimumVersion } = options;
  const body = {
    kind,
    version,
    title,
    ...(critical ? { critical } : {}),
    ...(earliest === undefined ? {} : { earliestDate: earliest }),
    ...(latest === undefined ? {} : { latestDate: latest }),
    ...(minimumVersion === undefined ? {} : { minimumVersion }),
  };
  const change = await contentOf(cli.api().POST('/v1/changes', { body }));
  print(
    cli,
    options,
    change,
    () => `Change ${change.version} is entered. Next: assess it, announce its build.`,
  );
}

async function announce(cli: Cli, version: string, options: AnnounceOptions): Promise<void> {
  const { digest, notes, notesFr, changelog, basedOn, issues, qaPassed } = options;
  if (notes !== undefined && changelog !== undefined) {
    throw new CliFailure('usage', 'Give either --notes or --changelog, not both.');
  }
  const body = {
    version: options.build ?? version,
    digest,
    ...(notes === undefined ? {} : { notesMarkdown: await textIn(cli, notes) }),
    ...(notesFr === undefined ? {} : { translations: { fr: await textIn(cli, notesFr) } }),
    ...(changelog === undefined ? {} : { changelog: await textIn(cli, changelog) }),
    ...(basedOn === undefined ? {} : { basedOn }),
    ...(issues === undefined ? {} : { issues: [...issues] }),
    ...(qaPassed ? { qaPassed } : {}),
  };
  const call = { params: { path: { version } }, body };
  const build = await contentOf(cli.api().POST('/v1/changes/{version}/builds', call));
  print(cli, options, build, () => {
    const next = build.qaPassedAt === null ? ` Next: "daymark changes qa ${build.version}".` : '';
    return `Build ${build.version} of ${version} is announced.${next}`;
  });
}

async function textIn(cli: Cli, file: string): Promise<string> {
  return (await cli.readFile(file)).toString('utf8');
}

async function assess(cli: Cli, version: string, options: AssessOptions): Promise<void> {
  const { impact, downtime, action, irreversible, reportedBy, note } = options;
  const body = {
    impact,
    reversible: !irreversible,
    ...(downtime === undefined ? {} : { downtimeMinutes: Number(downtime) }),
    ...(action === undefined ? {} : { clientAction: action }),
    ...(reportedBy === undefined ? {} : { reportedBy: [...reportedBy] }),
    ...(note === undefined ? {} : { note }),
  };
  const call = { params: { path: { version } }, body };
  const change = await contentOf(cli.api().POST('/v1/changes/{version}/assessments', call));
  print(cli, options, change, ({ policy }) => `${version} is assessed. Its policy is "${policy}".`);
}

function describeChange(change: Change): string {
  const { assessment, reach } = change;
  return [
    facts({
      Change: `${change.version}: ${change.title}`,
      Kind: change.critical ? `critical ${change.kind}` : change.kind,
      Impact: assessment?.impact ?? 'not assessed',
      'Reported by': assessment?.reportedBy.join(', ') ?? null,
      Policy: change.policy,
      Reach: `${reach.onItOrLater} of ${reach.clients} clients run it or a later one; ${reach.toCome} to come`,
    }),
    '',
    orNothing(
      change.builds.length === 0,
      () =>
        table(change.builds, {
          BUILD: ({ version }) => version,
          DIGEST: ({ digest }) => digest.slice(0, 19),
          'MADE FROM': ({ basedOn }) => basedOn,
          ISSUES: ({ issues }) => issues.join(', '),
          QA: ({ qaPassedAt }) => (qaPassedAt === null ? 'not passed' : moment(qaPassedAt)),
          NOTE: ({ supersededBy }) =>
            supersededBy === null ? null : `superseded by ${supersededBy}`,
        }),
      'No build yet: previews and production wait for one.',
    ),
  ].join('\n');
}
