import type { Addresses } from '../addresses.ts';
import type { DataDirectory } from '../data/data-directory.ts';
import type { Secrets } from '../data/secrets.ts';
import { demoStaff } from '../demo/prepare-demo.ts';
import { namesOfReplaced, type ReplacedParts } from '../replaced-parts.ts';

/** What a person reads once everything runs. Without secrets there are no demo logins. */
export function welcome(installation: {
  readonly addresses: Addresses;
  readonly directory: DataDirectory;
  readonly secrets: Secrets | null;
  readonly replaced: ReplacedParts;
}): string {
  const { addresses, directory, secrets, replaced } = installation;
  const rows: (readonly [string, string])[] = [['Staff screens', addresses.daymark]];
  if (replaced.postmarkToken === null) {
    rows.push(['Inbox', addresses.inbox], ['A client site', addresses.sites[1] ?? '']);
  }
  if (replaced.temporalAddress === null) rows.push(['Workflows', addresses.temporal]);
  const logins = secrets ? loginLines(secrets) : [withoutDemo(replaced)];
  return [
    '',
    'Daymark is running.',
    '',
    ...rows.map(([name, address]) => `  ${name.padEnd(15)} ${address}`),
    '',
    ...logins,
    '',
    `Logs are in ${directory.path}/logs. Stop with Ctrl-C.`,
    '',
  ].join('\n');
}

function loginLines({ passwords }: Secrets): readonly string[] {
  return [
    'Sign in as',
    ...demoStaff.map(({ role, email }) => `  ${email.padEnd(27)} ${passwords[role]}`),
  ];
}

function withoutDemo(replaced: ReplacedParts): string {
  const names = namesOfReplaced(replaced).join(', ');
  return `No demo data, and mail to clients stays off, because of ${names}. The first login: ./daymark staff add`;
}
