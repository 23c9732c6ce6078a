import { Alert, Button, Drawer, Group, Stack, Table, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { messageQuestion } from '../api/queries.ts';
import type { MessageDetail, MessageStatus } from '../api/types.ts';
import { useRights } from '../layout/me.ts';
import { Moment } from '../parts/moment.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { messageStates } from '../words/states.ts';
import { actorOf, readable } from '../words/terms.ts';
import { type MessageVerb, messageVerbs, treatMessage } from './message-verbs.ts';
import classes from './message-table.module.css';

interface MessageDrawerProps {
  readonly id: string | null;
  readonly onClose: () => void;
}

/** One mail as it was sent, and everything that happened to it. */
export function MessageDrawer({ id, onClose }: MessageDrawerProps): ReactElement {
  return (
    <Drawer opened={id !== null} onClose={onClose} position="right" size="xl" title="Message">
      {id !== null && <OpenMessage id={id} />}
    </Drawer>
  );
}

function OpenMessage({ id }: { readonly id: string }): ReactElement {
  const message = useQuery(messageQuestion(id));
  return (
    <QueryPanel query={message} rows={8}>
      {(data) => (
        <Stack>
          <div>
            <Group gap="sm">
              <Text fz="lg" fw={650}>
                {data.subject}
              </Text>
              <StateBadge look={messageStates[data.status]} words={data.statusWords} />
            </Group>
            <Text size="sm" c="dimmed">
              {readable(data.kind)} to {data.toName} ({data.to})
            </Text>
          </div>
          {data.lastError !== null && <Alert color="signal">{data.lastError}</Alert>}
          <Treatment message={data} />
          <Tabs defaultValue="html" keepMounted={false}>
            <Tabs.List mb="sm">
              <Tabs.Tab value="html">As sent</Tabs.Tab>
              <Tabs.Tab value="text">Plain text</Tabs.Tab>
              <Tabs.Tab value="headers">Headers</Tabs.Tab>
              <Tabs.Tab value="events">What happened ({data.events.length})</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="html">
              {/* No permission at all: a mail is somebody else's markup. */}
              <iframe
                className={classes['paper']}
                title={`Message: ${data.subject}`}
                sandbox=""
                srcDoc={data.html}
              />
            </Tabs.Panel>
            <Tabs.Panel value="text">
              <div className={classes['text']}>{data.text}</div>
            </Tabs.Panel>
            <Tabs.Panel value="headers">
              <Table data={{ body: data.headers.map(({ name, value }) => [name, value]) }} />
            </Tabs.Panel>
            <Tabs.Panel value="events">
              <Events events={data.events} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      )}
    </QueryPanel>
  );
}

function Events({ events }: { readonly events: MessageDetail['events'] }): ReactElement {
  return (
    <Stack gap="xs">
      {events.map(({ at, kind, actor, text }) => (
        <div key={`${at} ${kind}`}>
          <Text size="sm">{text}</Text>
          <Group gap={6}>
            <Moment at={at} />
            <Text size="xs" c="dimmed">
              {actorOf(actor)}
            </Text>
          </Group>
        </div>
      ))}
    </Stack>
  );
}

const treatable: readonly MessageStatus[] = ['unknown', 'needs_human', 'bounced', 'rejected'];

function Treatment({ message }: { readonly message: MessageDetail }): ReactElement | null {
  const { manages } = useRights();
  const [verb, setVerb] = useState<MessageVerb | null>(null);
  if (!manages || !treatable.includes(message.status)) return null;
  return (
    <Group gap="xs">
      {messageVerbs.map((each) => (
        <Button
          key={each}
          size="xs"
          variant="light"
          color={each === 'drop' ? 'signal' : 'harbour'}
          onClick={() => {
            setVerb(each);
          }}
        >
          {readable(each)}
        </Button>
      ))}
      {verb !== null && (
        <ReasonDialog
          title={`${readable(verb)}: ${message.subject}`}
          verb={readable(verb)}
          danger={verb === 'drop'}
          said="Done"
          act={(reason) => treatMessage(message.id, verb, reason)}
          onClose={() => {
            setVerb(null);
          }}
        />
      )}
    </Group>
  );
}
