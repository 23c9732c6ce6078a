import { Anchor, Button, List, Text } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import type { Plan } from '../../api/types.ts';
import { IconBulb } from '../../icons.ts';
import { readAt } from '../../parts/moment.tsx';
import { Section } from '../../parts/section.tsx';
import { sentence } from '../../words/terms.ts';
import classes from './plan-view.module.css';

/** Who gets no date, why, and the one thing that would help. */
export function UnplacedClients({ plan }: { readonly plan: Plan }): ReactElement | null {
  const [isAll, setAll] = useState(false);
  const unplaced = plan.clients.filter(({ placed }) => !placed);
  if (unplaced.length === 0) return null;
  const shown = isAll ? unplaced.slice(0, 200) : unplaced.slice(0, 5);
  return (
    <Section title="Cannot be placed" count={unplaced.length}>
      <ul className={classes['unplaced']}>
        {shown.map(({ key, name, zone, reasons, relaxation }) => (
          <li key={key}>
            <Anchor component={Link} to={`/clients/${encodeURIComponent(key)}`} fw={600} size="sm">
              {name}
            </Anchor>
            <List size="sm">
              {reasons.map((reason) => (
                <List.Item key={reason}>{sentence(reason)}</List.Item>
              ))}
            </List>
            {relaxation !== null && (
              <Text size="sm" className={classes['help'] ?? ''} component="div">
                <IconBulb size={16} aria-hidden />
                <span>
                  {sentence(relaxation.text)}
                  <Text span size="xs" c="dimmed" display="block">
                    {readAt(relaxation.slotStart, zone)} at the client
                  </Text>
                </span>
              </Text>
            )}
          </li>
        ))}
      </ul>
      {unplaced.length > shown.length && !isAll && (
        <Button
          mt="sm"
          size="xs"
          variant="subtle"
          onClick={() => {
            setAll(true);
          }}
        >
          Show {Math.min(unplaced.length, 200)} clients
        </Button>
      )}
    </Section>
  );
}
