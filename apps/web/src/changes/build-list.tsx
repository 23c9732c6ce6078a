import { Button, Code, Collapse, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import type { Build } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { IconPackage } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Ago } from '../parts/moment.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { buildLook } from './build-look.ts';
import classes from './build-list.module.css';
import { actorOf } from '../words/terms.ts';

/** The builds of a change, newest first, with their notes. */
export function BuildList({ builds }: { readonly builds: readonly Build[] }): ReactElement {
  if (builds.length === 0) {
    return (
      <EmptyState title="No build yet" icon={IconPackage}>
        The build server announces builds with an API token (Settings).
      </EmptyState>
    );
  }
  return (
    <ul className={classes['list']}>
      {builds.map((build) => (
        <BuildItem key={build.id} build={build} />
      ))}
    </ul>
  );
}

function BuildItem({ build }: { readonly build: Build }): ReactElement {
  const { manages } = useRights();
  const [isOpen, notes] = useDisclosure(build.supersededBy === null);
  const pass = useAct(() => passQa(build.version), {
    said: () => `QA passed for ${build.version}`,
  });
  const waits =
    build.qaPassedAt === null && build.supersededBy === null && build.blockedAt === null;
  return (
    <li className={classes['item']}>
      <Group justify="space-between">
        <Group gap="sm">
          <Text fw={600}>{build.version}</Text>
          <StateBadge look={buildLook(build)} />
        </Group>
        <Group gap="xs">
          {manages && waits && (
            <Button
              size="compact-sm"
              loading={pass.isPending}
              onClick={() => {
                pass.mutate(undefined);
              }}
            >
              QA passed
            </Button>
          )}
          <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={notes.toggle}>
            {isOpen ? 'Hide notes' : 'Notes'}
          </Button>
        </Group>
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        <Code>{build.digest.slice(0, 19)}…</Code> announced by {actorOf(build.announcedBy)}{' '}
        <Ago at={build.announcedAt} />
        {build.qaPassedBy !== null && ` · QA by ${actorOf(build.qaPassedBy)}`}
        {build.issues.length > 0 && ` · ${build.issues.join(', ')}`}
      </Text>
      {pass.isError && <ProblemAlert error={pass.error} />}
      <Collapse expanded={isOpen}>
        <div className={classes['notes']}>
          {build.notesMarkdown.trim() === '' ? 'No notes.' : build.notesMarkdown}
        </div>
      </Collapse>
    </li>
  );
}

function passQa(version: string): Promise<unknown> {
  return take(
    api.POST('/v1/builds/{version}/qa', { params: { path: { version } }, body: { passed: true } }),
  );
}
