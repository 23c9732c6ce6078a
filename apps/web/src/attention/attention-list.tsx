import { Button, Group, Text } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { api, take } from '../api/client.ts';
import type { Attention } from '../api/types.ts';
import { IconAlertTriangle, IconCircleCheck } from '../icons.ts';
import { type MessageVerb, messageVerbs, treatMessage } from '../messages/message-verbs.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Ago } from '../parts/moment.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { readable } from '../words/terms.ts';
import { addressFor } from './attention-actions.ts';
import classes from './attention-list.module.css';

/** What waits for a person, the oldest first, each with an owner, an age and what can be done. */
export function AttentionList({ items }: { readonly items: readonly Attention[] }): ReactElement {
  if (items.length === 0) {
    return (
      <EmptyState title="Nothing waits for you" icon={IconCircleCheck}>
        Failures, unanswered questions and undeliverable mails appear here.
      </EmptyState>
    );
  }
  return (
    <ul className={classes['list']}>
      {items.map((item) => (
        <AttentionItem key={item.id} item={item} />
      ))}
    </ul>
  );
}

function AttentionItem({ item }: { readonly item: Attention }): ReactElement {
  const [asked, setAsked] = useState<MessageVerb | 'resolve' | null>(null);
  return (
    <li className={classes['item']}>
      <IconAlertTriangle size={18} stroke={1.75} className={classes['sign']} aria-hidden />
      <div className={classes['body']}>
        <Text size="sm" fw={500}>
          {item.text}
        </Text>
        <Text size="xs" c="dimmed" mt={2}>
          {item.owner === null ? 'No owner' : `For ${item.owner}`} · raised{' '}
          <Ago at={item.raisedAt} />
          <Where item={item} />
        </Text>
      </div>
      <Group gap={6} className={classes['actions'] ?? ''}>
        {item.actions.map((action) => (
          <ActionButton key={action} item={item} action={action} onAsk={setAsked} />
        ))}
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => {
            setAsked('resolve');
          }}
        >
          Dealt with
        </Button>
      </Group>
      {asked !== null && (
        <AskedDialog
          item={item}
          asked={asked}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </li>
  );
}

function Where({ item }: { readonly item: Attention }): ReactElement {
  return (
    <>
      {item.rollout !== null && (
        <>
          {' · '}
          <Link to={`/rollouts/${item.rollout.id}`} className={classes['link']}>
            {item.rollout.name}
          </Link>
        </>
      )}
      {item.client !== null && (
        <>
          {' · '}
          <Link to={`/clients/${encodeURIComponent(item.client.key)}`} className={classes['link']}>
            {item.client.name}
          </Link>
        </>
      )}
    </>
  );
}

interface ActionButtonProps {
  readonly item: Attention;
  readonly action: string;
  readonly onAsk: (verb: MessageVerb | 'resolve') => void;
}

function ActionButton({ item, action, onAsk }: ActionButtonProps): ReactElement {
  const verb = messageVerbs.find((each) => each === action);
  if (verb !== undefined || action === 'acknowledge') {
    return (
      <Button
        size="compact-sm"
        variant="light"
        onClick={() => {
          onAsk(verb ?? 'resolve');
        }}
      >
        {readable(action)}
      </Button>
    );
  }
  return (
    <Button size="compact-sm" variant="light" component={Link} to={addressFor(item, action)}>
      {readable(action)}
    </Button>
  );
}

interface AskedDialogProps {
  readonly item: Attention;
  readonly asked: MessageVerb | 'resolve';
  readonly onClose: () => void;
}

function AskedDialog({ item, asked, onClose }: AskedDialogProps): ReactElement {
  const id = asked === 'resolve' ? item.id : (item.subjectId ?? '');
  const title = asked === 'resolve' ? 'Mark as dealt with' : readable(asked);
  return (
    <ReasonDialog
      title={title}
      verb={title}
      label={asked === 'resolve' ? 'What was done' : 'Reason'}
      said="Done"
      danger={asked === 'drop'}
      onClose={onClose}
      act={(reason) =>
        asked === 'resolve' ? resolve(id, reason) : treatMessage(id, asked, reason)
      }
    >
      <Text size="sm">{item.text}</Text>
    </ReasonDialog>
  );
}

function resolve(id: string, resolution: string): Promise<unknown> {
  return take(
    api.POST('/v1/attention/{id}/resolve', { params: { path: { id } }, body: { resolution } }),
  );
}
